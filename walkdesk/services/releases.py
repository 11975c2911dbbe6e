"""The release register (提供・持出し): nothing leaves unasked, and what left is closed again (design chapter 7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import select

from walkdesk.domain.contract import ContractState
from walkdesk.domain.people import EVERYONE, STAFF, Role, check_second_person
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import RULES as RULE_OF
from walkdesk.domain.releases import (
    STATES,
    Asked,
    Outcome,
    ReleaseKind,
    ReleaseState,
    check_asked,
    check_kind,
    check_outcome,
    check_request,
    is_overdue,
    kinds_for,
    next_release_state,
)
from walkdesk.ledger.keys import signature_holds
from walkdesk.messages.common import Done
from walkdesk.messages.releases import (
    ApproveRelease,
    CloseRelease,
    ContentChoice,
    KindChoice,
    ListReleases,
    LookAtRequest,
    Manifest,
    PlanRelease,
    RefuseRelease,
    Released,
    ReleasePlan,
    ReleaseRegister,
    ReleaseRow,
    RequestChoices,
    RequestLetters,
    RequestRelease,
    ShowManifest,
    TakeRelease,
)
from walkdesk.services.accounts import signing_keys
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.contents import content_of, contents_for, plan_of
from walkdesk.services.contents.base import Content, Plan
from walkdesk.services.counterparts import (
    bases,
    carrier_role,
    carriers,
    check_standing,
    entry_words,
    may_second,
    recipients,
)
from walkdesk.services.gate import let_out
from walkdesk.services.manifests import check_unchanged, manifest_hash, parts_of, release_statement
from walkdesk.services.paperwork import ledger_line
from walkdesk.services.participants import names_nobody
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work, programme_of
from walkdesk.storage.office_tables import LedgerRecord, ReleaseRecord
from walkdesk.storage.vault_tables import ReleaseSheet

LONGEST_PAGE = 500
"""The longest page of a manifest."""


def list_releases(work: Work, message: ListReleases) -> ReleaseRegister:
    """The register of the contract on the desk, newest first; without a vault, as for auditors, of all contracts."""
    query = select(ReleaseRecord).order_by(ReleaseRecord.release.desc())
    # A handler never sees another contract, and without a vault none is on the desk.
    if work.session.contract is not None or work.member.role is Role.HANDLER:
        query = query.where(ReleaseRecord.contract == (work.session.contract or ""))
    again = _reprinted(work)
    rows = tuple(replace(_row(work, record), reprinted=again[record.release]) for record in work.office.scalars(query))
    return ReleaseRegister(
        rows,
        sum(row.state is ReleaseState.REQUESTED for row in rows),
        sum(row.state is ReleaseState.RELEASED for row in rows),
        sum(row.overdue for row in rows),
    )


def look_at_request(work: Work, message: LookAtRequest) -> RequestChoices:
    """What this person can ask for now, and of whom."""
    contract = work.contract
    kinds = kinds_for(programme_of(contract), ContractState(contract.state), work.member.role)
    return RequestChoices(
        tuple(KindChoice(kind, _contents(work, kind), carriers(work, RULE_OF[kind])) for kind in kinds),
        recipients(work),
        bases(work),
    )


def plan_release(work: Work, message: PlanRelease) -> ReleasePlan:
    """How much of a content would leave now, and which rows are stopped, each with its reason."""
    contract = work.contract
    check_request(message.kind, programme_of(contract), ContractState(contract.state), work.member.role)
    content = content_of(message.content, message.kind)
    plan = plan_of(work, content, message.audience)
    return ReleasePlan(content.key, content.columns, len(plan.ready), plan.sent, plan.stopped)


@evidenced
def request_release(work: Work, message: RequestRelease) -> Done:
    """Asks to let a content leave: the exact rows are fixed now, and nothing leaves yet."""
    return _request(work, message)


@evidenced
def request_letters(work: Work, message: RequestLetters) -> Done:
    """Asks to let the papers of everyone who is ready leave to the persons (本人宛)."""
    asked = RequestRelease(ReleaseKind.TO_PERSON, message.paper, message.purpose, message.audience)
    return _request(work, asked, message.number)


def _request(work: Work, message: RequestRelease, number: str = "") -> Done:
    """``number`` stands in no record outside the vault: there only the count of sheets is kept."""
    contract = work.contract
    rule = check_request(message.kind, programme_of(contract), ContractState(contract.state), work.member.role)
    content = content_of(message.content, message.kind)
    purpose = ledger_line(message.purpose, "releases.purpose_form")
    names_nobody(work, purpose)
    asked = Asked(message.recipient, message.basis, message.carrier, message.due_at)
    check_asked(rule, asked, carrier_role(work, message.carrier), work.now)
    plan = plan_of(work, content, message.audience, number)
    if not plan.ready:
        raise Problem("releases.nobody")
    record = ReleaseRecord(
        release=_next_number(work),
        contract=contract.contract,
        kind=message.kind.value,
        paper=content.key,
        audience=message.audience,
        columns=",".join(content.columns),
        purpose=purpose,
        requested_by=work.member.staff_number,
        requested_at=work.now,
        state=ReleaseState.REQUESTED.value,
        decided_by="",
        decision_reason="",
        way="",
        taken_by="",
        note="",
        recipient=asked.recipient,
        basis=asked.basis,
        carrier=asked.carrier,
        bag_checked=False,
        due_at=asked.due_at,
    )
    check_standing(work, rule, record)
    _keep_rows(work, content, record, plan)
    work.office.add(record)
    work.record(
        "release_requested",
        release=record.release,
        kind=record.kind,
        purpose=purpose,
        receiver=record.recipient,
        basis=record.basis,
        carrier=record.carrier,
        due=None if record.due_at is None else record.due_at.date().isoformat(),
        count=record.sheets,
        digest=record.manifest.hex(),
        columns=list(content.columns),
        letter=record.paper,
    )
    return Done({"release": record.release, "count": record.sheets}, work.ledger)


def show_manifest(work: Work, message: ShowManifest) -> Manifest:
    """The rows that would leave, as they stand in the vault now, with the hash that the approver signs."""
    record = release_of(work, message.release)
    parts = parts_of(work, record)
    part = next((one for one in parts if one.key == message.part), parts[0])
    first = max(message.offset, 0)
    page = part.rows[first : first + min(max(message.limit, 1), LONGEST_PAGE)]
    return Manifest(
        record.release,
        tuple(one.key for one in parts),
        part.key,
        part.columns,
        tuple(tuple(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) for row in page),
        first,
        len(part.rows),
        record.manifest.hex(),
    )


@evidenced
def approve_release(work: Work, message: ApproveRelease) -> Done:
    """The second person signs the manifest's hash with the own key, in the own session."""
    record = release_of(work, message.release)
    keys = work.session.keys
    if keys is None:
        raise Problem("door.not_signed_in")
    own = work.member.staff_number
    return approve(work, record, own, keys.signing.sign(release_statement(record, own)))


def approve(work: Work, record: ReleaseRecord, approver: str, signature: bytes) -> Done:
    """Keeps an approval: by another person, marked 承認可, with a signature of the own key over the manifest.

    ``approver`` need not be the person who is in: a second room signs at the same PC.
    """
    contract = work.contract
    check_second_person(record.requested_by, approver, may_second(work, approver, record.contract))
    state = next_release_state(ReleaseState(record.state), ReleaseState.APPROVED)
    rule = check_kind(ReleaseKind(record.kind), programme_of(contract), ContractState(contract.state))
    check_unchanged(work, record, parts_of(work, record))
    check_standing(work, rule, record)
    statement = release_statement(record, approver)
    if not any(signature_holds(key, signature, statement) for key in signing_keys(work, approver, work.now)):
        raise Problem("releases.approval_broken", release=record.release)
    record.state, record.decided_by, record.decided_at = state.value, approver, work.now
    record.decision_signature = signature
    work.record(
        "release_approved",
        record.contract,
        release=record.release,
        kind=record.kind,
        approver=approver,
        digest=record.manifest.hex(),
        count=record.sheets,
        signature=signature.hex(),
    )
    return Done({"release": record.release, "count": record.sheets}, work.ledger)


@evidenced
def refuse_release(work: Work, message: RefuseRelease) -> Done:
    """The second person does not approve, and says why."""
    record = release_of(work, message.release)
    check_second_person(record.requested_by, work.member.staff_number, work.member.may_approve)
    state = next_release_state(ReleaseState(record.state), ReleaseState.REFUSED)
    reason = ledger_line(message.reason, "releases.reason_form")
    names_nobody(work, reason)
    record.state, record.decided_by, record.decided_at = state.value, work.member.staff_number, work.now
    record.decision_reason = reason
    work.record(
        "release_refused_by_approver",
        record.contract,
        release=record.release,
        kind=record.kind,
        approver=work.member.staff_number,
    )
    return Done({"release": record.release}, work.ledger)


@evidenced
def take_release(work: Work, message: TakeRelease) -> Released:
    """Lets what is approved out, once, through the gate."""
    return let_out(work, release_of(work, message.release), message.way, message.bag_checked, message.on)


@evidenced
def close_release(work: Work, message: CloseRelease) -> Done:
    """Confirms what became of a release: one of the outcomes of its kind, or withdrawn before it left."""
    record = release_of(work, message.release)
    kind, before = ReleaseKind(record.kind), ReleaseState(record.state)
    state = next_release_state(before, ReleaseState.CLOSED)
    receipt = ledger_line(message.receipt, "releases.receipt_form", least=0)
    check_outcome(kind, before, message.outcome, receipt)
    begun = record.released_at or record.requested_at
    if not begun.date() <= message.on <= work.today:
        raise Problem("releases.closing_day", first=begun.date(), last=work.today)
    note = ledger_line(message.note, "releases.note_form", least=0)
    names_nobody(work, f"{note}{receipt}")
    record.state, record.outcome = state.value, message.outcome.value
    record.closed_on, record.note = message.on, "　".join(part for part in (receipt, note) if part)
    work.record(
        "release_closed",
        record.contract,
        release=record.release,
        kind=record.kind,
        disposition=message.outcome.value,
        day=message.on.isoformat(),
        count=record.sheets,
        receipt=receipt,
    )
    return Done({"release": record.release}, work.ledger)


def overdue(work: Work, record: ReleaseRecord) -> bool:
    """Whether what left is outside longer than it may."""
    return is_overdue(ReleaseState(record.state), record.due, record.due_at, work.now)


def _contents(work: Work, kind: ReleaseKind) -> tuple[ContentChoice, ...]:
    found = contents_for(kind, programme_of(work.contract))
    return tuple(ContentChoice(one.key, one.audiences(work)) for one in found)


def _keep_rows(work: Work, content: Content, record: ReleaseRecord, plan: Plan) -> None:
    """Gives every row its serial in the vault, and the record the hash over what would leave."""
    if content.by_sheet:
        width = max(3, len(str(len(plan.ready))))
        for place, line in enumerate(plan.ready, 1):
            work.vault.add(
                ReleaseSheet(
                    serial=f"{record.release}-{place:0{width}d}",
                    release=record.release,
                    participant_id=line.participant_id,
                    paper=content.key,
                    wording=line.wording,
                    about=line.about,
                    released_on=None,
                )
            )
        work.vault.flush()
    parts = content.parts(work, record.release)
    record.sheets, record.manifest = len(parts[0].rows), manifest_hash(work, record.release, parts)


def release_of(work: Work, release: str) -> ReleaseRecord:
    """A release of the contract on the desk; ``Problem("releases.unknown")`` for any other number."""
    record = work.office.get(ReleaseRecord, release)
    if record is None or record.contract != work.session.contract:
        raise Problem("releases.unknown", release=release)
    return record


def _next_number(work: Work) -> str:
    """Numbers run through the whole office, so that a serial on paper is found without its contract."""
    taken = work.office.scalars(select(ReleaseRecord.release)).all()
    return f"R-{max((int(release[2:]) for release in taken), default=0) + 1:04d}"


def _reprinted(work: Work) -> Counter[str]:
    """How many sheets of each release were printed once more, from the ledger."""
    found: Counter[str] = Counter()
    told = select(LedgerRecord.facts).where(LedgerRecord.event == "sheets_reprinted")
    for facts in work.office.scalars(told):
        found[facts["release"]] += facts["count"]
    return found


def _row(work: Work, record: ReleaseRecord) -> ReleaseRow:
    return ReleaseRow(
        release=record.release,
        kind=ReleaseKind(record.kind),
        paper=f"releases.paper.{record.paper}",
        sheets=record.sheets,
        columns=tuple(record.columns.split(",")),
        purpose=record.purpose,
        requested_by=person_name(work, record.requested_by)[0],
        requested_by_number=record.requested_by,
        requested_at=record.requested_at,
        state=ReleaseState(record.state),
        approved_by=person_name(work, record.decided_by)[0] if record.decided_by else "",
        approved_at=record.decided_at,
        released_at=record.released_at,
        due=record.due,
        closed_on=record.closed_on,
        outcome=None if record.outcome is None else Outcome(record.outcome),
        mine=record.requested_by == work.member.staff_number,
        recipient=entry_words(work, record.recipient),
        basis=entry_words(work, record.basis),
        carrier=person_name(work, record.carrier)[0] if record.carrier else "",
        due_at=record.due_at,
        overdue=overdue(work, record),
        way=record.way,
        note=record.note,
    )


_OPEN = frozenset({ContractState.OPEN})
_AREAS = areas("releases", "papers", "today", "closeout")

ACTIONS = table(
    Action(ListReleases, list_releases, EVERYONE),
    Action(LookAtRequest, look_at_request, STAFF, STATES),
    Action(PlanRelease, plan_release, STAFF, STATES),
    Action(RequestRelease, request_release, STAFF, STATES, "release_requested", _AREAS),
    Action(RequestLetters, request_letters, STAFF, _OPEN, "release_requested", _AREAS),
    Action(ShowManifest, show_manifest, STAFF, STATES),
    Action(ApproveRelease, approve_release, STAFF, STATES, "release_approved", _AREAS),
    Action(RefuseRelease, refuse_release, STAFF, STATES, "release_refused_by_approver", _AREAS),
    Action(TakeRelease, take_release, STAFF, STATES, "released", _AREAS),
    Action(CloseRelease, close_release, STAFF, STATES, "release_closed", _AREAS),
)

"""The release register (提供・持出し): nothing leaves unasked, and what left is closed again (design chapter 7)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import select, update

from walkdesk.documents.letters import letters_pdf
from walkdesk.domain.contract import ContractState
from walkdesk.domain.names import fold
from walkdesk.domain.people import EVERYONE, STAFF, Role, check_second_person
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import (
    Outcome,
    ReleaseKind,
    ReleaseState,
    check_outcome,
    next_release_state,
)
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.keys import signature_holds
from walkdesk.messages.common import Done, PaperBytes
from walkdesk.messages.releases import (
    ApproveRelease,
    CloseRelease,
    ListReleases,
    Manifest,
    ManifestRow,
    RefuseRelease,
    ReleaseRegister,
    ReleaseRow,
    RequestLetters,
    ShowManifest,
    TakeRelease,
)
from walkdesk.services.accounts import signing_keys
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.letters import (
    INVITATION,
    compose_letters,
    letters_meta,
    look_through,
    wording_version,
)
from walkdesk.services.paperwork import JAPANESE, digest, ledger_line, mark_of, paper
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work
from walkdesk.storage.keys import derive
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, ReleaseSheet

COLUMNS = ("serial", "number", "name", "postcode", "address", "channel", "wording")
"""What a letter shows of a person: the columns of the manifest."""

DAYS_TO_CLOSE = 7
"""So long may letters lie before their posting is confirmed; later the register calls them overdue."""

WAYS = frozenset({"print", "file"})


def list_releases(work: Work, message: ListReleases) -> ReleaseRegister:
    """The register of the contract on the desk, newest first; without a vault, as for auditors, of all contracts."""
    query = select(ReleaseRecord).order_by(ReleaseRecord.release.desc())
    # A handler never sees another contract, and without a vault none is on the desk.
    if work.session.contract is not None or work.member.role is Role.HANDLER:
        query = query.where(ReleaseRecord.contract == (work.session.contract or ""))
    rows = tuple(_row(work, record) for record in work.office.scalars(query))
    out = [row for row in rows if row.state is ReleaseState.RELEASED]
    return ReleaseRegister(
        rows,
        sum(row.state is ReleaseState.REQUESTED for row in rows),
        len(out),
        sum(row.due is not None and row.due < work.today for row in out),
    )


@evidenced
def request_letters(work: Work, message: RequestLetters) -> Done:
    """Asks to let the 参加案内 of everyone who is ready leave to the persons (本人宛)."""
    purpose = ledger_line(message.purpose, "releases.purpose_form")
    _names_nobody(work, purpose)
    people = look_through(work, message.audience).ready
    if not people:
        raise Problem("releases.nobody")
    release = _next_number(work)
    width = max(3, len(str(len(people))))
    for place, person in enumerate(people, 1):
        work.vault.add(
            ReleaseSheet(
                serial=f"{release}-{place:0{width}d}",
                release=release,
                participant_id=person.id,
                paper=INVITATION,
                wording=wording_version(person.channel),
                released_on=None,
            )
        )
    work.vault.flush()
    manifest = manifest_hash(work, release)
    work.office.add(
        ReleaseRecord(
            release=release,
            contract=work.contract.contract,
            kind=ReleaseKind.TO_PERSON.value,
            paper=INVITATION,
            audience=message.audience,
            sheets=len(people),
            columns=",".join(COLUMNS),
            purpose=purpose,
            manifest=manifest,
            requested_by=work.member.staff_number,
            requested_at=work.now,
            state=ReleaseState.REQUESTED.value,
            decided_by="",
            decision_reason="",
            way="",
            taken_by="",
            note="",
        )
    )
    work.record(
        "release_requested",
        release=release,
        kind=ReleaseKind.TO_PERSON.value,
        purpose=purpose,
        count=len(people),
        digest=manifest.hex(),
        columns=list(COLUMNS),
        letter=INVITATION,
    )
    return Done({"release": release, "count": len(people)}, work.ledger)


def show_manifest(work: Work, message: ShowManifest) -> Manifest:
    """The rows that would leave, as they stand in the vault now, with the hash that the approver signs."""
    record = _release(work, message.release)
    rows = tuple(
        ManifestRow(sheet.serial, person.number, person.name)
        for sheet, person in _sheets(work, record.release)
    )
    return Manifest(record.release, COLUMNS, rows, record.manifest.hex())


@evidenced
def approve_release(work: Work, message: ApproveRelease) -> Done:
    """The second person signs the manifest's hash with the own key."""
    record = _release(work, message.release)
    check_second_person(record.requested_by, work.member.staff_number, work.member.may_approve)
    state = next_release_state(ReleaseState(record.state), ReleaseState.APPROVED)
    _check_unchanged(work, record)
    keys = work.session.keys
    if keys is None:
        raise Problem("door.not_signed_in")
    signature = keys.signing.sign(release_statement(record, work.member.staff_number))
    record.state, record.decided_by, record.decided_at = state.value, work.member.staff_number, work.now
    record.decision_signature = signature
    work.record(
        "release_approved",
        record.contract,
        release=record.release,
        kind=record.kind,
        approver=work.member.staff_number,
        digest=record.manifest.hex(),
        count=record.sheets,
        signature=signature.hex(),
    )
    return Done({"release": record.release, "count": record.sheets}, work.ledger)


@evidenced
def refuse_release(work: Work, message: RefuseRelease) -> Done:
    """The second person does not approve, and says why."""
    record = _release(work, message.release)
    check_second_person(record.requested_by, work.member.staff_number, work.member.may_approve)
    state = next_release_state(ReleaseState(record.state), ReleaseState.REFUSED)
    reason = ledger_line(message.reason, "releases.reason_form")
    _names_nobody(work, reason)
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
def take_release(work: Work, message: TakeRelease) -> PaperBytes:
    """Lets the approved letters out, once.

    The file is made first, because the ledger entry holds its digest; the bytes go out only with the answer, which
    ``perform`` gives after the entry and the register's new state are on disk.
    """
    record = _release(work, message.release)
    if message.way not in WAYS:
        raise Problem("releases.way", way=message.way)
    state = next_release_state(ReleaseState(record.state), ReleaseState.RELEASED)
    _check_approval(work, record)
    _check_unchanged(work, record)
    sheets = _sheets(work, record.release)
    work.progress(0, len(sheets), "letters")
    meta = letters_meta(work, mark_of(work))
    pdf = letters_pdf(compose_letters(work, [(sheet.serial, person) for sheet, person in sheets], meta), meta)
    work.because("", record.release)
    work.vault.execute(
        update(ReleaseSheet).where(ReleaseSheet.release == record.release).values(released_on=work.today)
    )
    record.state, record.way, record.taken_by = state.value, message.way, work.member.staff_number
    record.released_at, record.due = work.now, work.today + timedelta(days=DAYS_TO_CLOSE)
    answer = paper(
        JAPANESE.say("releases.paper_title.letters", release=record.release), f"sanka-annai-{record.release}.pdf", pdf
    )
    work.record(
        "released",
        record.contract,
        release=record.release,
        kind=record.kind,
        count=record.sheets,
        pages=answer.pages,
        digest=digest(pdf),
        serial_first=1,
        serial_last=record.sheets,
        due=record.due.isoformat(),
        must_return=False,
        letter=record.paper,
    )
    return answer


@evidenced
def close_release(work: Work, message: CloseRelease) -> Done:
    """Confirms what became of a release: posted, destroyed, or withdrawn before it left."""
    record = _release(work, message.release)
    before = ReleaseState(record.state)
    state = next_release_state(before, ReleaseState.CLOSED)
    check_outcome(before, message.outcome)
    begun = record.released_at or record.requested_at
    if not begun.date() <= message.on <= work.today:
        raise Problem("releases.closing_day", first=begun.date(), last=work.today)
    note = ledger_line(message.note, "releases.note_form", least=0)
    _names_nobody(work, note)
    record.state, record.outcome = state.value, message.outcome.value
    record.closed_on, record.note = message.on, note
    work.record(
        "release_closed",
        record.contract,
        release=record.release,
        kind=record.kind,
        disposition=message.outcome.value,
        day=message.on.isoformat(),
        count=record.sheets,
    )
    return Done({"release": record.release}, work.ledger)


def manifest_hash(work: Work, release: str) -> bytes:
    """The keyed hash over the exact rows and columns of a release.

    Its key comes from the vault and dies with it: outside the vault the hash tells of nobody.
    """
    vault = work.session.vault
    if vault is None:
        raise Problem("door.no_vault")
    rows = [
        [sheet.serial, person.number, person.name, person.postcode, person.address, person.channel, sheet.wording]
        for sheet, person in _sheets(work, release)
    ]
    body = canonical({"kind": "walkdesk.manifest.1", "release": release, "columns": COLUMNS, "rows": rows})
    return hmac.new(derive(vault.trail_key, b"walkdesk manifest 1"), body, hashlib.sha256).digest()


def release_statement(record: ReleaseRecord, approver: str) -> bytes:
    """What an approver signs."""
    return canonical(
        {
            "kind": "walkdesk.release.1",
            "contract": record.contract,
            "release": record.release,
            "release_kind": record.kind,
            "requested_by": record.requested_by,
            "approver": approver,
            "count": record.sheets,
            "manifest": record.manifest.hex(),
        }
    )


def _release(work: Work, release: str) -> ReleaseRecord:
    record = work.office.get(ReleaseRecord, release)
    if record is None or record.contract != work.session.contract:
        raise Problem("releases.unknown", release=release)
    return record


def _sheets(work: Work, release: str) -> list[tuple[ReleaseSheet, ParticipantRecord]]:
    query = (
        select(ReleaseSheet, ParticipantRecord)
        .join(ParticipantRecord, ParticipantRecord.id == ReleaseSheet.participant_id)
        .where(ReleaseSheet.release == release)
        .order_by(ReleaseSheet.serial)
    )
    return [(sheet, person) for sheet, person in work.vault.execute(query)]


def _next_number(work: Work) -> str:
    """Numbers run through the whole office, so that a serial on paper is found without its contract."""
    taken = work.office.scalars(select(ReleaseRecord.release)).all()
    return f"R-{max((int(release[2:]) for release in taken), default=0) + 1:04d}"


def _check_unchanged(work: Work, record: ReleaseRecord) -> None:
    if not hmac.compare_digest(manifest_hash(work, record.release), record.manifest):
        raise Problem("releases.changed", release=record.release)


def _check_approval(work: Work, record: ReleaseRecord) -> None:
    """The signature under the manifest is that of the approver's own key, and the approver is another person."""
    signature, at = record.decision_signature, record.decided_at
    keys = () if at is None else signing_keys(work, record.decided_by, at)
    if not keys or signature is None:
        raise Problem("releases.approver_gone", release=record.release)
    check_second_person(record.requested_by, record.decided_by, True)
    statement = release_statement(record, record.decided_by)
    if not any(signature_holds(key, signature, statement) for key in keys):
        raise Problem("releases.approval_broken", release=record.release)


def _names_nobody(work: Work, text: str) -> None:
    """What goes into the register outlives the vault: a participant's name has no place in it."""
    words = fold(text)
    if not words:
        return
    for folded in work.vault.scalars(select(ParticipantRecord.folded)):
        if len(folded) > 1 and folded in words:
            raise Problem("releases.names_somebody")


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
    )


_OPEN = frozenset({ContractState.OPEN})
_NOT_RETURNED = frozenset({ContractState.OPEN, ContractState.REPORTED})
_AREAS = areas("releases", "papers", "today", "closeout")

ACTIONS = table(
    Action(ListReleases, list_releases, EVERYONE),
    Action(RequestLetters, request_letters, STAFF, _OPEN, "release_requested", _AREAS),
    Action(ShowManifest, show_manifest, STAFF, _NOT_RETURNED),
    Action(ApproveRelease, approve_release, STAFF, _OPEN, "release_approved", _AREAS),
    Action(RefuseRelease, refuse_release, STAFF, _NOT_RETURNED, "release_refused_by_approver", _AREAS),
    Action(TakeRelease, take_release, STAFF, _OPEN, "released", _AREAS),
    Action(CloseRelease, close_release, STAFF, _NOT_RETURNED, "release_closed", _AREAS),
)

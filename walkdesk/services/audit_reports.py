"""取扱状況報告書 (clause 14) and 監査資料 (clauses 15 to 17): for managers and the ward's auditor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from walkdesk.documents.audit_evidence import evidence
from walkdesk.documents.audit_pack import CHAIN, CHECKLIST, LEDGER, PackFacts, audit_pack_pdf
from walkdesk.documents.formal import Parties
from walkdesk.documents.grids import Cell, Grid, filled
from walkdesk.documents.status_report import StatusFacts, status_report_pdf
from walkdesk.domain.dates import fiscal_year_name, japanese_date
from walkdesk.domain.measures import MEASURES
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.domain.registers import REGISTERS
from walkdesk.ledger.entry import NOBODY
from walkdesk.messages.audit import AuditPack, MakeAuditPack, MakeStatusReport
from walkdesk.messages.common import FreeFile, FreePaper
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.audit import facts_text
from walkdesk.services.audit_facts import View, evidence_facts, told_facts, view_of
from walkdesk.services.audit_lists import people_section, releases_section, trainings_section, workbook_of
from walkdesk.services.audit_sections import chain_words, sections
from walkdesk.services.paperwork import (
    JAPANESE,
    digest,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
    sender_of,
)
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.registerpapers import register_facts
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import LedgerRecord

_PARTS = (people_section, trainings_section, releases_section)


@evidenced
def make_status_report(work: Work, message: MakeStatusReport) -> FreePaper:
    """The report as PDF. It needs no vault: what is held is counted by the newest seal in the ledger."""
    view = view_of(work, message.contract, message.start, message.end)
    facts = _status(view, _number(view, "TJ", "status_report_made"))
    pdf = status_report_pdf(facts)
    answer = paper(JAPANESE.say("audit.status_report"), f"toriatsukai-jokyo-{facts.number}.pdf", pdf)
    work.record(
        "status_report_made",
        view.contract.contract,
        number=facts.number,
        start=view.start.isoformat(),
        end=view.end.isoformat(),
        digest=digest(pdf),
        checkpoint=facts.checkpoint.text,
        pages=answer.pages,
    )
    return answer


@evidenced
def make_audit_pack(work: Work, message: MakeAuditPack) -> AuditPack:
    """Paper and workbook of the same facts, with one number and one entry in the ledger."""
    view = view_of(work, message.contract, message.start, message.end)
    number = _number(view, "KS", "audit_pack_made")
    facts = _pack(view, number)
    pdf = audit_pack_pdf(facts)
    data = workbook_of(view, facts)
    answer = paper(JAPANESE.say("audit.pack"), f"kansa-shiryo-{number}.pdf", pdf)
    work.record(
        "audit_pack_made",
        view.contract.contract,
        number=number,
        start=view.start.isoformat(),
        end=view.end.isoformat(),
        pdf_digest=digest(pdf),
        digest=digest(data),
        count=len(view.entries),
        checkpoint=facts.checkpoint.text,
        pages=answer.pages,
    )
    return AuditPack(answer, FreeFile(f"kansa-shiryo-{number}.xlsx", data))


def _status(view: View, number: str) -> StatusFacts:
    work, contract = view.work, view.contract
    setting = work.book.setting
    certification = JAPANESE.say(
        f"papers.certification.{setting(work.office, 'certification')}",
        number=setting(work.office, "certification_number"),
        expiry=japanese_date(date.fromisoformat(setting(work.office, "certification_expiry"))),
    )
    return StatusFacts(
        number=number,
        issued=work.today,
        created=work.now,
        parties=_parties(view),
        contract=contract.number,
        programme=programme_name(contract),
        fiscal_year=fiscal_year_name(contract.year),
        period=_period(view),
        head=(
            ("契約の期間", _span(contract.start, contract.end)),
            ("契約の段階", JAPANESE.say(f"contracts.state.{contract.state}")),
            ("認証", certification),
            ("取扱場所", sender_of(work).address),
            ("作成", _maker(work)),
        ),
        sections=sections(view),
        checkpoint=on_paper(ledger_checkpoint(work)),
        mark=mark_of(work),
    )


def _pack(view: View, number: str) -> PackFacts:
    status = _status(view, number)
    parts = tuple(part(view) for part in _PARTS)
    return PackFacts(
        number=number,
        issued=status.issued,
        created=status.created,
        parties=status.parties,
        contract=status.contract,
        programme=status.programme,
        fiscal_year=status.fiscal_year,
        period=status.period,
        status=status,
        checklist=_checklist(view),
        parts=parts,
        registers=tuple(register_facts(view.work, rule, view.lines(rule.register)) for rule in REGISTERS.values()),
        chain=filled(CHAIN, (("証跡台帳の全体", chain_words(view)), ("期間の記録", f"{len(view.entries):,}件"))),
        ledger=filled(LEDGER, _ledger(view)),
        checkpoint=status.checkpoint,
        mark=status.mark,
    )


def _checklist(view: View) -> Grid:
    """Every measure with what the records say; the finding is the inspector's."""
    facts = evidence_facts(view)
    return filled(
        CHECKLIST,
        (
            (
                JAPANESE.say(f"registers.measure_of.{measure.source.value}", number=measure.number),
                JAPANESE.say(f"registers.measure.{measure.key}"),
                evidence(measure.key, facts),
                "",
            )
            for measure in MEASURES[Programme(view.contract.programme)]
        ),
    )


def _ledger(view: View) -> Iterator[tuple[Cell, ...]]:
    for entry in view.entries:
        name, post = ("プログラム", "") if entry.account == NOBODY else person_name(view.work, entry.account)
        event = JAPANESE.say(f"ledger.event.{entry.event}")
        yield entry.sequence, entry.at, f"{post}　{name}".strip(), event, facts_text(told_facts(entry))


def _parties(view: View) -> Parties:
    """Who hands it in. What the ward's auditor makes is signed by nobody of the contractor."""
    parties = parties_of(view.work, view.contract)
    if view.work.member.role is not Role.AUDITOR:
        return parties
    return Parties(parties.addressee, parties.contractor, parties.contractor_address, "")


def _maker(work: Work) -> str:
    role = JAPANESE.say(f"papers.role.{work.member.role.value}")
    who = f"{work.member.post}　{work.member.name}"
    return f"{who}（{role}）" if work.member.role is Role.AUDITOR else who


def _period(view: View) -> str:
    return _span(view.start, view.end)


def _span(start: date, end: date) -> str:
    return f"{japanese_date(start)}から{japanese_date(end)}まで"


def _number(view: View, letters: str, event: str) -> str:
    query = select(func.count()).select_from(LedgerRecord)
    made = view.work.office.execute(
        query.where(LedgerRecord.contract == view.contract.contract, LedgerRecord.event == event)
    ).scalar_one()
    return f"{view.contract.number}-{letters}{made + 1:02d}"


_EVIDENCE = frozenset({Role.MANAGER, Role.AUDITOR})
_AREAS = areas("audit", "ledger")

ACTIONS = table(
    Action(MakeStatusReport, make_status_report, _EVIDENCE, None, "status_report_made", _AREAS),
    Action(MakeAuditPack, make_audit_pack, _EVIDENCE, None, "audit_pack_made", _AREAS),
)

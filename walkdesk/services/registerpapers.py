"""A register as paper: every line that the person may see, with its fields and its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from walkdesk.documents.registers import EntryFacts, RegisterFacts, register_pdf
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.measures import MEASURES, evidence_field, field_of, status_field
from walkdesk.domain.registers import REGISTERS, FieldKind, RegisterField, RegisterRule
from walkdesk.messages.common import FreePaper
from walkdesk.messages.registers import EntryRow, PrintRegister
from walkdesk.services.paperwork import (
    JAPANESE,
    digest,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    sender_of,
)
from walkdesk.services.registerlists import rows_of
from walkdesk.services.session import Work

_DATE = "%Y%m%d"


def print_register(work: Work, message: PrintRegister) -> FreePaper:
    """The register as PDF, with the ledger's checkpoint. Its entry in the ledger is on disk before the bytes go."""
    rule = REGISTERS[message.register]
    rows = rows_of(work, message.register)
    state = ledger_checkpoint(work)
    facts = register_facts(work, rule, rows)
    pdf = register_pdf(facts)
    file_name = f"daicho-{rule.register.value}-{work.today.strftime(_DATE)}.pdf"
    answer = paper(facts.title, file_name, pdf)
    work.record(
        "register_printed",
        register=rule.register.value,
        count=len(rows),
        digest=digest(pdf),
        checkpoint=state.text,
        pages=answer.pages,
    )
    return answer


def register_facts(work: Work, rule: RegisterRule, rows: Iterable[EntryRow]) -> RegisterFacts:
    """What the paper of a register prints of these lines, with the ledger's checkpoint of now."""
    name = JAPANESE.say(f"registers.name.{rule.register.value}")
    return RegisterFacts(
        number=f"{rule.prefix}-{work.today.strftime(_DATE)}",
        issued=work.today,
        created=work.now,
        office=sender_of(work).name,
        maker=f"{work.member.post}　{work.member.name}",
        title=JAPANESE.say("registers.paper_title", name=name),
        clauses=JAPANESE.say("registers.clauses", clauses="、".join(map(str, rule.clauses))),
        day=label_of(rule, rule.day),
        subject=label_of(rule, rule.title),
        entries=tuple(_entry(rule, row) for row in rows),
        checkpoint=on_paper(ledger_checkpoint(work)),
        mark=mark_of(work),
    )


def title_of(row: EntryRow) -> str:
    """What the list shows of a line."""
    return JAPANESE.say(row.title, **row.facts) if row.source else row.title


def _entry(rule: RegisterRule, row: EntryRow) -> EntryFacts:
    return EntryFacts(
        number=row.entry,
        contract=row.contract or JAPANESE.say("registers.whole_office"),
        title=title_of(row),
        opened=japanese_date(row.opened_on),
        due="" if row.due is None else japanese_date(row.due),
        state=_state(row),
        fields=tuple(_fields(rule, row)),
        history=tuple(
            JAPANESE.say(
                "registers.former",
                day=japanese_date(one.at.date()),
                by=one.by,
                field=label_of(rule, one.field),
                before=shown_value(field_of(rule, one.field), one.before, row),
                reason=one.reason,
            )
            for one in row.history
        ),
    )


def _state(row: EntryRow) -> str:
    word = JAPANESE.say(f"registers.state.{row.state.value}")
    return word if row.closed_on is None else f"{word}　{japanese_date(row.closed_on)}"


def _fields(rule: RegisterRule, row: EntryRow) -> Iterator[tuple[str, str]]:
    if row.source:
        yield JAPANESE.say("registers.source"), JAPANESE.say(f"registers.source_of_{row.source}")
    for field in rule.fields:
        if row.values.get(field.key):
            yield label_of(rule, field.key), shown_value(field, row.values[field.key], row)
    for measure in MEASURES[row.programme] if row.programme else ():
        status = row.values.get(status_field(measure))
        if status:
            where = JAPANESE.say(f"registers.measure_of.{measure.source.value}", number=measure.number)
            word = JAPANESE.say(f"registers.choice.{status}")
            found = f"{word}　{JAPANESE.say(f'registers.measure.{measure.key}')}"
            evidence = row.values.get(evidence_field(measure), "")
            yield where, f"{found}\n{evidence}" if evidence else found
    if row.recorded_at is not None:
        yield JAPANESE.say("registers.recorded"), f"{japanese_date(row.recorded_at.date())}　{row.recorded_by}"
    if row.closed_by:
        yield JAPANESE.say("registers.closed_by"), row.closed_by


def shown_value(field: RegisterField, text: str, row: EntryRow) -> str:
    """The value of a field as people read it."""
    if field.kind is FieldKind.DATE:
        return japanese_date(date.fromisoformat(text))
    if field.kind is FieldKind.CHOICE:
        return JAPANESE.say(f"registers.choice.{text}")
    if field.kind in (FieldKind.STAFF, FieldKind.MANAGER):
        return row.names.get(text, text)
    return f"{int(text):,}" if field.kind is FieldKind.NUMBER else text


def label_of(rule: RegisterRule, field: str) -> str:
    """The name of a field, of the register or of a checklist."""
    if field.startswith(("status_", "evidence_")):
        return JAPANESE.say(f"registers.measure.{field.partition('_')[2]}")
    return JAPANESE.say(f"registers.{rule.register.value}.{field}")

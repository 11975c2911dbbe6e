"""The lists of the 監査資料: people, trainings, releases; and all of it as a workbook, one sheet for each part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from walkdesk.documents.audit_pack import PEOPLE, RELEASE_LINES, TRAININGS, PackFacts
from walkdesk.documents.grids import Cell, Grid, filled
from walkdesk.documents.status_report import Section
from walkdesk.domain.disclosure import is_small
from walkdesk.domain.measures import MEASURES, evidence_field, status_field
from walkdesk.domain.registers import REGISTERS, FieldKind, Register, RegisterField, RegisterRule
from walkdesk.domain.releases import ReleaseState
from walkdesk.exchange.audit_workbook import Part, audit_workbook
from walkdesk.messages.registers import EntryRow
from walkdesk.services.audit_facts import HIDDEN, LEFT, View
from walkdesk.services.audit_sections import register_name
from walkdesk.services.counterparts import recipient_words
from walkdesk.services.paperwork import JAPANESE
from walkdesk.services.people import person_name
from walkdesk.services.registerpapers import label_of, shown_value, title_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord, TrainingRecord

_FLAT = frozenset({"保有する情報の数", "利用の記録", "提供・持出し", "台帳の状態"})
"""The lists of the report that are figures: the first sheet has them, one figure a line."""


def people_section(view: View) -> Section:
    """業務従事者: everybody of the register, with what is recorded of each."""
    rows = [
        (
            one.person.staff_number,
            one.person.name,
            one.person.post,
            JAPANESE.say(f"papers.role.{one.role.value}") if one.role else None,
            one.designated_on,
            one.person.sworn_on,
            one.person.law_told_on,
            one.person.last_sign_in,
            one.person.left_on,
        )
        for one in view.staff
    ]
    return Section(PEOPLE.title, grids=(filled(PEOPLE, rows),))


def trainings_section(view: View) -> Section:
    """教育: every training recorded in the period."""
    query = select(TrainingRecord).order_by(TrainingRecord.held_on, TrainingRecord.staff_number)
    rows = [
        (row.held_on, person_name(view.work, row.staff_number)[0], row.content, row.law)
        for row in view.work.office.scalars(query)
        if view.holds(row.held_on)
    ]
    return Section(TRAININGS.title, grids=(filled(TRAININGS, rows),))


def releases_section(view: View) -> Section:
    """提供・持出し: asked for or let out in the period, or not closed."""
    waiting = set(view.waiting())
    rows = [
        _release(view.work, one)
        for one in view.releases
        if one in waiting
        or view.holds(one.requested_at.date())
        or (one.released_at is not None and view.holds(one.released_at.date()))
    ]
    return Section(RELEASE_LINES.title, grids=(filled(RELEASE_LINES, rows),))


def _release(work: Work, one: ReleaseRecord) -> tuple[Cell, ...]:
    people = "／".join(
        person_name(work, number)[0] if number else "–" for number in (one.requested_by, one.decided_by, one.taken_by)
    )
    return (
        one.release,
        JAPANESE.say(f"releases.kind.{one.kind}"),
        recipient_words(work, one) or "本人",
        HIDDEN if is_small(one.sheets) else one.sheets,
        people,
        one.released_at if one.state in LEFT else None,
        one.due,
        one.closed_on,
        JAPANESE.say(f"releases.state.{ReleaseState(one.state).value}"),
    )


def workbook_of(view: View, facts: PackFacts) -> bytes:
    """The workbook: days and numbers stay what they are, so that they can be sorted and counted."""
    people, trainings, releases = facts.parts
    parts = [
        Part("概要", f"監査資料 {facts.number}　{facts.period}", ("部", "項目", "内容"), tuple(_overview(facts))),
        _part("従事者", people.grids[0]),
        _part("教育", trainings.grids[0]),
        _part("提供・持出し", releases.grids[0]),
        *(_register(view, rule) for rule in REGISTERS.values()),
        _part("証跡", facts.ledger),
        _part("対策", facts.checklist),
    ]
    foot = f"{facts.number}　照合値 {facts.checkpoint.grouped}"
    return audit_workbook(f"監査資料 {facts.number}", foot, facts.created, parts)


def _part(name: str, grid: Grid) -> Part:
    return Part(name, grid.title, tuple(column.title for column in grid.columns), grid.rows)


def _overview(facts: PackFacts) -> Iterator[tuple[Cell, ...]]:
    head: tuple[tuple[str, Cell], ...] = (
        ("委託契約", facts.contract),
        ("事業", facts.programme),
        ("年度", facts.fiscal_year),
        ("対象の期間", facts.period),
        ("作成した日", facts.issued),
        ("受託者", facts.parties.contractor),
        *facts.status.head,
        ("照合値", facts.checkpoint.grouped),
        ("照合値の号", facts.checkpoint.sequence),
        ("参加者の情報", "入っていません"),
    )
    for label, value in head:
        yield "表紙", label, value
    for section in facts.status.sections:
        for label, value in section.fields:
            yield section.title, label, value
        for grid in section.grids:
            if grid.title in _FLAT:
                yield from _figures(section.title, grid)


def _figures(section: str, grid: Grid) -> Iterator[tuple[Cell, ...]]:
    for row in grid.rows:
        for column, cell in zip(grid.columns[1:], row[1:], strict=True):
            yield section, f"{row[0]}　{column.title}", cell


def _register(view: View, rule: RegisterRule) -> Part:
    """A register with a column for each of its fields."""
    heads = (
        "番号", "契約", "件名", "日付", "期限", "終わった日", "状態",
        *(label_of(rule, field.key) for field in rule.fields), "記入した日時", "記入した者", "訂正",
    )  # fmt: skip
    checked = rule.register is Register.INSPECTIONS
    rows = tuple(_entry(rule, row, checked) for row in view.lines(rule.register))
    title = JAPANESE.say("registers.paper_title", name=register_name(rule.register))
    return Part(f"台帳 {register_name(rule.register)}", title, (*heads, "点検表") if checked else heads, rows)


def _entry(rule: RegisterRule, row: EntryRow, checked: bool) -> tuple[Cell, ...]:
    cells: tuple[Cell, ...] = (
        row.entry,
        row.contract or JAPANESE.say("registers.whole_office"),
        title_of(row),
        row.opened_on,
        row.due,
        row.closed_on,
        JAPANESE.say(f"registers.state.{row.state.value}"),
        *(_value(field, row) for field in rule.fields),
        row.recorded_at,
        row.recorded_by,
        len(row.history),
    )
    return (*cells, _checked(row)) if checked else cells


def _value(field: RegisterField, row: EntryRow) -> Cell:
    text = row.values.get(field.key, "")
    if not text:
        return None
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(text)
    return int(text) if field.kind is FieldKind.NUMBER else shown_value(field, text, row)


def _checked(row: EntryRow) -> str:
    """How each line of an inspection's checklist was found."""
    lines = []
    for measure in MEASURES[row.programme] if row.programme else ():
        found = row.values.get(status_field(measure), "")
        if found:
            where = JAPANESE.say(f"registers.measure_of.{measure.source.value}", number=measure.number)
            seen = row.values.get(evidence_field(measure), "")
            lines.append(f"{where} {JAPANESE.say(f'registers.choice.{found}')} {seen}".strip())
    return "\n".join(lines)

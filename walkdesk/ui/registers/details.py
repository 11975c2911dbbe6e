"""One line of a register: its fields, an incident's counters, what stood there before, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from walkdesk.domain.incidents import Counter, Urgency
from walkdesk.domain.measures import MEASURES, Finding, evidence_field, field_of, status_field
from walkdesk.domain.registers import REGISTERS, FieldKind, Register, RegisterField
from walkdesk.messages.registers import EntryRow, RegisterBoard
from walkdesk.ui.language import tr
from walkdesk.ui.lists import comma
from walkdesk.ui.look.parts import Chip, Note, OutlineButton, Paragraph, Sheet, SheetHead, scrolling
from walkdesk.ui.look.tokens import DETAIL, LABEL, LABEL_BOLD, Tone
from walkdesk.ui.registers.lists import state_mark, title_of
from walkdesk.ui.words import full_day, moment, short_day

_LABEL = 104

_TONES: dict[Urgency, Tone] = {
    Urgency.DONE: "ok",
    Urgency.WAITING: "ink",
    Urgency.SOON: "warn",
    Urgency.OVERDUE: "danger",
}


class EntryDetails(Sheet):
    """The line under the keyboard. The page listens to its buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("registers_details", spacing=10, parent=parent)
        self._chip = Chip("circle", "", name="registers_state")
        self._title = SheetHead("", right=(self._chip,))
        self._scroll = scrolling(QWidget(), "registers_facts_scroll")
        self._note = Note("registers_problem")
        self.change = OutlineButton(tr("registers.change"), "registers_change", key="F3", icon="pencil")
        self.count = OutlineButton(tr("registers.count_persons"), "registers_count", key="F7", icon="people")
        self.report = OutlineButton(tr("registers.make_report"), "registers_report", key="F8", icon="document")
        self.close_it = OutlineButton(tr("registers.close"), "registers_close", key="F9", icon="check")
        self.body.addWidget(self._title)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._note)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.change, self.count, self.report, self.close_it):
            buttons.addWidget(button)
        self.body.addLayout(buttons)

    def show_entry(self, row: EntryRow | None, board: RegisterBoard, manager: bool) -> None:
        """Another line, or none: then what the register is for."""
        self.say("")
        self._chip.setVisible(row is not None)
        own = row is not None and not row.source
        closed = row is not None and row.closed_on is not None
        incident = own and board.register is Register.INCIDENTS
        self.change.setVisible(own and board.may_write)
        self.close_it.setVisible(own and board.may_close and not closed)
        self.count.setVisible(incident and manager and not closed)
        self.report.setVisible(incident and manager)
        if row is None:
            self._title.show_facts("", tr(f"registers.name.{board.register.value}"))
        else:
            mark = state_mark(row.state)
            self._chip.show_state(mark.icon, mark.word, mark.kind)
            self._title.show_facts("", row.entry)
        self._fill(row, board)

    def say(self, text: str) -> None:
        """A problem above the buttons; empty takes it away."""
        self._note.say(text)

    def text(self) -> str:
        """Everything that is shown of the line, in words."""
        return "\n".join(words.accessibleName() for words in self._scroll.findChildren(Paragraph))

    def focus_first(self) -> None:
        """The keyboard onto the first button that is there."""
        for button in (self.change, self.report, self.close_it):
            if button.isVisible():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _fill(self, row: EntryRow | None, board: RegisterBoard) -> None:
        whole = QWidget()
        whole.setObjectName("scrolled")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(9)
        if row is None:
            column.addWidget(Paragraph(tr(f"registers.help.{board.register.value}"), LABEL, "ink2"))
            column.addWidget(Paragraph(tr("registers.nothing_chosen"), DETAIL, "ink2"))
        else:
            column.addWidget(Paragraph(title_of(row), LABEL_BOLD, "ink"))
            for words, tone in _counters(row):
                column.addWidget(Paragraph(words, LABEL, tone))
            column.addLayout(_grid(list(_facts(row))))
            for words in _history(row):
                column.addWidget(Paragraph(words, DETAIL, "ink2"))
        column.addStretch(1)
        whole.setAutoFillBackground(False)
        self._scroll.setWidget(whole)


def _grid(facts: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, _LABEL)
    grid.setColumnStretch(1, 1)
    for line, (name, words) in enumerate(facts):
        label = Paragraph(name, DETAIL, "ink2")
        label.setFixedWidth(_LABEL)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Paragraph(words, LABEL, "ink"), line, 1)
    return grid


def _counters(row: EntryRow) -> Iterator[tuple[str, Tone]]:
    for one in row.counters if row.closed_on is None else ():
        yield f"{tr(f'registers.step.{one.step.value}')}　{_counter(one)}", _TONES[one.urgency]
    if row.counters:
        reasons = comma().join(tr(f"registers.duty.{duty}") for duty in row.duties)
        tone: Tone = "danger" if row.duties else "ink2"
        yield tr("registers.duties", reasons=reasons or tr("registers.duties_none")), tone


def _counter(one: Counter) -> str:
    if one.done_on is not None:
        return tr("registers.counter_done", day=short_day(one.done_on))
    return tr("registers.counter", day=one.day, last=short_day(one.last))


def _facts(row: EntryRow) -> Iterator[tuple[str, str]]:
    rule = REGISTERS[row.register]
    yield tr("registers.about"), row.contract or tr("registers.whole_office")
    if row.source:
        yield tr("registers.source"), tr(f"registers.source_of_{row.source}")
        yield "", tr("registers.source_hint")
    for field in rule.fields:
        if row.values.get(field.key) and field.key != rule.title:
            yield label_of(row.register, field.key), shown(field, row.values[field.key], row)
    for measure in MEASURES[row.programme] if row.programme else ():
        status = row.values.get(status_field(measure), "")
        # What fits and needs no words would hide what does not.
        if status and (status != Finding.FITS.value or row.values.get(evidence_field(measure))):
            where = tr(f"registers.measure_of.{measure.source.value}", number=measure.number)
            parts = (tr(f"registers.choice.{status}"), row.values.get(evidence_field(measure), ""))
            yield where, "　".join(part for part in parts if part)
    if row.due is not None and not row.values.get(rule.due.field):
        yield tr("registers.table.due"), full_day(row.due)
    if row.closed_on is not None:
        yield tr("registers.closed_on"), full_day(row.closed_on)
    if row.recorded_at is not None:
        yield tr("registers.recorded"), f"{moment(row.recorded_at)}　{row.recorded_by}"


def label_of(register: Register, field: str) -> str:
    """The name of a field."""
    if field.startswith(("status_", "evidence_")):
        return tr(f"registers.measure.{field.partition('_')[2]}")
    return tr(f"registers.{register.value}.{field}")


def shown(field: RegisterField, text: str, row: EntryRow) -> str:
    """The value of a field as a person reads it."""
    if field.kind is FieldKind.DATE:
        return full_day(date.fromisoformat(text))
    if field.kind is FieldKind.CHOICE:
        return tr(f"registers.choice.{text}")
    if field.kind in (FieldKind.STAFF, FieldKind.MANAGER):
        return row.names.get(text, text)
    return f"{int(text):,}" if field.kind is FieldKind.NUMBER else text


def _history(row: EntryRow) -> Iterator[str]:
    for one in row.history:
        name = label_of(row.register, one.field)
        yield tr(
            "registers.former",
            day=short_day(one.at.date()),
            by=one.by,
            field=name,
            before=shown(field_of(REGISTERS[row.register], one.field), one.before, row),
            reason=one.reason,
        )

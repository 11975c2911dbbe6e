"""The form of a register: built from its fields, for a new line, for more of it or a correction, and for its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.measures import MEASURES, Finding, Measure, evidence_field, status_field
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import (
    LONGEST_LINE,
    REGISTERS,
    FieldKind,
    Register,
    RegisterField,
    Stage,
)
from walkdesk.messages.registers import ChangeEntry, CloseEntry, EnterEntry, EntryRow, RegisterBoard, StaffChoice
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    ComboBox,
    DateField,
    Field,
    LineEdit,
    OutlineButton,
    Paragraph,
    PrimaryButton,
    Sheet,
    SheetHead,
    TextArea,
    scrolling,
)
from walkdesk.ui.look.tokens import DETAIL, LABEL
from walkdesk.ui.registers.details import label_of

_CLOSED_ON, _REASON, _ABOUT = "closed_on", "reason", "about"
_PREFIX = "registers_field_"


class EntryForm(Sheet):
    """One form at a time. ``wanted`` with the message; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("registers_form_sheet", spacing=10, parent=parent)
        self.mode = ""
        self._register = Register.COPIES
        self._entry = ""
        self._before: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._form = Form("registers_form")
        self._head = SheetHead("")
        self._scroll = scrolling(QWidget(), "registers_form_scroll")
        self.back = OutlineButton(tr("forms.back"), "registers_back", key="Esc")
        self.save = PrimaryButton(tr("registers.save"), "registers_save", key="F4")
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.save)
        self.body.addWidget(self._head)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(foot)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self._send)

    def entry(self) -> str:
        """The line that the form is for; empty for a new one."""
        return self._entry

    def begin_new(self, board: RegisterBoard) -> None:
        """A new line."""
        self._begin("new", board, None)
        rule = REGISTERS[board.register]
        abouts = [("", tr("registers.whole_office"))]
        if board.contract:
            abouts.insert(0, ("contract", tr("registers.this_contract", number=board.contract)))
        if board.register is Register.INSPECTIONS:
            abouts = abouts[:1]
        self._row(self._field(_ABOUT, tr("registers.about"), ComboBox(f"{_PREFIX}{_ABOUT}", abouts)))
        self._lay_out(rule.at(Stage.OPENING), board.staff)
        if board.register is Register.INSPECTIONS:
            self._lay_out_checklist(board.checklist)
        self._set_day(rule.day, board.now.date())
        self._finish()

    def begin_change(self, board: RegisterBoard, row: EntryRow, manager: bool) -> None:
        """More of a line, or its correction."""
        self._begin("change", board, row)
        rule = REGISTERS[board.register]
        # What is still to come stands first.
        fields = rule.at(Stage.LATER) + rule.at(Stage.OPENING)
        if row.closed_on is not None:
            fields += rule.at(Stage.CLOSING)
        fields = tuple(field for field in fields if manager or not field.managers)
        self._lay_out(fields, board.staff)
        if row.programme is not None:
            self._lay_out_checklist(MEASURES[row.programme])
        reason = LineEdit(f"{_PREFIX}{_REASON}", max_length=LONGEST_LINE)
        self._row(self._field(_REASON, tr("registers.reason"), reason, hint=tr("registers.reason_hint")))
        self._show_values(row.values, {field.key: field for field in fields})
        self._finish()

    def begin_close(self, board: RegisterBoard, row: EntryRow) -> None:
        """The end of a line."""
        self._begin("close", board, row)
        self._row(self._field(_CLOSED_ON, tr("registers.closed_on"), DateField(f"{_PREFIX}{_CLOSED_ON}"), True))
        self._lay_out(REGISTERS[board.register].at(Stage.CLOSING), board.staff)
        self._set_day(_CLOSED_ON, board.now.date())
        self._finish()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, at the field that it speaks of, else under the form."""
        self.save.setEnabled(True)
        field = self._fields.get(str(problem.values.get("field", "")))
        if field is None:
            self._form.show_problem(problem)
            return
        field.show_problem(problem)
        field.editor.setFocus()
        self._scroll.ensureWidgetVisible(field)

    # How it is built

    def _begin(self, mode: str, board: RegisterBoard, row: EntryRow | None) -> None:
        self.mode, self._register = mode, board.register
        self._entry = "" if row is None else row.entry
        self._before, self._fields = {}, {}
        self._form = Form("registers_form")
        self._form.column.addWidget(Paragraph(tr(f"registers.help.{board.register.value}"), DETAIL, "ink2"))
        self._form.column.addWidget(Paragraph(tr("registers.no_names"), DETAIL, "warn"))
        title = {"new": "registers.new", "change": "registers.change", "close": "registers.close"}[mode]
        facts = tr(f"registers.name.{board.register.value}")
        self._head.show_facts(f"{facts}　{self._entry}".strip(), tr(title))

    def _finish(self) -> None:
        self._form.finish()
        self._form.column.addStretch(1)
        whole = QWidget()
        whole.setObjectName("scrolled")
        column = QVBoxLayout(whole)
        column.setContentsMargins(3, 0, 10, 3)
        column.addWidget(self._form)
        whole.setAutoFillBackground(False)
        self._scroll.setWidget(whole)
        self.save.setEnabled(True)
        self._before = {key: self._form.text(f"{_PREFIX}{key}") for key in self._fields}
        self._form.begin()

    def _field(self, key: str, label: str, editor: QWidget, required: bool = False, hint: str = "") -> Field:
        field = self._form.field(label, editor, required, hint)
        self._fields[key] = field
        return field

    def _row(self, *fields: QWidget) -> None:
        self._form.row(*fields, spans=(6,) * len(fields))

    def _lay_out(self, fields: Iterable[RegisterField], staff: tuple[StaffChoice, ...]) -> None:
        """Short fields two beside each other, texts across."""
        waiting: list[Field] = []
        for field in fields:
            label = label_of(self._register, field.key)
            made = self._field(field.key, label, self._editor(field, staff), field.required)
            if field.kind is FieldKind.TEXT:
                self._flush(waiting)
                self._form.row(made)
            else:
                waiting.append(made)
                if len(waiting) == 2:
                    self._flush(waiting)
        self._flush(waiting)

    def _flush(self, waiting: list[Field]) -> None:
        if waiting:
            self._row(*waiting)
            waiting.clear()

    def _editor(self, field: RegisterField, staff: tuple[StaffChoice, ...]) -> QWidget:
        name = f"{_PREFIX}{field.key}"
        empty = ("", tr("registers.choose"))
        if field.kind is FieldKind.DATE:
            return DateField(name)
        if field.kind is FieldKind.TEXT:
            return TextArea(name, lines=2)
        if field.kind is FieldKind.CHOICE:
            return ComboBox(name, [empty, *((one, tr(f"registers.choice.{one}")) for one in field.choices)])
        if field.kind in (FieldKind.STAFF, FieldKind.MANAGER):
            asked = [one for one in staff if one.manager or field.kind is FieldKind.STAFF]
            return ComboBox(name, [empty, *((one.staff_number, f"{one.staff_number}　{one.name}") for one in asked)])
        if field.kind is FieldKind.TIME:
            return LineEdit(name, "9:30", number=True, max_length=8)
        return LineEdit(name, number=field.kind is FieldKind.NUMBER, max_length=LONGEST_LINE)

    def _lay_out_checklist(self, measures: Iterable[Measure]) -> None:
        self._form.column.addWidget(SheetHead(tr("registers.checklist_title")))
        findings = [("", tr("registers.choose")), *((one.value, tr(f"registers.choice.{one}")) for one in Finding)]
        for measure in measures:
            where = tr(f"registers.measure_of.{measure.source.value}", number=measure.number)
            words = tr(f"registers.measure.{measure.key}")
            self._form.column.addWidget(Paragraph(words, LABEL, "ink"))
            status = ComboBox(f"{_PREFIX}{status_field(measure)}", findings)
            status.setAccessibleName(f"{where} {words}")
            evidence = LineEdit(f"{_PREFIX}{evidence_field(measure)}", max_length=LONGEST_LINE)
            evidence.setAccessibleName(f"{where} {tr('registers.checklist_evidence')}")
            self._form.row(
                self._field(status_field(measure), where, status, True),
                self._field(evidence_field(measure), tr("registers.checklist_evidence"), evidence),
                spans=(4, 8),
            )

    def _set_day(self, key: str, day: date) -> None:
        editor = self._fields[key].editor
        if isinstance(editor, DateField):
            editor.show_date(day)

    def _show_values(self, values: Mapping[str, str], fields: Mapping[str, RegisterField]) -> None:
        for key, text in values.items():
            field = fields.get(key)
            if key not in self._fields:
                continue
            if field is not None and field.kind is FieldKind.DATE:
                self._set_day(key, date.fromisoformat(text))
            else:
                self._form.fill(f"{_PREFIX}{key}", text)

    # What is sent

    def _send(self) -> None:
        self._form.clear_problems()
        texts = {key: self._form.text(f"{_PREFIX}{key}") for key in self._fields}
        reason, about = texts.pop(_REASON, ""), texts.pop(_ABOUT, "contract")
        message: object
        if self.mode == "new":
            typed = {key: text for key, text in texts.items() if text}
            message = EnterEntry(self._register, typed, of_office=not about)
        elif self.mode == "change":
            changed = {key: text for key, text in texts.items() if text != self._before[key]}
            message = ChangeEntry(self._entry, changed, reason)
        else:
            texts.pop(_CLOSED_ON)
            day = self._form.day(f"{_PREFIX}{_CLOSED_ON}")
            if day is None:
                return
            message = CloseEntry(self._entry, day, {key: text for key, text in texts.items() if text})
        self.save.setEnabled(False)
        self.wanted.emit(message)

"""A form: fields in rows, problems beside the field that they speak of, Enter to the next field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import ComboBox, DateField, Field, LineEdit, Note, TextArea

_COLUMNS = 12


class Form(QWidget):
    """Fields by the object name of their editors. ``column`` is its layout; ``note`` says what fits no field.

    ``codes`` maps the beginning of a problem's code to the field that it speaks of.
    """

    def __init__(self, name: str, codes: Mapping[str, str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._codes = dict(codes or {})
        self._fields: dict[str, Field] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.note = Note(f"{name}_note")

    def field(self, label: str, editor: QWidget, required: bool = False, hint: str = "") -> Field:
        """Makes a field; put it into a row with ``row``."""
        made = Field(label, editor, required, hint)
        self._fields[editor.objectName()] = made
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(lambda: self.focusNextChild())
        return made

    def row(self, *fields: QWidget, spans: tuple[int, ...] = ()) -> None:
        """Lays fields side by side on twelve columns, by default equally wide, so that rows line up."""
        line = QGridLayout()
        line.setHorizontalSpacing(16)
        for number in range(_COLUMNS):
            line.setColumnStretch(number, 1)
            line.setColumnMinimumWidth(number, 1)
        at = 0
        for number, widget in enumerate(fields):
            span = spans[number] if spans else _COLUMNS // len(fields)
            line.addWidget(widget, 0, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        self.column.addLayout(line)

    def finish(self) -> None:
        """Puts the note under the last row."""
        self.column.addWidget(self.note)

    def text(self, name: str) -> str:
        """What was typed or chosen, without blanks at its ends."""
        editor = self._fields[name].editor
        if isinstance(editor, ComboBox):
            return editor.chosen()
        if isinstance(editor, TextArea):
            return editor.toPlainText().strip()
        return editor.text().strip() if isinstance(editor, LineEdit) else ""

    def fill(self, name: str, text: str) -> None:
        """Writes into a field, or chooses."""
        editor = self._fields[name].editor
        if isinstance(editor, ComboBox):
            editor.choose(text)
        elif isinstance(editor, TextArea):
            editor.setPlainText(text)
        elif isinstance(editor, LineEdit):
            editor.setText(text)

    def day(self, name: str) -> date | None:
        """The date of a field; ``None``, with the problem beside the field, when it is empty or no date."""
        editor = self._fields[name].editor
        assert isinstance(editor, DateField)
        try:
            day = editor.day()
        except Problem as problem:
            self._fields[name].show_problem(problem)
            return None
        if day is None:
            self._fields[name].show_problem(tr("forms.empty"))
        return day

    def filled(self, *names: str) -> bool:
        """Whether all these fields have something; the others say that they are empty."""
        empty = [name for name in names if not self.text(name)]
        for name in empty:
            self._fields[name].show_problem(tr("forms.empty"))
        if empty:
            self._fields[empty[0]].editor.setFocus()
        return not empty

    def clear_problems(self) -> None:
        """Takes every sentence away."""
        self.note.say("")
        for field in self._fields.values():
            field.clear_problem()

    def reset(self) -> None:
        """Empties all lines and takes every sentence away; choices go back to the first."""
        for field in self._fields.values():
            editor = field.editor
            if isinstance(editor, ComboBox):
                editor.setCurrentIndex(0 if editor.count() else -1)
            elif isinstance(editor, LineEdit | TextArea):
                editor.clear()
        self.clear_problems()

    def show_problem(self, problem: Problem) -> None:
        """The sentence beside the field that it speaks of, else under the form."""
        for beginning, name in self._codes.items():
            if problem.code.startswith(beginning) and name in self._fields:
                self._fields[name].show_problem(problem)
                self._fields[name].editor.setFocus()
                return
        self.note.say(sentence(problem))

    def begin(self) -> None:
        """The keyboard into the first field."""
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.editor.setFocus()

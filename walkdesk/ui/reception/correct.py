"""訂正: one field, its new value and the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.problem import Problem
from walkdesk.messages.reception import CorrectParticipant, ParticipantSheet
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    ComboBox,
    LineEdit,
    OutlineButton,
    Paragraph,
    PrimaryButton,
    Sheet,
    SheetHead,
    TextArea,
)
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.reception.person import field_of

FIELDS = ("name", "postcode", "address", "age", "sex", "phone", "mail")
_CODES = {"reception.reason_": "correct_reason", "reception.": "correct_value", "numbers.": "correct_value"}


class CorrectForm(Sheet):
    """The form. ``wanted`` with the message to ask; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("correct", spacing=14, parent=parent)
        self._sheet: ParticipantSheet | None = None
        self.body.addWidget(SheetHead(tr("reception.correct_title"), note=tr("reception.correct_note")))
        self.form = Form("correct_form", _CODES)
        self._field = ComboBox("correct_field")
        self._field.currentIndexChanged.connect(lambda _index: self._show_field())
        self._value = LineEdit("correct_value")
        self._sex = ComboBox("correct_sex", [(sex.value, tr(f"reception.sex.{sex.value}")) for sex in Sex])
        self._sex.setAccessibleName(tr("reception.correct_value"))
        self._reason = TextArea("correct_reason", tr("reception.correct_reason_hint"), lines=3)
        self.form.row(
            self.form.field(tr("reception.correct_field"), self._field),
            self.form.field(tr("reception.correct_before"), self._make_before()),
        )
        self._value_field = self.form.field(tr("reception.correct_value"), self._value, required=True)
        self._sex_field = self.form.field(tr("reception.correct_value"), self._sex)
        self._which = QStackedWidget()
        self._which.addWidget(self._value_field)
        self._which.addWidget(self._sex_field)
        self.form.row(self._which)
        self.form.row(self.form.field(tr("reception.correct_reason"), self._reason, required=True))
        self.form.finish()
        self.body.addWidget(self.form)
        self.body.addWidget(Paragraph(tr("reception.correct_same"), DETAIL))
        self.body.addLayout(self._lay_out_buttons())
        self.body.addStretch(1)

    def _make_before(self) -> LineEdit:
        self._before = LineEdit("correct_before")
        self._before.setEnabled(False)
        return self._before

    def _lay_out_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._save = PrimaryButton(tr("reception.correct_save"), "correct_save", key="Ctrl+S")
        self._save.clicked.connect(self._send)
        back = OutlineButton(tr("forms.back"), "correct_back", key="Esc")
        back.clicked.connect(self.left)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self._save)
        return row

    def show_person(self, sheet: ParticipantSheet, field: str = "") -> None:
        """Begins a correction of one person; ``field`` chooses the field, else the one in doubt."""
        self._sheet = sheet
        fields = [one for one in FIELDS if one != "mail" or sheet.channel is Channel.APP]
        self._field.offer((one, tr(f"reception.history_field.{one}")) for one in fields)
        self.form.clear_problems()
        self._value.clear()
        self._reason.clear()
        doubted = field_of(sheet.doubts[0]) if sheet.doubts else "name"
        self._field.choose(field or doubted)
        self._show_field()
        self._value.setFocus()

    def field(self) -> str:
        """The field that is being corrected."""
        return self._field.chosen()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self._save.setEnabled(True)
        self.form.show_problem(problem)

    def _show_field(self) -> None:
        sheet, field = self._sheet, self._field.chosen()
        if sheet is None or not field:
            return
        words = {"age": str(sheet.age), "sex": tr(f"reception.sex.{sheet.sex.value}")}
        before = words.get(field) or str(getattr(sheet, field))
        self._before.setText(before)
        self._before.setAccessibleDescription(before)
        self._which.setCurrentIndex(1 if field == "sex" else 0)
        self._sex.choose(sheet.sex.value)
        # What is not masked is easier to mend than to type again.
        self._value.setText(before if field in ("name", "postcode", "age") else "")
        self.form.clear_problems()

    def _send(self) -> None:
        self.form.clear_problems()
        sheet, field = self._sheet, self._field.chosen()
        if sheet is None:
            return
        names = ("correct_reason",) if field == "sex" else ("correct_value", "correct_reason")
        # The phone and the mail may be taken away: an empty value is a value there.
        if field in ("phone", "mail"):
            names = ("correct_reason",)
        if not self.form.filled(*names):
            return
        value = self._sex.chosen() if field == "sex" else self._value.text()
        self._save.setEnabled(False)
        self.wanted.emit(CorrectParticipant(sheet.number, field, value, self.form.text("correct_reason")))

    def saved(self) -> None:
        """The correction is on disk."""
        self._save.setEnabled(True)

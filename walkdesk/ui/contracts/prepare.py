"""A new contract: number, dates, the ward, and the token that will hold half of its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.messages.contracts import PrepareContract
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    ComboBox,
    DateField,
    LineEdit,
    OutlineButton,
    PrimaryButton,
    Sheet,
    SheetHead,
)

_CODES = {
    "contracts.number_": "prepare_number",
    "contracts.period_": "prepare_end",
    "contracts.no_point_rule": "prepare_start",
    "storage.token": "prepare_token",
}
_NO_TOKEN = "-"


class PrepareForm(Sheet):
    """The form. ``wanted`` with the message; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("prepare", spacing=14, parent=parent)
        self.body.addWidget(SheetHead(tr("contracts.prepare_title"), note=tr("contracts.prepare_note")))
        self.form = Form("prepare_form", _CODES)
        field = self.form.field
        programmes = [(one.value, tr(f"reception.programme.{one.value}")) for one in Programme]
        self.form.row(
            field(tr("contracts.prepare_programme"), ComboBox("prepare_programme", programmes)),
            field(
                tr("contracts.fact_number"),
                LineEdit("prepare_number", tr("contracts.prepare_number_hint"), max_length=40),
                True,
            ),
        )
        self.form.row(
            field(tr("contracts.prepare_start"), DateField("prepare_start"), True),
            field(tr("contracts.prepare_end"), DateField("prepare_end"), True, tr("contracts.prepare_end_hint")),
        )
        self.form.row(
            field(
                tr("contracts.prepare_ward"),
                LineEdit("prepare_ward", tr("contracts.prepare_ward_example"), max_length=60),
                True,
                tr("contracts.prepare_ward_hint"),
            ),
            field(
                tr("contracts.prepare_department"),
                LineEdit("prepare_department", tr("contracts.prepare_department_example"), max_length=60),
            ),
        )
        self._token = ComboBox("prepare_token")
        self.form.row(
            field(tr("contracts.prepare_token"), self._token, hint=tr("contracts.prepare_token_hint")), QWidget()
        )
        self.form.finish()
        self.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._save = PrimaryButton(tr("contracts.prepare_save"), "prepare_save", key="Ctrl+S")
        self._save.clicked.connect(self._send)
        back = OutlineButton(tr("forms.back"), "prepare_back", key="Esc")
        back.clicked.connect(self.left)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self._save)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def offer_tokens(self, folders: Sequence[str]) -> None:
        """The media that could take the token now."""
        before = self._token.chosen()
        choices = [(folder, folder) for folder in folders]
        self._token.offer([*choices, (_NO_TOKEN, tr("contracts.prepare_no_token"))])
        self._token.choose(before)

    def begin(self) -> None:
        """Empties the form."""
        self.form.reset()
        self._save.setEnabled(True)
        self.form.begin()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self._save.setEnabled(True)
        self.form.show_problem(problem)

    def _send(self) -> None:
        self.form.clear_problems()
        filled = self.form.filled("prepare_number", "prepare_ward")
        start, end = self.form.day("prepare_start"), self.form.day("prepare_end")
        if not filled or start is None or end is None:
            return
        text = self.form.text
        token = text("prepare_token")
        self._save.setEnabled(False)
        self.wanted.emit(
            PrepareContract(
                Programme(text("prepare_programme")),
                text("prepare_number"),
                start,
                end,
                text("prepare_ward"),
                text("prepare_department"),
                "" if token == _NO_TOKEN else token,
            )
        )

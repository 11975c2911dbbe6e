"""Coming in with the office's recovery sheet: a manager who forgot the password, when nobody else can help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.edits import LineEdit, PasswordEdit
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.text import Label, Paragraph
from walkdesk.ui.look.tokens import LABEL, TITLE

_CODE_SIGNS = 120
_CODES = {
    "keys.recover_": "recover_number",
    "keys.": "recover_code",
    "door.locked_": "recover_number",
    "door.account_": "recover_number",
    "people.password": "recover_password",
    "setup.password_differs": "recover_again",
}


class RecoverCard(Sheet):
    """The card. ``wanted`` with number, code and password; ``left`` when the person goes back."""

    wanted = Signal(str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("recover_card", spacing=12, parent=parent)
        self.body.setContentsMargins(40, 26, 40, 24)
        self.body.addWidget(Label(tr("signin.recover_title"), TITLE))
        self.body.addWidget(Paragraph(tr("signin.recover_text"), LABEL, "ink2"))
        self.form = Form("recover_form", _CODES)
        field = self.form.field
        self.number = LineEdit("recover_number", number=True, max_length=20)
        self.code = LineEdit("recover_code", tr("keys.code_example"), max_length=_CODE_SIGNS)
        self.password = PasswordEdit("recover_password")
        self.again = PasswordEdit("recover_again")
        self.form.row(field(tr("signin.number"), self.number, True))
        self.form.row(field(tr("keys.code"), self.code, True, tr("keys.code_hint")))
        self.form.row(field(tr("signin.new_password"), self.password, True, tr("signin.new_password_hint")))
        self.form.row(field(tr("signin.again"), self.again, True))
        self.form.finish()
        self.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.back = OutlineButton(tr("forms.back"), "recover_back", key="Esc")
        self.save = PrimaryButton(tr("signin.recover_save"), "recover_save", key="F4")
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self._send)

    def begin(self, number: str) -> None:
        """Empties the card and takes the keyboard."""
        self.form.reset()
        self.number.setText(number)
        self.save.setEnabled(True)
        (self.code if number else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self.save.setEnabled(True)
        self.form.show_problem(problem)

    def _send(self) -> None:
        self.form.clear_problems()
        if not self.form.filled("recover_number", "recover_code", "recover_password", "recover_again"):
            return
        if self.password.text() != self.again.text():
            self.form.show_problem(Problem("setup.password_differs"))
            return
        self.save.setEnabled(False)
        self.wanted.emit(self.form.text("recover_number"), self.form.text("recover_code"), self.password.text())

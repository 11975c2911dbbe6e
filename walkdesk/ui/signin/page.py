"""The sign-in page: for every role the same door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.logo import Logo
from walkdesk.ui.look.parts.buttons import LargeButton, QuietButton
from walkdesk.ui.look.parts.edits import LineEdit, PasswordEdit
from walkdesk.ui.look.parts.fields import Field, Note
from walkdesk.ui.look.parts.sheet import Inset, Sheet
from walkdesk.ui.look.parts.text import Label, Paragraph, Run, Runs
from walkdesk.ui.look.tokens import BODY_BOLD, BRAND, LABEL, TASK, TITLE, Tone
from walkdesk.ui.signin.bars import MonthBars
from walkdesk.ui.signin.recover import RecoverCard


@dataclass(frozen=True, slots=True)
class TokenState:
    """What is known of the contract key's token (契約鍵トークン) before anyone has signed in.

    ``present`` it is there; ``missing`` it should be put in; ``unknown`` a token of another contract or office;
    ``none`` this office works without one, and nothing is shown. ``number`` is on its label (K-02), ``contract``
    is what it opens.
    """

    state: Literal["present", "missing", "unknown", "none"]
    number: str = ""
    contract: str = ""


_TOKEN: dict[str, tuple[Tone, Tone, str]] = {
    "present": ("ok", "oksoft", "check-circle"),
    "missing": ("warn", "warnsoft", "warning"),
    "unknown": ("danger", "dangersoft", "alert"),
}


class SignInPage(QWidget):
    """Staff number and password. Enter signs in; a problem stands beneath its field."""

    signed_in_requested = Signal(str, str)
    """Staff number and password."""
    password_begun = Signal()
    """The first letter of the password was typed."""
    recovery_requested = Signal(str, str, str)
    """Staff number, the code of the office's recovery sheet, and the new password."""

    def __init__(self, staff_number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signin")
        self._busy = False
        self._begun = False
        self.number = LineEdit("staff_number", large=True, number=True, max_length=20)
        self.number.setText(staff_number)
        self.password = PasswordEdit("password", large=True)
        self.number_field = Field(tr("signin.number"), self.number)
        self.password_field = Field(tr("signin.password"), self.password)
        self.button = LargeButton(tr("signin.sign_in"), name="sign_in", key="Enter")
        self._token = _TokenCard()
        self.recover = RecoverCard()
        self.to_recovery = QuietButton(tr("signin.use_sheet"), "signin_use_sheet", key="Alt+R", icon="key")
        self._reminder = Note("signin_reminder")
        self._cards = QStackedWidget()
        self._lay_out()
        self.password.caps_lock_changed.connect(self._caps_lock)
        self.password.textEdited.connect(self._typed)
        self.number.textEdited.connect(lambda: self.number_field.clear_problem())
        self.button.clicked.connect(self._sign_in)
        self.to_recovery.clicked.connect(self._to_recovery)
        self.recover.left.connect(self._from_recovery)
        self.recover.wanted.connect(self.recovery_requested)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(84, 24, 64, 24)
        row.setSpacing(56)
        row.addStretch(1)
        row.addWidget(_Welcome(), 0, Qt.AlignmentFlag.AlignVCenter)
        self._cards.setFixedWidth(508)
        self._cards.addWidget(_centred(self._card()))
        self._cards.addWidget(_centred(self.recover))
        row.addWidget(self._cards)
        row.addStretch(1)

    def _card(self) -> Sheet:
        card = Sheet("signin_card", spacing=0)
        card.setFixedWidth(508)
        card.body.setContentsMargins(40, 32, 40, 28)
        card.body.addWidget(Label(tr("signin.title"), TITLE))
        card.body.addSpacing(6)
        card.body.addWidget(Label(tr("signin.who"), LABEL, "ink2"))
        card.body.addSpacing(20)
        card.body.addWidget(self.number_field)
        card.body.addSpacing(16)
        card.body.addWidget(self.password_field)
        card.body.addSpacing(16)
        card.body.addWidget(self._token)
        card.body.addSpacing(24)
        card.body.addWidget(self.button)
        card.body.addSpacing(18)
        card.body.addWidget(Paragraph(tr("signin.forgotten"), LABEL, "ink2"))
        card.body.addSpacing(4)
        card.body.addWidget(self.to_recovery, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._reminder)
        return card

    def begin(self) -> None:
        """Puts the keyboard where typing goes on: into the password when the number is known."""
        (self.password if self.number.text() else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem, field: Literal["number", "password"] = "password") -> None:
        """Shows what went wrong beneath a field, empties the password, and lets the person type again."""
        self.set_busy(False)
        self.password.clear()
        self._begun = False
        where = self.number_field if field == "number" else self.password_field
        where.show_problem(sentence(problem))
        where.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While the room opens the vault nothing can be pressed; the button says so."""
        self._busy = busy
        self.number.setReadOnly(busy)
        self.password.setReadOnly(busy)
        self.button.say(tr("signin.opening" if busy else "signin.sign_in"))
        self.button.setEnabled(not busy)

    def remind(self, token: str) -> None:
        """Asks in the evening whether the token is back in the safe."""
        self._reminder.say(tr("keys.token_evening", name=token), "warn", "usb-token")

    def _to_recovery(self) -> None:
        self._cards.setCurrentIndex(1)
        self.recover.begin(self.number.text())

    def _from_recovery(self) -> None:
        self._cards.setCurrentIndex(0)
        self.begin()

    def show_token(self, state: TokenState) -> None:
        """Shows what is known of the token."""
        self._token.show_state(state)

    def _typed(self, text: str) -> None:
        if text and not self._begun:
            self._begun = True
            self.password_begun.emit()
        self.password_field.clear_problem()
        self._caps_lock(self.password.caps_lock())

    def _caps_lock(self, on: bool) -> None:
        if on:
            self.password_field.warn(tr("signin.caps_lock"))
        else:
            self.password_field.clear_problem()

    def _sign_in(self) -> None:
        number, password = self.number.text().strip(), self.password.text()
        if self._busy:
            return
        if not number:
            self.number_field.show_problem(tr("signin.problem.number_missing"))
            self.number.setFocus()
        elif not password:
            if self.password.hasFocus():
                self.password_field.show_problem(tr("signin.problem.password_missing"))
            self.password.setFocus()
        else:
            self.set_busy(True)
            self.signed_in_requested.emit(number, password)


def _centred(card: QWidget) -> QWidget:
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(card)
    column.addStretch(1)
    return ground


class _Welcome(QWidget):
    """The left half: name, picture, two sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(568)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(Logo(56), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Runs([Run(tr("shell.name"), BRAND, "ink")]))
        words.addWidget(Label(tr("shell.subtitle"), TASK, "ink2"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(40)
        column.addWidget(MonthBars())
        column.addSpacing(16)
        column.addWidget(Paragraph(tr("signin.promise"), TASK, "ink2"))


class _TokenCard(Inset):
    """The token as it is found; absent when the office works without one."""

    def __init__(self) -> None:
        super().__init__("oksoft", name="token")
        self.row.setContentsMargins(14, 9, 14, 9)
        self.row.setSpacing(12)
        self._left = IconView("usb-token", "ok", 26)
        self._title = Runs()
        self._detail = Runs()
        self._right = IconView("check-circle", "ok", 20)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self.row.addWidget(self._left)
        self.row.addLayout(words, 1)
        self.row.addWidget(self._right)
        self.hide()

    def show_state(self, state: TokenState) -> None:
        """Another state."""
        self.setVisible(state.state != "none")
        if state.state == "none":
            return
        tone, ground, icon = _TOKEN[state.state]
        title = tr(f"signin.token.{state.state}", number=state.number)
        facts = [state.contract] if state.contract else []
        if state.number:
            facts.insert(0, tr("signin.token.number", number=state.number))
        detail = "　".join(facts) if state.state == "present" else tr(f"signin.token.{state.state}_detail")
        self.set_ground(ground)
        self._left.show_icon("usb-token", tone)
        self._right.show_icon(icon, tone)
        self._title.show_runs([Run(title, BODY_BOLD, tone)])
        self._detail.show_runs([Run(detail, LABEL, "ink2")])
        self.setAccessibleName(f"{title} {detail}")

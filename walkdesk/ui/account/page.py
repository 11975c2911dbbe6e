"""アカウント: who is signed in, and the own password changed. Reached from the own name in the top bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import ChangePassword
from walkdesk.messages.common import Done
from walkdesk.ui.facts import Fact
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    Label,
    OutlineButton,
    PageHead,
    Paragraph,
    PasswordEdit,
    PrimaryButton,
    Sheet,
    SheetHead,
    page_column,
    scrolling,
)
from walkdesk.ui.look.tokens import DETAIL, HEADLINE, SECTION, SHEET_GAP
from walkdesk.ui.shell.page import Page, PageContext, Person

_FIELDS = ("account_old", "account_new", "account_again")
_CODES = {
    "account.wrong_password": "account_old",
    "door.locked_out": "account_old",
    "door.record_lost": "account_old",
    "account.same_password": "account_new",
    "people.password_": "account_new",
    "account.not_the_same": "account_again",
}


class AccountPage(Page):
    """The account of who is here. No place: it is the same wherever one comes from."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        column = page_column(self)
        self.save = PrimaryButton(tr("account.save"), "account_save", key="Ctrl+S")
        self.back = OutlineButton(tr("forms.back"), "account_back", key="Esc")
        column.addWidget(PageHead(tr("account.title"), buttons=[self.back, self.save]))
        row = QHBoxLayout()
        row.setSpacing(SHEET_GAP + 2)
        row.addWidget(_person_sheet(context.person), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._password_sheet(), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        ground = QWidget()
        ground.setObjectName("scrolled")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(row)
        inner.addStretch(1)
        column.addWidget(scrolling(ground, "account_scroll"), 1)
        self.save.clicked.connect(self._send)
        self.back.clicked.connect(self._leave)

    def _password_sheet(self) -> Sheet:
        sheet = Sheet("account_password_sheet", spacing=12)
        sheet.setFixedWidth(520)
        sheet.body.addWidget(SheetHead(tr("account.password_title")))
        sheet.body.addWidget(Paragraph(tr("account.password_text"), DETAIL))
        self.form = Form("account_form", _CODES)
        hints = {"account_new": tr("account.new_hint")}
        for name in _FIELDS:
            editor = PasswordEdit(name)
            self.form.row(
                self.form.field(tr(f"account.{name.removeprefix('account_')}"), editor, True, hints.get(name, ""))
            )
        self.form.finish()
        sheet.body.addWidget(self.form)
        return sheet

    def enter(self, **place: Any) -> None:
        self.form.reset()
        self.save.setEnabled(True)
        self.form.begin()

    def hideEvent(self, event: Any) -> None:
        self.form.reset()  # nobody who comes later finds a password here
        super().hideEvent(event)

    def _leave(self) -> None:
        self.context.go("audit" if self.context.role == Role.AUDITOR else "today")

    def _send(self) -> None:
        self.form.clear_problems()
        if not self.form.filled(*_FIELDS):
            return
        old, new, again = (self._password(name) for name in _FIELDS)
        if new != again:
            self.form.show_problem(Problem("account.not_the_same"))
            return
        self.save.setEnabled(False)
        self.context.room.ask(ChangePassword(old, new), self._done, self._refused)

    def _password(self, name: str) -> str:
        """As it was typed: blanks belong to a password."""
        editor = self.form.findChild(PasswordEdit, name)
        assert isinstance(editor, PasswordEdit)
        return editor.text()

    def _done(self, done: Done) -> None:
        self.form.reset()
        self.save.setEnabled(True)
        self.form.begin()
        self.context.say(tr("account.changed", ledger=done.ledger))

    def _refused(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        self.form.show_problem(problem)


def _person_sheet(person: Person) -> Sheet:
    sheet = Sheet("account_person_sheet", spacing=10)
    sheet.setFixedWidth(330)
    sheet.body.addWidget(Label(person.number, SECTION, "accent", "account_number"))
    sheet.body.addWidget(Label(person.name, HEADLINE, name="account_name"))
    sheet.body.addWidget(Fact(tr("people.post"), "account_post", person.post))
    sheet.body.addWidget(Fact(tr("people.role"), "account_role", tr(f"people.role_{person.role}")))
    sheet.body.addWidget(Paragraph(tr("account.person_text"), DETAIL))
    return sheet

"""The forms of one person: a new one, a change, a forgotten password, the end; and the report to the ward."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import RenewAccess
from walkdesk.messages.people import (
    ChangePerson,
    CloseAccount,
    PersonRow,
    RegisterPerson,
    ReportDesignation,
)
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    CheckBox,
    ComboBox,
    DangerButton,
    DateField,
    Field,
    LineEdit,
    OutlineButton,
    Paragraph,
    PasswordEdit,
    PrimaryButton,
    SheetHead,
)
from walkdesk.ui.look.tokens import DETAIL

NO_ACCOUNT = "none"


class PeopleForm(QWidget):
    """What the forms share. ``wanted`` with the message; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, name: str, codes: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._knowing: CheckBox | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(SheetHead(tr(f"people.{name}_title")))
        self.column.addWidget(Paragraph(tr(f"people.{name}_text"), DETAIL))
        self.form = Form(f"{name}_form", codes)
        self.column.addWidget(self.form)

    def _finish(self, danger: bool = False) -> None:
        self.form.finish()
        if self._knowing is not None:
            self.form.column.addWidget(self._knowing)  # under the sentence that asks for it
        name = self.objectName()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.back = OutlineButton(tr("forms.back"), f"{name}_back", key="Esc")
        self.back.clicked.connect(self.left)
        text = tr(f"people.{name}_save")
        self.save = DangerButton(text, f"{name}_save") if danger else PrimaryButton(text, f"{name}_save", key="Ctrl+S")
        self.save.clicked.connect(self._send)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.save)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _ask_to_know(self) -> None:
        """Makes the tick that is asked for where too few are left who approve; before ``_finish``."""
        self._knowing = CheckBox(tr("people.knowing"), f"{self.objectName()}_knowing")
        self._knowing.hide()

    def knows(self) -> bool:
        """Whether the person has seen what is missing afterwards, and goes on."""
        return self._knowing is not None and self._knowing.isVisibleTo(self) and self._knowing.isChecked()

    def begin(self) -> None:
        """Empties the form and takes the keyboard."""
        self.form.reset()
        if self._knowing is not None:
            self._knowing.hide()
            self._knowing.setChecked(False)
        self.save.setEnabled(True)
        self.form.begin()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self.save.setEnabled(True)
        self.form.show_problem(problem)
        if self._knowing is not None and problem.code == "people.last_approver":
            self._knowing.show()
            self._knowing.setFocus()

    def _ask(self, message: object) -> None:
        self.save.setEnabled(False)
        self.wanted.emit(message)

    def _send(self) -> None:
        raise NotImplementedError


class NewPerson(PeopleForm):
    """登録: the register is the only source of accounts."""

    def __init__(self) -> None:
        codes = {
            "people.staff_": "new_number",
            "people.number_": "new_number",
            "people.name_": "new_name",
            "people.password_": "new_password",
            "people.auditor_": "new_reference",
            "people.approver_": "new_role",
            "people.oath_": "new_sworn",
        }
        super().__init__("new", codes)
        field = self.form.field
        self.form.row(
            field(tr("people.number"), LineEdit("new_number", "S-0170", number=True, max_length=20), True),
            field(tr("people.name"), LineEdit("new_name", max_length=60), True),
        )
        self._role = ComboBox("new_role", [(role.value, tr(f"people.role_{role.value}")) for role in Role])
        self._role.addItem(tr("people.role_none"), NO_ACCOUNT)
        self._role.currentIndexChanged.connect(lambda _index: self._show_role())
        self.form.row(
            field(tr("people.post"), LineEdit("new_post", tr("people.post_hint"), max_length=60), True),
            field(tr("people.role"), self._role),
        )
        self.form.row(field(tr("people.sworn"), DateField("new_sworn"), hint=tr("people.sworn_hint")))
        self._after_end = CheckBox(tr("people.after_end"), "new_after_end")
        self.form.column.addWidget(self._after_end)
        self._password = field(tr("people.password"), PasswordEdit("new_password"), True, tr("people.password_hint"))
        self._reference = field(
            tr("people.reference"), LineEdit("new_reference", tr("people.reference_hint"), max_length=100), True
        )
        self.form.row(self._password)
        self.form.row(self._reference)
        self._approves = CheckBox(tr("people.may_approve"), "new_approves")
        self.form.column.addWidget(self._approves)
        self._finish()
        self._show_role()

    def begin(self) -> None:
        super().begin()
        self._approves.setChecked(False)
        self._after_end.setChecked(True)

    def _show_role(self) -> None:
        role = self._role.chosen()
        self._password.setVisible(role != NO_ACCOUNT)
        self._reference.setVisible(role == Role.AUDITOR.value)
        staff = role in (Role.HANDLER.value, Role.MANAGER.value)
        self._approves.setVisible(staff)
        if not staff:
            self._approves.setChecked(False)

    def _send(self) -> None:
        self.form.clear_problems()
        text, role = self.form.text, self._role.chosen()
        names = ["new_number", "new_name", "new_post"]
        if role != NO_ACCOUNT:
            names.append("new_password")
        if role == Role.AUDITOR.value:
            names.append("new_reference")
        if not self.form.filled(*names):
            return
        sworn = self.form.day("new_sworn") if text("new_sworn") else None
        if sworn is None and text("new_sworn"):
            return
        self._ask(
            RegisterPerson(
                text("new_number"),
                text("new_name"),
                text("new_post"),
                None if role == NO_ACCOUNT else Role(role),
                self._approves.isChecked(),
                sworn,
                None if role == NO_ACCOUNT else password_of(self._password),
                text("new_reference"),
                self._after_end.isChecked(),
            )
        )


class Change(PeopleForm):
    """Another post, or 承認可 given or taken."""

    def __init__(self) -> None:
        codes = {"people.name_": "change_post", "people.reason_": "change_reason", "people.nothing_": "change_post"}
        super().__init__("change", codes)
        self._person: PersonRow | None = None
        self._who = Paragraph("")
        self.form.column.addWidget(self._who)
        field = self.form.field
        self.form.row(field(tr("people.post"), LineEdit("change_post", max_length=60), True))
        self._approves = CheckBox(tr("people.may_approve"), "change_approves")
        self.form.column.addWidget(self._approves)
        hint = tr("people.change_reason_hint")
        self.form.row(field(tr("people.reason"), LineEdit("change_reason", hint, max_length=100), True))
        self._ask_to_know()
        self._finish()

    def show_person(self, person: PersonRow) -> None:
        """Who is to be changed."""
        self._person = person
        self._who.say(tr("people.closing_who", name=person.name, number=person.staff_number))

    def begin(self) -> None:
        super().begin()
        if self._person is not None:
            self.form.fill("change_post", self._person.post)
            self._approves.setChecked(self._person.may_approve)
            self._approves.setVisible(self._person.role in (Role.HANDLER, Role.MANAGER))

    def _send(self) -> None:
        self.form.clear_problems()
        if self._person is None or not self.form.filled("change_post", "change_reason"):
            return
        text = self.form.text
        approves = self._approves.isChecked()
        number = self._person.staff_number
        self._ask(ChangePerson(number, text("change_post"), approves, text("change_reason"), self.knows()))


class Renew(PeopleForm):
    """A forgotten password: the person types a new one here, and nobody reads it."""

    def __init__(self) -> None:
        codes = {"people.password_": "renew_password", "account.reason_": "renew_reason"}
        super().__init__("renew", codes)
        self._number = ""
        self._who = Paragraph("")
        self.form.column.addWidget(self._who)
        field = self.form.field
        self._password = field(
            tr("people.renew_password"), PasswordEdit("renew_password"), True, tr("account.new_hint")
        )
        self._again = field(tr("account.again"), PasswordEdit("renew_again"), True)
        self.form.row(self._password)
        self.form.row(self._again)
        self.form.row(field(tr("people.reason"), LineEdit("renew_reason", max_length=100), True))
        self._finish()

    def show_person(self, person: PersonRow) -> None:
        """Who forgot the password."""
        self._number = person.staff_number
        self._who.say(tr("people.closing_who", name=person.name, number=person.staff_number))

    def begin(self) -> None:
        super().begin()
        self.form.fill("renew_reason", tr("people.renew_usual"))

    def _send(self) -> None:
        self.form.clear_problems()
        if not self.form.filled("renew_password", "renew_again", "renew_reason"):
            return
        if password_of(self._password) != password_of(self._again):
            self._again.show_problem(Problem("account.not_the_same"))
            return
        self._ask(RenewAccess(self._number, password_of(self._password), self.form.text("renew_reason")))


class Report(PeopleForm):
    """The designation was reported to the ward (特記事項 13)."""

    def __init__(self) -> None:
        super().__init__("report", {"people.report_": "report_day"})
        self.form.row(self.form.field(tr("people.report_day"), DateField("report_day"), True))
        self.form.row(
            self.form.field(
                tr("people.report_reference"),
                LineEdit("report_reference", tr("people.report_reference_hint"), max_length=100),
            )
        )
        self._finish()

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("report_day")
        if day is not None:
            self._ask(ReportDesignation(day, self.form.text("report_reference")))


class Closing(PeopleForm):
    """The end of somebody's work here; the register keeps the person."""

    def __init__(self) -> None:
        super().__init__("closing", {})
        self._number = ""
        self._who = Paragraph("")
        self.form.column.addWidget(self._who)
        self.form.row(
            self.form.field(
                tr("people.reason"), LineEdit("closing_reason", tr("people.closing_reason_hint"), max_length=100), True
            )
        )
        self._ask_to_know()
        self._finish(danger=True)

    def show_person(self, person: PersonRow) -> None:
        """Whose work here is to end."""
        self._number = person.staff_number
        self._who.say(tr("people.closing_who", name=person.name, number=person.staff_number))

    def _send(self) -> None:
        self.form.clear_problems()
        if self.form.filled("closing_reason"):
            self._ask(CloseAccount(self._number, self.form.text("closing_reason"), self.knows()))


def password_of(field: Field) -> str:
    """A password as it was typed: blanks belong to it."""
    editor = field.editor
    assert isinstance(editor, PasswordEdit)
    return editor.text()

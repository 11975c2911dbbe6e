"""The account of somebody who was registered without one (day-of-event staff): role, 承認可, and a first password."""

from __future__ import annotations

from walkdesk.domain.people import STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.people import GiveAccount, PersonRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import CheckBox, ComboBox, LineEdit, Paragraph, PasswordEdit
from walkdesk.ui.people.forms import PeopleForm, password_of


class Giving(PeopleForm):
    """The person types the password here, twice: nobody else knows it."""

    def __init__(self) -> None:
        codes = {
            "people.password_": "giving_password",
            "people.auditor_": "giving_reference",
            "people.text_": "giving_reference",
            "people.approver_": "giving_role",
            "people.role_": "giving_role",
        }
        super().__init__("giving", codes)
        self._number = ""
        self._who = Paragraph("")
        self.form.column.addWidget(self._who)
        field = self.form.field
        self._role = ComboBox("giving_role", [(role.value, tr(f"people.role_{role.value}")) for role in Role])
        self._role.currentIndexChanged.connect(lambda _index: self._show_role())
        self.form.row(field(tr("people.role"), self._role))
        self._reference = field(
            tr("people.reference"), LineEdit("giving_reference", tr("people.reference_hint"), max_length=100), True
        )
        self.form.row(self._reference)
        self._approves = CheckBox(tr("people.may_approve"), "giving_approves")
        self.form.column.addWidget(self._approves)
        self._password = field(
            tr("people.giving_password"), PasswordEdit("giving_password"), True, tr("account.new_hint")
        )
        self._again = field(tr("people.giving_again"), PasswordEdit("giving_again"), True)
        self.form.row(self._password)
        self.form.row(self._again)
        self._finish()
        self._show_role()

    def show_person(self, person: PersonRow) -> None:
        """Who is to have an account. A password that was typed for somebody else goes."""
        if person.staff_number != self._number:
            for name in ("giving_password", "giving_again"):
                self.form.fill(name, "")
        self._number = person.staff_number
        self._who.say(tr("people.closing_who", name=person.name, number=person.staff_number))

    def begin(self) -> None:
        super().begin()
        self._approves.setChecked(False)

    def _show_role(self) -> None:
        role = Role(self._role.chosen())
        self._reference.setVisible(role is Role.AUDITOR)
        self._approves.setVisible(role in STAFF)
        if role not in STAFF:
            self._approves.setChecked(False)

    def _send(self) -> None:
        self.form.clear_problems()
        role = Role(self._role.chosen())
        designated = ["giving_reference"] if role is Role.AUDITOR else []
        if not self.form.filled(*designated, "giving_password", "giving_again"):
            return
        password = password_of(self._password)
        if password != password_of(self._again):
            self._again.show_problem(Problem("people.password_twice"))
            self._again.editor.setFocus()
            return
        reference = self.form.text("giving_reference") if designated else ""
        self._ask(GiveAccount(self._number, role, self._approves.isChecked(), password, reference))

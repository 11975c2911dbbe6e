"""The forms of the register: a new person, a training, the report to the ward, the end of an account."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.people import (
    CloseAccount,
    PersonRow,
    RecordTraining,
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
    LineEdit,
    OutlineButton,
    Paragraph,
    PasswordEdit,
    PrimaryButton,
    SheetHead,
    TextArea,
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
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(SheetHead(tr(f"people.{name}_title")))
        self.column.addWidget(Paragraph(tr(f"people.{name}_text"), DETAIL))
        self.form = Form(f"{name}_form", codes)
        self.column.addWidget(self.form)

    def _finish(self, danger: bool = False) -> None:
        self.form.finish()
        name = self.objectName()
        row = QHBoxLayout()
        row.setSpacing(12)
        back = OutlineButton(tr("forms.back"), f"{name}_back", key="Esc")
        back.clicked.connect(self.left)
        text = tr(f"people.{name}_save")
        self.save = DangerButton(text, f"{name}_save") if danger else PrimaryButton(text, f"{name}_save", key="Ctrl+S")
        self.save.clicked.connect(self._send)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.save)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Empties the form and takes the keyboard."""
        self.form.reset()
        self.save.setEnabled(True)
        self.form.begin()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self.save.setEnabled(True)
        self.form.show_problem(problem)

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
        self.form.row(field(tr("people.sworn"), DateField("new_sworn"), True, tr("people.sworn_hint")))
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
        filled, sworn = self.form.filled(*names), self.form.day("new_sworn")
        if not filled or sworn is None:
            return
        password = self._password.editor
        assert isinstance(password, PasswordEdit)
        self._ask(
            RegisterPerson(
                text("new_number"),
                text("new_name"),
                text("new_post"),
                None if role == NO_ACCOUNT else Role(role),
                self._approves.isChecked(),
                sworn,
                None if role == NO_ACCOUNT else password.text(),
                text("new_reference"),
            )
        )


class Training(PeopleForm):
    """教育の記録 (特記事項 18): one training of several people."""

    def __init__(self) -> None:
        codes = {"people.training_future": "training_day", "people.training_content": "training_content"}
        super().__init__("training", codes)
        field = self.form.field
        self.form.row(field(tr("people.training_day"), DateField("training_day"), True))
        area = TextArea("training_content", tr("people.training_content_hint"), lines=3)
        self.form.row(field(tr("people.training_content"), area, True))
        self._law = Paragraph("", DETAIL)
        self.form.column.addWidget(self._law)
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(2)
        self._ticks: dict[str, CheckBox] = {}
        self.form.column.addWidget(SheetHead(tr("people.training_who")))
        self.form.column.addLayout(self._boxes)
        self._finish()

    def show_people(self, people: Sequence[PersonRow], law: str) -> None:
        """Who can be ticked; who has no training of this year is ticked already."""
        self._law.say(tr("people.training_law", law=law))
        while (item := self._boxes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._ticks = {}
        for person in people:
            if person.active and person.role is not Role.AUDITOR:
                box = CheckBox(f"{person.name}　{person.post}", f"training_who_{person.staff_number}")
                box.setChecked(person.trained_on is None)
                self._ticks[person.staff_number] = box
                self._boxes.addWidget(box)

    def begin(self) -> None:
        super().begin()
        self.form.fill("training_content", tr("people.training_usual"))

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("training_day")
        if not self.form.filled("training_content") or day is None:
            return
        chosen = tuple(number for number, box in self._ticks.items() if box.isChecked())
        self._ask(RecordTraining(chosen, day, self.form.text("training_content")))


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
    """The end of an account; the register keeps the person."""

    def __init__(self) -> None:
        super().__init__("closing", {})
        self._number = ""
        self._who = Paragraph("")
        self.form.column.addWidget(self._who)
        self.form.row(
            self.form.field(
                tr("people.closing_reason"), LineEdit("closing_reason", tr("people.closing_reason_hint")), True
            )
        )
        self._finish(danger=True)

    def show_person(self, person: PersonRow) -> None:
        """Whose account is to end."""
        self._number = person.staff_number
        self._who.say(tr("people.closing_who", name=person.name, number=person.staff_number))

    def _send(self) -> None:
        self.form.clear_problems()
        if self.form.filled("closing_reason"):
            self._ask(CloseAccount(self._number, self.form.text("closing_reason")))

"""One person of the register: what they may do, and the buttons that change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.messages.people import PersonRow
from walkdesk.ui.facts import Fact
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Chip, DangerButton, Hairline, Label, OutlineButton
from walkdesk.ui.look.tokens import HEADLINE, SECTION
from walkdesk.ui.words import full_day

_FACTS = ("post", "role", "approval", "sworn", "training", "designation")


class PersonPanel(QWidget):
    """The panel. ``designate_wanted`` and ``close_wanted`` when a button is pressed."""

    designate_wanted = Signal(str)
    close_wanted = Signal()

    def __init__(self, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person_panel")
        self._may, self._number = may, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        self._number_words = Label("", SECTION, "accent", "person_staff_number")
        self._state = Chip("check-circle", "", "ok", "person_account")
        head.addWidget(self._number_words, 1)
        head.addWidget(self._state)
        column.addLayout(head)
        self._name = Label("", HEADLINE, name="person_staff_name")
        column.addWidget(self._name)
        column.addWidget(Hairline())
        self._facts = {key: Fact(tr(f"people.{key}"), f"person_fact_{key}") for key in _FACTS}
        for fact in self._facts.values():
            column.addWidget(fact)
        column.addStretch(1)
        self._designate = OutlineButton(tr("people.designate"), "person_designate", key="Alt+D")
        self._designate.clicked.connect(lambda: self.designate_wanted.emit(self._number))
        self._close = DangerButton(tr("people.close"), "person_close", key="Alt+X")
        self._close.clicked.connect(self.close_wanted)
        column.addWidget(self._designate)
        column.addWidget(self._close)

    def may_be_designated(self, person: PersonRow) -> bool:
        """Whether a person can be designated for the contract on the desk."""
        staff = person.role in (Role.HANDLER, Role.MANAGER)
        return person.active and staff and person.has_account and not person.designated

    def show_person(self, person: PersonRow) -> None:
        """Shows a person."""
        self._number = person.staff_number
        self._number_words.setText(person.staff_number)
        self._name.setText(person.name)
        if not person.active:
            self._state.show_state("cross", tr("people.ended"), "neutral")
        elif person.has_account:
            self._state.show_state("check-circle", tr("people.has_account"), "ok")
        else:
            self._state.show_state("person", tr("people.role_none"), "neutral")
        trained, sworn = person.trained_on, person.sworn_on
        designated = "people.designated" if person.designated else "people.not_designated"
        words = {
            "post": person.post,
            "role": tr(f"people.role_{person.role.value}") if person.role is not None else tr("people.role_none"),
            "approval": tr("people.approves" if person.may_approve else "people.approves_not"),
            "sworn": "—" if sworn is None else full_day(sworn),
            "training": tr("people.not_trained") if trained is None else full_day(trained),
            "designation": tr(designated),
        }
        for key, text in words.items():
            self._facts[key].say(text)
        self._designate.setVisible(self._may and self.may_be_designated(person))
        self._close.setVisible(self._may and person.active and person.has_account)

"""One person of the register: what they may do, what is recorded of them, and the buttons that change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.messages.people import PersonRow, TrainingRow
from walkdesk.ui.facts import Fact
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Chip, DangerButton, Hairline, Label, OutlineButton, Paragraph
from walkdesk.ui.look.tokens import BODY, DETAIL, HEADLINE, SECTION
from walkdesk.ui.words import fiscal_year, full_day, short_day

_FACTS = ("post", "role", "approval", "sworn", "law", "designation")


class PersonPanel(QWidget):
    """The panel. A signal for each button: designate, change, give an account, renew the access, end."""

    designate_wanted = Signal(str)
    change_wanted = Signal()
    give_wanted = Signal()
    renew_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, may: bool, own: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person_panel")
        self._may, self._own, self._number = may, own, ""
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
        for pair in (("post", "role"), ("approval", "designation"), ("sworn", "law")):
            row = QHBoxLayout()
            row.setSpacing(16)
            for key in pair:
                row.addWidget(self._facts[key], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(Hairline())
        column.addWidget(Label(tr("people.trainings"), DETAIL, "ink2"))
        self._trainings = QVBoxLayout()
        self._trainings.setSpacing(6)
        column.addLayout(self._trainings)
        column.addStretch(1)
        self._add_buttons(column)

    def _add_buttons(self, column: QVBoxLayout) -> None:
        self._designate = OutlineButton(tr("people.designate"), "person_designate", key="Alt+D")
        self._designate.clicked.connect(lambda: self.designate_wanted.emit(self._number))
        self._change = OutlineButton(tr("people.change"), "person_change", key="Alt+E")
        self._change.clicked.connect(self.change_wanted)
        self._give = OutlineButton(tr("people.give"), "person_give", key="Alt+A")
        self._give.clicked.connect(self.give_wanted)
        self._renew = OutlineButton(tr("people.renew"), "person_renew", key="Alt+P")
        self._renew.clicked.connect(self.renew_wanted)
        self._close = DangerButton(tr("people.close"), "person_close", key="Alt+X")
        self._close.clicked.connect(self.close_wanted)
        for button in (self._designate, self._change, self._give, self._renew, self._close):
            column.addWidget(button)

    def may_be_designated(self, person: PersonRow) -> bool:
        """Whether a person can be designated for the contract on the desk, or again because the slot is gone."""
        staff = person.role in (Role.HANDLER, Role.MANAGER)
        return person.active and staff and person.has_account and not (person.designated and person.opens)

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
        for key, text in _words(person).items():
            self._facts[key].say(text)
        self._show_trainings(person.trainings)
        self._designate.say(tr("people.designate_again" if person.designated else "people.designate"))
        self._designate.setVisible(self._may and self.may_be_designated(person))
        self._change.setVisible(self._may and person.active)
        other = person.staff_number != self._own
        self._give.setVisible(self._may and person.active and not person.has_account)
        self._renew.setVisible(self._may and person.active and person.has_account and other)
        self._close.say(tr("people.close" if person.has_account else "people.close_without"))
        self._close.setVisible(self._may and person.active and other)

    def _show_trainings(self, trainings: tuple[TrainingRow, ...]) -> None:
        while (item := self._trainings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not trainings:
            self._trainings.addWidget(Paragraph(tr("people.no_training"), BODY, "ink2", "person_training_none"))
        for number, one in enumerate(trainings):
            words = tr(
                "people.training_line",
                year=fiscal_year(one.fiscal_year),
                day=short_day(one.held_on),
                content=one.content,
                law=one.law,
            )
            self._trainings.addWidget(Paragraph(words, BODY, "ink", f"person_training_{number}"))


def _words(person: PersonRow) -> dict[str, str]:
    designation = "people.not_designated"
    if person.designated:
        designation = "people.designated" if person.opens else "people.designated_without_key"
    sworn = "—"
    if person.sworn_on is not None:
        sworn = full_day(person.sworn_on)
        sworn += tr("people.binds_after_end" if person.sworn_after_end else "people.binds_not_after_end")
    ended = "" if person.left_on is None else tr("people.left_on", day=full_day(person.left_on))
    return {
        "post": person.post,
        "role": tr(f"people.role_{person.role.value}") if person.role is not None else tr("people.role_none"),
        "approval": tr("people.approves" if person.may_approve else "people.approves_not"),
        "sworn": sworn,
        "law": "—" if person.law_told_on is None else full_day(person.law_told_on),
        "designation": ended or tr(designation),
    }

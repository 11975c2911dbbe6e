"""The reception desk: list, person, correction, registration; one of them at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.reception import (
    CorrectParticipant,
    ParticipantPage,
    ParticipantSheet,
    RegisterParticipant,
    Revealed,
    RevealParticipant,
    ShowParticipant,
)
from walkdesk.messages.withdrawal import EraseParticipant, ErasurePlan, PlanErasure
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import DangerButton, OutlineButton, PageHead, PrimaryButton, page_column, scrolling
from walkdesk.ui.reception.correct import CorrectForm
from walkdesk.ui.reception.erasures import ErasuresView
from walkdesk.ui.reception.people_list import PeopleList
from walkdesk.ui.reception.person import PersonView
from walkdesk.ui.reception.register import RegisterForm
from walkdesk.ui.reception.withdraw import WithdrawForm
from walkdesk.ui.shell.page import Page, PageContext

_AREAS = frozenset({"reception", "cards", "prizes", "papers", "releases", "imports"})


_VIEWS = {"list": 0, "person": 1, "correct": 1, "withdraw": 1, "register": 2, "erasures": 3}


class ReceptionPage(Page):
    """参加者. Places: ``number`` of a person, ``only`` of the list, ``view`` (``list``, ``register``, ``erasures``).

    With a number, ``view="correct"`` opens the correction of that person's ``field``, ``"withdraw"`` the erasure.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._view, self._number = "list", ""
        self._sheet: ParticipantSheet | None = None
        column = page_column(self)
        self._head = PageHead(tr("reception.title"))
        self._imports = OutlineButton(tr("reception.to_imports"), "reception_imports", key="Alt+I", icon="download")
        self._register = PrimaryButton(tr("reception.register"), "reception_register", key="Alt+N")
        self._back = OutlineButton(tr("reception.to_list"), "reception_back", key="Esc")
        self._correct = PrimaryButton(tr("reception.correct"), "reception_correct", key="Alt+J")
        self._erasures = OutlineButton(tr("withdrawal.register"), "reception_erasures", key="Alt+E", icon="shield-x")
        self._withdraw = DangerButton(tr("withdrawal.begin"), "reception_withdraw", key="Alt+K")
        self._may_erase = context.role == "manager"
        for button in (
            self._erasures,
            self._imports,
            self._register,
            self._back,
            self._withdraw,
            self._correct,
        ):
            self._head.add_button(button)
        column.addWidget(self._head)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.list = PeopleList(context.room)
        self.person = PersonView()
        self.correct = CorrectForm()
        self.register = RegisterForm()
        self.erasures = ErasuresView(context)
        for view in (self.list, scrolling(self.person, "person_scroll"), _roomy(self.register), self.erasures):
            self._stack.addWidget(view)
        self.withdraw = WithdrawForm()
        self.person.right.addWidget(self.correct, 1)
        self.person.right.addWidget(self.withdraw, 1)
        self._connect()
        self._turn("list")

    def _connect(self) -> None:
        self._imports.clicked.connect(lambda: self.context.go("imports"))
        self._register.clicked.connect(self._begin_register)
        self._back.clicked.connect(lambda: self.enter(view="list"))
        self._correct.clicked.connect(lambda: self._begin_correct(""))
        self.list.opened.connect(lambda number: self.enter(number=number))
        self.list.loaded.connect(self._show_counts)
        self.person.identity.look_wanted.connect(self._look)
        self.person.correct_wanted.connect(self._begin_correct)
        self.correct.wanted.connect(self._save_correction)
        self.correct.left.connect(lambda: self._turn("person"))
        self._erasures.clicked.connect(lambda: self.enter(view="erasures"))
        self._withdraw.clicked.connect(self._begin_withdraw)
        self.withdraw.wanted.connect(self._erase)
        self.withdraw.cancelled.connect(lambda: self._turn("person"))
        self.register.wanted.connect(self._save_registration)
        self.register.left.connect(lambda: self.enter(view="list"))

    def enter(self, **place: Any) -> None:
        number = str(place.get("number", ""))
        if number:
            self._ask_person(number, str(place.get("view", "")), str(place.get("field", "")))
            return
        if place.get("view") == "register":
            self._begin_register()
            return
        if place.get("view") == "erasures" and self._may_erase:
            self._turn("erasures")
            return
        if "only" in place:
            self.list.only(str(place["only"]))
        if "only" in place or place.get("view") == "list" or self._view == "list":
            self._turn("list")
            self.list.load()
        elif self._view == "person":
            self._ask_person(self._number)

    def changed(self, changes: Any) -> None:
        if not (self.is_here() and _AREAS & changes.areas):
            return
        if self._view == "list":
            self.list.load()
        elif self._view == "person":
            self._ask_person(self._number)

    def place(self) -> dict[str, Any]:
        if self._view == "correct":
            return {"number": self._number, "view": "correct", "field": self.correct.field()}
        if self._view == "withdraw":
            return {"number": self._number, "view": "withdraw"}
        if self._view == "person":
            return {"number": self._number}
        return {"view": self._view, "only": self.list.tabs.current()} if self._view == "list" else {"view": self._view}

    def hideEvent(self, event: QHideEvent) -> None:
        self.person.identity.forget()
        super().hideEvent(event)

    # What is seen

    def _turn(self, view: str) -> None:
        self._view = view
        self._stack.setCurrentIndex(_VIEWS[view])
        self._imports.setVisible(view == "list")
        self._register.setVisible(view == "list")
        self._erasures.setVisible(view == "list" and self._may_erase)
        self._back.setVisible(view in ("person", "erasures"))
        self._correct.setVisible(view == "person")
        self._withdraw.setVisible(view == "person" and self._may_erase)
        self.person.show_records(view not in ("correct", "withdraw"))
        self.correct.setVisible(view == "correct")
        self.withdraw.setVisible(view == "withdraw")
        if view == "list":
            self._head.show_facts(self._counts if hasattr(self, "_counts") else "")
            self.list.begin()
        elif view == "person":
            self.person.records.begin()
        elif view == "erasures":
            self._head.show_facts(tr("withdrawal.register"))
            self.erasures.begin()

    def _show_counts(self, page: ParticipantPage) -> None:
        self._counts = tr("reception.facts", all=page.card + page.app, card=page.card, app=page.app)
        self.context.badge("reception", page.doubtful)
        if self._view == "list":
            self._head.show_facts(self._counts)
            if not self.list.text.hasFocus():
                self.list.begin()

    def _ask_person(self, number: str, view: str = "", field: str = "") -> None:
        """Shows a person, or one of the two forms about that person."""
        self.context.room.ask(ShowParticipant(number), lambda sheet: self._show_person(sheet, view, field))

    def _show_person(self, sheet: ParticipantSheet, view: str = "", field: str = "") -> None:
        self._sheet, self._number = sheet, sheet.number
        self.person.show_person(sheet)
        self._head.show_facts(tr("reception.person_facts", name=sheet.name, number=sheet.number))
        self._turn("person")
        if view == "correct":
            self._begin_correct(field)
        elif view == "withdraw" and self._may_erase:
            self._begin_withdraw()

    # What is done

    def _look(self) -> None:
        self.context.room.ask(RevealParticipant(self._number), self._show_values)

    def _show_values(self, values: Revealed) -> None:
        if self._view in ("person", "correct"):
            self.person.identity.show_values(values)
            self.context.say(tr("reception.looked", ledger=values.ledger), icon="eye")

    def _begin_correct(self, field: str) -> None:
        if self._sheet is not None:
            self._turn("correct")
            self.correct.show_person(self._sheet, field)

    def _save_correction(self, message: CorrectParticipant) -> None:
        self.context.room.ask(message, lambda done: self._corrected(done, message.field), self.correct.show_problem)

    def _corrected(self, done: Done, field: str) -> None:
        self.correct.saved()
        self._view = "person"
        self._ask_person(self._number)
        word = tr(f"reception.history_field.{field}")
        self.context.say(tr("reception.corrected", number=self._number, field=word))

    def _begin_withdraw(self) -> None:
        self.context.room.ask(PlanErasure(self._number), self._show_plan)

    def _show_plan(self, plan: ErasurePlan) -> None:
        self._turn("withdraw")
        self.withdraw.show_plan(plan)

    def _erase(self, message: EraseParticipant) -> None:
        self.context.room.ask(message, self._erased, self.withdraw.show_problem)

    def _erased(self, done: Done) -> None:
        """Nothing of the person stays in the window either."""
        self._sheet, self._number = None, ""
        self.person.forget()
        self.context.say(tr("withdrawal.erased", number=done.facts["number"], ledger=done.ledger), icon="shield-x")
        self.enter(view="list")

    def _begin_register(self) -> None:
        self._turn("register")
        self._head.show_facts(tr("reception.register_facts"))
        self.register.begin()

    def _save_registration(self, message: RegisterParticipant) -> None:
        self.context.room.ask(message, self._registered, self._refused_registration)

    def _refused_registration(self, problem: Problem) -> None:
        self.register.show_problem(problem)

    def _registered(self, done: Done) -> None:
        self.context.say(tr("reception.registered", **done.facts))
        self.enter(number=str(done.facts["number"]))


def _roomy(content: QWidget) -> QWidget:
    """A form that scrolls when the letters are large, and does not grow wider than it is readable."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    column.addStretch(1)
    return scrolling(whole, f"{content.objectName()}_scroll")

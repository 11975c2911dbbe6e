"""The register: everybody in one table, and beside it the person or the form that is wanted."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.people import (
    CloseAccount,
    DesignatePerson,
    ListPeople,
    PeopleList,
    PersonRow,
    RecordTraining,
    RegisterPerson,
    ReportDesignation,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    Column,
    FactsTable,
    Mark,
    OutlineButton,
    PageHead,
    PrimaryButton,
    Row,
    Sheet,
    page_column,
    scrolling,
)
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.people.forms import Closing, NewPerson, PeopleForm, Report, Training
from walkdesk.ui.people.person import PersonPanel
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.words import short_day

_SAID = {
    RegisterPerson: "people.registered",
    RecordTraining: "people.trained",
    ReportDesignation: "people.reported",
    CloseAccount: "people.closed",
    DesignatePerson: "people.designated_said",
}


class PeoplePage(Page):
    """業務従事者. Place: ``view`` is ``person``, ``new``, ``training``, ``report``, ``designate``; ``number``."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._people: dict[str, PersonRow] = {}
        self._view = "person"
        self._may = context.role == "manager"
        column = page_column(self)
        self._train = OutlineButton(tr("people.to_training"), "people_training", key="Alt+K")
        self._report = OutlineButton(tr("people.to_report"), "people_report", key="Alt+R")
        self._new = PrimaryButton(tr("people.to_new"), "people_new", key="Alt+N")
        self._head = PageHead(tr("people.title"), buttons=[self._train, self._report, self._new])
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(SHEET_GAP + 2)
        sheet = Sheet("people_list", tight=True)
        self.table = FactsTable(_columns(), "people_table", tr("people.title"))
        self.table.current_changed.connect(self._show_person)
        self.table.opened.connect(lambda _number: self._turn("person"))
        sheet.body.addWidget(self.table)
        row.addWidget(sheet, 1)
        row.addWidget(self._lay_out_side())
        column.addLayout(row, 1)
        for button, view in ((self._train, "training"), (self._report, "report"), (self._new, "new")):
            button.setVisible(self._may)
            button.clicked.connect(lambda _on=False, view=view: self._turn(view))

    def _lay_out_side(self) -> QWidget:
        side = Sheet("people_side")
        side.setFixedWidth(430)
        self.person = PersonPanel(self._may)
        self.person.designate_wanted.connect(lambda number: self._ask(DesignatePerson(number)))
        self.person.close_wanted.connect(lambda: self._turn("closing"))
        self.new, self.training, self.report, self.closing = NewPerson(), Training(), Report(), Closing()
        self._forms: dict[str, PeopleForm] = {
            "new": self.new,
            "training": self.training,
            "report": self.report,
            "closing": self.closing,
        }
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(self.person))
        for form in self._forms.values():
            form.wanted.connect(lambda message, form=form: self._ask(message, form))
            form.left.connect(lambda: self._turn("person"))
            self._stack.addWidget(_scrolled(form))
        side.body.addWidget(self._stack)
        return side

    def enter(self, **place: Any) -> None:
        view = str(place.get("view", self._view))
        number = str(place.get("number", ""))
        self.context.room.ask(ListPeople(), lambda people: self._show(people, number))
        self._turn(view if self._may or view == "designate" else "person")

    def changed(self, changes: Any) -> None:
        if self.is_here() and "people" in changes.areas:
            self.context.room.ask(ListPeople(), self._show)

    def place(self) -> dict[str, Any]:
        number = str(self.table.current() or "")
        return {"number": number} if self._view == "person" else {"number": number, "view": self._view}

    # What is seen

    def _turn(self, view: str) -> None:
        self._view = "person" if view == "designate" else view
        form = self._forms.get(view)
        for button in (self._train, self._report, self._new):
            button.setVisible(self._may and form is None)
        if form is None:
            self._stack.setCurrentIndex(0)
            if view == "designate":
                self._choose_undesignated()
            self.table.setFocus()
            return
        self._stack.setCurrentIndex(1 + list(self._forms).index(view))
        form.begin()

    def _choose_undesignated(self) -> None:
        for person in self._people.values():
            if self.person.may_be_designated(person):
                self.table.select(person.staff_number)
                return

    def _show(self, people: PeopleList, number: str = "") -> None:
        fresh = not self._people
        self._people = {person.staff_number: person for person in people.people}
        self.table.show_rows([_row(person) for person in people.people])
        if number:
            self.table.select(number)
        elif self.table.current() is None and people.people:
            self.table.selectRow(0)
        if fresh and self._view == "person":
            self._choose_undesignated()
        self._show_person(self.table.current())
        self.training.show_people(people.people, people.law)
        staff = [person for person in people.people if person.active]
        designated = sum(1 for person in staff if person.designated)
        untrained = sum(1 for person in staff if person.trained_on is None and person.role is not Role.AUDITOR)
        self._head.show_facts(tr("people.facts", count=len(staff), designated=designated, untrained=untrained))

    def _show_person(self, number: object) -> None:
        person = self._people.get(str(number))
        if person is not None:
            self.person.show_person(person)
            self.closing.show_person(person)

    # What is done

    def _ask(self, message: Any, form: PeopleForm | None = None) -> None:
        refused = form.show_problem if form is not None else self._refused
        self.context.room.ask(message, lambda done: self._done(message, done), refused)

    def _refused(self, problem: Problem) -> None:
        self.context.refuse(problem)

    def _done(self, message: Any, done: Done) -> None:
        self.context.say(tr(_SAID[type(message)], ledger=done.ledger, **done.facts))
        number = getattr(message, "staff_number", "")
        self._turn("person")
        self.context.room.ask(ListPeople(), lambda people: self._show(people, number))


def _scrolled(form: QWidget) -> QWidget:
    whole = QWidget()
    whole.setObjectName("scrolled")
    column = QVBoxLayout(whole)
    column.setContentsMargins(3, 0, 8, 3)
    column.addWidget(form)
    return scrolling(whole, f"{form.objectName()}_scroll")


def _columns() -> list[Column]:
    return [
        Column(tr("people.number"), 110, "strong"),
        Column(tr("people.name"), 0),
        Column(tr("people.post"), 140),
        Column(tr("people.training"), 130),
        Column(tr("people.designation"), 130),
    ]


def _row(person: PersonRow) -> Row:
    trained: Mark | str = Mark("alert", tr("people.not_yet"), "warn")
    if person.trained_on is not None:
        trained = Mark("check", short_day(person.trained_on), "ok")
    elif person.role is Role.AUDITOR:
        trained = "—"
    designated: Mark | str = "—"
    if not person.active:
        designated = Mark("cross", tr("people.ended"))
    elif person.designated:
        designated = Mark("check-circle", tr("people.designated"), "ok")
    elif person.role in (Role.MANAGER, Role.HANDLER):
        designated = Mark("circle", tr("people.not_yet"), "warn")
    return Row(person.staff_number, (person.staff_number, person.name, person.post, trained, designated))

"""The register: everybody in one table, and beside it the person or the form that is wanted."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.people import Lack, Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import RenewAccess
from walkdesk.messages.common import Done
from walkdesk.messages.people import (
    ChangePerson,
    CloseAccount,
    DesignatePerson,
    GiveAccount,
    ListPeople,
    PeopleList,
    PersonRow,
    RecordLawTold,
    RecordOath,
    RecordTraining,
    RegisterPerson,
    ReportDesignation,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    Callout,
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
from walkdesk.ui.people.forms import Change, Closing, NewPerson, PeopleForm, Renew, Report
from walkdesk.ui.people.giving import Giving
from walkdesk.ui.people.lacks import LacksRow
from walkdesk.ui.people.person import PersonPanel
from walkdesk.ui.people.several import Law, Oath, Training
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.words import short_day

_SAID = {
    RegisterPerson: "people.registered",
    GiveAccount: "people.given",
    ChangePerson: "people.changed",
    RecordTraining: "people.trained",
    RecordOath: "people.oath_said",
    RecordLawTold: "people.law_said",
    ReportDesignation: "people.reported",
    CloseAccount: "people.closed",
    DesignatePerson: "people.designated_said",
    RenewAccess: "people.renewed",
}


class PeoplePage(Page):
    """業務従事者. Place: ``view`` (``person``, ``designate`` or a form's name) and ``number``.

    Before this fiscal year's training is recorded, a manager finds here the one form that opens the other desks.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._people: dict[str, PersonRow] = {}
        self._view = "person"
        self._may = context.role == "manager" and context.person.trained
        self._may_train = context.role == "manager"
        column = page_column(self)
        self._report = OutlineButton(tr("people.to_report"), "people_report", key="Alt+R")
        self._new = PrimaryButton(tr("people.to_new"), "people_new", key="Alt+N")
        self._head = PageHead(tr("people.title"), buttons=[self._report, self._new])
        column.addWidget(self._head)
        self.gate = Callout("lock", tr("people.gate_title"), tr("people.gate_text"), "warn", "people_gate")
        self.lacks = LacksRow()
        self.lacks.wanted.connect(self._turn)
        # Into the page first: shown without a parent, they would be windows of their own.
        column.addWidget(self.gate)
        column.addWidget(self.lacks)
        self.gate.setVisible(self._may_train and not context.person.trained)
        self.lacks.setVisible(self._may)
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
        for button, view in ((self._report, "report"), (self._new, "new")):
            button.setVisible(self._may)
            button.clicked.connect(lambda _on=False, view=view: self._turn(view))

    def _lay_out_side(self) -> QWidget:
        side = Sheet("people_side")
        side.setFixedWidth(430)
        self.person = PersonPanel(self._may, self.context.person.number)
        self.person.designate_wanted.connect(lambda number: self._ask(DesignatePerson(number)))
        self.new, self.training, self.report, self.closing = NewPerson(), Training(), Report(), Closing()
        self.change, self.giving, self.renew, self.oath, self.law = Change(), Giving(), Renew(), Oath(), Law()
        self.person.change_wanted.connect(lambda: self._turn("change"))
        self.person.give_wanted.connect(lambda: self._turn("giving"))
        self.person.renew_wanted.connect(lambda: self._turn("renew"))
        self.person.close_wanted.connect(lambda: self._turn("closing"))
        of_several = (self.training, self.report, self.oath, self.law)
        of_one = (self.new, self.closing, self.change, self.giving, self.renew)
        self._forms: dict[str, PeopleForm] = {form.objectName(): form for form in (*of_one, *of_several)}
        self.training.back.setVisible(self._may)
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
        if not self._may and view != "designate":
            view = "person"
        self.context.room.ask(ListPeople(), lambda people: self._show(people, number))
        self._turn(view)

    def changed(self, changes: Any) -> None:
        if self.is_here() and "people" in changes.areas:
            self.context.room.ask(ListPeople(), self._show)

    def place(self) -> dict[str, Any]:
        number = str(self.table.current() or "")
        return {"number": number} if self._view == "person" else {"number": number, "view": self._view}

    # What is seen

    def _turn(self, view: str) -> None:
        if self._may_train and not self._may:
            view = "training"  # the one way on
        self._view = "person" if view == "designate" else view
        form = self._forms.get(view)
        for widget in (self._report, self._new, self.lacks):
            widget.setVisible(self._may and form is None)
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
        for form in (self.training, self.oath, self.law):
            form.show_people(people.people, people.law)
        self.lacks.show_people(people.people)
        staff = [person for person in people.people if person.active]
        designated = sum(1 for person in staff if person.designated)
        untrained = sum(1 for person in staff if Lack.TRAINING in person.lacks)
        self._head.show_facts(tr("people.facts", count=len(staff), designated=designated, untrained=untrained))

    def _show_person(self, number: object) -> None:
        person = self._people.get(str(number))
        if person is not None:
            self.person.show_person(person)
            for form in (self.closing, self.change, self.giving, self.renew):
                form.show_person(person)

    # What is done

    def _ask(self, message: Any, form: PeopleForm | None = None) -> None:
        refused = form.show_problem if form is not None else self._refused
        self.context.room.ask(message, lambda done: self._done(message, done), refused)

    def _refused(self, problem: Problem) -> None:
        self.context.refuse(problem)

    def _done(self, message: Any, done: Done) -> None:
        said = _SAID[type(message)]
        if done.facts.get("elsewhere"):
            said = "people.renewed_elsewhere"
        elif done.facts.get("rekey"):
            said = "people.closed_rekey"
        self.context.say(tr(said, ledger=done.ledger, **done.facts))
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
        Column(tr("people.number"), 112, "strong"),
        Column(tr("people.name"), 0),
        Column(tr("people.post"), 108),
        Column(tr("people.column_training"), 120),
        Column(tr("people.column_oath"), 78),
        Column(tr("people.column_law"), 78),
        Column(tr("people.column_designation"), 112),
    ]


def _row(person: PersonRow) -> Row:
    held = (_held(person, Lack.TRAINING), _held(person, Lack.OATH), _held(person, Lack.LAW))
    return Row(person.staff_number, (person.staff_number, person.name, person.post, *held, _designation(person)))


def _held(person: PersonRow, lack: Lack) -> Mark | str:
    """Whether something is recorded, and when."""
    if lack in person.lacks:
        return Mark("alert", tr("people.column_missing"), "warn")
    days = {Lack.TRAINING: person.trained_on, Lack.OATH: person.sworn_on, Lack.LAW: person.law_told_on}
    day = days[lack]
    if day is None:
        return "—"
    word = short_day(day) if lack is Lack.TRAINING else tr("people.held")
    return Mark("check", word, "ok" if person.active else "neutral")


def _designation(person: PersonRow) -> Mark | str:
    if not person.active:
        return Mark("cross", tr("people.ended"))
    if person.designated and not person.opens and person.has_account:
        return Mark("alert", tr("people.again"), "warn")
    if person.designated:
        return Mark("check-circle", tr("people.column_designated"), "ok")
    return Mark("circle", tr("people.column_missing"), "warn") if person.role in (Role.MANAGER, Role.HANDLER) else "—"

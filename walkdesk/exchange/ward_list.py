"""区から提供された台紙利用者の名簿: the ward's list of card participants."""

from __future__ import annotations

from walkdesk.domain.participants import Channel, Origin
from walkdesk.domain.problem import Problem
from walkdesk.exchange.people_rows import PERSON_COLUMNS, KnownPeople, PersonRow, read_number, read_person
from walkdesk.exchange.plan import ImportPlan, PlanBuilder
from walkdesk.exchange.tables import Table

NUMBER = "受付番号"


def read(table: Table, known: KnownPeople) -> ImportPlan[PersonRow]:
    """The plan for a ward list; ``known`` are the people already in the contract and is not changed for the
    caller.

    A row is refused when number, name or address is missing, the number is taken, the age is missing, in
    words or under 18, the address lies outside the ward, or the person is already there. Accepted rows are
    doubtful when characters were lost, the postcode is missing or the catch-all, the phone cannot be read,
    or someone of that name lives at that address. Raises ``Problem("exchange.columns_missing")`` for
    another kind of list.
    """
    builder: PlanBuilder[PersonRow] = PlanBuilder(table, (NUMBER, *PERSON_COLUMNS))
    seen = known.copy()
    for cells in builder.rows():
        try:
            number = read_number(cells[NUMBER])
            person, doubts = read_person(cells, number, seen, Channel.CARD, Origin.PROVIDED)
        except Problem as problem:
            builder.refuse(cells.row, cells[NUMBER], problem)
        else:
            builder.accept(cells.row, number, person, doubts)
    return builder.plan()

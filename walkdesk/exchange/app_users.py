"""WEBで応募したアプリ利用者の一覧: people who applied through the web reception."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from walkdesk.domain.dates import parse_moment, slashed_date
from walkdesk.domain.participants import Channel, Origin
from walkdesk.domain.problem import Problem
from walkdesk.exchange.people_rows import PERSON_COLUMNS, KnownPeople, PersonRow, read_number, read_person
from walkdesk.exchange.plan import Cells, ImportPlan, PlanBuilder
from walkdesk.exchange.tables import Table

NUMBER, RECEIVED, MAIL = "利用者ID", "申込日時", "メールアドレス"

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")


def read(table: Table, known: KnownPeople, contract_start: date, contract_end: date) -> ImportPlan[PersonRow]:
    """The plan for the app's list. As for the ward's list; the people here are collected, not provided.

    The e-mail address is how app users are told of things: a missing or broken one does not shut a person
    out, it is doubtful until corrected. So is an application outside the contract's dates. ``received`` is
    Japan's time.
    """
    builder: PlanBuilder[PersonRow] = PlanBuilder(table, (NUMBER, *PERSON_COLUMNS, MAIL), (RECEIVED,))
    seen = known.copy()
    for cells in builder.rows():
        try:
            number = read_number(cells[NUMBER])
            received = parse_moment(cells[RECEIVED]) if cells[RECEIVED] else None
            person, doubts = read_person(cells, number, seen, Channel.APP, Origin.COLLECTED)
        except Problem as problem:
            builder.refuse(cells.row, cells[NUMBER], problem)
            continue
        doubts += _doubts(cells, received, contract_start, contract_end)
        builder.accept(cells.row, number, replace(person, mail=cells[MAIL], received=received), doubts)
    return builder.plan()


def _doubts(cells: Cells, received: datetime | None, start: date, end: date) -> list[Problem]:
    doubts: list[Problem] = []
    if not cells[MAIL]:
        doubts.append(Problem("reception.mail_missing"))
    elif not _MAIL.fullmatch(cells[MAIL]):
        doubts.append(Problem("reception.mail_unreadable", given=cells[MAIL]))
    if received is not None and not start <= received.date() <= end:
        doubts.append(Problem("reception.received_outside_contract", day=slashed_date(received.date())))
    return doubts

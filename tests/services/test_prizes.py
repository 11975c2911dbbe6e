"""The prize desk: stock and points are held by a request, shipments and what is taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build, Office
from tests.services.desks import APP_STEPS, APP_USERS, AUGUST, copied_office, ledger_rows, rows, take
from walkdesk.domain.problem import Problem
from walkdesk.messages.prizes import (
    AskBalance,
    CancelRequest,
    LookAtPrizes,
    RequestPrize,
    SetPrize,
    ShipPrizes,
)
from walkdesk.messages.reception import ShowParticipant
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]
RICE = SetPrize("rice-2", "お米券 2kg", 500, 3)


def with_steps(office: Office) -> None:
    session = office.sign_in("S-0142", on=AUGUST)
    take(session, "app_users", APP_USERS)
    take(session, "app_steps", APP_STEPS, "2018-07")
    perform(session, RICE)


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler on 9 August 2018; A0001 has 1,470 points."""
    return office_after(with_steps).sign_in("S-0142")


@pytest.fixture(scope="module")
def still(made_once: Callable[[Build], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The same desk, once for all refusals: they change nothing, and each test holds that."""
    office = copied_office(made_once(with_steps), tmp_path_factory.mktemp("still"))
    yield office.sign_in("S-0142")
    office.close()


def refused(session: Session, message: object) -> str:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value.code


def test_a_prize_and_its_stock_are_in_the_ledger(desk: Session, ask: Ask) -> None:
    ((account, facts),) = [(account, facts) for event, account, facts in ledger_rows(desk) if event == "prize_changed"]
    assert account == "S-0142"
    assert json.loads(facts)["stock"] == 3
    ask(desk, SetPrize("RICE-2", "お米券 2kg", 400, 5))
    (prize,) = ask(desk, LookAtPrizes()).prizes
    assert (prize.prize, prize.points, prize.stock) == ("RICE-2", 400, 5)


def test_a_request_holds_points_and_one_piece(desk: Session, ask: Ask) -> None:
    ask(desk, RequestPrize("A0001", "RICE-2"))
    balance = ask(desk, AskBalance("A0001"))
    assert (balance.earned, balance.reserved, balance.spent, balance.usable) == (1470, 500, 0, 970)
    board = ask(desk, LookAtPrizes())
    assert (board.waiting, board.shipped, board.prizes[0].reserved) == (1, 0, 1)
    assert (board.requests[0].number, board.requests[0].state) == ("A0001", "waiting")
    sheet = ask(desk, ShowParticipant("A0001"))
    assert (sheet.points, sheet.reserved, sheet.prizes[0].prize) == (970, 500, "お米券 2kg")


def test_more_than_the_points_is_refused(desk: Session, ask: Ask) -> None:
    ask(desk, RequestPrize("A0001", "RICE-2"))
    ask(desk, RequestPrize("A0001", "RICE-2"))
    assert refused(desk, RequestPrize("A0001", "RICE-2")) == "prizes.points_short"
    assert ask(desk, LookAtPrizes()).waiting == 2


def test_the_last_piece_goes_once(desk: Session, ask: Ask) -> None:
    ask(desk, SetPrize("TOWEL", "タオル", 10, 1))
    ask(desk, RequestPrize("A0001", "TOWEL"))
    assert refused(desk, RequestPrize("A0002", "TOWEL")) == "prizes.out_of_stock"
    assert refused(desk, SetPrize("TOWEL", "タオル", 10, 0)) == "prizes.stock_below"


def test_a_shipment_spends_the_points(desk: Session, ask: Ask) -> None:
    request = int(ask(desk, RequestPrize("A0001", "RICE-2")).facts["request"])
    ask(desk, ShipPrizes((request,), AUGUST, "東都運輸", ("1234-5678",)))
    board = ask(desk, LookAtPrizes())
    assert (board.waiting, board.shipped) == (0, 1)
    assert (board.requests[0].slip, board.requests[0].shipped_on) == ("1234-5678", AUGUST)
    balance = ask(desk, AskBalance("A0001"))
    assert (balance.spent, balance.reserved, balance.usable) == (500, 0, 970)
    assert refused(desk, ShipPrizes((request,), AUGUST, "東都運輸")) == "prizes.not_waiting"
    assert rows(desk, "SELECT who, op FROM trail WHERE tbl = 'prize_requests' ORDER BY seq") == [
        ("S-0142", "insert"),
        ("S-0142", "update"),
    ]


def test_one_wrong_request_in_a_shipment_stops_all_of_it(desk: Session, ask: Ask) -> None:
    request = int(ask(desk, RequestPrize("A0001", "RICE-2")).facts["request"])
    for requests in ((request, 99), (request, request)):
        assert refused(desk, ShipPrizes(requests, AUGUST, "東都運輸")) == "prizes.not_waiting"
    assert ask(desk, LookAtPrizes()).waiting == 1


def test_a_request_taken_back_frees_its_points_and_stays_in_the_trail(desk: Session, ask: Ask) -> None:
    request = int(ask(desk, RequestPrize("A0001", "RICE-2")).facts["request"])
    assert refused(desk, CancelRequest(request, "")) == "prizes.reason_missing"
    ask(desk, CancelRequest(request, "ご本人の取下げ"))
    assert ask(desk, AskBalance("A0001")).usable == 1470
    board = ask(desk, LookAtPrizes())
    assert (board.requests, board.prizes[0].reserved) == ((), 0)
    line = ask(desk, ShowParticipant("A0001")).history[0]
    assert (line.field, line.before, line.after, line.why) == ("state", "waiting", "cancelled", "ご本人の取下げ")
    assert refused(desk, CancelRequest(request, "もう一度")) == "prizes.not_waiting"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (SetPrize("お米", "お米券", 500, 1), "prizes.code_form"),
        (SetPrize("RICE", " ", 500, 1), "prizes.name_form"),
        (SetPrize("RICE", "お米券", 0, 1), "prizes.numbers"),
        (SetPrize("RICE", "お米券", 5, -1), "prizes.numbers"),
        (RequestPrize("A0001", "CAR"), "prizes.unknown_prize"),
        (RequestPrize("A9999", "RICE-2"), "reception.unknown_number"),
        (ShipPrizes((), AUGUST, "東都運輸"), "prizes.none_chosen"),
        (ShipPrizes((1,), AUGUST, " "), "prizes.carrier_missing"),
        (ShipPrizes((1,), AUGUST, "東都運輸", ("1", "2")), "prizes.slips_differ"),
    ],
)
def test_what_the_desk_cannot_do_is_refused(still: Session, message: object, code: str) -> None:
    assert refused(still, message) == code


def test_a_shipment_lies_between_request_and_today(desk: Session, ask: Ask) -> None:
    request = int(ask(desk, RequestPrize("A0001", "RICE-2")).facts["request"])
    for day in (date(2018, 8, 8), date(2018, 8, 10)):
        assert refused(desk, ShipPrizes((request,), day, "東都運輸")) == "prizes.shipped_on"

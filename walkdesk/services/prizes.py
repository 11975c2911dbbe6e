"""The prize desk (景品): stock, requests against points, shipments."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.prizes import (
    AskBalance,
    Balance,
    CancelRequest,
    LookAtPrizes,
    PrizeBoard,
    PrizeRow,
    RequestPrize,
    RequestRow,
    SetPrize,
    ShipPrizes,
)
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.participants import participant
from walkdesk.services.points import CANCELLED, SHIPPED, WAITING, balance
from walkdesk.services.session import Work
from walkdesk.storage.vault_tables import ParticipantRecord, PrizeRecord, PrizeRequestRecord

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
LONGEST_NAME = 60
MOST = 1_000_000


def look_at_prizes(work: Work, message: LookAtPrizes) -> PrizeBoard:
    """Stock and requests; those that wait come first, the oldest on top; then the shipped ones, newest first."""
    counts = _counts(work)
    prizes = tuple(
        PrizeRow(
            one.prize,
            one.name,
            one.points,
            one.stock,
            reserved=counts.get((one.prize, WAITING), 0),
            shipped=counts.get((one.prize, SHIPPED), 0),
        )
        for one in work.vault.scalars(select(PrizeRecord).order_by(PrizeRecord.points, PrizeRecord.prize))
    )
    rows = [
        RequestRow(
            request.id,
            number,
            name,
            request.prize,
            request.points,
            request.requested_on,
            request.state,
            request.shipped_on,
            request.slip,
        )
        for request, number, name in work.vault.execute(
            select(PrizeRequestRecord, ParticipantRecord.number, ParticipantRecord.name)
            .join(ParticipantRecord, ParticipantRecord.id == PrizeRequestRecord.participant_id)
            .where(PrizeRequestRecord.state != CANCELLED)
            .order_by(PrizeRequestRecord.id)
        )
    ]
    waiting = [row for row in rows if row.state == WAITING]
    shipped = [row for row in reversed(rows) if row.state == SHIPPED]
    return PrizeBoard(prizes, (*waiting, *shipped), len(waiting), len(shipped))


def set_prize(work: Work, message: SetPrize) -> Done:
    """Adds a prize or changes it. Requests keep the points for which they were made."""
    code, name = message.prize.strip().upper(), message.name.strip()
    if not _CODE.fullmatch(code):
        raise Problem("prizes.code_form", given=message.prize.strip())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Problem("prizes.name_form", limit=LONGEST_NAME)
    if not 1 <= message.points <= MOST or not 0 <= message.stock <= MOST:
        raise Problem("prizes.numbers", limit=MOST)
    counts = _counts(work)
    taken = counts.get((code, WAITING), 0) + counts.get((code, SHIPPED), 0)
    if message.stock < taken:
        raise Problem("prizes.stock_below", least=taken)
    kept = work.vault.get(PrizeRecord, code)
    if kept is None:
        work.vault.add(PrizeRecord(prize=code, name=name, points=message.points, stock=message.stock))
    else:
        kept.name, kept.points, kept.stock = name, message.points, message.stock
    work.vault.flush()
    entry = work.record("prize_changed", prize=code, name=name, points=message.points, stock=message.stock)
    return Done({"prize": code, "name": name, "stock": message.stock}, entry)


def ask_balance(work: Work, message: AskBalance) -> Balance:
    """A person's points."""
    record = participant(work, message.number)
    points = balance(work, record.id)
    return Balance(record.number, record.name, points.earned, points.reserved, points.spent, points.usable)


def request_prize(work: Work, message: RequestPrize) -> Done:
    """Takes a request: the points and one piece are held from here on."""
    work.require_input()
    record = participant(work, message.number)
    prize = work.vault.get(PrizeRecord, message.prize.strip().upper())
    if prize is None:
        raise Problem("prizes.unknown_prize", prize=message.prize.strip())
    counts = _counts(work)
    if prize.stock - counts.get((prize.prize, WAITING), 0) - counts.get((prize.prize, SHIPPED), 0) < 1:
        raise Problem("prizes.out_of_stock", name=prize.name)
    usable = balance(work, record.id).usable
    if usable < prize.points:
        raise Problem("prizes.points_short", usable=max(usable, 0), needed=prize.points)
    request = PrizeRequestRecord(
        participant_id=record.id,
        prize=prize.prize,
        points=prize.points,
        requested_on=work.today,
        state=WAITING,
        shipped_on=None,
        carrier="",
        slip="",
    )
    work.vault.add(request)
    work.vault.flush()
    return Done({"request": request.id, "number": record.number, "name": prize.name, "points": prize.points})


def ship_prizes(work: Work, message: ShipPrizes) -> Done:
    """発送 of waiting requests, also after the contract's last day: nothing new about a person is entered."""
    carrier = message.carrier.strip()
    if not carrier:
        raise Problem("prizes.carrier_missing")
    if not message.requests:
        raise Problem("prizes.none_chosen")
    if message.slips and len(message.slips) != len(message.requests):
        raise Problem("prizes.slips_differ", slips=len(message.slips), requests=len(message.requests))
    slips = message.slips or ("",) * len(message.requests)
    for number, slip in zip(message.requests, slips, strict=True):
        request = _waiting(work, number)
        if not request.requested_on <= message.shipped_on <= work.today:
            raise Problem("prizes.shipped_on", day=message.shipped_on, first=request.requested_on)
        request.state, request.shipped_on = SHIPPED, message.shipped_on
        request.carrier, request.slip = carrier, slip.strip()
        # One by one, so that a request that stands twice in the list is no longer waiting the second time.
        work.vault.flush()
    return Done({"count": len(message.requests), "carrier": carrier})


def cancel_request(work: Work, message: CancelRequest) -> Done:
    """Takes a waiting request back; the trail keeps it with the reason."""
    reason = message.reason.strip()
    if not reason:
        raise Problem("prizes.reason_missing")
    request = _waiting(work, message.request)
    work.because(reason)
    request.state = CANCELLED
    work.vault.flush()
    return Done({"request": request.id, "points": request.points})


def _waiting(work: Work, number: int) -> PrizeRequestRecord:
    request = work.vault.get(PrizeRequestRecord, number)
    if request is None or request.state != WAITING:
        raise Problem("prizes.not_waiting", request=number)
    return request


def _counts(work: Work) -> dict[tuple[str, str], int]:
    """How many requests of each prize stand in each state."""
    rows = work.vault.execute(
        select(PrizeRequestRecord.prize, PrizeRequestRecord.state, func.count()).group_by(
            PrizeRequestRecord.prize, PrizeRequestRecord.state
        )
    )
    return {(prize, state): count for prize, state, count in rows}


_STOCK = frozenset({ContractState.PREPARING, ContractState.OPEN})
_OPEN = frozenset({ContractState.OPEN})
_PRIZES = areas("prizes", "reception", "today")

ACTIONS = table(
    Action(LookAtPrizes, look_at_prizes, STAFF, WITH_VAULT),
    Action(AskBalance, ask_balance, STAFF, WITH_VAULT),
    Action(SetPrize, set_prize, STAFF, _STOCK, "prize_changed", areas("prizes", "ledger")),
    Action(RequestPrize, request_prize, STAFF, _OPEN, changes=_PRIZES),
    Action(ShipPrizes, ship_prizes, STAFF, _OPEN, changes=_PRIZES),
    Action(CancelRequest, cancel_request, STAFF, _OPEN, changes=_PRIZES),
)

"""The prize desk: stock, requests, shipments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class PrizeRow:
    """景品. ``left`` = ``stock`` - ``reserved`` - ``shipped``."""

    prize: str
    name: str
    points: int
    stock: int
    reserved: int
    shipped: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """景品申込. ``state`` is ``waiting`` or ``shipped``."""

    request: int
    number: str
    name: str
    prize: str
    points: int
    requested_on: date
    state: str
    shipped_on: date | None = None
    slip: str = ""


@dataclass(frozen=True, slots=True)
class PrizeBoard:
    prizes: tuple[PrizeRow, ...]
    requests: tuple[RequestRow, ...]
    waiting: int
    shipped: int


@asks(PrizeBoard)
@dataclass(frozen=True, slots=True)
class LookAtPrizes:
    """Asks for stock and requests; waiting requests come first."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class SetPrize:
    """Adds a prize or changes its stock. ``prize`` is its short code."""

    prize: str
    name: str
    points: int
    stock: int


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's points: ``usable`` = ``earned`` - ``spent`` - ``reserved``."""

    number: str
    name: str
    earned: int
    reserved: int
    spent: int
    usable: int


@asks(Balance)
@dataclass(frozen=True, slots=True)
class AskBalance:
    number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RequestPrize:
    """Reserves points and one piece."""

    number: str
    prize: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class ShipPrizes:
    """Records the shipment of requests: the day, how, and the courier's slip number of each."""

    requests: tuple[int, ...]
    shipped_on: date
    carrier: str
    slips: tuple[str, ...] = ()


@asks(Done)
@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Takes a waiting request back; its points are free again."""

    request: int
    reason: str

"""The cards desk (台紙): one sheet a person and month, keyed day by day; each value is on disk before the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from walkdesk.domain.codes import is_card_code, read_card_code
from walkdesk.domain.contract import WITH_VAULT, ContractState, accepts_input
from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel, Sex, tidy_number
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import Day, DayState, MonthSummary, summary, total_warning, unusual
from walkdesk.messages.cards import (
    CardBoard,
    CardDay,
    CardFinished,
    CardLine,
    CardSheet,
    DaySaved,
    FinishCard,
    LookAtCards,
    NextCard,
    OpenCard,
    ReceiveCards,
    SaveDay,
    UndoDay,
)
from walkdesk.messages.common import Done, ProblemNote
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.holidays import holiday_name
from walkdesk.services.points import count_month, points_of, withdraw_month
from walkdesk.services.session import ContractTerms, Work
from walkdesk.services.step_months import (
    blank_month,
    days_of,
    key_of,
    months_between,
    put_days,
    usual_steps,
)
from walkdesk.storage.engine import bare
from walkdesk.storage.vault_tables import ParticipantRecord, PointsCardRecord

WAITING, KEYING, UNREADABLE, DONE = "waiting", "keying", "unreadable", "done"
"""The states of a card; ``unreadable`` waits for a call to the person (電話確認)."""
_LEAST_USUAL = 100
"""The smallest usual value that the warning compares with: what it does not ask about here, it never asks about."""
_CARD = "SELECT id, state FROM points_cards WHERE participant_id = ? AND month = ?"
_PERSON = "SELECT id, number, name, age, sex, channel FROM participants"


@dataclass(frozen=True, slots=True)
class _Person:
    """What a card says of its person."""

    id: int
    number: str
    name: str
    age: int
    sex: Sex


def keyable_months(contract: ContractTerms, today: date) -> tuple[Month, ...]:
    """The months that have a day which can be keyed today; none while nothing may be entered."""
    if not accepts_input(ContractState(contract.state), contract.start, contract.end, today):
        return ()
    return months_between(contract.start, today)


def month_in_hand(contract: ContractTerms, today: date) -> Month:
    """The month whose cards are keyed now: the one before today's, within the contract."""
    first, last = Month.of(contract.start), Month.of(contract.end)
    return min(max(Month.of(today).previous, first), last)


def card_board(work: Work, month: Month) -> CardBoard:
    """How far the cards of a month are."""
    rows = work.vault.execute(
        select(ParticipantRecord.number, PointsCardRecord.state, PointsCardRecord.finished_at)
        .outerjoin(
            PointsCardRecord,
            (PointsCardRecord.participant_id == ParticipantRecord.id) & (PointsCardRecord.month == key_of(month)),
        )
        .where(ParticipantRecord.channel == Channel.CARD.value)
        .order_by(ParticipantRecord.number)
    )
    cards = tuple(CardLine(number, state or WAITING, finished) for number, state, finished in rows)
    states = [card.state for card in cards]
    return CardBoard(
        month=str(month),
        people=len(cards),
        done=states.count(DONE),
        keying=states.count(KEYING),
        unreadable=states.count(UNREADABLE),
        waiting=states.count(WAITING),
        cards=cards,
        months=tuple(str(one) for one in keyable_months(work.terms, work.today)),
    )


def look_at_cards(work: Work, message: LookAtCards) -> CardBoard:
    """The cards of a month, or of the month that is being keyed now."""
    month = Month.parse(message.month) if message.month else month_in_hand(work.terms, work.today)
    return card_board(work, month)


def open_card(work: Work, message: OpenCard) -> CardSheet:
    """Opens a card by its number, by the digits of its number alone, as the numeric pad types them, or by its code.

    A scanned code says the month too; ``Problem("cards.other_contract")`` for the card of another contract.
    """
    contract = work.require_input()
    number, month_wanted = message.number, message.month
    if is_card_code(number):
        code = read_card_code(number)
        if not code.is_of(contract.number):
            raise Problem("cards.other_contract", number=code.contract)
        number, month_wanted = code.number, str(code.month)
    month = _month(contract, month_wanted, work.today)
    person = _person(work, number)
    if _card(work, person, month) is None:
        work.vault.add(_received(work, person.id, month, work.today, WAITING))
        work.vault.flush()
    return _sheet(work, person, month)


def next_card(work: Work, message: NextCard) -> CardSheet:
    """The next waiting card in the order of the numbers, from the start again at the end.

    While received cards wait, only these; it takes nothing as received that was not.
    """
    contract = work.require_input()
    month = _month(contract, message.month, work.today)
    rows = work.vault.execute(
        select(ParticipantRecord.number, PointsCardRecord.state)
        .outerjoin(
            PointsCardRecord,
            (PointsCardRecord.participant_id == ParticipantRecord.id) & (PointsCardRecord.month == key_of(month)),
        )
        .where(ParticipantRecord.channel == Channel.CARD.value)
        .order_by(ParticipantRecord.number)
    ).all()
    received = [number for number, state in rows if state == WAITING]
    waiting = received or [number for number, state in rows if state is None]
    if not waiting:
        raise Problem("cards.none_waiting", month=str(month))
    after = tidy_number(message.after)
    number = next((one for one in waiting if one > after), waiting[0])
    return _sheet(work, _person(work, number), month)


def save_day(work: Work, message: SaveDay) -> DaySaved:
    """Saves one day; an unusual value is a ``Problem`` with the warning until it is confirmed (紙のとおり)."""
    contract = work.require_input()
    month = _month(contract, message.month, work.today)
    person = _person(work, message.number)
    _check_day(contract, month.day(message.day), work.today)
    kept = days_of(work, person.id, month)
    days = kept or blank_month(month, Channel.CARD)
    before = days[message.day - 1]
    warning = _warning(work, person, month, days, message)
    confirmed = message.confirmed or message.state is DayState.CONFIRMED
    if warning is not None and not confirmed:
        raise warning
    state = message.state
    if state.has_steps:
        state = DayState.KEYED if warning is None else DayState.CONFIRMED
    changed = (before.steps, before.state) != (message.steps, state)
    edited = before.edited or (changed and before.state is not DayState.NOT_KEYED)
    after = Day(message.steps, state, Channel.CARD, edited)
    saved = _put(work, person, month, days, message.day, after, known=kept is not None)
    work.session.undo[(person.number, str(month))] = (message.day, (before, after))
    return DaySaved(
        day=message.day,
        total=saved.total,
        keyed_days=saved.counted_days,
        before=_card_day(month, message.day, before),
        after=_card_day(month, message.day, after),
        warning=None if warning is None else ProblemNote.of(warning),
    )


def undo_day(work: Work, message: UndoDay) -> DaySaved:
    """Takes back the last saved day of a card, once; the trail keeps both changes."""
    contract = work.require_input()
    month = _month(contract, message.month, work.today)
    person = _person(work, message.number)
    number, (before, after) = work.session.undo.pop((person.number, str(month)), (0, (None, None)))
    days = days_of(work, person.id, month)
    if number == 0 or days is None or days[number - 1] != after:
        raise Problem("cards.nothing_to_undo")
    saved = _put(work, person, month, days, number, before, known=True)
    return DaySaved(
        day=number,
        total=saved.total,
        keyed_days=saved.counted_days,
        before=_card_day(month, number, after),
        after=_card_day(month, number, before),
    )


def finish_card(work: Work, message: FinishCard) -> CardFinished:
    """Ends a card and counts its points.

    With unreadable days it waits for a call (電話確認) and brings no points. A total that differs from the paper's
    leaves it in keying, with the hint, until ``accepted``.
    """
    contract = work.require_input()
    month = _month(contract, message.month, work.today)
    person = _person(work, message.number)
    card = _card(work, person, month)
    days = days_of(work, person.id, month) or blank_month(month, Channel.CARD)
    _check_complete(contract, month, days)
    if message.written_total is not None and message.written_total < 0:
        raise Problem("cards.negative", steps=message.written_total)
    if card is None:
        raise Problem("cards.not_keyed", number=person.number)
    warning = total_warning(days, message.written_total)
    if summary(days).unreadable:
        card.state = UNREADABLE
    elif warning is not None and not message.accepted:
        card.state = KEYING
    else:
        card.state = DONE
    card.written_total = message.written_total
    card.finished_at = work.now if card.state == DONE else None
    if card.state == DONE:
        count_month(work, person.id, month, days)
    else:
        withdraw_month(work, person.id, month)
    work.vault.flush()
    return CardFinished(
        number=person.number,
        total=summary(days).total,
        written_total=message.written_total,
        points=points_of(work, person.id, month),
        state=card.state,
        hint=None if warning is None else ProblemNote.of(warning),
    )


def receive_cards(work: Work, message: ReceiveCards) -> Done:
    """受付: counts the arrived sheets in. One that was received before keeps its day."""
    contract = work.require_input()
    month = _month(contract, message.month, work.today)
    if not max(month.first, contract.start) <= message.received_on <= work.today:
        raise Problem("cards.received_on", day=message.received_on, first=max(month.first, contract.start))
    fresh = 0
    for number in dict.fromkeys(tidy_number(one) for one in message.numbers):
        person = _person(work, number)
        if _card(work, person, month) is None:
            work.vault.add(_received(work, person.id, month, message.received_on, WAITING))
            fresh += 1
    work.vault.flush()
    return Done({"count": fresh, "already": len(message.numbers) - fresh, "month": str(month)})


def _person(work: Work, text: str) -> _Person:
    """The person of a card: by number, or by its digits alone where only one number ends so (118 → D0118)."""
    number = tidy_number(text)
    rows = bare(work.vault_connection, f"{_PERSON} WHERE number = ?", (number,))
    if not rows and re.fullmatch(r"[0-9]{1,9}", number):
        ending = re.compile(rf"[A-Z]+-?0*{number}")
        like = (Channel.CARD.value, f"%{number}")
        cards = bare(work.vault_connection, f"{_PERSON} WHERE channel = ? AND number LIKE ?", like)
        rows = [row for row in cards if ending.fullmatch(row[1])]
    if len(rows) != 1:
        raise Problem("cards.unknown_number", number=number)
    key, full, name, age, sex, channel = rows[0]
    if channel != Channel.CARD.value:
        raise Problem("cards.no_card", number=full)
    return _Person(key, full, name, age or 0, Sex(sex) if sex else Sex.UNANSWERED)


def _month(contract: ContractTerms, text: str, today: date) -> Month:
    month = Month.parse(text)
    if month not in keyable_months(contract, today):
        raise Problem("cards.month_closed", month=str(month), start=contract.start, end=contract.end)
    return month


def _check_day(contract: ContractTerms, day: date, today: date) -> None:
    if not contract.start <= day <= contract.end:
        raise Problem("cards.outside_contract", day=day, start=contract.start, end=contract.end)
    if day > today:
        raise Problem("cards.in_future", day=day)


def _check_complete(contract: ContractTerms, month: Month, days: tuple[Day, ...]) -> None:
    left = [
        number
        for number, day in enumerate(days, start=1)
        if day.state is DayState.NOT_KEYED and contract.start <= month.day(number) <= contract.end
    ]
    if left:
        raise Problem("cards.days_left", count=len(left), day=left[0])


def can_be_unusual(steps: int) -> bool:
    """Whether a value is asked about for anybody at all: for most values the months before need not be read."""
    return unusual(steps, _LEAST_USUAL) is not None or unusual(steps, None) is not None


def _warning(work: Work, person: _Person, month: Month, days: tuple[Day, ...], message: SaveDay) -> Problem | None:
    # Holds number and state against each other, and the number against the card's five boxes.
    Day(message.steps, message.state, Channel.CARD)
    if message.steps is None or not can_be_unusual(message.steps):
        return None
    return unusual(message.steps, usual_steps(work, person.id, month, days, but=message.day))


def _put(
    work: Work, person: _Person, month: Month, days: tuple[Day, ...], number: int, day: Day, known: bool
) -> MonthSummary:
    """Writes one day and says that the card is in keying again."""
    fresh = (*days[: number - 1], day, *days[number:])
    sums = put_days(work, person.id, month, fresh, known)
    cards = bare(work.vault_connection, _CARD, (person.id, key_of(month)))
    if not cards:
        work.vault.add(_received(work, person.id, month, work.today, KEYING))
        work.vault.flush()
    elif cards[0][1] != KEYING:
        work.vault_connection.exec_driver_sql(
            "UPDATE points_cards SET state = ?, finished_at = NULL WHERE id = ?", (KEYING, cards[0][0])
        )
    return sums


def _received(work: Work, participant_id: int, month: Month, on: date, state: str) -> PointsCardRecord:
    return PointsCardRecord(
        month=key_of(month),
        participant_id=participant_id,
        received_on=on,
        state=state,
        written_total=None,
        finished_at=None,
        keyed_by=work.member.staff_number,
    )


def _card(work: Work, person: _Person, month: Month) -> PointsCardRecord | None:
    return work.vault.scalars(
        select(PointsCardRecord).where(
            PointsCardRecord.participant_id == person.id, PointsCardRecord.month == key_of(month)
        )
    ).one_or_none()


def _card_day(month: Month, number: int, day: Day) -> CardDay:
    on = month.day(number)
    return CardDay(number, on.weekday(), holiday_name(on), day.state, day.steps)


def _sheet(work: Work, person: _Person, month: Month) -> CardSheet:
    days = days_of(work, person.id, month) or blank_month(month, Channel.CARD)
    card = _card(work, person, month)
    undo = work.session.undo.get((person.number, str(month)))
    return CardSheet(
        number=person.number,
        name=person.name,
        age=person.age,
        sex=person.sex,
        month=str(month),
        days=tuple(_card_day(month, number, day) for number, day in enumerate(days, start=1)),
        median=usual_steps(work, person.id, month, days),
        total=summary(days).total,
        written_total=None if card is None else card.written_total,
        received_on=None if card is None else card.received_on,
        state=WAITING if card is None else card.state,
        points=points_of(work, person.id, month),
        undo="" if undo is None else _undo_words(undo[0], undo[1][0]),
    )


def _undo_words(number: int, before: Day) -> str:
    return f"{number}:{before.state.value if before.steps is None else before.steps}"


_INPUT = frozenset({ContractState.OPEN})
_CARDS = areas("cards", "today")

ACTIONS = table(
    Action(LookAtCards, look_at_cards, STAFF, WITH_VAULT),
    Action(OpenCard, open_card, STAFF, _INPUT, changes=_CARDS),
    Action(NextCard, next_card, STAFF, _INPUT),
    Action(SaveDay, save_day, STAFF, _INPUT, changes=_CARDS),
    Action(UndoDay, undo_day, STAFF, _INPUT, changes=_CARDS),
    Action(FinishCard, finish_card, STAFF, _INPUT, changes=areas("cards", "today", "prizes", "reception")),
    Action(ReceiveCards, receive_cards, STAFF, _INPUT, changes=_CARDS),
)

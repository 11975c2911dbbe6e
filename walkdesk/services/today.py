"""今日: what waits, how far the month's cards are, how people walk, where the contract stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from walkdesk.domain.contract import WITH_VAULT, ContractState, missing, step_from
from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel, Programme
from walkdesk.domain.people import STAFF, Role
from walkdesk.domain.releases import ReleaseState
from walkdesk.domain.steps import unpack
from walkdesk.messages.today import LookAtToday, Task, TodayBoard, WeekMean
from walkdesk.services.access import contract_card
from walkdesk.services.actions import Action, table
from walkdesk.services.cards import card_board, month_in_hand
from walkdesk.services.contracts import life_points, readiness
from walkdesk.services.holidays import holiday_name, working_day_from
from walkdesk.services.inspections import inspected
from walkdesk.services.keys import key_tasks
from walkdesk.services.people import without_key
from walkdesk.services.points import WAITING
from walkdesk.services.registers import register_tasks
from walkdesk.services.releases import overdue
from walkdesk.services.session import Work, programme_of
from walkdesk.services.step_months import FIRST_KEYING, key_of, month_of
from walkdesk.storage.office_tables import ContractRecord, PersonRecord, ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, PrizeRequestRecord, StepMonth

DEADLINE_DAY = 10
"""Cards of a month are due on this day of the next one, or on the first working day after it."""


def look_at_today(work: Work, message: LookAtToday) -> TodayBoard:
    """The page that everybody sees first."""
    contract = work.contract
    keys_cards = (
        programme_of(contract) is Programme.HEALTH_POINTS and ContractState(contract.state) is ContractState.OPEN
    )
    month = month_in_hand(work.terms, work.today)
    board = card_board(work, month) if keys_cards else None
    return TodayBoard(
        card=contract_card(contract),
        today=work.today,
        holiday=holiday_name(work.today),
        cards=board,
        deadline=deadline_of(month) if keys_cards else None,
        tasks=_urgent_first(_tasks(work, contract, 0 if board is None else board.unreadable)),
        weeks=_weeks(work, month) if keys_cards else (),
        life=life_points(contract),
        vault_agrees=work.session.vault_agrees,
        inspected=inspected(work, contract.contract),
    )


def deadline_of(month: Month) -> date:
    """The day until which a month's cards are keyed."""
    return working_day_from(month.next.day(DEADLINE_DAY))


def _urgent_first(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """What is late before what waits; each in its order."""
    return tuple(sorted(tasks, key=lambda task: task.tone != "danger"))


def _tasks(work: Work, contract: ContractRecord, unreadable: int) -> Iterator[Task]:
    """What waits, desk by desk."""
    releases = work.office.scalars(
        select(ReleaseRecord).where(ReleaseRecord.contract == contract.contract).order_by(ReleaseRecord.requested_at)
    ).all()
    for one in releases:
        if overdue(work, one):
            late = (work.today - (one.due or work.today)).days
            kind = "release_overdue" if late else "release_late"
            yield Task(kind, "danger", late, _of_release(work, one), "releases", one.release)
    for one in releases:
        mine = one.requested_by == work.member.staff_number
        if one.state == ReleaseState.REQUESTED.value and work.member.may_approve and not mine:
            yield Task("release_approval", "warn", one.sheets, _of_release(work, one), "releases", one.release)
    yield from register_tasks(work, contract)
    yield from key_tasks(work, contract)
    if unreadable:
        yield Task("unreadable_cards", "warn", unreadable, "", "cards", "unreadable")
    if work.member.role is Role.MANAGER and (waiting := without_key(work)):
        yield Task("designate_again", "warn", len(waiting), waiting[0].name, "people", waiting[0].staff_number)
    yield from _people_tasks(work)
    yield from _life_tasks(work, contract)


def _of_release(work: Work, release: ReleaseRecord) -> str:
    """The number of a release and who asked for it."""
    person = work.office.get(PersonRecord, release.requested_by)
    return f"{release.release}　{release.requested_by if person is None else person.name}"


def _people_tasks(work: Work) -> Iterator[Task]:
    no_doubt: list[object] = []
    doubtful = _numbers(work, ParticipantRecord.doubts != no_doubt)
    if doubtful:
        yield Task("doubtful", "warn", len(doubtful), doubtful[0], "reception", "doubtful")
    waiting = select(func.count()).select_from(PrizeRequestRecord).where(PrizeRequestRecord.state == WAITING)
    prizes = work.vault.execute(waiting).scalar_one()
    if prizes:
        yield Task("prize_requests", "neutral", prizes, "", "prizes", "waiting")


def _numbers(work: Work, where: object) -> list[str]:
    query = select(ParticipantRecord.number).where(where).order_by(ParticipantRecord.number)  # type: ignore[arg-type]
    return list(work.vault.scalars(query))


def _life_tasks(work: Work, contract: ContractRecord) -> Iterator[Task]:
    """What the contract's next step needs: while it is prepared, and from its last day on."""
    state = ContractState(contract.state)
    step = step_from(state)
    if step is None:
        return
    if state is ContractState.PREPARING:
        needs = missing(state, readiness(work, contract))
        if needs:
            yield Task("readiness", "warn", len(needs), needs[0].value, "contracts")
            return
    elif state is ContractState.OPEN and work.today < contract.end:
        return
    tone = "warn" if work.today > contract.end else "neutral"
    desk = "contracts" if state is ContractState.PREPARING else "closeout"
    yield Task("next_step", tone, 1, step.leads_to.value, desk)


def _weeks(work: Work, month: Month) -> tuple[WeekMean, ...]:
    """The mean steps a day of the weeks that begin in a month, Monday to Sunday."""
    monday = month.first + timedelta(days=-month.first.weekday() % 7)
    sums: dict[tuple[date, Channel], tuple[int, int]] = {}
    rows = work.vault.execute(
        select(StepMonth.month, StepMonth.days).where(
            StepMonth.month.in_((key_of(month), key_of(month.next))), StepMonth.keying == FIRST_KEYING
        )
    )
    for key, packed in rows:
        of = month_of(key)
        for number, day in enumerate(unpack(packed, of.days), start=1):
            if day.steps is not None:
                on = date(of.year, of.month, number)
                place = (on - timedelta(days=on.weekday()), day.channel)
                total, count = sums.get(place, (0, 0))
                sums[place] = (total + day.steps, count + 1)
    weeks = []
    while monday in month:
        weeks.append(WeekMean(monday, _mean(sums.get((monday, Channel.CARD))), _mean(sums.get((monday, Channel.APP)))))
        monday += timedelta(days=7)
    return tuple(weeks)


def _mean(sums: tuple[int, int] | None) -> int | None:
    return None if sums is None else round(sums[0] / sums[1])


ACTIONS = table(Action(LookAtToday, look_at_today, STAFF, WITH_VAULT))

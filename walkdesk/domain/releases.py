"""Ways in which personal data leaves the room: kinds, the rule of each, and how it is closed again.

The table ``RULES`` is the whole of it (clauses 6, 7, 9 and 11, measures 2 of both council papers); the functions below
only read it. Default is no: what stands in no row does not leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from walkdesk.domain.contract import ContractState
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem


class ReleaseKind(StrEnum):
    """提供・持出しの種類. Default is no: a kind that is not here does not leave."""

    TO_PERSON = "to_person"
    """本人宛: letter, card or label to the person."""
    COURIER = "courier"
    """送り状: the courier's file of what is sent to whom."""
    INSURANCE = "insurance"
    """傷害保険: the insurer's roster."""
    ROSTER = "roster"
    """当日受付名簿: the one removal that the City Walk paper allows by itself."""
    CITY_REMOVAL = "city_removal"
    """Any other removal of the City Walk: by the 取扱責任者, after 協議 with the ward."""
    HEALTH_REMOVAL = "health_removal"
    """A removal of health points: that paper knows none, so only an instruction of the ward opens it."""
    RETURN = "return"
    """区への返還・引渡し (clause 11)."""
    STATISTICS = "statistics"
    """統計: free, because no number under five can be read out of it (``domain.disclosure``)."""


class ReleaseState(StrEnum):
    """Where a release stands in its register."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    RELEASED = "released"
    """The bytes left; return, posting or destruction is not yet confirmed."""
    CLOSED = "closed"


OPEN_RELEASES = frozenset({ReleaseState.REQUESTED, ReleaseState.APPROVED, ReleaseState.RELEASED})


class Outcome(StrEnum):
    """How a release was closed."""

    POSTED = "posted"
    """投函: everything went to the persons."""
    DESTROYED = "destroyed"
    """裁断・廃棄: what left was destroyed, here or by the receiver, who said so."""
    BROUGHT_BACK = "brought_back"
    """持帰り: it is back in the room, complete."""
    RECEIVED = "received"
    """受領: the ward has it and gave a receipt."""
    WITHDRAWN = "withdrawn"
    """取下げ: the request was taken back before anything left."""


class Way(StrEnum):
    """How the bytes leave."""

    PRINT = "print"
    FILE = "file"
    """A file, always sealed."""


class Need(StrEnum):
    """What a kind asks for beside purpose and second person."""

    RECIPIENT = "recipient"
    """An entry of the register of 提供先, with the ward's consent that still holds (clause 7)."""
    BASIS = "basis"
    """An entry of the ward's instructions and consents: 協議 with date and number (clause 6)."""
    CARRIER = "carrier"
    """Who carries it, by name."""
    BAG = "bag"
    """The lock-bag (施錠付きカバン) was looked at before it left."""
    DUE_AT = "due_at"
    """The hour by which it is back."""
    RECEIPT = "receipt"
    """The receiver's receipt, when it is closed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind: in which programmes and states it exists, who asks and carries, what leaves and how it ends."""

    kind: ReleaseKind
    programmes: frozenset[Programme]
    states: frozenset[ContractState]
    """States in which it may be asked for, approved and let out."""
    requesters: frozenset[Role]
    columns: frozenset[str]
    """All that the receiver may see; a content shows these or fewer."""
    ways: frozenset[Way]
    outcomes: frozenset[Outcome]
    """How it is closed after it left."""
    needs: frozenset[Need] = frozenset()
    carriers: frozenset[Role] = frozenset()
    """Who may carry it, where somebody does."""
    days: int = 0
    """Days from leaving until it must be closed; where ``due_at`` is needed, that hour counts instead."""
    receivers: frozenset[str] = frozenset()
    """Of which kind the entry in the register of 提供先 is."""
    bases: frozenset[str] = frozenset()
    """Of which kind the entry in the register of the ward's instructions is."""
    free: bool = False
    """Leaves without a release, because it tells of nobody."""


_BOTH = frozenset(Programme)
_HEALTH = frozenset({Programme.HEALTH_POINTS})
_WALK = frozenset({Programme.CITY_WALK})
_OPEN = frozenset({ContractState.OPEN})
_PRINT = frozenset({Way.PRINT})
_FILE = frozenset({Way.FILE})
_EITHER = frozenset(Way)
_CARRIED = frozenset({Need.CARRIER, Need.BAG, Need.DUE_AT})
_BACK = frozenset({Outcome.BROUGHT_BACK, Outcome.DESTROYED})
_SHOWN_OUTSIDE = frozenset({"serial", "number", "name", "postcode", "address", "phone"})

LONGEST_AHEAD = timedelta(days=31)
"""So far ahead may the hour lie by which something carried is back."""

RULES: dict[ReleaseKind, Rule] = {
    rule.kind: rule
    for rule in (
        Rule(
            ReleaseKind.TO_PERSON,
            _BOTH,
            _OPEN,
            STAFF,
            frozenset(
                {"serial", "number", "name", "postcode", "address", "channel", "month", "points", "prize", "wording"}
            ),
            _EITHER,
            frozenset({Outcome.POSTED, Outcome.DESTROYED}),
            days=7,
        ),
        # 景品の発送: only the health points paper has it.
        Rule(
            ReleaseKind.COURIER,
            _HEALTH,
            _OPEN,
            STAFF,
            frozenset({"serial", "name", "postcode", "address", "phone", "prize"}),
            _FILE,
            _BACK,
            frozenset({Need.RECIPIENT}),
            days=30,
            receivers=frozenset({"courier"}),
        ),
        # 傷害保険加入手続き: only the City Walk paper has it.
        Rule(
            ReleaseKind.INSURANCE,
            _WALK,
            _OPEN,
            STAFF,
            frozenset({"serial", "name", "birth_date", "sex"}),
            _FILE,
            _BACK,
            frozenset({Need.RECIPIENT}),
            days=60,
            receivers=frozenset({"insurer"}),
        ),
        Rule(
            ReleaseKind.ROSTER,
            _WALK,
            _OPEN,
            STAFF,
            frozenset({"serial", "number", "name", "course", "category"}),
            _EITHER,
            _BACK,
            _CARRIED,
            carriers=STAFF,
        ),
        Rule(
            ReleaseKind.CITY_REMOVAL,
            _WALK,
            _OPEN,
            STAFF,
            _SHOWN_OUTSIDE,
            _EITHER,
            _BACK,
            _CARRIED | {Need.BASIS},
            carriers=MANAGERS,
            bases=frozenset({"consultation", "consent", "instruction"}),
        ),
        Rule(
            ReleaseKind.HEALTH_REMOVAL,
            _HEALTH,
            _OPEN,
            STAFF,
            _SHOWN_OUTSIDE,
            _EITHER,
            _BACK,
            _CARRIED | {Need.BASIS},
            carriers=MANAGERS,
            bases=frozenset({"consent", "instruction"}),
        ),
        Rule(
            ReleaseKind.RETURN,
            _BOTH,
            frozenset({ContractState.REPORTED}),
            MANAGERS,
            frozenset(
                {
                    *("serial", "number", "name", "postcode", "address", "age", "sex", "phone", "mail", "channel"),
                    *("birth_date", "course", "category", "origin", "registered", "day", "steps", "state"),
                    *("month", "points", "rule"),
                }
            ),
            _FILE,
            frozenset({Outcome.RECEIVED, Outcome.DESTROYED}),
            frozenset({Need.RECEIPT}),
            days=7,
        ),
        Rule(
            ReleaseKind.STATISTICS,
            _BOTH,
            frozenset({ContractState.OPEN, ContractState.REPORTED}),
            STAFF,
            frozenset(),
            _EITHER,
            frozenset(),
            free=True,
        ),
    )
}
"""The table of kinds (design chapter 7)."""

STATES = frozenset({ContractState.OPEN, ContractState.REPORTED})
"""The states in which there is any release at all: from ``returned`` on nothing leaves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says beside its purpose. Empty where nothing was given."""

    recipient: str = ""
    basis: str = ""
    carrier: str = ""
    due_at: datetime | None = None


_NEXT: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.REQUESTED: frozenset({ReleaseState.APPROVED, ReleaseState.REFUSED, ReleaseState.CLOSED}),
    ReleaseState.APPROVED: frozenset({ReleaseState.RELEASED, ReleaseState.CLOSED}),
    ReleaseState.REFUSED: frozenset(),
    ReleaseState.RELEASED: frozenset({ReleaseState.CLOSED}),
    ReleaseState.CLOSED: frozenset(),
}


def kinds_for(programme: Programme, state: ContractState, role: Role) -> tuple[ReleaseKind, ...]:
    """The kinds that this person can ask for now, in the order of the table."""
    return tuple(
        rule.kind
        for rule in RULES.values()
        if programme in rule.programmes and state in rule.states and role in rule.requesters and not rule.free
    )


def check_kind(kind: ReleaseKind, programme: Programme, state: ContractState) -> Rule:
    """The rule of a kind, if there is one for this programme now; else ``Problem``."""
    rule = RULES[kind]
    if rule.free:
        raise Problem("releases.free_kind")
    if programme not in rule.programmes:
        raise Problem("releases.wrong_programme", kind=kind.value, programme=programme.value)
    if state not in rule.states:
        raise Problem("releases.wrong_state", kind=kind.value, state=state.value)
    return rule


def check_request(kind: ReleaseKind, programme: Programme, state: ContractState, role: Role) -> Rule:
    """The rule of a kind, if this role may ask for it now; else ``Problem``."""
    rule = check_kind(kind, programme, state)
    if role not in rule.requesters:
        raise Problem("releases.wrong_role", kind=kind.value)
    return rule


def check_asked(rule: Rule, asked: Asked, carrier_role: Role | None, now: datetime) -> None:
    """Every need of the kind is given and nothing beside; the carrier may carry; the hour lies ahead."""
    given = {Need.RECIPIENT: asked.recipient, Need.BASIS: asked.basis, Need.CARRIER: asked.carrier}
    for need, value in given.items():
        if need in rule.needs and not value:
            raise Problem(f"releases.{need.value}_missing")
        if value and need not in rule.needs:
            raise Problem("releases.not_asked_for", need=need.value)
    if Need.CARRIER in rule.needs and carrier_role not in rule.carriers:
        raise Problem("releases.wrong_carrier" if rule.carriers == MANAGERS else "releases.unknown_carrier")
    if Need.DUE_AT not in rule.needs:
        if asked.due_at is not None:
            raise Problem("releases.not_asked_for", need=Need.DUE_AT.value)
    elif asked.due_at is None:
        raise Problem("releases.due_at_missing")
    elif not now < asked.due_at <= now + LONGEST_AHEAD:
        raise Problem("releases.due_at_range", days=LONGEST_AHEAD.days)


def check_columns(rule: Rule, columns: Iterable[str]) -> None:
    """A content shows no column that the receiver of this kind does not need."""
    beyond = sorted(set(columns) - rule.columns)
    if beyond:
        raise Problem("releases.column_not_allowed", column=beyond[0])


def check_leaving(rule: Rule, way: str, bag_checked: bool, due_at: datetime | None, now: datetime) -> Way:
    """The way, if the kind may leave so now: lock-bag looked at, and not after the hour by which it must be back."""
    try:
        chosen = Way(way)
    except ValueError:
        raise Problem("releases.way", way=way) from None
    if chosen not in rule.ways:
        raise Problem("releases.way", way=way)
    if Need.BAG in rule.needs and not bag_checked:
        raise Problem("releases.bag_missing")
    if due_at is not None and due_at <= now:
        raise Problem("releases.due_at_past")
    return chosen


def due_day(rule: Rule, today: date, due_at: datetime | None) -> date:
    """The day on which what leaves today must be closed."""
    return due_at.date() if due_at is not None else today + timedelta(days=rule.days)


def is_overdue(state: ReleaseState, due: date | None, due_at: datetime | None, now: datetime) -> bool:
    """Whether something is outside longer than it may: by the hour where one was named, else by the day."""
    if state is not ReleaseState.RELEASED:
        return False
    if due_at is not None:
        return now > due_at
    return due is not None and now.date() > due


def next_release_state(state: ReleaseState, to: ReleaseState) -> ReleaseState:
    """The new state, or ``Problem`` where the register knows no such step."""
    if to not in _NEXT[state]:
        raise Problem("releases.no_such_step", state=state.value)
    return to


def outcomes_of(kind: ReleaseKind, state: ReleaseState) -> tuple[Outcome, ...]:
    """How a release of a kind can be closed now."""
    if state is ReleaseState.RELEASED:
        return tuple(outcome for outcome in Outcome if outcome in RULES[kind].outcomes)
    return (Outcome.WITHDRAWN,) if state in (ReleaseState.REQUESTED, ReleaseState.APPROVED) else ()


def check_outcome(kind: ReleaseKind, state: ReleaseState, outcome: Outcome, receipt: str = "") -> None:
    """What left ends as its kind ends; what never left can only be withdrawn; a return has the ward's receipt."""
    if outcome not in outcomes_of(kind, state):
        raise Problem("releases.wrong_outcome", state=state.value)
    if outcome is Outcome.RECEIVED and Need.RECEIPT in RULES[kind].needs and not receipt.strip():
        raise Problem("releases.receipt_missing")

"""The two-person rule over random staff, roles, absences and closings: nobody decides alone, nobody is stuck."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import JST
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import STAFF, Role, check_second_person
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import (
    OPEN_RELEASES,
    RULES,
    Asked,
    Need,
    ReleaseKind,
    ReleaseState,
    check_asked,
    check_kind,
    check_leaving,
    check_outcome,
    check_request,
    due_day,
    kinds_for,
    next_release_state,
    outcomes_of,
)

START = datetime(2019, 10, 1, 9, 0, tzinfo=JST)


@dataclass(slots=True)
class Person:
    """One of the staff. Who is away does nothing; who left does nothing more."""

    number: str
    role: Role
    may_approve: bool
    here: bool = True


@dataclass(slots=True)
class Held:
    """One release of the register, with everybody who did something with it."""

    kind: ReleaseKind
    requester: str
    carrier: str
    due_at: datetime | None
    state: ReleaseState = ReleaseState.REQUESTED
    approver: str = ""
    left: bool = False
    history: list[str] = field(default_factory=list)


class TwoPeople(RuleBasedStateMachine):
    """An office in which one manager and one handler marked 承認可 are always there; the rules are the domain's."""

    @initialize(
        programme=st.sampled_from(Programme),
        others=st.lists(st.tuples(st.sampled_from(Role), st.booleans()), max_size=4),
    )
    def begin(self, programme: Programme, others: list[tuple[Role, bool]]) -> None:
        self.now, self.programme, self.state = START, programme, ContractState.OPEN
        self.staff = [Person("S-0001", Role.MANAGER, True), Person("S-0160", Role.HANDLER, True)]
        for place, (role, may) in enumerate(others):
            self.staff.append(Person(f"S-02{place:02d}", role, may and role in STAFF))
        self.releases: list[Held] = []

    def _here(self) -> list[Person]:
        return [person for person in self.staff if person.here]

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self._here()))
        kind = data.draw(st.sampled_from(ReleaseKind))
        try:
            wanted = check_request(kind, self.programme, self.state, who.role)
        except Problem:
            assert kind not in kinds_for(self.programme, self.state, who.role)
            return
        carriers = [person for person in self._here() if person.role in wanted.carriers]
        carrier = data.draw(st.sampled_from(carriers)) if Need.CARRIER in wanted.needs and carriers else None
        asked = Asked(
            "T-0001" if Need.RECIPIENT in wanted.needs else "",
            "I-0001" if Need.BASIS in wanted.needs else "",
            "" if carrier is None else carrier.number,
            self.now + timedelta(hours=8) if Need.DUE_AT in wanted.needs else None,
        )
        check_asked(wanted, asked, None if carrier is None else carrier.role, self.now)
        self.releases.append(Held(kind, who.number, asked.carrier, asked.due_at))

    def _approve(self, who: Person, release: Held) -> bool:
        try:
            check_second_person(release.requester, who.number, who.may_approve and who.role in STAFF)
            check_kind(release.kind, self.programme, self.state)
            release.state = next_release_state(release.state, ReleaseState.APPROVED)
        except Problem:
            return False
        release.approver = who.number
        return True

    @precondition(lambda self: self.releases)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        who, release = data.draw(st.sampled_from(self._here())), data.draw(st.sampled_from(self.releases))
        before = release.state
        done = self._approve(who, release)
        assert not done or (before is ReleaseState.REQUESTED and who.number != release.requester and who.may_approve)

    def _take(self, who: Person, release: Held, bag: bool) -> bool:
        try:
            wanted = check_kind(release.kind, self.programme, self.state)
            to = next_release_state(release.state, ReleaseState.RELEASED)
            if who.role not in wanted.requesters:
                return False
            check_leaving(wanted, sorted(wanted.ways)[0], bag, release.due_at, self.now)
        except Problem:
            return False
        release.state, release.left = to, True
        return True

    @precondition(lambda self: self.releases)
    @rule(data=st.data(), bag=st.booleans())
    def take(self, data: st.DataObject, bag: bool) -> None:
        who, release = data.draw(st.sampled_from(self._here())), data.draw(st.sampled_from(self.releases))
        if self._take(who, release, bag):
            assert release.approver not in ("", release.requester)
            assert bag or Need.BAG not in RULES[release.kind].needs
            assert due_day(RULES[release.kind], self.now.date(), release.due_at) >= self.now.date()

    def _close(self, who: Person, release: Held) -> bool:
        ways = outcomes_of(release.kind, release.state)
        if who.role not in STAFF or not ways:
            return False
        check_outcome(release.kind, release.state, ways[0], "受領1")
        release.state = next_release_state(release.state, ReleaseState.CLOSED)
        return True

    @precondition(lambda self: self.releases)
    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        self._close(data.draw(st.sampled_from(self._here())), data.draw(st.sampled_from(self.releases)))

    @rule(data=st.data())
    def come_and_go(self, data: st.DataObject) -> None:
        """Anybody but the two can be away or leave for good."""
        if len(self.staff) > 2:
            who = data.draw(st.sampled_from(self.staff[2:]))
            who.here = not who.here

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def deliver_the_report(self) -> None:
        self.state = ContractState.REPORTED

    @invariant()
    def nobody_decides_alone(self) -> None:
        for release in getattr(self, "releases", []):
            assert release.approver != release.requester
            assert not release.left or release.approver

    @invariant()
    def nobody_is_stuck(self) -> None:
        """The two who are always there bring every open release to its end, whoever asked for it."""
        for release in getattr(self, "releases", []):
            if release.state not in OPEN_RELEASES:
                continue
            trial = Held(release.kind, release.requester, release.carrier, release.due_at, release.state)
            can = self.state in RULES[trial.kind].states and (trial.due_at is None or trial.due_at > self.now)
            pair = self.staff[:2]
            if can and trial.state is ReleaseState.REQUESTED:
                assert any(self._approve(person, trial) for person in pair)
            if can and trial.state is ReleaseState.APPROVED:
                assert any(self._take(person, trial, True) for person in pair)
            assert any(self._close(person, trial) for person in pair) and trial.state is ReleaseState.CLOSED


TwoPeople.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestTwoPeople = TwoPeople.TestCase

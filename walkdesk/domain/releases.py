"""Ways in which personal data leaves the room, and how each is closed again (clauses 6, 7 and 9)."""

from __future__ import annotations

from enum import StrEnum

from walkdesk.domain.problem import Problem


class ReleaseKind(StrEnum):
    """提供・持出しの種類. Default is no: a kind that is not here does not leave."""

    TO_PERSON = "to_person"
    """本人宛: letter, card or label to the person."""


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
    """裁断."""
    WITHDRAWN = "withdrawn"
    """取下げ: the request was taken back before anything left."""


_NEXT: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.REQUESTED: frozenset({ReleaseState.APPROVED, ReleaseState.REFUSED, ReleaseState.CLOSED}),
    ReleaseState.APPROVED: frozenset({ReleaseState.RELEASED, ReleaseState.CLOSED}),
    ReleaseState.REFUSED: frozenset(),
    ReleaseState.RELEASED: frozenset({ReleaseState.CLOSED}),
    ReleaseState.CLOSED: frozenset(),
}


def next_release_state(state: ReleaseState, to: ReleaseState) -> ReleaseState:
    """The new state, or ``Problem`` where the register knows no such step."""
    if to not in _NEXT[state]:
        raise Problem("releases.no_such_step", state=state.value)
    return to


def check_outcome(state: ReleaseState, outcome: Outcome) -> None:
    """What left is posted or destroyed; what never left can only be withdrawn."""
    if (state is ReleaseState.RELEASED) == (outcome is Outcome.WITHDRAWN):
        raise Problem("releases.wrong_outcome", state=state.value)

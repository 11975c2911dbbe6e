"""The shape of an action: one row of a desk's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from walkdesk.domain.contract import ContractState
from walkdesk.domain.people import Role

ANY_STATE = frozenset(ContractState)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person can do: its message, its function, who may, when, and what it changes.

    ``states`` are those of the contract on the desk; ``None`` where the action needs no contract. ``event`` is the
    ledger event that the function writes, or "" where the evidence is the trail or where nothing changes. ``changes``
    are the areas whose screens reload. ``untrained``: a manager may do it before this fiscal year's training is
    recorded (clause 18); everything else waits for it.
    """

    message: type
    run: Callable[..., Any]
    roles: frozenset[Role]
    states: frozenset[ContractState] | None = None
    event: str = ""
    changes: frozenset[str] = frozenset()
    untrained: bool = False


def table(*actions: Action) -> dict[type, Action]:
    """A desk's table of actions."""
    rows = {action.message: action for action in actions}
    if len(rows) != len(actions):
        raise ValueError("a message stands twice in a table of actions")
    return rows


def areas(*names: str) -> frozenset[str]:
    """The areas that an action changes."""
    return frozenset(names)

"""The README's table of roles, from the tables of actions. ``python -m tests.architecture.roles`` writes it anew."""

from __future__ import annotations

import sys
from pathlib import Path

from walkdesk.domain.people import Role
from walkdesk.services.perform import DESKS

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- roles -->\n", "<!-- /roles -->"


def table() -> str:
    """One row an action, desk by desk."""
    head = "| desk | action | handler | manager | auditor | manager before training | contract is | evidence |"
    lines = [head, "|---" * 8 + "|"]
    for desk in DESKS:
        for action in desk.values():
            module = action.run.__module__.rpartition(".")[2]
            marks = ["●" if role in action.roles else "" for role in (Role.HANDLER, Role.MANAGER, Role.AUDITOR)]
            marks.append("●" if action.untrained and Role.MANAGER in action.roles else "")
            states = "" if action.states is None else ", ".join(sorted(state.value for state in action.states))
            evidence = f"`{action.event}`" if action.event else ""
            row = [module, f"`{action.message.__name__}`", *marks, states, evidence]
            lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """The README with the table of today."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)

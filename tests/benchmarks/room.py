"""The room: how soon it answers after its start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.messages.door import LookAtOffice
from walkdesk.room.client import Client

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 5

_PARTS = """
import json, sys
import walkdesk.room.__main__
parts = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"walkdesk", "__main__"}
print(json.dumps(sorted(name for name in parts if not name.startswith("_"))))
"""


@measures(
    "room.start_against_parts",
    "x",
    """from the start of a room to its first answer, against an interpreter that does nothing but import the same
    third-party parts (sqlalchemy, reportlab, cryptography ...): medians in turns. The room's own code and its look
    into the office may cost as much again; it starts while the password is typed""",
    at_most=2.5,
)
def start(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    run = [sys.executable, "-c"]
    parts = json.loads(subprocess.run([*run, _PARTS], cwd=PROJECT, capture_output=True, check=True).stdout)
    imports = f"import {', '.join(parts)}"

    def room() -> float:
        client: list[Client] = []

        def answer() -> None:
            client.append(Client(office.folder.path, [office.tokens]))
            client[0].call(LookAtOffice())

        taken = seconds(answer)
        client[0].close()
        return taken

    def bare() -> float:
        return seconds(lambda: subprocess.run([*run, imports], check=True))

    room()
    ours, rival = in_turns(room, bare, ROUNDS)
    return ours / rival, f"{ours:.3f} s against {rival:.3f} s"

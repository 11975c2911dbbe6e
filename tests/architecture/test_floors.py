"""The floors: who may import whom, what each process holds, and where the time comes from."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "walkdesk"
MODULES = sorted(PACKAGE.rglob("*.py"))
LINT = (
    "import sys; from importlinter.cli import lint_imports_command\n"
    "sys.argv = ['lint-imports', '--no-cache']; lint_imports_command()"
)
FULL_ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NO_COLOR": "1"}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, env=FULL_ENVIRONMENT, capture_output=True, text=True, check=False
    )


def test_every_floor_imports_only_what_it_may() -> None:
    done = _lint(PROJECT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which a fault can be planted."""
    folder = tmp_path_factory.mktemp("scratch")
    shutil.copytree(PACKAGE, folder / "walkdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


FLOORS = "Each floor imports only floors below it"
CYCLES = "No floor has a cycle inside"
PLANTED = {
    "a rule that reads messages": ("domain/steps.py", "import walkdesk.messages.cards", FLOORS),
    "a rule that uses a library": ("domain/steps.py", "import jaconv", "The rules know the standard library only"),
    "a window with services": ("ui/cards/page.py", "import walkdesk.services.cards", "The window has no key"),
    "a window with a key": ("ui/cards/page.py", "import cryptography", "The desks know the room only by its messages"),
    "a client with the server": ("room/client.py", "import walkdesk.room.server", "The window has no key"),
    "a service that knows the room": ("services/cards.py", "import walkdesk.room.wire", FLOORS),
    "a service with a window": ("services/cards.py", "import PySide6.QtCore", "Qt stays in the window"),
    "a list that ciphers": ("exchange/plan.py", "import cryptography", "Papers and files know no evidence"),
    "papers with a database": ("documents/letters.py", "import walkdesk.storage.vault", FLOORS),
    "evidence with a database": ("ledger/chain.py", "import sqlalchemy", "The evidence knows no database"),
    "storage that knows services": ("storage/vault.py", "import walkdesk.services.session", FLOORS),
    "messages with evidence": ("messages/audit.py", "import walkdesk.ledger.chain", "Messages are data of the rules"),
    "a cycle of two desks": ("services/door.py", "import walkdesk.services.perform", CYCLES),
    "a cycle of two rules": ("domain/steps.py", "import walkdesk.domain.points", CYCLES),
    "a floor that nobody named": ("attic.py", "", FLOORS),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(scratch: Path, fault: str) -> None:
    name, line, contract = PLANTED[fault]
    path = scratch / "walkdesk" / name
    before = path.read_bytes() if path.exists() else None
    path.write_text((before or b"").decode() + f"\n{line}\n", encoding="utf-8")
    try:
        done = _lint(scratch)
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    assert done.returncode == 1
    broken = [told for told in done.stdout.splitlines() if " BROKEN" in told]
    assert any(told.startswith(contract) for told in broken), done.stdout


def _held(statement: str) -> set[str]:
    """The modules of a fresh interpreter after a statement."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=FULL_ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def _module(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


ROOM_ONLY = {
    "alembic",
    "jaconv",
    "jpholiday",
    "openpyxl",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
    "walkdesk.documents",
    "walkdesk.exchange",
    "walkdesk.room.server",
    "walkdesk.services",
    "walkdesk.storage",
}


def test_the_window_holds_no_database_no_paper_engine_and_no_service() -> None:
    windows = [_module(path) for path in sorted((PACKAGE / "ui").rglob("*.py"))]
    assert len(windows) > 20
    held = _held("import walkdesk.room.client, " + ", ".join(windows))
    assert "PySide6.QtWidgets" in held
    assert not held & ROOM_ONLY


def test_the_client_alone_holds_neither_window_nor_database() -> None:
    held = _held("import walkdesk.room.client")
    assert not held & (ROOM_ONLY | {"PySide6", "cryptography"})


def test_the_room_holds_no_window() -> None:
    held = _held("import walkdesk.room.__main__")
    assert {"sqlalchemy", "walkdesk.services.perform"} <= held
    assert not held & {"PySide6", "shiboken6", "pypdfium2", "walkdesk.ui", "walkdesk.room.client"}


def _clock_calls(source: str) -> Iterator[str]:
    """Where a source asks for the time of the PC. Measuring a span (``perf_counter``, ``monotonic``) is none."""
    asked = {
        "datetime": {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"},
        "date": {"today", "fromtimestamp"},
        "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
        "QDate": {"currentDate"},
        "QTime": {"currentTime"},
        "QDateTime": {"currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch", "currentSecsSinceEpoch"},
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if node.attr in asked.get(name, ()):
                yield f"{name}.{node.attr}:{node.lineno}"


def test_only_the_clock_asks_for_the_time() -> None:
    """The services' clock, and the entrance of the program that hands the window its own."""
    clocks = {PACKAGE / "services" / "clock.py", PACKAGE / "app.py"}
    found = {
        f"{path.relative_to(PROJECT)} {call}"
        for path in MODULES
        if path not in clocks
        for call in _clock_calls(path.read_text(encoding="utf-8"))
    }
    assert not found


@pytest.mark.parametrize(
    "source",
    ["datetime.now()", "datetime.datetime.now(tz)", "x = date.today", "time.time()", "QDate.currentDate()"],
)
def test_a_planted_clock_is_found(source: str) -> None:
    assert list(_clock_calls(source))


def _inner_imports(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for inner in ast.walk(node):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    yield inner.lineno


def test_nothing_is_imported_inside_a_function() -> None:
    """Only the entrances of program and demo choose what to load: the room no Qt, a refused demo no window."""
    entrances = {PACKAGE / "app.py", PACKAGE / "__main__.py", PACKAGE / "commands/demo/command.py"}
    found = {
        f"{path.relative_to(PROJECT)}:{line}"
        for path in MODULES
        if path not in entrances
        for line in _inner_imports(path.read_text(encoding="utf-8"))
    }
    assert not found
    assert list(_inner_imports("def f():\n    import json\n")) == [2]

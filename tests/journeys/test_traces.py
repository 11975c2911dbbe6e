"""The canary's way over every screen leaves nothing of her outside the vault, and nobody opens a network socket.

In the everyday run the folders are searched and an audit hook watches window and room; the long run watches both from
outside with ``strace``: every file that is opened for writing, every byte that goes into one, and every socket.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.counts import count
from tests.conftest import Office
from tests.journeys import canary
from tests.journeys.seat import command, surroundings
from tests.journeys.tracing import NAMES, OPENS, SOCKETS, WRITES, absolute, read_trace, traced
from tests.room.launcher import WATCH
from walkdesk.commands.demo.search import files_below, patterns_of, search_files

PROJECT = Path(__file__).resolve().parents[2]
INTERNET = {"AF_INET", "AF_INET6"}
PATTERNS = patterns_of(canary.WORDS)
from_outside = pytest.mark.skipif(sys.platform != "linux", reason="strace watches Linux")


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk, and where it could leave something: everything below ``place`` but ``apart``."""

    place: Path
    office: Office

    @property
    def apart(self) -> Path:
        """What the ward delivered, and the paper that was released on purpose."""
        return self.place / "apart"

    @property
    def delivered(self) -> Path:
        """The list with the canary in it."""
        return self.apart / "ward-list.csv"

    @property
    def released(self) -> Path:
        """Her letter."""
        return self.apart / "released.pdf"

    def command(self, *more: str) -> list[str]:
        """How it is started."""
        return command("tests.journeys.canary:walk", str(self.delivered), str(self.released), *more)

    def variables(self) -> dict[str, str]:
        """With every folder of the person below ``place``."""
        return surroundings(self.office.folder.path, self.office.tokens, self.place / "home")

    def found(self) -> list[Path]:
        """Files of office, home, temporary and XDG folders in which the canary is found."""
        return search_files(PATTERNS, files_below(self.place, but=(self.apart,))).found


def walk_in(template: Path, place: Path) -> Walk:
    """A place for a walk, ready to begin."""
    shutil.copytree(template, place / "desk")
    walk = Walk(place, Office(place / "desk"))
    canary.ready(walk.office)
    walk.apart.mkdir()
    canary.ward_list(walk.apart)
    return walk


@pytest.fixture(scope="module")
def walked(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Walk, str]:
    """A walk that was watched by audit hooks, and what they said."""
    walk = walk_in(_template, tmp_path_factory.mktemp("walk"))
    done = subprocess.run(
        walk.command(WATCH), cwd=PROJECT, env=walk.variables(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert '"walked": true' in done.stdout
    return walk, done.stderr


def test_the_canary_is_in_no_folder_after_her_way_over_every_screen(walked: tuple[Walk, str]) -> None:
    walk, _ = walked
    # The search can find her: in the ward's list, and in a file that was left somewhere.
    assert search_files(PATTERNS, [walk.delivered]).found == [walk.delivered]
    for encoding in ("utf-8", "cp932", "utf-16-le"):
        planted = walk.place / "home" / ".cache" / "recent"
        planted.write_bytes(b"\0\1" + canary.NAME.encode(encoding) + b"\0")
        assert walk.found() == [planted]
        planted.unlink()
    assert walk.released.stat().st_size > 1000
    assert walk.found() == []
    assert len(list(files_below(walk.place))) > 8


def test_neither_window_nor_room_says_anything_of_her(walked: tuple[Walk, str]) -> None:
    _, said = walked
    assert not [pattern for pattern in PATTERNS if pattern.search(said.encode())]


def test_neither_window_nor_room_makes_an_internet_socket(walked: tuple[Walk, str]) -> None:
    _, said = walked
    families = {int(family) for _process, family in re.findall(r"^socket (\w+) (-?\d+)$", said, re.MULTILINE)}
    assert not families & {socket.AF_INET, socket.AF_INET6}
    assert not re.findall(r"^socket\.(?:getaddrinfo|gethostbyname) \w+$", said, re.MULTILINE)


def test_the_watch_sees_a_socket_that_somebody_makes() -> None:
    program = "import socket\nfrom tests.room.launcher import watch\nwatch('room')\nsocket.socket().close()"
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert f"socket room {socket.AF_INET:d}" in done.stderr


FILES_OF_THE_OFFICE = re.compile(
    r"office\.(?:db|json|lock)|accounts\.db|(?:office-)?slots\.bin|door\.log|vault\.db|walkdesk-token-\w+\.\w+"
)
"""What an office and its token consist of; ``-wal``, ``-shm``, ``-journal`` or ``.new`` follow while it is written."""


@from_outside
@pytest.mark.long
def test_every_file_that_is_written_on_her_way_is_the_offices_own_and_holds_nothing_of_her(
    _template: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    walk = walk_in(_template, tmp_path / "walk")
    output = tmp_path / "trace"
    arguments = traced(output, walk.command("rest"), (*OPENS, *NAMES, *WRITES, *SOCKETS))
    done = subprocess.run(arguments, cwd=PROJECT, env=walk.variables(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    trace = read_trace(output, PATTERNS)
    files = absolute(trace.files, {"PWD": str(PROJECT)})
    # The trace sees what she leaves on purpose, in the open and in bytes.
    assert walk.released in files and str(walk.released) in trace.written
    assert not trace.holding
    found = search_files(PATTERNS, [path for path in files if path.is_file()]).found
    assert found == [] and walk.found() == []
    strange = [path for path in files if not _expected(walk, path)]
    assert not strange, sorted(map(str, strange))
    assert not trace.families & INTERNET
    count(
        record_property,
        "traces.files_written",
        len(files),
        "files",
        "files that window and room opened for writing, made or renamed on the canary's way over every screen (strace):"
        " 0 of them and 0 of the writes hold her name, address, phone or mail in UTF-8, UTF-16 or cp932",
        at_least=5,
    )


def _expected(walk: Walk, path: Path) -> bool:
    if path == walk.released or path.is_dir():
        return True
    name = re.sub(r"-(?:wal|shm|journal)$|\.new$", "", path.name)
    return path.is_relative_to(walk.place / "desk") and bool(FILES_OF_THE_OFFICE.fullmatch(name))


@from_outside
@pytest.mark.long
def test_the_trace_sees_a_canary_in_a_file_that_is_gone_again(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "file = open(sys.argv[1], 'wb', buffering=0)\n"
        "word = bytes.fromhex(sys.argv[2])\n"
        "file.write(b'somebody ' + word[:5]); file.write(word[5:] + b' was here')\n"
        "os.unlink(sys.argv[1])\n"
        "import socket; socket.socket().close()\n"
    )
    for number, encoding in enumerate(("utf-8", "cp932", "utf-16-le", "utf-16-be")):
        output, gone = tmp_path / f"trace-{number}", tmp_path / "recent"
        words = [sys.executable, "-c", program, str(gone), canary.NAME.encode(encoding).hex()]
        subprocess.run(traced(output, words, (*OPENS, *NAMES, *WRITES, *SOCKETS)), check=True)
        trace = read_trace(output, PATTERNS)
        assert trace.holding == {str(gone)}
        assert str(gone) in trace.files
        assert "AF_INET" in trace.families


@from_outside
@pytest.mark.long
def test_a_whole_practice_year_makes_no_internet_socket(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    output = tmp_path / "trace"
    year = [sys.executable, "-m", "walkdesk", "demo", str(tmp_path / "year"), "--no-window", "--people", "12"]
    # The year searches home and temporary folder for its people: here for those whom it has put there itself.
    variables = surroundings(tmp_path / "none", tmp_path / "none", tmp_path / "home")
    done = subprocess.run(
        traced(output, year, SOCKETS), cwd=PROJECT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, [line for line in done.stdout.splitlines() if line.startswith("✗")]
    trace = read_trace(output)
    assert not trace.families & INTERNET
    count(
        record_property,
        "network.internet_sockets",
        len(trace.families & INTERNET),
        "sockets",
        "AF_INET and AF_INET6 sockets of window and rooms during a practice year with pictures of every desk (strace)",
        at_most=0,
    )

"""What a program did, as the kernel saw it: ``strace`` over all of its processes, and what can be read out of that.

Every file that was opened for writing, made or renamed, every byte that went into a file (also one that is gone again:
the bytes stand in the trace itself), and every socket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

OPENS = ("open", "openat", "openat2", "creat")
NAMES = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "mknodat")
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
SOCKETS = ("socket", "connect")
LONGEST = 8 * 1024 * 1024
"""Of one write; a longer one is cut in the trace."""

_LINE = re.compile(r"^(?:\d+\s+)?(?P<call>\w+)\((?P<rest>.*)$")
_FILE = re.compile(r"^\d+<(?P<path>/[^>]*)>")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOR_WRITING = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TMPFILE)")
_FAMILY = re.compile(r"^AF_\w+")


_DEVICE = re.compile("/dev/(?!shm/)|/proc/")
"""What is no file: ``/dev/shm`` is a folder in memory, where the tests' own offices may lie."""


@dataclass(slots=True)
class Trace:
    """What was seen."""

    opened: set[str] = field(default_factory=set)
    """Paths opened for writing, made, or given as a new name, as the program said them."""
    written: set[str] = field(default_factory=set)
    """Files into which bytes went."""
    holding: set[str] = field(default_factory=set)
    """Those of them into which a word went that was looked for."""
    families: set[str] = field(default_factory=set)
    """Address families of the sockets."""
    calls: int = 0

    @property
    def files(self) -> set[str]:
        """Every file that may hold something."""
        return {path for path in self.opened | self.written if not _DEVICE.match(path)}


def traced(output: Path, arguments: Sequence[str], calls: Sequence[str]) -> list[str]:
    """The command that runs another under ``strace``, with everything that it starts."""
    kinds = ",".join(calls)
    return [
        "strace",
        "-f",
        "-qq",
        "-y",
        "-x",
        "-s",
        str(LONGEST),
        "-e",
        f"trace={kinds}",
        "-o",
        str(output),
        *arguments,
    ]


def read_trace(output: Path, patterns: Sequence[re.Pattern[bytes]] = ()) -> Trace:
    """Reads what ``strace`` wrote. ``patterns`` are looked for in every byte that went into a file."""
    trace = Trace()
    ends: dict[str, bytes] = {}
    for call, rest in _calls(output):
        trace.calls += 1
        if call in SOCKETS:
            family = _FAMILY.match(rest) or re.search(r"sa_family=(AF_\w+)", rest)
            trace.families.add(family.group(0) if family else rest)
        elif call in WRITES:
            _note_write(trace, ends, rest, patterns)
        elif call in NAMES or call == "creat" or _FOR_WRITING.search(rest):
            trace.opened |= set(_TEXT.findall(rest))
    return trace


def _calls(output: Path) -> Iterator[tuple[str, str]]:
    with output.open(encoding="latin-1") as lines:
        for line in lines:
            match = _LINE.match(line)
            if match:
                yield match["call"], match["rest"]


def _note_write(trace: Trace, ends: dict[str, bytes], rest: str, patterns: Sequence[re.Pattern[bytes]]) -> None:
    file = _FILE.match(rest)
    if file is None:
        return  # a pipe or a socket: nothing stays there
    if '"...' in rest:
        raise ValueError("a write that is too long for the trace")
    path = file["path"]
    trace.written.add(path)
    data = b"".join(plain(text) for text in _TEXT.findall(rest))
    # A word may be cut between two writes.
    whole = ends.get(path, b"") + data
    ends[path] = whole[-512:]
    if any(pattern.search(whole) for pattern in patterns):
        trace.holding.add(path)


def plain(text: str) -> bytes:
    """The bytes of a string as ``strace`` prints them."""
    return text.encode("latin-1").decode("unicode_escape").encode("latin-1")


def absolute(paths: set[str], variables: Mapping[str, str]) -> set[Path]:
    """Paths as the program said them, against the folder in which it was started."""
    folder = Path(variables.get("PWD", "/"))
    return {Path(path) if path.startswith("/") else folder / path for path in paths}

"""``walkdesk doctor`` (このPCの点検): is this PC fit for an office's work, and what to do where not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from importlib import metadata
from pathlib import Path

from walkdesk.resources.fonts import missing_fonts
from walkdesk.resources.texts import Texts

if sys.platform != "win32":
    import resource

BUILD_YEAR = 2026
"""The year in which this version was made: a clock that shows an earlier one is wrong."""

PLAUSIBLE_YEARS = 10
FREE_BYTES = 2 * 1024**3
ANSWER_SECONDS = 20

CIPHER_VERSION = (
    "import sqlcipher3; print(sqlcipher3.connect(':memory:').execute('PRAGMA cipher_version').fetchone()[0])"
)


class State(Enum):
    """How a check ended: good, someone should look at it, or this PC does not tell."""

    GOOD = "good"
    LOOK = "look"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. Its sentence is the text ``doctor.<subject>.<finding>``."""

    subject: str
    state: State
    finding: str
    values: Mapping[str, str | int] = field(default_factory=dict)


def main(office: Path, texts: Texts, today: date) -> int:
    """Prints one line a check. 0 when nothing needs a look, else 1; what is unknown does not count."""
    found = checks(office, today)
    print(texts.say("doctor.title"))
    for check in found:
        print(line(check, texts))
    count = sum(check.state is State.LOOK for check in found)
    print(texts.say("doctor.look_at", count=count) if count else texts.say("doctor.all_good"))
    return 1 if count else 0


def checks(office: Path, today: date) -> list[Check]:
    """Everything that is looked at, in the order in which it is shown; changes nothing on this PC."""
    return [
        fonts([font.name for font in missing_fonts()]),
        printer(printers()),
        cipher(cipher_version(), frozen=bool(getattr(sys, "frozen", False))),
        encryption(encrypted(nearest(office))),
        space(shutil.disk_usage(nearest(office)).free),
        clock(today),
        permissions(office.stat().st_mode if office.is_dir() else None, windows=sys.platform == "win32"),
        qt(installed("PySide6-Essentials")),
        core_dumps(core_limit(), core_pattern()),
    ]


def line(check: Check, texts: Texts) -> str:
    """A check as a person reads it."""
    mark = texts.say(f"doctor.mark.{check.state.value}")
    name = texts.say(f"doctor.{check.subject}.name")
    return f"[{mark}] {name}: {texts.say(f'doctor.{check.subject}.{check.finding}', **check.values)}"


# What the facts mean.


def fonts(missing: Sequence[str]) -> Check:
    """Papers and screens need every font of the catalogue."""
    if missing:
        return Check("fonts", State.LOOK, "missing", {"names": ", ".join(missing)})
    return Check("fonts", State.GOOD, "complete")


def printer(names: Sequence[str] | None) -> Check:
    """``None``: this PC has no printing system that could be asked."""
    if names is None:
        return Check("printer", State.LOOK, "no_system")
    if not names:
        return Check("printer", State.LOOK, "none")
    return Check("printer", State.GOOD, "found", {"names": ", ".join(names)})


def cipher(version: str | None, *, frozen: bool) -> Check:
    """An installed program carries its SQLCipher inside and cannot be asked from here."""
    if version:
        return Check("cipher", State.GOOD, "works", {"version": version})
    if frozen:
        return Check("cipher", State.UNKNOWN, "inside")
    return Check("cipher", State.LOOK, "missing")


def encryption(found: bool | None) -> Check:
    """Whether the disk below the office is encrypted as a whole; ``None`` when this PC does not tell."""
    if found is None:
        return Check("encryption", State.UNKNOWN, "unknown")
    return Check("encryption", State.GOOD, "on") if found else Check("encryption", State.LOOK, "off")


def space(free: int) -> Check:
    """At least 2 GiB: an upgrade writes a second copy of a vault for a moment. ``free`` is in bytes."""
    values = {"free": f"{free / 1024**3:.1f}", "needed": f"{FREE_BYTES // 1024**3}"}
    state, finding = (State.GOOD, "enough") if free >= FREE_BYTES else (State.LOOK, "little")
    return Check("space", state, finding, values)


def clock(today: date) -> Check:
    """A clock before this program was made, or long after, would put wrong times into the evidence."""
    plausible = BUILD_YEAR <= today.year <= BUILD_YEAR + PLAUSIBLE_YEARS
    state, finding = (State.GOOD, "plausible") if plausible else (State.LOOK, "implausible")
    return Check("clock", state, finding, {"date": today.isoformat()})


def permissions(mode: int | None, *, windows: bool) -> Check:
    """The office folder belongs to its own account alone. ``None``: there is no folder yet."""
    if mode is None:
        return Check("permissions", State.UNKNOWN, "absent")
    if windows:
        return Check("permissions", State.UNKNOWN, "windows")
    if mode & 0o077:
        return Check("permissions", State.LOOK, "open", {"mode": f"{mode & 0o777:03o}"})
    return Check("permissions", State.GOOD, "closed")


def qt(version: str | None) -> Check:
    """6.11 only: 6.12.0 ends the program after a few thousand texts under Python 3.11."""
    if version is None:
        return Check("qt", State.UNKNOWN, "unknown")
    fit = version.split(".")[:2] == ["6", "11"]
    return Check("qt", State.GOOD if fit else State.LOOK, "fit" if fit else "unfit", {"version": version})


def core_dumps(limit: int | None, pattern: str | None) -> Check:
    """Memory that is written to disk when a program dies would hold names and keys.

    ``limit`` is the largest such file in bytes (-1 without limit), ``pattern`` where the system puts it. With
    ``|`` at its beginning it hands the memory to a program, whatever the limit says.
    """
    if limit is None or pattern is None:
        return Check("core_dumps", State.UNKNOWN, "unknown")
    if pattern.startswith("|"):
        return Check("core_dumps", State.LOOK, "handed_on", {"program": Path(pattern[1:].split()[0]).name})
    return Check("core_dumps", State.GOOD, "off") if limit == 0 else Check("core_dumps", State.LOOK, "on")


# What this PC says.


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())


def ask(*command: str) -> str | None:
    """What a program of this PC prints; ``None`` when it is not there, fails or does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=ANSWER_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


def printers() -> list[str] | None:
    """The names of the printers, as the printing system knows them."""
    if sys.platform == "win32":
        answer = ask("powershell", "-NoProfile", "-Command", "(Get-Printer).Name")
        return None if answer is None else answer.splitlines()
    if shutil.which("lpstat") is None:
        return None
    # Without any printer lpstat answers with a failure, as it does when its service is stopped.
    return (ask("lpstat", "-e") or "").splitlines()


def cipher_version() -> str | None:
    """The version of SQLCipher. A program of its own asks: this floor does not know the database."""
    return None if getattr(sys, "frozen", False) else ask(sys.executable, "-c", CIPHER_VERSION) or None


def encrypted(folder: Path) -> bool | None:
    """Whether the disk of an existing folder is encrypted as a whole; ``None`` when this PC does not tell."""
    if sys.platform == "win32":
        # Exit code 0 means protected; a refusal for want of rights looks the same as "not protected".
        drive = folder.absolute().drive
        return True if ask("manage-bde", "-status", "-protectionaserrorlevel", drive) is not None else None
    source = (ask("findmnt", "-no", "SOURCE", "--target", str(folder)) or "").partition("[")[0]
    if not source.startswith("/dev/"):
        return None
    # -s lists what lies below: volume, encryption, partition, disk.
    kinds = ask("lsblk", "-nso", "TYPE", source)
    return "crypt" in kinds.split() if kinds else None


def installed(package: str) -> str | None:
    """The version of an installed package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def core_limit() -> int | None:
    """The largest memory file that a program started here may leave, in bytes; -1 without limit."""
    if sys.platform != "win32":
        return resource.getrlimit(resource.RLIMIT_CORE)[0]
    return None


def core_pattern() -> str | None:
    """Where Linux puts the memory of a program that died."""
    file = Path("/proc/sys/kernel/core_pattern")
    return file.read_text(encoding="utf-8").strip() if file.is_file() else None

"""The disk below a folder, as far as this PC tells: what a certificate of deletion says about the device."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

UNKNOWN = "unknown"
_SECONDS = 10
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The PC, its disk's model and serial number, the kind of storage, and whether the disk is encrypted as a whole.

    What the PC does not tell is ``unknown``; an encryption that cannot be seen counts as none.
    """

    device: str = UNKNOWN
    serial: str = UNKNOWN
    storage: str = UNKNOWN
    encrypted: bool = False


def device_facts(folder: Path) -> DeviceFacts:
    """What can be known about the disk that holds ``folder``; nothing is changed and no question is an error."""
    machine = _line(platform.node()) or UNKNOWN
    if sys.platform == "win32":
        drive = folder.absolute().drive
        encrypted = _ask("manage-bde", "-status", "-protectionaserrorlevel", drive) is not None
        return DeviceFacts(machine, encrypted=encrypted)
    source = _source(folder)
    below = _below(source) if source else ()
    disk = next((name for name, kind in below if kind == "disk"), "")
    attributes = Path("/sys/block") / disk if disk else None
    return DeviceFacts(
        machine,
        _serial(disk, attributes),
        _storage(disk, attributes),
        any(kind == "crypt" for _, kind in below),
    )


def _source(folder: Path) -> str:
    answer = (_ask("findmnt", "-no", "SOURCE", "--target", str(folder)) or "").partition("[")[0]
    return answer if answer.startswith("/dev/") else ""


def _below(source: str) -> tuple[tuple[str, str], ...]:
    """What lies below a volume, down to the disk: kernel name and kind."""
    answer = _ask("lsblk", "-nslo", "KNAME,TYPE", source) or ""
    pairs = [line.split() for line in answer.splitlines()]
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)


def _serial(disk: str, attributes: Path | None) -> str:
    if attributes is None:
        return UNKNOWN
    for place in ("device/serial", "serial"):
        found = _read(attributes / place)
        if found:
            return found
    return _line(_ask("lsblk", "-dno", "SERIAL", f"/dev/{disk}") or "") or UNKNOWN


def _storage(disk: str, attributes: Path | None) -> str:
    if attributes is None:
        return UNKNOWN
    model = _read(attributes / "device/model") or disk
    turning = {"0": "SSD", "1": "HDD"}.get(_read(attributes / "queue/rotational"), "")
    return f"{model} ({turning})" if turning else model


def _read(path: Path) -> str:
    try:
        return _line(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def _line(text: str) -> str:
    """One printable line, as evidence takes it."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:_LONGEST]


def _ask(*command: str) -> str | None:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None

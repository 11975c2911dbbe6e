"""A process keeps its memory to itself: no picture of it on a disk after a crash, no look into it by other programs.

Standard library only, because the window asks for it too. Administrators are not kept out: nothing that a program
says about itself can do that.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

LOG = logging.getLogger(__name__)

_PR_SET_DUMPABLE = 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002
_WER_NO_HEAP = 0x0001


@dataclass(frozen=True, slots=True)
class Hardening:
    """What a process reached."""

    no_core_dumps: bool
    """A crash writes no picture of the memory, neither to a file nor through a crash collector."""
    closed_memory: bool | None
    """Other programs of the same person can neither attach nor read its memory; ``None``: no such call here."""


def no_core_dumps() -> bool:
    """A crash must not write this process's memory to a disk; children inherit it. ``False``: the system refused,
    and the log says so.

    On POSIX the limit becomes one byte and not none: that is too small for a file, and it is the one value at which
    Linux also starts no collector (``core_pattern`` with a pipe), for which a limit of 0 is no limit.
    """
    if sys.platform == "win32":
        # The process ends without Windows Error Reporting, and where that comes all the same, without the heap.
        kernel32 = ctypes.WinDLL("kernel32")
        kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
        return _told("no_core_dumps", kernel32.WerSetFlags(_WER_NO_HEAP) == 0)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    # The limit of a process that may only lower it can be 0 already: no file then, and whatever collects is not ours.
    limit = 1 if hard == resource.RLIM_INFINITY or hard >= 1 else 0
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    except (ValueError, OSError):
        return _told("no_core_dumps", False)
    return True


def close_memory() -> bool | None:
    """Closes the memory to other processes of the same person: no debugger, no ``/proc/PID/mem``, no crash picture.

    The mark is lost by ``exec``, so a process gives it to itself. ``False``: the kernel refused.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):  # a C library without the call
        return None
    return _told("close_memory", prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def harden() -> Hardening:
    """What the process that holds keys asks of the system, before it has any."""
    return Hardening(no_core_dumps(), close_memory())


def _told(name: str, reached: bool) -> bool:
    """A refusal stops nobody's work, but it stands in the log."""
    if not reached:
        LOG.warning("the system refused %s", name)
    return reached

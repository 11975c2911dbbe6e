"""What a process keeps to itself. Each trial is a process of its own: what is given up cannot be taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from walkdesk.messages.door import LookAtOffice
from walkdesk.room import hardening
from walkdesk.room.client import Client

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and marks of Linux")

CRASH = """
import os, resource, sys
from walkdesk.room.hardening import no_core_dumps
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
reached = no_core_dumps()
sys.stdout.write(repr((reached, resource.getrlimit(resource.RLIMIT_CORE))))
sys.stdout.flush()
os.abort()
"""

LOOKED_AT = """
import ctypes, json, os, sys
from walkdesk.room.hardening import harden

prctl = ctypes.CDLL(None).prctl
# Opened by whoever runs the tests: another person may not even pass the root of this system.
processes = os.open("/proc", os.O_RDONLY)

def looks(pid):
    # A program of the same person, without any right of an administrator.
    result, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.read(os.open(f"{pid}/maps", os.O_RDONLY, dir_fd=processes), 1)
            os.write(told, b"y")
        except PermissionError:
            os.write(told, b"n")
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(result, 1) == b"y"

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
prctl(4, 1, 0, 0, 0)  # as every program begins
pid = os.getpid()
before = looks(pid)
reached = harden()
# The watcher is forked from here and would carry the mark; a program that was started by itself does not.
result, told = os.pipe()
child = os.fork()
if child == 0:
    prctl(4, 1, 0, 0, 0)
    os.write(told, b"y" if looks(pid) else b"n")
    os._exit(0)
os.waitpid(child, 0)
after = os.read(result, 1) == b"y"
print(json.dumps([before, after, reached.no_core_dumps, reached.closed_memory]))
"""


def run(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_crash_leaves_no_picture_of_the_memory(tmp_path: Path) -> None:
    done = run(CRASH, cwd=tmp_path)
    assert done.returncode == -6
    # One byte: too small for a file, and the one value at which Linux starts no collector either.
    assert done.stdout in ("(True, (1, 1))", "(True, (0, 0))")
    assert list(tmp_path.iterdir()) == []


def test_other_programs_of_the_same_person_cannot_look_into_the_memory(tmp_path: Path) -> None:
    done = run(LOOKED_AT, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [True, False, True, True]


def test_the_room_is_hardened_before_anybody_comes_in(office: Office) -> None:
    client = Client(office.folder.path, [office.tokens])
    try:
        client.call(LookAtOffice())
        limits = Path(f"/proc/{client.pid}/limits")
        line = next(line for line in limits.read_text().splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] in (["1", "1"], ["0", "0"])
        # What the kernel marks as closed belongs to the administrator, whoever runs it.
        if os.getuid() != 0:
            assert Path(f"/proc/{client.pid}/maps").stat().st_uid == 0
    finally:
        client.close()


def test_what_the_system_refuses_is_told(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr("resource.setrlimit", refuse)
    assert hardening.no_core_dumps() is False
    assert caplog.messages == ["the system refused no_core_dumps"]


def test_a_c_library_without_the_call_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> object:
        raise OSError("no such library")

    monkeypatch.setattr("ctypes.CDLL", missing)
    assert hardening.close_memory() is None

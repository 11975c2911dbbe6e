"""PySide6 6.12.0 loses a reference to None on every void call under Python 3.11 and ends the interpreter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[2]

# In a program of its own: the fault would end this one. From Python 3.12 on None is immortal and the count a
# constant, so that there the comparison holds whatever Qt does; 3.11 measures.
CHILD = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["count"])
label = QLabel()
before = sys.getrefcount(None)
for turn in range(20_000):
    label.setText("x")
print(before, sys.getrefcount(None))
"""


def test_twenty_thousand_texts_take_no_reference_from_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert after > before - 100  # the interpreter's own come and go in tens


def test_project_and_lock_keep_qt_below_the_faulty_version() -> None:
    with (PROJECT / "pyproject.toml").open("rb") as stream:
        requirements = map(Requirement, tomllib.load(stream)["project"]["dependencies"])
    [qt] = [requirement for requirement in requirements if requirement.name == "PySide6-Essentials"]
    assert not qt.specifier.contains("6.12.0")
    assert not qt.specifier.contains("6.13.1")
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"(?m)^(pyside6-essentials|shiboken6)==([\w.]+)", lock))
    assert set(pinned) == {"pyside6-essentials", "shiboken6"}
    assert all(Version(version) < Version("6.12") for version in pinned.values())

"""``walkdesk demo [DIR] [--no-window] [--people N]``: plays the practice year, takes pictures, checks what is left."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from walkdesk.commands.demo.checks import check_year
from walkdesk.commands.demo.finding import Finding
from walkdesk.commands.demo.folder import CERTIFICATE, LEDGER, DemoFolder
from walkdesk.commands.demo.office import EVERYBODY, PASSWORD, PracticeOffice
from walkdesk.commands.demo.people import make_population
from walkdesk.commands.demo.stage import Camera, Stage
from walkdesk.commands.demo.year import play
from walkdesk.domain.problem import Problem
from walkdesk.resources.texts import Texts

PASSED = 0
FAILED = 1
REFUSED = 2

PEOPLE = 500
FEWEST, MOST = 10, 2_000


@dataclass(frozen=True, slots=True)
class _Request:
    folder: Path
    people: int = PEOPLE
    window: bool = True


def main(arguments: Sequence[str], texts: Texts) -> int:
    """Plays the year in the folder: 0 every check holds, 1 one does not, 2 the folder or the question is refused."""
    if hasattr(sys.stdout, "reconfigure"):  # a console of another code page must not end the year
        sys.stdout.reconfigure(errors="replace")
    if "--help" in arguments or "-h" in arguments:
        print(texts.say("demo.usage"))
        return PASSED
    clock = time.monotonic()
    try:
        request = _request(arguments)
        folder = DemoFolder(request.folder.resolve())
        folder.prepare()
        office = PracticeOffice(folder)
        office.make_ready()
        camera = make_camera(office, texts.language)
    except Problem as problem:
        print(texts.problem(problem))
        return REFUSED
    try:
        return _play(request, office, camera, texts, clock)
    finally:
        office.abandon()
        camera.close()


def make_camera(office: PracticeOffice, language: str) -> Camera:
    """The camera that pictures the window. Only from here on the demo needs Qt."""
    # As for every command that does not need the window: Qt is loaded where it is used.
    from walkdesk.commands.demo.pictures import WindowCamera  # noqa: PLC0415

    return WindowCamera(office, language)


def _play(request: _Request, office: PracticeOffice, camera: Camera, texts: Texts, clock: float) -> int:
    folder = office.folder
    started = folder.marker.stat().st_mtime

    def tell(step: str, **values: object) -> None:
        day = "" if office.day is None else office.day.isoformat()
        print(texts.say("demo.line", day=day, sentence=texts.say(f"demo.step.{step}", **values)), flush=True)

    print(texts.say("demo.begin", folder=str(folder.path), count=request.people), flush=True)
    stage = Stage(folder, office, make_population(request.people), tell, camera)
    try:
        play(stage)
    except Problem as problem:
        print(texts.say("demo.stopped", sentence=texts.problem(problem)))
        return FAILED
    findings = [_shown(finding, texts) for finding in check_year(stage, texts, started)]
    _show_paths(folder, texts)
    passed = all(finding.holds for finding in findings)
    seconds = round(time.monotonic() - clock, 1)
    print(texts.say("demo.passed" if passed else "demo.failed", count=len(findings), seconds=seconds))
    if passed and request.window and _has_display():
        _show_way_in(folder, texts)
    return PASSED if passed else FAILED


def _shown(finding: Finding, texts: Texts) -> Finding:
    sentence = texts.say(f"demo.check.{finding.code}", **finding.values)
    print(f"{'✓' if finding.holds else '✗'} {sentence}", flush=True)
    return finding


def _show_paths(folder: DemoFolder, texts: Texts) -> None:
    print(texts.say("demo.paths"))
    for path in (*sorted(folder.papers.iterdir()), *sorted(folder.screens.iterdir())):
        print(f"  {path}")
    for name in (CERTIFICATE, LEDGER):
        print(f"  {folder.path / name}")


def _show_way_in(folder: DemoFolder, texts: Texts) -> None:
    """The vault is erased, and what outlives a contract can be looked at by everybody of the office."""
    staff = texts.say("demo.separator").join(
        texts.say("demo.person", number=member.number, post=member.post) for member in EVERYBODY
    )
    print(texts.say("demo.way_in", office=str(folder.office), staff=staff, password=PASSWORD))


def _has_display() -> bool:
    """Whether a window could be shown here."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _request(arguments: Sequence[str]) -> _Request:
    folders: list[str] = []
    people, window = PEOPLE, True
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name == "--people":
            people = _people(value if equals else next(rest, ""))
        elif argument == "--no-window":
            window = False
        elif argument.startswith("-"):
            raise Problem("demo.usage_wrong", given=argument)
        else:
            folders.append(argument)
    if len(folders) > 1:
        raise Problem("demo.usage_wrong", given=folders[1])
    return _Request(Path(folders[0] if folders else "walkdesk-demo"), people, window)


def _people(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FEWEST <= int(text) <= MOST):
        raise Problem("demo.people", least=FEWEST, most=f"{MOST:,}")
    return int(text)

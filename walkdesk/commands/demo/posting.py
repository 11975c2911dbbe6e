"""What goes out to the people on paper: asked for by one person, signed by another, printed, and posted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from walkdesk.commands.demo.stage import Posted, Stage
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome
from walkdesk.messages.printing import ReprintSheets
from walkdesk.messages.releases import (
    ApproveRelease,
    CloseRelease,
    ListReleases,
    Manifest,
    RequestLetters,
    ShowManifest,
    TakeRelease,
)
from walkdesk.messages.wordings import OpenedWording, OpenWording, PartKind, SaveWording

POST_OFFICE = "神楽坂郵便局"


@dataclass(frozen=True, slots=True)
class Batch:
    """A paper for an audience: its name in ``papers/``, its key, whom it goes to, what for, on what it is printed."""

    name: str
    paper: str
    audience: str
    purpose: str
    on: PrintOn = PrintOn()
    places: int = 1
    """People on a page."""


Asked = tuple[tuple[Batch, str], ...]
"""Batches, each with its release."""


def ask_for(stage: Stage, batches: Iterable[Batch]) -> Asked:
    """Asks to let papers leave; nobody approves the own request. Returns each with its release's number."""
    asked = []
    for batch in batches:
        done = stage.ask(RequestLetters(batch.audience, batch.purpose, batch.paper))
        asked.append((batch, str(done.facts["release"])))
    try:
        stage.ask(ApproveRelease(asked[0][1]))
    except Problem as problem:
        stage.facts.refusals.append(problem.code)
    return tuple(asked)


def approve(stage: Stage, asked: Asked) -> None:
    """Another person signs each manifest."""
    for _, release in asked:
        stage.ask(ApproveRelease(release))


def post(stage: Stage, batch: Batch, release: str, day: date, *, jammed: bool = False) -> None:
    """Takes what is approved, prints it and posts it. ``jammed``: the printer spoils the first sheet."""
    rows = _rows(stage, release)
    if batch.places > 1:
        stage.camera.take("25-print", "releases", {"release": release}, press=("releases_print",))
    taken = stage.ask(TakeRelease(release, "print", on=batch.on))
    posted = Posted(stage.keep(batch.name, taken), release, taken.pages, *rows, batch.on.start, batch.places)
    stage.facts.posted.append(posted)
    if jammed:
        _print_again(stage, posted)
    stage.ask(CloseRelease(release, Outcome.POSTED, day, POST_OFFICE))
    stage.tell("posted", name=batch.name, count=len(posted.names), release=release, pages=taken.pages)


def change_wording(stage: Stage, paper: str, variant: str, sentence: str) -> str:
    """A sentence is added at the beginning, as a paragraph of its own, and a second version saved; returns its name."""
    opened: OpenedWording = stage.ask(OpenWording(paper, variant))
    first = min(place for place, part in enumerate(opened.parts) if part.kind is PartKind.TEXT)
    parts = tuple(
        (part.key, f"{part.text}\n{sentence}" if place == first else part.text)
        for place, part in enumerate(opened.parts)
    )
    stage.ask(SaveWording(paper, variant, opened.next_version, parts))
    stage.camera.take("26-wording", "papers", {"tab": "wording", "wording": f"{paper}/{variant}"})
    stage.tell("wording", version=opened.next_version)
    return opened.next_version


def look_at_register(stage: Stage) -> None:
    """What the register says of every release at the end."""
    stage.facts.register = stage.ask(ListReleases()).releases


def _print_again(stage: Stage, posted: Posted) -> None:
    """The first sheet jammed: the spoiled one is shredded, and only this sheet is printed once more."""
    stage.camera.take("24-reprint", "releases", {"release": posted.release}, press=("releases_reprint",))
    sheet = slice(0, 1)
    again = stage.ask(ReprintSheets(posted.release, posted.serials[0], "jam", "shredded"))
    stage.facts.reprinted = Posted(
        stage.keep(f"刷り直し_{posted.path.stem}", again),
        posted.release,
        again.pages,
        posted.serials[sheet],
        posted.names[sheet],
        posted.versions[sheet],
    )
    stage.tell("reprinted", serial=posted.serials[0])


def _rows(stage: Stage, release: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Serials, names and wordings of what was approved, sheet by sheet."""
    rows: list[tuple[str, ...]] = []
    manifest: Manifest = stage.ask(ShowManifest(release, limit=500))
    rows += manifest.rows
    while len(rows) < manifest.total:
        manifest = stage.ask(ShowManifest(release, offset=len(rows), limit=500))
        rows += manifest.rows
    return _column(manifest, rows, "serial"), _column(manifest, rows, "name"), _column(manifest, rows, "wording")


def _column(manifest: Manifest, rows: list[tuple[str, ...]], name: str) -> tuple[str, ...]:
    if name not in manifest.columns:
        return ()
    place = manifest.columns.index(name)
    return tuple(row[place] for row in rows)

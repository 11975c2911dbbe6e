"""宛名ラベル: sheets of labels, from the first free place of a used sheet on, also very many of them.

A PDF's pages stay in memory until it is finished, so a long run comes in volumes: memory stays where it is.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count, islice

from walkdesk.documents.mail import LABEL_STYLE, Addressee, check_address, draw_address
from walkdesk.documents.sheet import INK2, PaperMeta, Sheet, fitted
from walkdesk.documents.typeface import GOTHIC
from walkdesk.domain.layouts import A4, SPARE, Box, LabelFormat, check_start
from walkdesk.domain.problem import Problem

SHEETS_PER_VOLUME = 200
"""So many sheets of labels become one PDF: about 4 MB, some seconds of work."""

_EDGE = 5.0
"""No printer prints nearer to the edge of the sheet than this, in mm."""
_FOOT = 2.8
"""The line of the serial at a label's foot."""
_SERIAL = 5.5
_MARGIN = 8.0
"""So much must be free below the labels for a line about the sheet."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its serial in the release register and whom it is for."""

    serial: str
    addressee: Addressee


def label_area(labels: LabelFormat, number: int) -> Box:
    """Where a label may be written on: 2 mm inside its edges, and where a printer reaches."""
    inner = labels.place(number).inset(SPARE)
    left, top = max(inner.left, _EDGE), max(inner.top, _EDGE)
    return Box(left, top, min(inner.right, A4[0] - _EDGE) - left, min(inner.bottom, A4[1] - _EDGE) - top)


def address_area(labels: LabelFormat, number: int) -> Box:
    """The part of a label's area above its serial."""
    return _above_serial(label_area(labels, number))


def check_label(labels: LabelFormat, addressee: Addressee) -> None:
    """Raises what stops a label, wherever on the sheet it comes to stand; see ``draw_address``."""
    check_address(_narrowest(labels), addressee, LABEL_STYLE)


@cache
def _narrowest(labels: LabelFormat) -> Box:
    """What every label of a sheet has room for."""
    areas = [address_area(labels, number) for number in range(1, labels.count + 1)]
    return Box(0, 0, min(area.width for area in areas), min(area.height for area in areas))


def labels_pdf(labels: Sequence[Label], on: LabelFormat, meta: PaperMeta, *, start: int = 1, stamp: str = "") -> bytes:
    """All labels as one PDF, the first one on place ``start``; a bookmark for each sheet.

    ``meta.offset`` moves everything. Raises ``Problem("printing.start")``, ``"releases.nobody"`` where there is no
    label, and what ``draw_address`` raises: nothing is cut and no box is printed.
    """
    volumes = label_volumes(labels, on, meta, start=start, stamp=stamp, sheets_per_volume=len(labels) + 1)
    pdf = next(volumes, None)
    if pdf is None:
        raise Problem("releases.nobody")
    return pdf


def label_volumes(
    labels: Iterable[Label],
    on: LabelFormat,
    meta: PaperMeta,
    *,
    start: int = 1,
    stamp: str = "",
    sheets_per_volume: int = SHEETS_PER_VOLUME,
    progress: Callable[[int], None] | None = None,
) -> Iterator[bytes]:
    """The labels as PDFs of at most ``sheets_per_volume`` sheets, one after the other, drawn when asked for.

    ``progress`` is told after each sheet how many labels are done; what it raises ends the work. Errors as those of
    ``labels_pdf``, a wrong ``start`` at once, all else when the sheet is drawn.
    """
    check_start(start, on)
    sheets = enumerate(_sheets(iter(labels), on.count, start), 1)
    areas = tuple(label_area(on, number) for number in range(1, on.count + 1))
    return _volumes(sheets, meta, _Run(areas, stamp, _foot_of(on), progress or _silent), sheets_per_volume)


_Places = list[tuple[int, Label]]
"""The labels of one sheet with the number of their place."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What all sheets of a run share: their format with the areas of its labels, and the line below them."""

    areas: tuple[Box, ...]
    stamp: str
    baseline: float | None
    progress: Callable[[int], None]


def _volumes(sheets: Iterator[tuple[int, _Places]], meta: PaperMeta, run: _Run, most: int) -> Iterator[bytes]:
    done = 0
    for volume in count(1):
        first = next(sheets, None)
        if first is None:
            return
        title = meta.title if volume == 1 else f"{meta.title}（その{volume}）"
        pdf, done = _volume(replace(meta, title=title), chain([first], islice(sheets, most - 1)), run, done)
        # reportlab's pages hold each other in circles: without this several volumes would wait for the collector.
        gc.collect()
        yield pdf


def _volume(meta: PaperMeta, sheets: Iterable[tuple[int, _Places]], run: _Run, done: int) -> tuple[bytes, int]:
    paper = Sheet(meta, 0)
    for number, places in sheets:
        _page(paper, number, places, run)
        done += len(places)
        run.progress(done)
    return paper.finish(), done


def _above_serial(area: Box) -> Box:
    return replace(area, height=area.height - _FOOT)


def _foot_of(on: LabelFormat) -> float | None:
    return A4[1] - _EDGE - 1 if on.place(on.count).bottom + _MARGIN <= A4[1] else None


def _sheets(labels: Iterator[Label], per_sheet: int, start: int) -> Iterator[_Places]:
    while places := list(zip(range(start, per_sheet + 1), labels, strict=False)):
        yield places
        start = 1


def _page(paper: Sheet, number: int, places: _Places, run: _Run) -> None:
    first, last = places[0][1].addressee, places[-1][1].addressee
    ends = (first.number or first.name, last.number or last.name)
    paper.new_page("–".join(dict.fromkeys(ends)), footer=lambda: _footer(paper, number, run))
    for place, label in places:
        area = run.areas[place - 1]
        draw_address(paper, _above_serial(area), label.addressee, LABEL_STYLE)
        if label.serial:
            size, (serial,) = fitted(label.serial, area.width, _SERIAL, smallest=4, most=1, role=GOTHIC, field="番号")
            paper.text(area.right - 0.5, area.bottom - 0.8, serial, size, align="right", colour=INK2)


def _footer(paper: Sheet, number: int, run: _Run) -> None:
    if run.baseline is not None:
        paper.text(20, run.baseline, run.stamp, 7, colour=INK2)
        paper.text(A4[0] - 20, run.baseline, f"{number}枚目", 7, align="right", colour=INK2)


def _silent(_done: int) -> None:
    """Nobody watches."""

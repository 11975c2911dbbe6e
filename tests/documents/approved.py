"""Approved pictures (承認済みの見本): every paper's pages as somebody looked at them, and what has changed since.

``python -m tests.documents.approved`` compares, ``--approve [NAME ...]`` keeps the papers as they are drawn now (all of
them where none is named). Whoever approves has opened the pictures and looked at them.

A page is drawn by pdfium four times as fine as it is kept: at 72 dpi, in 12 greys. Two pictures of a page are alike
when at most ``ALLOWED`` pixels differ by more than ``NOTICED`` of 255 after both were blurred over 3 x 3 pixels, and
no streak of 24 pixels, lying or standing, by more than that in its middle grey. Drawn five to seven times as fine no
pixel of any paper does; a missing digit or comma in small print changes seven and more, a line of text that moved by
0.3 mm a hundred, a missing hairline its streaks.
"""

from __future__ import annotations

import argparse
import io
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tests.documents.papers import PAPERS

FOLDER = Path(__file__).parent / "approved"
PAGES = 2
"""Of a longer paper the first two pages are kept."""
FINE = 4
NOTICED = 36
ALLOWED = 2
GREYS = 12
STREAK = 24
_STEP = 255 // (GREYS - 1)


@dataclass(frozen=True, slots=True)
class Change:
    """A page that is not as it was approved: where in millimetres (left, top, right, bottom), and how much of it."""

    name: str
    page: int
    share: float = 1.0
    place: tuple[int, int, int, int] | None = None
    why: str = ""

    def __str__(self) -> str:
        what = self.why
        if self.place is not None:
            left, top, right, bottom = self.place
            what = f"{self.share:.3%} of it differs, between ({left}, {top}) and ({right}, {bottom}) mm"
        again = f"python -m tests.documents.approved --approve {self.name}"
        return f"{self.name}, page {self.page}: {what}. After looking at it, approve it with: {again}"


def check(name: str, pdf: bytes) -> None:
    """Fails with every page of the paper that is not as it was approved."""
    found = changes(name, pdf)
    assert not found, "\n".join(map(str, found))


def changes(name: str, pdf: bytes, folder: Path = FOLDER) -> list[Change]:
    """The pages that differ from the approved ones, that were never approved, or that are no longer there."""
    found: list[Change] = []
    drawn = pictures(pdf)
    for page, picture in enumerate(drawn, 1):
        kept = picture_file(name, page, folder)
        if not kept.is_file():
            found.append(Change(name, page, why="nobody has approved it yet"))
            continue
        with Image.open(kept) as approved:
            change = compared(name, page, approved.convert("L"), picture)
        found += [change] if change else []
    if picture_file(name, len(drawn) + 1, folder).exists():
        found.append(Change(name, len(drawn) + 1, why="the paper has no such page any more"))
    return found


def compared(name: str, page: int, approved: Image.Image, drawn: Image.Image) -> Change | None:
    """What differs between two pictures of a page, or ``None`` where they are alike."""
    if approved.size != drawn.size:
        return Change(name, page, why=f"it is {drawn.size} points large and was {approved.size}")
    soft = ImageFilter.BoxBlur(1)
    spots = _noticed(approved.filter(soft), drawn.filter(soft))
    streaks = Image.new("L", drawn.size)
    for size in ((drawn.width // STREAK, drawn.height), (drawn.width, drawn.height // STREAK)):
        found = _noticed(approved.resize(size, Image.Resampling.BOX), drawn.resize(size, Image.Resampling.BOX))
        streaks = ImageChops.lighter(streaks, found.resize(drawn.size, Image.Resampling.NEAREST))
    if spots.histogram()[255] <= ALLOWED:
        spots = streaks
    both = ImageChops.lighter(spots, streaks)
    box = both.getbbox()
    if box is None:
        return None
    left, top, right, bottom = (edge * 25.4 / 72 for edge in box)
    place = (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
    return Change(name, page, both.histogram()[255] / (both.width * both.height), place)


def _noticed(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where two pictures are too far from each other, else black."""
    return ImageChops.difference(one, other).point(lambda far: 255 * (far > NOTICED))


def pictures(pdf: bytes, fine: int = FINE) -> list[Image.Image]:
    """The first pages of a paper at 72 dpi in a few greys."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_picture(document[page], fine) for page in range(min(PAGES, len(document)))]
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, fine: int) -> Image.Image:
    large = page.render(scale=fine, grayscale=True).to_pil().convert("L")
    size = (round(page.get_width()), round(page.get_height()))
    return large.resize(size, Image.Resampling.BOX).point(lambda grey: (grey + _STEP // 2) // _STEP * _STEP)


def picture_file(name: str, page: int, folder: Path = FOLDER) -> Path:
    """Where the approved picture of a page lies."""
    return folder / f"{name}-{page}.png"


def approve(name: str, pdf: bytes, folder: Path = FOLDER) -> list[Path]:
    """Keeps the paper's pages as they are now, in place of those that were approved before."""
    folder.mkdir(exist_ok=True)
    for old in approved_files(name, folder):
        old.unlink()
    kept: list[Path] = []
    for page, picture in enumerate(pictures(pdf), 1):
        file = picture_file(name, page, folder)
        file.write_bytes(png(picture))
        kept.append(file)
    return kept


def approved_files(name: str, folder: Path = FOLDER) -> Iterator[Path]:
    """The approved pictures of a paper."""
    return (file for file in sorted(folder.glob(f"{name}-*.png")) if file.stem.rpartition("-")[0] == name)


def png(picture: Image.Image) -> bytes:
    """A picture with half a byte a pixel."""
    small = picture.point(lambda grey: grey // _STEP)
    small = small.convert("P")
    small.putpalette([part for grey in range(GREYS) for part in (grey * _STEP,) * 3])
    stream = io.BytesIO()
    small.save(stream, "PNG", optimize=True, bits=4)
    return stream.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 when every paper is as it was approved, 1 when one is not, 2 for a name that no paper has."""
    parser = argparse.ArgumentParser(prog="python -m tests.documents.approved", description="Approved pictures.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a paper of tests/documents/papers.py; all without")
    parser.add_argument("--approve", action="store_true", help="keeps the papers as they are drawn now")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in PAPERS]
    if unknown:
        sys.stderr.write(f"no such paper: {' '.join(unknown)}\n")
        return 2
    found: list[Change] = []
    for name in options.names or PAPERS:
        pdf = PAPERS[name]()
        if options.approve:
            sys.stdout.writelines(f"{file.name}\n" for file in approve(name, pdf))
        found += changes(name, pdf)
    sys.stdout.writelines(f"{change}\n" for change in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""The address block (宛名) of everything that is posted: postcode, address, building, name, inside a given place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from walkdesk.documents.lines import break_lines, break_name
from walkdesk.documents.sheet import INK2, MM, Sheet
from walkdesk.documents.typeface import GOTHIC, MINCHO, Typeface, typeface
from walkdesk.domain.layouts import Box
from walkdesk.domain.problem import Problem

SMALLEST = 9.0
"""No address is printed smaller than this many points; 12 is used wherever the place has room for it."""
SMALLEST_ON_LABEL = 8.0
"""On a label, which a postman reads in the hand; a name is never smaller than a point more than this."""
_SMALLEST_NUMBER = 5.0

_BASELINE = 37 / 65
"""Of the postcode, as a part of its row."""
_TIGHT = 1.28
"""From line to line inside a block, in em."""
_PRINTER = 0.5
"""Kept free on every side for what a printer adds to the edges that are computed, in mm."""


def _sizes(address: float, name: float, smallest: float = SMALLEST) -> tuple[tuple[float, float], ...]:
    """Sizes of address and name from large to small: half a point of the address at a time, the name in step."""
    steps = round((address - smallest) * 2)
    fall = (name - smallest - 1) / steps
    return tuple((address - step / 2, name - step * fall) for step in range(steps + 1))


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How large a block is set: sizes in points, lengths in mm."""

    sizes: tuple[tuple[float, float], ...] = _sizes(12.0, 16.0)
    """Pairs of sizes of address and name, from large to small."""
    postcode: float = 13.0
    """Its digits are then 3.3 mm high; the post asks for 2.4 to 6.0 mm."""
    row: float = 6.5
    """From the top of the postcode to the top of the address."""
    number: float = 8.0
    gap: float = 1.6
    """Between the address and the name."""
    drop: float = 1 / 3
    """The part of the free height that stays above the block."""
    unbroken: float = math.inf
    """An address that takes one line at this size is not broken to be larger."""
    whole_name: float = 0.0
    """A name on one line is worth a smaller size, down to this size of the address."""


WINDOW_STYLE = BlockStyle()
"""For a window of an envelope."""
LABEL_STYLE = BlockStyle(
    _sizes(12.0, 16.0, SMALLEST_ON_LABEL), postcode=11.0, row=5.6, number=7.0, gap=1.0, unbroken=10.0
)
"""For a label: digits of 2.8 mm."""
ENVELOPE_STYLE = BlockStyle(_sizes(16.0, 24.0), gap=5.0, drop=0.25, unbroken=12.0, whole_name=13.0)
"""For an envelope that is printed itself; its postcode stands in the frame of the envelope."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom something goes to. ``number`` is the 受付番号 or the app's 利用者ID.

    All but the address and the name may be empty; the row of postcode and number is left out where both are.
    """

    postcode: str
    address: str
    building: str
    name: str
    number: str
    honorific: str = "様"


@dataclass(frozen=True, slots=True)
class _Lines:
    words: list[str]
    size: float

    @property
    def height(self) -> float:
        return self.size * _TIGHT / MM * len(self.words)


def check_address(box: Box, addressee: Addressee, style: BlockStyle = WINDOW_STYLE) -> None:
    """Raises what ``draw_address`` would raise, without drawing."""
    place = box.inset(_PRINTER)
    _number_size(place, addressee, style)
    _block(place, addressee, style)


def draw_address(sheet: Sheet, box: Box, addressee: Addressee, style: BlockStyle = WINDOW_STYLE) -> None:
    """Draws the block inside ``box``, which has the spare around it already (``WindowLayout.address``).

    Address and name shrink together, then break, and are never cut. Raises ``Problem("papers.too_long")`` with the
    field 住所 when the block does not fit at ``SMALLEST`` points or 番号 when the number does not,
    ``Problem("papers.unprintable")`` for a character that no font has.
    """
    place = box.inset(_PRINTER)
    *places, name = _block(place, addressee, style)
    row = _row(addressee, style)
    free = place.height - row - style.gap - sum(part.height for part in (*places, name))
    y = place.top + free * style.drop
    baseline = y + row * _BASELINE
    sheet.text(place.left, baseline, addressee.postcode, style.postcode)
    number_size = _number_size(place, addressee, style)
    sheet.text(place.right, baseline, addressee.number, number_size, align="right", colour=INK2)
    y += row
    for part in places:
        y = sheet.lines(place.left, y, place.width, part.words, part.size, leading=_TIGHT)
    sheet.lines(place.left, y + style.gap, place.width, name.words, name.size, MINCHO, leading=_TIGHT)


def _number_size(place: Box, addressee: Addressee, style: BlockStyle) -> float:
    """The size of the number beside the postcode, with 2 mm between them."""
    plain = typeface(GOTHIC)
    room = place.width * MM - plain.width(addressee.postcode) * style.postcode - 2 * MM
    width = plain.width(addressee.number)
    if width * _SMALLEST_NUMBER > room:
        raise Problem("papers.too_long", field="番号")
    return min(style.number, room / width) if width else style.number


def _block(place: Box, addressee: Addressee, style: BlockStyle) -> list[_Lines]:
    """Address, building and name at the largest sizes for which the place has room."""
    free = place.height - _row(addressee, style) - style.gap
    for block in _blocks(addressee, place.width * MM, free * MM / _TIGHT, style):
        if sum(part.height for part in block) <= free:
            return block
    raise Problem("papers.too_long", field="住所")


def _row(addressee: Addressee, style: BlockStyle) -> float:
    return style.row if addressee.postcode or addressee.number else 0.0


def _blocks(addressee: Addressee, width: float, height: float, style: BlockStyle) -> Iterator[list[_Lines]]:
    """The blocks to try, from large to small; ``height`` is what all sizes of all lines may add up to, in points.

    A name on one line is worth a smaller size; an address breaks first.
    """
    plain, formal = typeface(GOTHIC), typeface(MINCHO)
    places = [part for part in (addressee.address, addressee.building) if part]
    widths = [plain.width(part) if "\n" not in part else math.inf for part in places]
    called = f"{addressee.name}　{addressee.honorific}" if addressee.honorific else addressee.name
    called_width = formal.width(called)
    for preferring in (True, False):
        for size, name_size in style.sizes:
            fits_whole = called_width * name_size <= width
            if preferring != (fits_whole and size >= style.whole_name):
                continue
            if any(needed * size > width >= needed * style.unbroken for needed in widths):
                continue
            # Breaking takes time: what cannot fit even when every line is full is not broken.
            least = sum(max(1, needed * size // width) for needed in widths if needed < math.inf)
            if least * size + name_size * (1 if fits_whole else 2) > height + 1e-6:
                continue
            name = [called] if fits_whole else break_name(called, width / name_size, formal)
            if len(name) <= 2:
                parts = zip(places, widths, strict=True)
                lines = [_Lines(_broken(part, needed, width / size, plain), size) for part, needed in parts]
                yield [*lines, _Lines(name, name_size)]


def _broken(words: str, needed: float, room: float, face: Typeface) -> list[str]:
    return [words] if needed <= room else break_lines(words, room, face)

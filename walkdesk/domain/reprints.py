"""刷り直し: a sheet that jammed or came out wrong is printed once more, and what became of the spoiled one is told."""

from __future__ import annotations

import re
import unicodedata

from walkdesk.domain.pageranges import parse_pages
from walkdesk.domain.problem import Problem

REASONS = ("jam", "smear", "shift", "other")
"""紙詰まり, 汚れ・かすれ, ずれ, その他."""
SPOILED = ("shredded", "kept")
"""裁断した, or kept locked away until it is shredded (裁断待ち): one of both must be so."""


def check_reprint(reason: str, spoiled: str) -> None:
    """``Problem("printing.reprint_reason")`` or ``"printing.reprint_spoiled"`` where that is not told."""
    if reason not in REASONS:
        raise Problem("printing.reprint_reason")
    if spoiled not in SPOILED:
        raise Problem("printing.reprint_spoiled")


def pages_of(text: str, serials: tuple[str, ...], pages: int, first: int = 1, per_page: int = 0) -> tuple[int, ...]:
    """The pages that are meant by pages and serials, from 1.

    ``serials`` are those of the release in their order. With ``per_page`` so many share a page and the first one
    stands on place ``first``; else each has as many pages as the others. ``Problem("printing.reprint_sheets")`` where
    nothing is written, ``"printing.reprint_serial"`` for a serial that is not in it, else as ``parse_pages``.
    """
    text = unicodedata.normalize("NFKC", text)
    words = [word for word in re.split(r"[,、\s]+", text) if word]
    if not words:
        raise Problem("printing.reprint_sheets")
    named = [word for word in words if "R" in word.upper()]
    found: set[int] = set()
    for word in named:
        serial = word.upper()
        if serial not in serials or (not per_page and pages % len(serials)):
            raise Problem("printing.reprint_serial", serial=serial)
        place = serials.index(serial)
        if per_page:
            found.add((place + first - 1) // per_page + 1)
        else:
            each = pages // len(serials)
            found.update(range(place * each + 1, (place + 1) * each + 1))
    plain = text
    for word in named:
        plain = plain.replace(word, " ", 1)
    if len(named) < len(words):
        found.update(parse_pages(plain, pages))
    return tuple(sorted(found))

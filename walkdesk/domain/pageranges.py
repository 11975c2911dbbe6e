"""Which pages of a paper are printed, as people write it: ``1-3, 7``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from walkdesk.domain.problem import Problem

_SPAN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー～〜~", "-") | dict.fromkeys("、，;；", ","))


def parse_pages(text: str, pages: int) -> tuple[int, ...]:
    """The pages that are meant, from 1, each once and in their order; all of them where nothing is written.

    Full width figures, 、 and 〜 are read too. ``Problem("printing.pages_form")`` for anything that is no range,
    ``Problem("printing.pages_beyond")`` for a page that a paper of so many ``pages`` does not have.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = re.sub(r"\s*-\s*", "-", plain)
    words = [word for word in re.split(r"[,\s]+", plain) if word]
    if not words:
        return tuple(range(1, pages + 1))
    found: set[int] = set()
    for word in words:
        span = _SPAN.fullmatch(word)
        if span is None:
            raise Problem("printing.pages_form")
        first, last = int(span[1]), int(span[2] or span[1])
        if first > last:
            raise Problem("printing.pages_form")
        if first < 1 or last > pages:
            raise Problem("printing.pages_beyond", pages=pages)
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def by_volume(pages: Iterable[int], counts: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """Pages that are counted through all volumes as pages of each volume, from 1; ``counts`` are their lengths."""
    wanted, before, found = tuple(pages), 0, []
    for count in counts:
        found.append(tuple(page - before for page in wanted if before < page <= before + count))
        before += count
    return tuple(found)


def write_pages(pages: tuple[int, ...]) -> str:
    """Pages as a person would write them: ``1-3,7``."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)

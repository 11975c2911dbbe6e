"""The page that opens itself: ``resources/container/page.html``, into which a file that leaves is sealed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from walkdesk.resources import FOLDER


@cache
def sealed_page_template(file: Path = FOLDER / "container" / "page.html") -> str:
    """The page with its places still empty; ``walkdesk.exchange.sealed_page`` fills them."""
    return file.read_text(encoding="utf-8")

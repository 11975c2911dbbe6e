"""Words in a row, as each language writes them."""

from __future__ import annotations

from walkdesk.ui.words import japanese


def comma() -> str:
    """What stands between the words of a list."""
    return "、" if japanese() else ", "

"""The wordings that come with the program: ``resources/wording``, one file a paper, with placeholders in braces."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording
from walkdesk.resources import FOLDER


@cache
def shipped_wording(paper: str, variant: str) -> Wording:
    """The wording of a paper as it is delivered: ``shipped_wording("invitation", "card")``."""
    with (FOLDER / "wording" / f"{paper}.toml").open("rb") as stream:
        return parse_wording(tomllib.load(stream), paper, variant)


def parse_wording(table: Mapping[str, Any], paper: str, variant: str) -> Wording:
    """The wording of one variant of a file: its own parts first, then those that all variants share.

    Raises ``Problem("papers.wording")`` for a variant that is not there and for a part that is no text.
    """
    if variant not in table:
        raise Problem("papers.wording", part=variant)
    parts = {**table[variant], **{key: text for key, text in table.get("common", {}).items()}}
    for key, text in parts.items():
        if not isinstance(text, str):
            raise Problem("papers.wording", part=key)
    return Wording(paper, variant, str(table.get("version", "")), tuple((key, parts[key].strip()) for key in parts))

"""The wording of letters: what people may change without code, with placeholders in braces (差込み項目)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from walkdesk.domain.problem import Problem
from walkdesk.resources import FOLDER

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LONE_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one letter: from the TOML file with placeholders, or filled in for one person."""

    version: str
    title: str
    greeting: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    """The small table: label and value."""
    steps_title: str
    steps: tuple[str, ...]
    prizes_title: str
    prizes: str
    purpose_title: str
    purpose: str
    """利用目的, which clause 4 puts on every paper that asks for something."""
    contact_title: str
    contact: tuple[str, ...]


@cache
def shipped_wording(letter: str, variant: str) -> Wording:
    """The wording that comes with the program: ``shipped_wording("invitation", "card")``."""
    with (FOLDER / "wording" / f"{letter}.toml").open("rb") as stream:
        return parse_wording(tomllib.load(stream), variant)


def parse_wording(table: Mapping[str, Any], variant: str) -> Wording:
    """The wording of one variant of a file. Raises ``Problem("papers.wording")`` when a part is missing or new."""
    parts: dict[str, Any] = {"version": table.get("version", ""), **table.get("common", {}), **table.get(variant, {})}
    names = {field.name for field in fields(Wording)}
    wrong = sorted(names ^ parts.keys())
    if wrong:
        raise Problem("papers.wording", part=wrong[0])
    return Wording(**{name: _frozen(value) for name, value in parts.items()})


def placeholders(wording: Wording) -> tuple[str, ...]:
    """The names of all placeholders of a wording, each once, in reading order."""
    return tuple(dict.fromkeys(name for text in texts(wording) for name in _PLACEHOLDER.findall(text)))


def fill(wording: Wording, values: Mapping[str, str]) -> Wording:
    """The wording with every placeholder replaced.

    Raises ``Problem("papers.placeholder")`` for a name that has no value or an empty one, and for a lone brace.
    """

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1].strip(), "")
        if not value.strip():
            raise Problem("papers.placeholder", name=match[1])
        return value

    def filled(part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(filled(item) for item in part)
        if "{" not in part and "}" not in part:
            return part
        lone = _LONE_BRACE.search(_PLACEHOLDER.sub("", part))
        if lone:
            raise Problem("papers.placeholder", name=lone[0])
        return _PLACEHOLDER.sub(value_of, part)

    return Wording(**{field.name: filled(getattr(wording, field.name)) for field in fields(Wording)})


def texts(wording: Wording) -> list[str]:
    """Every text of a wording in reading order, without its version."""
    found: list[str] = []

    def gather(part: Any) -> None:
        if isinstance(part, tuple):
            for item in part:
                gather(item)
        else:
            found.append(part)

    for field in fields(Wording):
        if field.name != "version":
            gather(getattr(wording, field.name))
    return found


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else str(value)

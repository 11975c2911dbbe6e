"""文面: the texts of a paper, which people may change without code, with named placeholders (差込み項目) in braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from walkdesk.domain.problem import Problem

LONGEST_PART = 2000
LONGEST_VERSION = 20
"""So long a name stands at the foot of every paper clear of what stands in its middle."""
ROW = "："
"""Stands between label and value in a part that is a small table, one row a line."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_LONE_BRACE = re.compile(r"[{}]")
_ANY_BRACE = re.compile(rf"{_PLACEHOLDER.pattern}|{_LONE_BRACE.pattern}")
_WIDE = str.maketrans("{}", "｛｝")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one paper and variant, in reading order: with placeholders, or filled in for one person."""

    paper: str
    variant: str
    version: str
    """What it is called, as it stands at the foot of the paper (平成30年度 第1版)."""
    parts: tuple[tuple[str, str], ...]
    """Key and text of each part."""

    def __getitem__(self, part: str) -> str:
        """The text of a part; "" for one that this paper does not have."""
        return next((text for key, text in self.parts if key == part), "")

    def lines(self, part: str) -> tuple[str, ...]:
        """The lines of a part that has several: paragraphs, numbered steps."""
        return tuple(line.strip() for line in self[part].splitlines() if line.strip())

    def rows(self, part: str) -> tuple[tuple[str, str], ...]:
        """The rows of a part that is a small table: label and value."""
        return tuple((label, value) for label, _, value in (line.partition(ROW) for line in self.lines(part)))


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What is wrong in one part of a wording."""

    part: str
    problem: Problem


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the placeholders of a text, each once, in reading order."""
    return tuple(dict.fromkeys(name.strip() for name in _PLACEHOLDER.findall(text)))


def fill(wording: Wording, values: Mapping[str, str]) -> Wording:
    """The wording with every placeholder replaced.

    Raises ``Problem("papers.placeholder")`` for a name that has no value or an empty one, and for a lone brace.
    """

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1].strip(), "")
        if not value.strip():
            raise Problem("papers.placeholder", name=match[1])
        return value

    def filled(text: str) -> str:
        if "{" not in text and "}" not in text:
            return text
        lone = _LONE_BRACE.search(_PLACEHOLDER.sub("", text))
        if lone:
            raise Problem("papers.placeholder", name=lone[0])
        return _PLACEHOLDER.sub(value_of, text)

    return replace(wording, parts=tuple((key, filled(text)) for key, text in wording.parts))


def legible(wording: Wording, known: Iterable[str]) -> Wording:
    """The wording with what is no known placeholder standing as it was typed, in wide braces: for the screen only."""
    names = frozenset(known)

    def shown(match: re.Match[str]) -> str:
        return match[0] if match[1] is not None and match[1].strip() in names else match[0].translate(_WIDE)

    return replace(wording, parts=tuple((key, _ANY_BRACE.sub(shown, text)) for key, text in wording.parts))


def faults(wording: Wording, known: Iterable[str], model: Wording) -> Iterator[WordingFault]:
    """What keeps a wording from being used: other parts than the shipped ``model``, unknown placeholders."""
    names = frozenset(known)
    if [key for key, _ in wording.parts] != [key for key, _ in model.parts]:
        wrong = {key for key, _ in wording.parts} ^ {key for key, _ in model.parts}
        yield WordingFault("", Problem("papers.wording", part=min(wrong, default=model.parts[0][0])))
        return
    for key, text in wording.parts:
        if not text.strip():
            yield WordingFault(key, Problem("papers.part_empty"))
        if len(text) > LONGEST_PART:
            yield WordingFault(key, Problem("papers.part_long", limit=LONGEST_PART))
        for name in placeholders(text):
            if name not in names:
                yield WordingFault(key, Problem("papers.placeholder_unknown", name=name))
        lone = _LONE_BRACE.search(_PLACEHOLDER.sub("", text))
        if lone:
            yield WordingFault(key, Problem("papers.lone_brace", character=lone[0]))

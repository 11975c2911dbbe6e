"""The one place of every sentence that a person reads on a screen, by key, in Japanese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from walkdesk.domain.dates import japanese_date
from walkdesk.domain.problem import Problem
from walkdesk.resources import FOLDER

LANGUAGES = ("ja", "en")


class Texts:
    """All texts of one language: ``say("cards.title")`` is the key ``title`` of ``i18n/<language>/cards.toml``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _load(FOLDER / "i18n" / language)

    def keys(self) -> frozenset[str]:
        """Every key that this language has."""
        return frozenset(self._texts)

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in. A missing key is a fault of the program: ``KeyError``."""
        text = self._texts[key]
        return text.format_map(values) if values or "{" in text else text

    def template(self, key: str) -> str:
        """The text of a key with its placeholders as they stand."""
        return self._texts[key]

    def problem(self, problem: Problem) -> str:
        """The sentence of a problem: what happened, then what to do."""
        room, _, name = problem.code.partition(".")
        values = {key: self._shown(value) for key, value in problem.values.items()}
        return self.say(f"{room}.problem.{name}", **values)

    def _shown(self, value: object) -> object:
        return japanese_date(value) if self.language == "ja" and isinstance(value, date) else value


@cache
def _load(folder: Path) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        with file.open("rb") as stream:
            _flatten(file.stem, tomllib.load(stream), texts)
    return texts


def _flatten(prefix: str, table: Mapping[str, Any], into: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}.{key}", value, into)
        else:
            into[f"{prefix}.{key}"] = str(value)

"""The point rules that lie in ``resources/point_rules``: a new version is a new file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from walkdesk.domain.points import PointRule, parse_rule
from walkdesk.domain.problem import Problem
from walkdesk.resources import FOLDER


def load_point_rule(fiscal_year: int, folder: Path = FOLDER / "point_rules") -> PointRule:
    """The rule in force in a fiscal year; see ``point_rule_data``."""
    return parse_rule(point_rule_data(fiscal_year, folder))


def point_rule_data(fiscal_year: int, folder: Path = FOLDER / "point_rules") -> dict[str, Any]:
    """The rule in force in a fiscal year as data, for the contract to keep: the newest that is not of a later year.

    Raises ``Problem``: ``points.no_rule`` when every rule is of a later year, ``points.rule_file`` when a file
    is no TOML, and those of ``parse_rule``.
    """
    rules = {file: _read(file) for file in sorted(folder.glob("*.toml"))}
    usable = [(rule["fiscal_year"], rule["version"], file) for file, rule in rules.items()]
    usable = [row for row in usable if row[0] <= fiscal_year]
    if not usable:
        raise Problem("points.no_rule", year=fiscal_year)
    return dict(rules[max(usable)[2]])


def _read(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as stream:
            data = tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Problem("points.rule_file", file=file.name) from None
    parse_rule(data)
    return data

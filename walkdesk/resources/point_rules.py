"""The point rules that lie in ``resources/point_rules``, one file per fiscal year."""

from __future__ import annotations

import tomllib
from pathlib import Path

from walkdesk.domain.points import PointRule, parse_rule
from walkdesk.domain.problem import Problem
from walkdesk.resources import FOLDER


def load_point_rule(fiscal_year: int, folder: Path = FOLDER / "point_rules") -> PointRule:
    """The newest version of the rule of a fiscal year.

    Raises ``Problem``: ``points.no_rule`` when no file is for that year, ``points.rule_file`` when a file
    is no TOML, and those of ``parse_rule``.
    """
    rules = [rule for rule in map(_read, sorted(folder.glob("*.toml"))) if rule.fiscal_year == fiscal_year]
    if not rules:
        raise Problem("points.no_rule", year=fiscal_year)
    return max(rules, key=lambda rule: rule.version)


def _read(file: Path) -> PointRule:
    try:
        with file.open("rb") as stream:
            return parse_rule(tomllib.load(stream))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Problem("points.rule_file", file=file.name) from None

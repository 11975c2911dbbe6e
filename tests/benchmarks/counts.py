"""What tests count (kills, tries, files searched): left in pytest's report, and read from there into the figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from tests.benchmarks.entries import Figure, judged

PROPERTY = "figure"
"""The name of the property under which a test leaves a count."""


def count(
    record_property: Callable[[str, object], None],
    name: str,
    value: float,
    unit: str,
    how: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> None:
    """A test leaves a count for ``figures.json``: several of one name in one run are added up.

    ``record_property`` is pytest's fixture.
    """
    data = {"name": name, "value": value, "unit": unit, "how": how, "at_most": at_most, "at_least": at_least}
    record_property(PROPERTY, json.dumps(data))


def counted(report: Path) -> list[Figure]:
    """The counts of a report; ``OSError`` where there is none."""
    sums: dict[str, dict[str, float | str | None]] = {}
    with report.open("rb") as stream:
        for found in ElementTree.parse(stream).iter("property"):
            if found.get("name") != PROPERTY:
                continue
            data = json.loads(found.get("value", ""))
            if data["name"] in sums:
                data["value"] += sums[data["name"]]["value"]
            sums[data["name"]] = data
    return [judged(**data) for _, data in sorted(sums.items())]  # type: ignore[arg-type]

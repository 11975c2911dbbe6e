"""``python -m tests.benchmarks [NAME ...] [--people N] [--json FILE] [--counts FILE] [--list]``: the figures.

Prints a table and, with ``--json``, writes a list of {name, value, unit, limit, holds, how}. ``--counts`` adds what the
tests counted, from the properties that they left in pytest's own report (``--junit-xml``). Exit 0 when every limit
holds, 1 when one does not, 2 when a name or a file is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.counts import counted
from tests.benchmarks.entries import Figure, chosen, figures
from tests.benchmarks.table import head, line

PEOPLE = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures what is asked for."""
    options = _options().parse_args(arguments)
    try:
        entries = chosen(options.names)
        counts = [] if options.counts is None else counted(options.counts)
    except LookupError as missing:
        sys.stderr.write(f"no such figure: {missing.args[0]}\n")
        return 2
    except OSError as missing:
        sys.stderr.write(f"no counts there: {missing.filename}\n")
        return 2
    if options.list:
        for entry in entries:
            _say(f"{entry.name}  [{entry.unit}]  {entry.how}")
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: list[Figure] = []
    _say(head())
    with tempfile.TemporaryDirectory(prefix="walkdesk-figures-") as place:
        bench = Bench(options.people, Path(place))
        try:
            for figure in _all(counts, figures(entries, bench)):
                found.append(figure)
                _say(line(figure))
        finally:
            bench.close()
    if options.json is not None:
        text = json.dumps([figure.as_data() for figure in found], ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0 if all(figure.holds for figure in found) else 1


def _say(text: str) -> None:
    """At once: a figure may take a while."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _all(counts: Sequence[Figure], measured: Iterator[Figure]) -> Iterator[Figure]:
    yield from counts
    yield from measured


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="The figures of walkdesk.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a figure, or a domain word for all of its figures")
    parser.add_argument("--people", type=int, default=PEOPLE, help="participants in the office")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes the figures there as well")
    parser.add_argument("--counts", type=Path, metavar="FILE", help="pytest's report with what the tests counted")
    parser.add_argument("--list", action="store_true", help="only names the figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())

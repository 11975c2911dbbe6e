"""Figures (実測値): what is measured, how, and the limit that it must keep.

A module measures one word of the domain. Each entry registers itself with ``@measures`` and gets the ``Bench``, on
which an office with people is there when it is asked for.
"""

from __future__ import annotations

import importlib
import statistics
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from tests.benchmarks.bench import Bench

MODULES = ("door", "room", "vault", "cards", "drafts", "trail", "imports", "ledger", "papers", "labels", "window")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its unit and its limit. ``value`` is ``None`` where it could not be measured."""

    name: str
    value: float | None
    unit: str
    limit: str
    holds: bool
    how: str

    def as_data(self) -> dict[str, Any]:
        """For ``figures.json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure that can be measured. A measurement returns its value, and may add words on what it saw."""

    name: str
    unit: str
    how: str
    measure: Callable[[Bench], float | tuple[float, str]]
    at_most: float | None = None
    at_least: float | None = None

    def figure(self, bench: Bench) -> Figure:
        """Measures. A measurement that breaks is a figure that does not hold: the others are taken all the same."""
        try:
            found = self.measure(bench)
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - whatever it was, it is told below
            traceback.print_exc()
            broken = judged(
                self.name, 0.0, self.unit, f"broke with {type(fault).__name__}", self.at_most, self.at_least
            )
            return replace(broken, value=None, holds=False)
        value, seen = found if isinstance(found, tuple) else (found, "")
        how = f"{self.how}; {seen}" if seen else self.how
        return judged(self.name, value, self.unit, how, self.at_most, self.at_least)


def judged(
    name: str, value: float, unit: str, how: str, at_most: float | None = None, at_least: float | None = None
) -> Figure:
    """A value held against its limits."""
    limits = [f"<= {at_most:g}"] if at_most is not None else []
    limits += [f">= {at_least:g}"] if at_least is not None else []
    holds = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    return Figure(name, round(value, 4), unit, " and ".join(limits), holds, how)


ENTRIES: dict[str, Entry] = {}
"""Every entry by its name, in the order of the modules."""


def measures(
    name: str, unit: str, how: str, *, at_most: float | None = None, at_least: float | None = None
) -> Callable[[Callable[[Bench], float | tuple[float, str]]], Callable[[Bench], float | tuple[float, str]]]:
    """Registers a measurement under ``<domain word>.<figure>``."""

    def register(
        measure: Callable[[Bench], float | tuple[float, str]],
    ) -> Callable[[Bench], float | tuple[float, str]]:
        ENTRIES[name] = Entry(name, unit, " ".join(how.split()), measure, at_most, at_least)
        return measure

    return register


def load() -> dict[str, Entry]:
    """Every entry of every module."""
    for module in MODULES:
        importlib.import_module(f"tests.benchmarks.{module}")
    return ENTRIES


def chosen(names: Iterable[str]) -> list[Entry]:
    """The entries of these names, or of these domain words; all where none is named. ``LookupError`` otherwise."""
    entries = load()
    wanted = list(names)
    for name in wanted:
        if not any(_is(entry, name) for entry in entries):
            raise LookupError(name)
    return [entry for key, entry in entries.items() if not wanted or any(_is(key, name) for name in wanted)]


def _is(entry: str, name: str) -> bool:
    return entry == name or entry.startswith(f"{name}.")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median_of(times: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(times)


def in_turns(ours: Callable[[], float], rival: Callable[[], float], rounds: int) -> tuple[float, float]:
    """The medians of two measurements that take turns, so that a busy moment of the PC meets both."""
    pairs = [(ours(), rival()) for _ in range(rounds)]
    return median_of(one for one, _ in pairs), median_of(other for _, other in pairs)


def spread(times: Iterable[float]) -> str:
    """Best and worst, in words."""
    found = sorted(times)
    return f"{found[0]:.3f} to {found[-1]:.3f} in {len(found)}"


def figures(entries: Iterable[Entry], bench: Bench) -> Iterator[Figure]:
    """Measures one entry after the other."""
    for entry in entries:
        yield entry.figure(bench)

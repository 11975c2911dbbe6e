"""Finds the fonts of the screens and the papers, by role, as ``resources/fonts.toml`` names them.

The standard library is enough here: ``installer/bootstrap.py`` asks the same catalogue before anything is
installed.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from walkdesk.domain.problem import Problem
from walkdesk.resources import FOLDER


@dataclass(frozen=True, slots=True)
class FontSource:
    """One file that can serve a role: its name, the face inside a collection, and its family for Qt."""

    file: str
    index: int
    family: str


@dataclass(frozen=True, slots=True)
class FontEntry:
    """One role of the catalogue, with the Debian package that brings it."""

    role: str
    name: str
    package: str
    fallback: tuple[str, ...]
    sources: tuple[FontSource, ...]


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font that was found: ``index`` is the face inside ``path`` (0 but in a ``.ttc``)."""

    path: Path
    index: int
    family: str


@cache
def catalogue() -> Mapping[str, FontEntry]:
    """Every role of ``resources/fonts.toml``, in its order."""
    return {role: _entry(role, table) for role, table in _file()["roles"].items()}


def folders(platform: str = sys.platform, environment: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """Where fonts are looked for, first to last: an installer's staged folder, then the system's own folders.

    A folder whose environment variable is not set on this PC is left out.
    """
    named: Mapping[str, list[str]] = _file()["folders"]
    known = os.environ if environment is None else environment
    system = (Template(line).safe_substitute(known) for line in named.get(platform, []))
    return (*(FOLDER / line for line in named["staged"]), *(Path(line) for line in system if "$" not in line))


def find(entry: FontEntry, places: Iterable[Path]) -> FontFace | None:
    """The first file of a role that exists, or ``None``. The better file wins over the better folder."""
    places = tuple(places)
    for source in entry.sources:
        for place in places:
            if (place / source.file).is_file():
                return FontFace(place / source.file, source.index, source.family)
    return None


def missing_fonts() -> list[FontEntry]:
    """The roles that no file on this PC can serve; empty when papers and screens can be drawn."""
    places = folders()
    return [entry for entry in catalogue().values() if find(entry, places) is None]


@cache
def font_face(role: str) -> FontFace:
    """The face of a role: ``gothic``, ``gothic_bold``, ``mincho`` or ``fallback``.

    Raises ``Problem("fonts.missing")`` (on Windows ``"fonts.missing_windows"``), which names every font that
    this PC lacks, not only this one, and what brings them.
    """
    face = find(catalogue()[role], folders())
    if face is None:
        raise _missing(missing_fonts(), sys.platform)
    return face


def font_file(role: str) -> Path:
    """The file of a role; see ``font_face``, whose ``index`` a reader of collections needs as well."""
    return font_face(role).path


def fallback_order(role: str) -> tuple[str, ...]:
    """The roles to ask for a character, the role itself first."""
    return (role, *catalogue()[role].fallback)


def _missing(entries: Iterable[FontEntry], platform: str) -> Problem:
    entries = tuple(entries)
    names = ", ".join(entry.name for entry in entries)
    if platform == "win32":
        return Problem("fonts.missing_windows", names=names)
    packages = " ".join(dict.fromkeys(entry.package for entry in entries))
    return Problem("fonts.missing", names=names, command=f"apt-get install {packages}")


def _entry(role: str, table: Mapping[str, Any]) -> FontEntry:
    return FontEntry(
        role=role,
        name=table["name"],
        package=table["package"],
        fallback=tuple(table["fallback"]),
        sources=tuple(FontSource(**source) for source in table["files"]),
    )


@cache
def _file() -> Mapping[str, Any]:
    with (FOLDER / "fonts.toml").open("rb") as stream:
        return tomllib.load(stream)

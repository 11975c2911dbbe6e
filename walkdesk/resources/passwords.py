"""The blocked words that lie in ``resources/passwords``: one file for each kind, one word a line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from walkdesk.domain.passwords import Blocklist, Piece
from walkdesk.resources import FOLDER

FILES = {
    Piece.COMMON: "common.txt",
    Piece.NAME: "names.txt",
    Piece.WORK: "work.txt",
    Piece.DATE: "calendar.txt",
}


@cache
def blocked_words(folder: Path = FOLDER / "passwords") -> Blocklist:
    """Every blocked word; lines that begin with ``#`` are notes."""
    return Blocklist.of({kind: _words(folder / name) for kind, name in FILES.items()})


def _words(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]

"""The search for participants' names: whether any file holds one, in any of the encodings that files have here."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from walkdesk.commands.demo.deliveries import as_listed
from walkdesk.commands.demo.folder import MARKER
from walkdesk.commands.demo.people import PracticePerson

ENCODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be")
LEAST_BYTES = 6
"""A shorter pattern would be found in the noise of an encrypted file."""
_CHUNK = 4 * 1024 * 1024
_LARGEST = 512 * 1024 * 1024

_END = -1

Tree = dict[int, "Tree"]


@dataclass(slots=True)
class SearchResult:
    """The files in which somebody was found, how many were searched, and which could not be read."""

    found: list[Path] = field(default_factory=list)
    searched: int = 0
    unread: list[Path] = field(default_factory=list)


def words_of(people: Iterable[PracticePerson]) -> frozenset[str]:
    """What would tell of a person: name with and without its blank, as it is and as the ward lists it, phone, mail."""
    words: set[str] = set()
    for person in people:
        for name in {person.name, as_listed(person.name)} - {""}:
            words |= {name, name.replace(" ", "\u3000"), name.replace(" ", "")}
        if person.phone:
            words |= {person.phone, person.phone.replace("-", "")}
        if person.mail:
            words.add(person.mail)
    return frozenset(words)


def patterns_of(words: Iterable[str]) -> tuple[re.Pattern[bytes], ...]:
    """One pattern for each encoding that finds any of the words in it."""
    known: set[bytes] = set()
    patterns = []
    for encoding in ENCODINGS:
        fresh = {_encoded(word, encoding) for word in words} - known
        known |= fresh
        long = [one for one in fresh if len(one) >= LEAST_BYTES]
        if long:
            patterns.append(re.compile(_begins(long) + _expression(_tree(long)), re.DOTALL))
    return tuple(patterns)


def search_files(patterns: Sequence[re.Pattern[bytes]], files: Iterable[Path]) -> SearchResult:
    """Looks through files."""
    result = SearchResult()
    for path in files:
        try:
            hit = _holds(patterns, path)
        except FileNotFoundError:  # another program's file that is gone again holds nothing any more
            continue
        except OSError:
            result.unread.append(path)
            continue
        result.searched += 1
        if hit:
            result.found.append(path)
    return result


def files_below(folder: Path, *, but: Iterable[Path] = (), since: float = 0.0) -> Iterator[Path]:
    """Every regular file below a folder that changed after ``since``, on the same device.

    ``but`` are folders that are left out; so is every other practice folder: its people have the same names.
    """
    left_out = {os.path.realpath(one) for one in but}
    try:
        device = folder.stat().st_dev
    except OSError:
        return
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError:  # a folder of somebody else's: this program cannot have written into it either
            continue
        if any(entry.name == MARKER for entry in entries) and place != str(folder):
            continue
        for entry in entries:
            try:
                state = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(state.st_mode):
                if state.st_dev == device and entry.path not in left_out:
                    waiting.append(entry.path)
            elif stat.S_ISREG(state.st_mode) and max(state.st_mtime, state.st_ctime) >= since:
                yield Path(entry.path)


def _holds(patterns: Sequence[re.Pattern[bytes]], path: Path) -> bool:
    overlap, read = b"", 0
    with path.open("rb") as stream:
        while read < _LARGEST and (chunk := stream.read(_CHUNK)):
            if any(pattern.search(overlap + chunk) for pattern in patterns):
                return True
            overlap, read = chunk[-512:], read + len(chunk)
    return False


def _encoded(word: str, encoding: str) -> bytes:
    try:
        return word.encode(encoding)
    except UnicodeEncodeError:
        return b""


def _tree(words: Iterable[bytes]) -> Tree:
    tree: Tree = {}
    for word in words:
        place = tree
        for byte in word:
            place = place.setdefault(byte, {})
        place[_END] = {}
    return tree


def _begins(words: Iterable[bytes]) -> bytes:
    """The bytes with which any word begins, place by place: noise fails here before the tree is tried."""
    sets = (sorted({word[place] for word in words}) for place in range(4))
    return b"(?=%s)" % b"".join(b"[%s]" % b"".join(b"\\x%02x" % byte for byte in one) for one in sets)


def _expression(tree: Tree) -> bytes:
    """The tree as an expression: each byte is looked at once. A word that ends here ends the search."""
    if _END in tree:
        return b""
    branches = [b"\\x%02x" % byte + _expression(rest) for byte, rest in sorted(tree.items())]
    return branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"

"""Searches the memory of processes for the keys of an office, without telling anybody what the keys are.

A test that knew the key would find it in itself. So the keys are taken out of the office here, in a process of its own
that is the only one left out of the search: what it says are process numbers and counts. It works on a copy of the
office, made before anybody came in: the keys are the same, and nobody is disturbed.

``python -m tests.room.seeker OFFICE TOKENS STAFF PASSWORD_FILE`` answers each line of process numbers with a line
``{pid: {secret: places, "bytes": searched}}``. Keys are looked for as bytes, the contract's also as hex, the
password in the encodings of Python, Qt and the pipe.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.conftest import FIRST_DAY
from walkdesk.messages.door import SignIn
from walkdesk.services.clock import PracticeClock
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises, Session
from walkdesk.storage.office import OfficeFolder

_PIECE = 8 * 1024 * 1024
_LONGEST = 256
SEARCHED = "bytes"
"""The name under which the bytes that were looked at are counted."""


def secrets_of(office: Path, tokens: Path, staff: str, password: str) -> dict[str, tuple[bytes, ...]]:
    """What must not stay: each secret in the forms in which it can lie in memory."""
    session = Session(Premises(OfficeFolder(office), PracticeClock(FIRST_DAY), [tokens]))
    perform(session, SignIn(staff, password))
    assert session.vault_key is not None and session.keys is not None and session.share is not None
    found = {
        # As bytes, and as the hex in which SQLCipher is told it; the others are never written out.
        "contract key": (session.vault_key, session.vault_key.hex().encode()),
        "contract share": (session.share,),
        "opening key": (session.keys.opening.private_bytes_raw(),),
        "signing key": (session.keys.signing.private_bytes_raw(),),
        "password": tuple({password.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-32-le")}),
    }
    session.close()
    return found


def memory_of(pid: int) -> Iterator[bytes]:
    """What a process may write to or has to itself, piece by piece. ``PermissionError`` where it may not be read."""
    with Path(f"/proc/{pid}/maps").open() as maps:
        regions = [line.split() for line in maps]
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for place, rights, _offset, _device, inode, *_name in regions:
            if not rights.startswith("r") or (inode != "0" and "w" not in rights):
                continue  # what is only read from a file is that file
            begin, end = (int(part, 16) for part in place.split("-"))
            yield from _pieces(memory, begin, end)


def _pieces(memory: object, begin: int, end: int) -> Iterator[bytes]:
    overlap = b""
    while begin < end:
        try:
            memory.seek(begin)  # type: ignore[attr-defined]
            piece: bytes = memory.read(min(_PIECE, end - begin))  # type: ignore[attr-defined]
        except PermissionError:
            raise
        except (OSError, ValueError, OverflowError):
            return  # the kernel's own pages
        if not piece:
            return
        yield overlap + piece
        overlap, begin = piece[-_LONGEST:], begin + len(piece)


def places_in(pid: int, secrets: Mapping[str, tuple[bytes, ...]]) -> dict[str, int]:
    """How many places of a process hold each secret (those on the edge of a piece may count twice)."""
    counts = dict.fromkeys((*secrets, SEARCHED), 0)
    for piece in memory_of(pid):
        counts[SEARCHED] += len(piece)
        for name, forms in secrets.items():
            counts[name] += sum(piece.count(form) for form in forms)
    return counts


def search(pids: Iterable[int], secrets: Mapping[str, tuple[bytes, ...]]) -> dict[int, dict[str, int]]:
    """What each process holds; one that ended in the meantime holds nothing any more and is left out."""
    found = {}
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found[pid] = places_in(pid, secrets)
    return found


def main() -> int:
    """Searches until nobody asks any more."""
    office, tokens, staff, password_file = sys.argv[1:]
    secrets = secrets_of(Path(office), Path(tokens), staff, Path(password_file).read_text(encoding="utf-8"))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(search(map(int, line.split()), secrets)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

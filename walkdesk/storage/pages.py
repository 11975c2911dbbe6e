"""The digest of every page of a database, as a reader sees it: the file, and over it the write-ahead log.

SQLCipher proves of each page that it was written under this key, not that it is the newest one. The digest does: it is
signed with every seal, and an old page put back, a swapped, a flipped or a missing one changes it. Folding the log into
the file does not, since the same bytes only move. Formats: https://sqlite.org/walformat.html and fileformat2.html.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from walkdesk.domain.problem import Problem

PAGE = 4096
_DIGEST = 32
_GROUP = 256
"""Pages whose digests are digested together, so that one changed page costs two short hashes and not a long one."""
_LOG_HEADER = 32
_FRAME_HEADER = 24
_FRAME = _FRAME_HEADER + PAGE
_INDEX = struct.Struct("=IIIBBHII8s8s")
"""The head of the log's index: version, unused, change, initialised, byte order, page size, frames, pages, ..., salts
(in the byte order of this PC)."""
_START = b"walkdesk pages 1"


@dataclass(frozen=True, slots=True)
class PageDigest:
    """How many pages there are, and one digest over all of them."""

    pages: int
    root: bytes


class Pages:
    """The digests of the pages of one open database; ``follow`` takes in what was committed since.

    Its file handles stay open as long as the database: on POSIX closing one would drop the locks that SQLite holds on
    the same file. It reads while no transaction is open, and this program is the file's only writer.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: list[IO[bytes]] = []
        self._read()

    def _read(self) -> None:
        self._digests = bytearray()
        self._groups: list[bytes | None] = []
        self._frames = 0
        self._salts = b""
        try:
            self._file = self._open("")
            self._log = self._open("-wal")
            self._index = self._open("-shm")
            self._read_file()
            self._read_log()
        except BaseException as fault:
            self.close()
            if isinstance(fault, OSError):
                raise Problem("storage.database_damaged", name=self._path.name) from None
            raise

    def digest(self) -> PageDigest:
        """The digest of all pages as they are committed now."""
        for place, known in enumerate(self._groups):
            if known is None:
                group = self._digests[place * _GROUP * _DIGEST : (place + 1) * _GROUP * _DIGEST]
                self._groups[place] = hashlib.sha256(group).digest()
        count = len(self._digests) // _DIGEST
        whole = hashlib.sha256(_START + count.to_bytes(8, "big"))
        for known in self._groups:
            whole.update(known or b"")
        return PageDigest(count, whole.digest())

    def follow(self) -> None:
        """Takes in every page that was committed since the last look."""
        if os.fstat(self._index.fileno()).st_nlink == 0:  # the database was closed and opened again in the meantime
            self.close()
            self._read()
        else:
            self._read_log()

    def _read_log(self) -> None:
        self._index.seek(0)
        head = self._index.read(_INDEX.size)
        if len(head) < _INDEX.size:
            return
        *_, frames, count, _, salts = _INDEX.unpack(head)
        if salts != self._salts:  # the log began anew: all of the one before is in the file, and known here
            self._frames, self._salts = 0, salts
        if frames <= self._frames:
            return
        self._log.seek(_LOG_HEADER + self._frames * _FRAME)
        for _ in range(frames - self._frames):
            frame = self._log.read(_FRAME)
            if len(frame) < _FRAME:
                raise Problem("storage.database_damaged", name=self._path.name)
            self._put(int.from_bytes(frame[:4], "big"), frame[_FRAME_HEADER:])
        self._frames = frames
        self._cut(count)

    def close(self) -> None:
        """Closes the files; before the database is closed, which on Windows could not remove its log otherwise."""
        for file in self._files:
            file.close()
        self._files.clear()

    def _open(self, ending: str) -> IO[bytes]:
        file = self._path.with_name(self._path.name + ending).open("rb", buffering=0)
        self._files.append(file)
        return file

    def _read_file(self) -> None:
        """The pages of the file itself. What is cut in the middle of a page counts as a page of its own."""
        number = 1
        while piece := self._file.read(_GROUP * PAGE):
            for start in range(0, len(piece), PAGE):
                self._put(number, piece[start : start + PAGE])
                number += 1

    def _put(self, number: int, page: bytes) -> None:
        at = (number - 1) * _DIGEST
        if len(self._digests) < at + _DIGEST:
            self._digests.extend(bytes(at + _DIGEST - len(self._digests)))
            self._groups.extend([None] * (-(-number // _GROUP) - len(self._groups)))
        self._digests[at : at + _DIGEST] = hashlib.sha256(page).digest()
        self._groups[(number - 1) // _GROUP] = None

    def _cut(self, count: int) -> None:
        """A commit says how many pages there are now: a file that became shorter loses its last ones."""
        if len(self._digests) > count * _DIGEST:
            del self._digests[count * _DIGEST :]
            del self._groups[-(-count // _GROUP) :]
            if self._groups:
                self._groups[-1] = None

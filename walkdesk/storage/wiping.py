"""Wiping a file: overwritten in place, read back, cut, unlinked. On flash this reaches the file, not every old cell.

The keys are what ends a vault; wiping is the second step, and the certificate says what it cannot reach.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from walkdesk.domain.problem import Problem

_PIECE = 1024 * 1024


def overwrite(path: Path) -> int:
    """Overwrites a file in place with random bytes and reads them back; the number of bytes.

    ``Problem`` where the medium gives back something else than was written. The file keeps its size and stays.
    """
    size = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        written = hashlib.sha256()
        for start in range(0, size, _PIECE):
            noise = os.urandom(min(_PIECE, size - start))
            written.update(noise)
            _write_all(file.fileno(), noise)
        os.fsync(file.fileno())
        file.seek(0)
        read = hashlib.sha256()
        while piece := file.read(_PIECE):
            read.update(piece)
    if read.digest() != written.digest():
        raise Problem("storage.overwrite_failed", name=path.name)
    return size


def overwrite_and_remove(path: Path) -> int:
    """Overwrites a file, reads it back, cuts it to nothing and removes it; the number of bytes overwritten.

    A file that is not there counts 0, so that a step which was interrupted can simply be done again.
    """
    if path.is_symlink():
        # What a link points to is not ours: the link goes, its aim stays.
        path.unlink()
        return 0
    if not path.exists():
        return 0
    size = overwrite(path)
    with path.open("r+b", buffering=0) as file:
        file.truncate(0)
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)
    return size


def remove_folder(folder: Path) -> None:
    """Removes an empty folder; one that still holds something, or is gone already, stays as it is."""
    try:
        folder.rmdir()
    except OSError:
        return
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Puts a removal on disk. Windows keeps no handle on folders and needs none."""
    if sys.platform == "win32" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex: what an erasure says that it is going to erase."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""An independent reader of SQLCipher's files: decrypts every page of a database and every frame of its log.

Written from the format's description (4,096-byte pages, AES-256-CBC, 16 bytes of IV and 64 of HMAC at the end of each
page, the salt before the first), so that what the program says about its own file is not taken from the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def plain_pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the file, free ones too."""
    data = path.read_bytes()
    assert data and len(data) % PAGE == 0
    for start in range(0, len(data), PAGE):
        yield _plain(data[start : start + PAGE], key, first=start == 0)


def plain_frames(path: Path, key: bytes) -> Iterator[bytes]:
    """Every frame of the log beside the file, old ones too; none where there is no log."""
    log = path.with_name(path.name + "-wal")
    data = log.read_bytes() if log.exists() else b""
    for start in range(LOG_HEADER, len(data), FRAME_HEADER + PAGE):
        first = int.from_bytes(data[start : start + 4], "big") == 1
        yield _plain(data[start + FRAME_HEADER : start + FRAME_HEADER + PAGE], key, first=first)


def holds(path: Path, key: bytes, text: str) -> bool:
    """Whether a text lies anywhere in the file or in its log, in UTF-8 or as the hex of it."""
    raw = text.encode("utf-8")
    needles = (raw, raw.hex().encode(), raw.hex().upper().encode())
    pages = [*plain_pages(path, key), *plain_frames(path, key)]
    return any(needle in page for page in pages for needle in needles)


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    return decryptor.update(page[start : PAGE - RESERVED]) + decryptor.finalize()

"""Whether bytes tell of somebody: PDF text and attachments, CSV, Excel, HTML and raw bytes, in every encoding."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from pypdf import PdfReader

ENCODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be")


@lru_cache(maxsize=4)
def pdf_text(pdf: bytes) -> str:
    """What a reader finds written on the pages, without spaces; kept for whoever asks about the same paper next."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def tells(data: bytes, words: Iterable[str]) -> set[str]:
    """The words that the bytes hold, in any form that a reader would find."""
    known = set(words)
    found = _raw(data, known)
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        about = "".join(str(value) for value in (reader.metadata or {}).values())
        titles = "".join(str(item.get("/Title", "")) for item in reader.outline if isinstance(item, dict))
        plain = "".join((pdf_text(data) + about + titles).split())
        found |= {word for word in known if "".join(word.split()) in plain}
        for attached in reader.attachments.values():
            found |= set().union(*(tells(one, known) for one in attached))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found |= tells(archive.read(name), known)
    return found


def _raw(data: bytes, words: set[str]) -> set[str]:
    found = set()
    for word in words:
        for encoding in ENCODINGS:
            pattern = word.encode(encoding, "ignore")
            if len(pattern) >= 6 and pattern in data:
                found.add(word)
    return found


def carried(answer: Any, owner: type | None = None) -> Iterator[tuple[type | None, bytes]]:
    """All bytes in an answer, each with the class that holds it."""
    if isinstance(answer, bytes | bytearray):
        yield owner, bytes(answer)
    elif is_dataclass(answer) and not isinstance(answer, type):
        for field in fields(answer):
            yield from carried(getattr(answer, field.name), type(answer))
    elif isinstance(answer, dict):
        for value in answer.values():
            yield from carried(value, owner)
    elif isinstance(answer, tuple | list | set | frozenset):
        for value in answer:
            yield from carried(value, owner)


def holders_of_bytes(kind: Any, seen: set[Any] | None = None) -> set[type]:
    """The classes below a type of answer that have a field of bytes; ``object`` stands for bytes without a class."""
    seen = set() if seen is None else seen
    if kind in (bytes, bytearray, memoryview, Any):
        return {object}
    if is_dataclass(kind) and isinstance(kind, type):
        if kind in seen:
            return set()
        seen.add(kind)
        below = [holders_of_bytes(hint, seen) for hint in get_type_hints(kind).values()]
        held = set().union(*below) if below else set()
        return {kind if one is object else one for one in held}
    return set().union(*(holders_of_bytes(one, seen) for one in get_args(kind)), set())

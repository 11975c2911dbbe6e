"""A small reader for the files that our own PDFs carry, so that a certificate can be checked without a PDF
library.

It reads plain objects as our papers write them (ISO 32000-2, 7.11.4), not every PDF: no encryption, no
object streams. Whatever it cannot read for certain is ``verify.unreadable``, never a guess: a name that
stands twice with different content is refused.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import Final

from walkdesk.domain.problem import Problem

LARGEST_PDF: Final = 64 * 1024 * 1024
LARGEST_ATTACHMENT: Final = 4 * 1024 * 1024

_MOST = 16
_LONGEST_HEAD = 4096
_EMBEDDED = re.compile(rb"/EF\s{0,4}<<(.{0,200}?)>>", re.DOTALL)
_POINTER = re.compile(rb"/(?:UF|F)\s{1,4}(\d{1,10})\s{1,4}(\d{1,5})\s{1,4}R(?![A-Za-z])")
_NAME = re.compile(rb"/(?:UF|F)\s{0,4}(\((?:[^()\\]|\\.){0,400}\)|<[0-9A-Fa-f\s]{0,800}>)", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s{1,4}(\d{1,10})(?:\s{1,4}(\d{1,5})\s{1,4}R(?![A-Za-z]))?")
_FILTER = re.compile(rb"/Filter\s{0,4}(\[[^\]]{0,200}\]|/[A-Za-z0-9]{1,40})")
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def attachments(pdf: bytes) -> dict[str, bytes]:
    """The embedded files of one of our PDFs by name; none is an empty table."""
    if len(pdf) > LARGEST_PDF or b"%PDF-" not in pdf[:1024]:
        raise Problem("verify.unreadable")
    found: dict[str, bytes] = {}
    for count, (name, number) in enumerate(_file_specifications(pdf)):
        if count >= _MOST:
            raise Problem("verify.unreadable")
        content = _embedded(pdf, number)
        if found.setdefault(name, content) != content:
            raise Problem("verify.attachment_twice", name=name)
    return found


def _file_specifications(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and object reference of every file specification that embeds a file."""
    for match in _EMBEDDED.finditer(pdf):
        pointer = _POINTER.search(match[1])
        start = pdf.rfind(b"obj", max(0, match.start() - _LONGEST_HEAD), match.start())
        end = pdf.find(b"endobj", match.end(), match.end() + _LONGEST_HEAD)
        if pointer is None or start < 0 or end < 0:
            raise Problem("verify.unreadable")
        head = pdf[start : match.start()] + pdf[match.end() : end]
        names = {_text(found[1]) for found in _NAME.finditer(head)}
        if len(names) != 1:
            raise Problem("verify.unreadable")
        yield names.pop(), pointer[1] + b" " + pointer[2]


def _object(pdf: bytes, number: bytes) -> int:
    """Where the one object of this number begins. A number that is defined twice is not ours."""
    wanted = tuple(int(part) for part in number.split())
    first = str(wanted[0]).encode()
    places = [
        match.end()
        for match in re.finditer(rb"(?<![0-9])" + first + rb"\s{1,4}(\d{1,5})\s{1,4}obj(?![A-Za-z])", pdf)
        if int(match[1]) == wanted[1]
    ]
    if len(places) != 1:
        raise Problem("verify.unreadable")
    return places[0]


def _embedded(pdf: bytes, number: bytes) -> bytes:
    start = _object(pdf, number)
    opening = _STREAM.search(pdf, start, start + _LONGEST_HEAD)
    if opening is None:
        raise Problem("verify.unreadable")
    head = pdf[start : opening.start()]
    if b"/EmbeddedFile" not in head or b"/DecodeParms" in head or b"endobj" in head:
        raise Problem("verify.unreadable")
    length = _length(pdf, head)
    raw = pdf[opening.end() : opening.end() + length]
    after = pdf[opening.end() + length : opening.end() + length + 16]
    if len(raw) != length or not after.lstrip(b"\r\n").startswith(b"endstream"):
        raise Problem("verify.unreadable")
    return _decoded(raw, _filters(head))


def _length(pdf: bytes, head: bytes) -> int:
    found = _LENGTH.search(head)
    if found is None:
        raise Problem("verify.unreadable")
    if found[2] is None:
        length = int(found[1])
    else:
        place = _object(pdf, found[1] + b" " + found[2])
        direct = re.match(rb"\s{0,4}(\d{1,10})\s{1,4}endobj", pdf[place : place + 40])
        if direct is None:
            raise Problem("verify.unreadable")
        length = int(direct[1])
    if length > LARGEST_ATTACHMENT:
        raise Problem("verify.unreadable")
    return length


def _filters(head: bytes) -> list[bytes]:
    found = _FILTER.search(head)
    return re.findall(rb"/([A-Za-z0-9]{1,40})", found[1]) if found else []


def _decoded(raw: bytes, filters: list[bytes]) -> bytes:
    if len(filters) > 2:
        raise Problem("verify.unreadable")
    for name in filters:
        try:
            if name in (b"ASCII85Decode", b"A85"):
                raw = base64.a85decode(b"<~" + raw.strip().removeprefix(b"<~"), adobe=True)
            elif name in (b"FlateDecode", b"Fl"):
                inflater = zlib.decompressobj()
                raw = inflater.decompress(raw, LARGEST_ATTACHMENT + 1)
                if not inflater.eof or len(raw) > LARGEST_ATTACHMENT:
                    raise Problem("verify.unreadable")
            else:
                raise Problem("verify.unreadable")
        except (ValueError, zlib.error):
            raise Problem("verify.unreadable") from None
    return raw


def _text(token: bytes) -> str:
    """A PDF string, literal or hex, as text: UTF-16 with its mark, else ASCII."""
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        raw = re.sub(rb"\\([0-7]{1,3}|\r\n|.)", _unescaped, token[1:-1], flags=re.DOTALL)
    try:
        if raw.startswith(b"\xfe\xff"):
            return raw[2:].decode("utf-16-be")
        return raw.decode("ascii")
    except ValueError:
        raise Problem("verify.unreadable") from None


def _unescaped(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    if escaped[:1].isdigit() and escaped[0] < 0x38:
        return bytes([int(escaped, 8) & 255])
    if escaped in (b"\n", b"\r", b"\r\n"):
        return b""
    return _ESCAPES.get(escaped, escaped)

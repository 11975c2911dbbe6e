"""Which characters the bytes of a text file mean: UTF-8, UTF-16 or cp932, and nothing by halves.

cp932 and never shift_jis: the ward's PCs write 髙, ① and ㈱, which shift_jis does not know.
"""

from __future__ import annotations

import codecs

from walkdesk.domain.problem import Problem

_TEXT_CONTROLS = frozenset("\t\n\r\f")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    Raises ``Problem``: ``exchange.truncated`` (the bytes end within a character), ``exchange.mixed_bytes``
    (with the line where the encoding breaks), ``exchange.encoding`` (EUC-JP or JIS),
    ``exchange.wrong_kind`` (no text at all).
    """
    if b"\x1b$" in data or b"\x1b(" in data:
        raise Problem("exchange.encoding", name="JIS")
    text, encoding = _decode(data)
    if any(character < " " and character not in _TEXT_CONTROLS for character in text):
        raise Problem("exchange.binary")
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data, "utf-8-sig"), "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16"), "utf-16"
    if b"\x00" in data:
        # Without a mark, UTF-16 shows in the zero halves of commas and line breaks.
        return _strict(data, "utf-16-be" if data[0::2].count(0) > data[1::2].count(0) else "utf-16-le"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("cp932")
        except UnicodeDecodeError as cp932:
            raise _neither(data, utf8, cp932) from None
    if _looks_like_euc(data, text):
        raise Problem("exchange.encoding", name="EUC-JP")
    stray = _utf8_line(data)
    if stray is not None:
        raise Problem("exchange.mixed_bytes", line=stray)
    return text, "cp932"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16") and b"\x00\n" not in data and b"\n\x00" not in data:
            raise Problem("exchange.binary") from None
        raise _broken(data, error) from None


def _neither(data: bytes, utf8: UnicodeDecodeError, cp932: UnicodeDecodeError) -> Problem:
    """The problem at the place up to which the likelier of the two encodings holds."""
    further = utf8 if utf8.start >= cp932.start else cp932
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return _broken(data, further)
    return Problem("exchange.encoding", name="EUC-JP")


def _broken(data: bytes, error: UnicodeDecodeError) -> Problem:
    line = data[: error.start].count(b"\n") + 1
    at_end = error.end >= len(data) and ("end" in error.reason or "truncated" in error.reason)
    if at_end or (error.encoding == "cp932" and error.start >= len(data) - 1):
        return Problem("exchange.truncated", line=line)
    return Problem("exchange.mixed_bytes", line=line)


def _utf8_line(data: bytes) -> int | None:
    """The first line within cp932 text that was written in UTF-8: cp932 reads its bytes as other kanji, silently."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if sum(1 for character in text if "ぁ" <= character <= "鿿") >= 2:
            return number
    return None


def _looks_like_euc(data: bytes, as_cp932: str) -> bool:
    """Whether bytes that happen to be cp932 are EUC-JP: read as cp932 they are mostly half-width katakana."""
    beyond = [character for character in as_cp932 if character > "\x7f"]
    narrow = sum(1 for character in beyond if "｡" <= character <= "ﾟ")
    if narrow * 10 < len(beyond) * 4:
        return False
    try:
        text = data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return any("ぁ" <= character <= "ヿ" or "一" <= character <= "鿿" for character in text)

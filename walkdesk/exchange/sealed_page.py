"""合言葉で開く文書: files that leave, in one HTML page that opens itself in any browser, without a network.

The page is ``resources/container/page.html``. It carries, in this order:

* the *facts*, readable before opening: canonical JSON in ASCII with serial, sender, recipient, day and due date, the
  parameters of the cipher, and the SHA-256 of the page around them. They are the cipher's associated data;
* the *payload* in base64: AES-256-GCM (NIST SP 800-38D) under a key that PBKDF2-HMAC-SHA256 (RFC 8018) makes of the
  passphrase with 16 random bytes of salt. Inside: four bytes of length, a JSON with what only the receiver learns
  (purpose, account, contract, the files' names, types and sizes), then the files one after the other;
* the *check*: the SHA-256 of both. It holds no secret and stops nobody who means it; by it a cut or damaged file is
  told from a wrong passphrase before one is typed.

This is the one module of its floor that uses ``cryptography``: it holds no key of the office, only a passphrase that is
made for one file and that nothing keeps.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from walkdesk.domain.passphrases import PASSPHRASE_BYTES, normal_passphrase, passphrase_of
from walkdesk.domain.problem import Problem

FORMAT = "walkdesk-sealed"
VERSION = 1
ROUNDS = 600_000
"""Of PBKDF2. A page with fewer is refused, and one with more than ``MOST_ROUNDS`` too: it would only cost time."""
MOST_ROUNDS = 10_000_000
MOST_BYTES = 100 * 1024 * 1024
"""Of all files together: a browser holds them several times while it opens them."""
MOST_FILES = 100

_SALT, _NONCE, _KEY = 16, 12, 32
_LENGTH = 4
_LONGEST_FACTS = 16 * 1024
_LONGEST_NAME = 120

_FACTS = b'<script type="application/json" id="facts">'
_PAYLOAD = b'<script type="application/octet-stream" id="payload">'
_CHECK = b'<script type="text/plain" id="check">'
_END = b"</script>"

_HASH_PLACES = re.compile(r"\{\{(style|script)-hash\}\}")
_UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_PLACE_VALUES = {"salt": _SALT, "nonce": _NONCE}

_SIGN = b'<meta name="generator" content="walkdesk-sealed">'
_SIGN_WITHIN = 2048
_LONGEST_PAGE = 2 * MOST_BYTES


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as it was and as it comes out again."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What a sealed page says of itself. The first six stand on it; whoever finds the file can read them."""

    serial: str
    sender: str
    contact: str
    """Where a finder or the receiver turns to: a telephone number, may be empty."""
    recipient: str
    made: datetime
    due: date | None
    """By when the file is to be returned or destroyed; ``None`` where it stays with the receiver."""
    purpose: str
    account: str
    """Who made it: staff number and name."""
    contract: str


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """Everything of a page after opening."""

    facts: SealFacts
    files: tuple[SealedFile, ...]


def generate_passphrase() -> str:
    """A new passphrase of 80 random bits, as it is printed. It is shown once and kept nowhere."""
    return passphrase_of(os.urandom(PASSPHRASE_BYTES))


def seal_files(
    template: str,
    files: Sequence[SealedFile],
    facts: SealFacts,
    passphrase: str,
    *,
    language: Literal["ja", "en"] = "ja",
) -> bytes:
    """The HTML page as bytes. ``template`` is ``sealed_page_template()``; ``language`` is the one that it begins with.

    Two pages of the same files differ: salt and nonce are random. Raises ``Problem``: ``sealed.name`` and
    ``sealed.name_twice`` for names that a receiver could not save, ``sealed.too_large`` over ``MOST_BYTES``.
    """
    typed = normal_passphrase(passphrase)
    _check_files(files)
    if facts.made.tzinfo is None:
        raise ValueError("a moment without its zone")
    shell = _shell(template)
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    outside = _canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "language": language,
            "serial": facts.serial,
            "sender": facts.sender,
            "contact": facts.contact,
            "recipient": facts.recipient,
            "made": facts.made.isoformat(timespec="seconds"),
            "due": facts.due.isoformat() if facts.due else "",
            "rounds": ROUNDS,
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            "page": _page_hash(shell),
        }
    )
    inside = _canonical(
        {
            "purpose": facts.purpose,
            "account": facts.account,
            "contract": facts.contract,
            "files": [{"name": one.name, "size": len(one.data), "type": one.media_type} for one in files],
        }
    )
    # What could not be read back is never written: facts over 16 KiB, half a surrogate pair.
    _parsed(outside, _LONGEST_FACTS)
    _parsed(inside, len(inside))
    plain = b"".join([len(inside).to_bytes(_LENGTH, "big"), inside, *(one.data for one in files)])
    sealed = AESGCM(_key(typed, salt, ROUNDS)).encrypt(nonce, plain, outside)
    check = _check(outside, sealed).encode()
    before, between, behind, end = shell
    return b"".join([before, outside, between, base64.b64encode(sealed), behind, check, end])


def read_cover(page: bytes) -> dict[str, str]:
    """What stands on a page without its passphrase: serial, sender, contact, recipient, made, due.

    Raises ``Problem`` where the page is cut, changed or none of ours; one that somebody changed on purpose shows only
    when it is opened.
    """
    cover = _parts(page).cover
    return {name: str(cover[name]) for name in _COVER}


def open_sealed(page: bytes, passphrase: str) -> OpenedPage:
    """The files of a page, byte for byte, with everything that was said of them.

    Raises ``Problem`` and nothing else: ``sealed.group`` and ``sealed.length`` (typed wrong), ``sealed.passphrase``,
    ``sealed.not_ours``, ``sealed.newer``, ``sealed.cut``, ``sealed.changed`` (any byte of the whole file).
    """
    typed = normal_passphrase(passphrase)
    parts = _parts(page)
    cover = parts.cover
    key = _key(typed, bytes.fromhex(cover["salt"]), cover["rounds"])
    try:
        plain = AESGCM(key).decrypt(bytes.fromhex(cover["nonce"]), parts.sealed, parts.outside)
    except InvalidTag:
        raise Problem("sealed.passphrase") from None
    try:
        return _unpacked(cover, plain)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem("sealed.changed") from None


# Writing


def _check_files(files: Sequence[SealedFile]) -> None:
    if not 0 < len(files) <= MOST_FILES:
        raise ValueError("a page holds at least one file and not more than a hundred")
    seen: set[str] = set()
    for one in files:
        if not _is_safe(one.name):
            raise Problem("sealed.name", name=one.name)
        if one.name.casefold() in seen:
            raise Problem("sealed.name_twice", name=one.name)
        seen.add(one.name.casefold())
        if not _MEDIA_TYPE.fullmatch(one.media_type):
            raise ValueError("no media type")
    size = sum(len(one.data) for one in files)
    if size > MOST_BYTES:
        raise Problem("sealed.too_large", megabytes=-(-size // 1024**2), limit=MOST_BYTES // 1024**2)


def _is_safe(name: str) -> bool:
    """Whether Windows, macOS and Linux save a file under exactly this name."""
    if not 0 < len(name) <= _LONGEST_NAME or name != name.strip() or name.startswith(".") or name.endswith("."):
        return False
    return not (_UNSAFE_NAME.search(name) or _DEVICES.fullmatch(name))


def _shell(template: str) -> tuple[bytes, bytes, bytes, bytes]:
    """The page in four pieces, between which facts, payload and check go, with the hashes of its style and script."""
    hashes = {}
    for name in ("style", "script"):
        content = template.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
        hashes[name] = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    page = _HASH_PLACES.sub(lambda found: f"'sha256-{hashes[found[1]]}'", template).encode()
    pieces = []
    for mark in (_FACTS, _PAYLOAD, _CHECK):
        before, found, page = page.partition(mark + _END)
        if not found:
            raise ValueError("the template lacks a place")
        pieces.append(before + mark)
        page = _END + page
    return pieces[0], pieces[1], pieces[2], page


def _page_hash(shell: tuple[bytes, bytes, bytes, bytes]) -> str:
    return hashlib.sha256(b"\0".join(shell)).hexdigest()


def _canonical(value: dict[str, Any]) -> bytes:
    """JSON in ASCII with sorted keys, no spaces, and no ``<`` that could end the element in which it stands."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode("ascii")


def _check(outside: bytes, sealed: bytes) -> str:
    digest = hashlib.sha256(outside)
    digest.update(b"\n")
    digest.update(sealed)
    return digest.hexdigest()


def _key(typed: str, salt: bytes, rounds: int) -> bytes:
    return PBKDF2HMAC(SHA256(), _KEY, salt, rounds).derive(typed.encode("ascii"))


# Reading


@dataclass(frozen=True, slots=True)
class _Parts:
    cover: dict[str, Any]
    outside: bytes
    sealed: bytes


_COVER = ("serial", "sender", "contact", "recipient", "made", "due")
_KEYS = frozenset({*_COVER, "format", "version", "language", "rounds", "salt", "nonce", "page"})
_INSIDE = frozenset({"purpose", "account", "contract", "files"})


def _parts(page: bytes) -> _Parts:
    """Facts and sealed bytes of a page of which not a byte is changed by accident."""
    if _SIGN not in page[:_SIGN_WITHIN] or len(page) > _LONGEST_PAGE:
        raise Problem("sealed.not_ours")
    before, facts_found, rest = page.partition(_FACTS)
    outside, _, rest = rest.partition(_END)
    between, payload_found, rest = rest.partition(_PAYLOAD)
    payload, _, rest = rest.partition(_END)
    behind, check_found, rest = rest.partition(_CHECK)
    check, _, end = rest.partition(_END)
    if not (facts_found and payload_found and check_found and end.rstrip().endswith(b"</html>")):
        raise Problem("sealed.cut")
    shell = (before + _FACTS, _END + between + _PAYLOAD, _END + behind + _CHECK, _END + end)
    try:
        cover = _cover_of(outside)
        sealed = base64.b64decode(payload, validate=True)
        whole = base64.b64encode(sealed) == payload and cover["page"] == _page_hash(shell)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem("sealed.changed") from None
    if not whole or check != _check(outside, sealed).encode():
        raise Problem("sealed.changed")
    return _Parts(cover, outside, sealed)


def _cover_of(outside: bytes) -> dict[str, Any]:
    """The facts, each of the kind and within the limits in which they are written; ``ValueError`` otherwise."""
    cover = _parsed(outside, _LONGEST_FACTS)
    if cover["format"] == FORMAT and type(cover["version"]) is int and cover["version"] > VERSION:
        raise Problem("sealed.newer")
    wrong = [
        cover.keys() != _KEYS,
        (cover["format"], cover["version"], type(cover["version"])) != (FORMAT, VERSION, int),
        cover["language"] not in ("ja", "en"),
        any(type(cover[name]) is not str for name in _COVER),
        type(cover["rounds"]) is not int or not ROUNDS <= cover["rounds"] <= MOST_ROUNDS,
        any(_hex(cover[name], length) is None for name, length in _PLACE_VALUES.items()),
    ]
    if any(wrong):
        raise ValueError
    _moment(cover["made"])
    _day(cover["due"])
    return cover


def _unpacked(cover: dict[str, Any], plain: bytes) -> OpenedPage:
    start = _LENGTH + int.from_bytes(plain[:_LENGTH], "big")
    inside = _parsed(plain[_LENGTH:start], len(plain))
    if inside.keys() != _INSIDE or any(type(inside[name]) is not str for name in ("purpose", "account", "contract")):
        raise ValueError
    files = []
    for one in inside["files"]:
        name, size, kind = one["name"], one["size"], one["type"]
        if len(one) != 3 or not (_is_safe(name) and _MEDIA_TYPE.fullmatch(kind)) or type(size) is not int or size < 0:
            raise ValueError
        data = plain[start : start + size]
        start += size
        files.append(SealedFile(name, kind, data))
    if start != len(plain):
        raise ValueError
    facts = SealFacts(
        serial=cover["serial"],
        sender=cover["sender"],
        contact=cover["contact"],
        recipient=cover["recipient"],
        made=_moment(cover["made"]),
        due=_day(cover["due"]),
        purpose=inside["purpose"],
        account=inside["account"],
        contract=inside["contract"],
    )
    return OpenedPage(facts, tuple(files))


def _parsed(data: bytes, longest: int) -> dict[str, Any]:
    """A JSON object, in the one way in which ``_canonical`` writes it."""
    if len(data) > longest:
        raise ValueError
    value = json.loads(data.decode("ascii"))
    if not isinstance(value, dict) or _canonical(value) != data:
        raise ValueError
    json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text: nothing could show it
    return value


def _hex(text: object, length: int) -> bytes | None:
    if not isinstance(text, str) or len(text) != 2 * length:
        return None
    value = bytes.fromhex(text)
    return value if value.hex() == text else None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.isoformat(timespec="seconds") != text:
        raise ValueError
    return moment


def _day(text: str) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day is not None and day.isoformat() != text:
        raise ValueError
    return day

"""What a fact in the ledger may look like: a closed list of keys, each with one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from walkdesk.ledger.canonical import LARGEST_INTEGER

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,79}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_LONGEST_TEXT = 200
_LONGEST_LIST = 2000


class Kind(Enum):
    """The kind of a fact. None of them is free text of a handler: a participant's name has no place to go."""

    COUNT = "a number from 0"
    FLAG = "yes or no"
    CODE = "letters, digits and ._:/+-"
    TEXT = "a line about the office, its staff, the ward's officers or a paper's number, up to 200 characters"
    DIGEST = "SHA-256 in hex"
    SIGNATURE = "64 bytes in hex"
    DAY = "YYYY-MM-DD"
    TIME = "ISO 8601 with offset"
    COUNTS = "numbers by code"
    CODES = "a list of codes"
    RECORDS = "a list of small tables"


def _keys(kind: Kind, names: str) -> dict[str, Kind]:
    return {name: kind for name in names.split()}


KINDS: Final[Mapping[str, Kind]] = {
    **_keys(
        Kind.COUNT,
        "accepted bytes changed confirmed count counter expected files files_left first generation hits"
        " hits_left last pages points refused seconds sequence serial_first serial_last slots"
        " slots_readable stock trail_sequence tries unread vault_size version_number watchwords year",
    ),
    **_keys(
        Kind.FLAG,
        "after_end bag_checked disk_encrypted may_approve must_return practice repaired sealed token_present"
        " unlock_refused",
    ),
    **_keys(
        Kind.CODE,
        "action approver batch carrier channel checkpoint disposition entry event fingerprint grade hunt item kind"
        " language letter medium month office origin pades_fingerprint paper person prize programme reason register"
        " release report result role rule screen serial session share share_disposal source staff state step token"
        " variant vault verifier version way",
    ),
    **_keys(
        Kind.TEXT,
        "attested_by basis certification content contractor device device_serial law name number officer"
        " place post purpose receipt receiver reference storage ward witness",
    ),
    **_keys(Kind.DIGEST, "certificate_digest digest head pdf_digest trail_head vault_digest"),
    **_keys(Kind.SIGNATURE, "signature"),
    **_keys(Kind.DAY, "certification_until day due end start"),
    **_keys(Kind.TIME, "before"),
    **_keys(Kind.COUNTS, "counts"),
    **_keys(Kind.CODES, "checks columns faults items sheet_list staff_list"),
    **_keys(Kind.RECORDS, "copies keys places"),
}
"""Every fact key with its kind: a key means the same in every event."""


def fits(key: str, value: Any) -> bool:
    """Whether a value is of its key's kind. A key that is not in ``KINDS`` fits nothing."""
    kind = KINDS.get(key)
    return kind is not None and _RULES[kind](value)


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_INTEGER


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_TEXT and value.isprintable()


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_time(value: Any) -> bool:
    try:
        if not isinstance(value, str):
            return False
        at = datetime.fromisoformat(value)
        return at.tzinfo is not None and at.isoformat(timespec="seconds") == value
    except ValueError:
        return False


def _is_counts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_is_code(key) and _is_count(item) for key, item in value.items())


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) <= _LONGEST_LIST


def _is_codes(value: Any) -> bool:
    return _is_list(value) and all(_is_code(item) for item in value)


def _is_record(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        _is_code(key) and (isinstance(item, bool) or _is_count(item) or _is_text(item)) for key, item in value.items()
    )


def _is_records(value: Any) -> bool:
    return _is_list(value) and all(_is_record(item) for item in value)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_signature(value: Any) -> bool:
    return isinstance(value, str) and _SIGNATURE.fullmatch(value) is not None


_RULES: Final[Mapping[Kind, Callable[[Any], bool]]] = {
    Kind.COUNT: _is_count,
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.CODE: _is_code,
    Kind.TEXT: _is_text,
    Kind.DIGEST: _is_digest,
    Kind.SIGNATURE: _is_signature,
    Kind.DAY: _is_day,
    Kind.TIME: _is_time,
    Kind.COUNTS: _is_counts,
    Kind.CODES: _is_codes,
    Kind.RECORDS: _is_records,
}

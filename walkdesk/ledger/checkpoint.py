"""The checkpoint (照合値): the ledger's state as 26 characters, printed on every report and kept by the
ward on paper.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import LARGEST_INTEGER, canonical
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.readable import grouped, parse_readable, readable

_OFFICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_QR = re.compile(r"walkdesk:checkpoint:([^:]{1,64}):([1-9][0-9]{0,15}):([^:]{26,40})")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger of one office up to and with one sequence, as 130 bits in 26 characters."""

    office: str
    sequence: int
    text: str

    def grouped(self) -> str:
        """The characters in groups of 5-5-5-5-6."""
        return grouped(self.text)

    def qr_text(self) -> str:
        """What the QR code beside it says."""
        return f"walkdesk:checkpoint:{self.office}:{self.sequence}:{self.text}"


@dataclass(frozen=True, slots=True)
class PaperCheckpoint:
    """What a person typed or scanned from paper; a code typed without its QR text knows no office or
    sequence.
    """

    text: str
    office: str | None = None
    sequence: int | None = None


def checkpoint(office_id: str, entry: Entry) -> Checkpoint:
    """The checkpoint after this entry."""
    return checkpoint_at(office_id, entry.sequence, entry.digest())


def checkpoint_at(office_id: str, sequence: int, head: bytes) -> Checkpoint:
    """The checkpoint of a ledger whose last entry has this sequence and digest."""
    if not _OFFICE.fullmatch(office_id):
        raise ValueError("the office id is letters, digits and hyphens")
    covered = canonical(
        {"kind": "walkdesk.checkpoint.1", "office": office_id, "sequence": sequence, "head": head.hex()}
    )
    return Checkpoint(office_id, sequence, readable(hashlib.sha256(covered).digest()))


def is_office_id(text: str) -> bool:
    """Whether a text can be an office's id."""
    return _OFFICE.fullmatch(text) is not None


def parse_checkpoint(typed: str) -> PaperCheckpoint:
    """Read the 26 characters as typed, or the QR code's text. Anything else is ``ledger.code_unreadable``."""
    typed = typed.strip()
    if typed.lower().startswith("walkdesk:"):
        match = _QR.fullmatch(typed)
        if match is None or not is_office_id(match[1]) or int(match[2]) > LARGEST_INTEGER:
            raise Problem("ledger.code_unreadable", length=26)
        return PaperCheckpoint(parse_readable(match[3]), match[1], int(match[2]))
    return PaperCheckpoint(parse_readable(typed))

"""What every paper for the ward needs from the office: who hands it in, the checkpoint, the mark, its pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from walkdesk.documents.formal import Parties
from walkdesk.documents.sheet import Checkpoint, Mark
from walkdesk.domain.problem import Problem
from walkdesk.ledger.checkpoint import Checkpoint as LedgerCheckpoint
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.messages.common import FreePaper, ScreenPaper
from walkdesk.resources.texts import Texts
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord

JAPANESE = Texts("ja")
"""Papers are Japanese, whatever language the window speaks."""

LONGEST_LINE = 200
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_POSTCODE = re.compile(r"〒?\s*(\d{3}-\d{4})\s*(.*)")


@dataclass(frozen=True, slots=True)
class Sender:
    """The contractor as a letter shows it."""

    name: str
    postcode: str
    address: str
    phone: str
    hours: str


def programme_name(contract: ContractRecord) -> str:
    """事業名."""
    return JAPANESE.say(f"reception.programme.{contract.programme}")


def mark_of(work: Work) -> Mark:
    """Papers of a practice office say so on every page."""
    return Mark.PRACTICE if work.book.setting(work.office, "practice") == "yes" else Mark.NONE


def sender_of(work: Work) -> Sender:
    """The office's own particulars, from its settings."""
    setting = work.book.setting
    address = setting(work.office, "address")
    found = _POSTCODE.fullmatch(address)
    postcode = found[1] if found else setting(work.office, "postcode")
    hours = setting(work.office, "hours") or JAPANESE.say("papers.letter.hours")
    return Sender(
        setting(work.office, "office"),
        postcode,
        found[2] if found else address,
        setting(work.office, "phone"),
        hours,
    )


def parties_of(work: Work, contract: ContractRecord) -> Parties:
    """The ward as addressee, the contractor, and the person who makes the paper as its signer."""
    sender = sender_of(work)
    signer = f"{work.member.post}　{work.member.name}"
    return Parties(contract.ward, sender.name, sender.address, signer)


def ledger_checkpoint(work: Work) -> LedgerCheckpoint:
    """The ledger's state now."""
    last = work.book.last_entry(work.office)
    if last is None:
        raise Problem("storage.ledger_broken", sequence=0)
    return checkpoint(work.book.office_id, last)


def on_paper(state: LedgerCheckpoint) -> Checkpoint:
    """A checkpoint as papers print it."""
    return Checkpoint(state.sequence, state.text, state.qr_text())


def paper(title: str, file_name: str, pdf: bytes) -> FreePaper:
    """A finished paper without personal data, on its way to the window and from there anywhere."""
    return FreePaper(title, file_name, pdf, page_count(pdf))


def screen_paper(title: str, file_name: str, pdf: bytes) -> ScreenPaper:
    """A preview that may show a participant, on its way to the window and no further."""
    return ScreenPaper(title, file_name, pdf, page_count(pdf))


def page_count(pdf: bytes) -> int:
    """How many pages one of our own papers has: their objects lie open in the file."""
    return len(_PAGE.findall(pdf))


def digest(data: bytes) -> str:
    """SHA-256 in hex, as the ledger keeps it."""
    return hashlib.sha256(data).hexdigest()


def ledger_line(text: str, problem: str, least: int = 1) -> str:
    """One line that a person typed and that goes into the ledger; ``Problem(problem)`` for any other form."""
    line = " ".join(text.split())
    if not least <= len(line) <= LONGEST_LINE or not line.isprintable():
        raise Problem(problem, limit=LONGEST_LINE)
    return line

"""What the papers for the ward have in common: number and date, addressee, contractor, title, ledger's checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from walkdesk.documents.flow import Flow
from walkdesk.documents.sheet import ACCENT, INK2, Checkpoint, Mark, PaperMeta, Sheet
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date


@dataclass(frozen=True, slots=True)
class Parties:
    """甲 and 乙: whom the paper is for and who hands it in."""

    addressee: str
    """``新宿区長``; 様 is added."""
    contractor: str
    contractor_address: str
    signer: str
    """Post and name: ``取扱責任者　田中 康夫``."""


@dataclass(frozen=True, slots=True)
class WardFacts:
    """What every paper for the ward says of itself; each adds what it is about and its own checkpoint."""

    number: str
    issued: date
    created: datetime
    parties: Parties
    contract: str
    """The contract's number."""
    mark: Mark = field(default=Mark.NONE, kw_only=True)


@dataclass(frozen=True, slots=True)
class ProgrammeFacts(WardFacts):
    """A paper that names the contract with its programme and its fiscal year."""

    programme: str
    fiscal_year: str

    @property
    def contract_line(self) -> str:
        """The contract as the first line of the fields shows it."""
        return f"{self.contract}　{self.programme}　{self.fiscal_year}"


def ward_meta(facts: WardFacts, title: str, checkpoint: Checkpoint | None, *, serial: str = "") -> PaperMeta:
    """What the file says of itself. ``serial`` stands at the foot of every page, if not the number as it is."""
    return PaperMeta(
        title=title,
        author=facts.parties.contractor,
        created=facts.created,
        subject=facts.contract,
        mark=facts.mark,
        serial=serial or facts.number,
        checkpoint=checkpoint,
    )


def begin_paper(sheet: Sheet, facts: WardFacts, title: str, lead: str, *, number: str = "") -> Flow:
    """The first page with its letterhead; the flow stands below it."""
    flow = Flow(sheet)
    flow.page(title)
    letterhead(flow, facts, title, lead, number=number)
    return flow


def letterhead(flow: Flow, facts: WardFacts, title: str, lead: str, *, number: str = "") -> None:
    """The upper part of a formal paper, from the document number to the sentence that hands it in.

    ``number`` is what stands there, if not the number as it is.
    """
    parties = facts.parties
    sheet = flow.sheet
    sheet.text(flow.right, flow.y + 4, number or facts.number, 10, align="right", colour=INK2)
    sheet.text(flow.right, flow.y + 9.5, japanese_date(facts.issued), 10.5, align="right")
    sheet.text(flow.left, flow.y + 16, f"{parties.addressee}　様", 12)
    y = flow.y + 18
    for words, size in ((parties.contractor_address, 9.5), (parties.contractor, 11), (parties.signer, 10.5)):
        if words:
            y = sheet.fit(
                flow.right - 95, y, 95, words, size, smallest=8, most=2, field="受託者", align="right", leading=1.45
            )
    sheet.text((flow.left + flow.right) / 2, y + 10.5, title, 18, BOLD, align="centre", spacing=0.08)
    sheet.rule(flow.left, y + 14.5, flow.right, y + 14.5, ACCENT, 1.2)
    flow.y = y + 17.5
    flow.paragraph(lead)
    flow.space(1.5)


def checkpoint_block(flow: Flow, checkpoint: Checkpoint, size: float = 24) -> None:
    """The 照合値 with its QR code and what the ward does with it."""
    flow.need(size + 4)
    sheet, top = flow.sheet, flow.y + 2
    sheet.qr(flow.right - size, top, size, checkpoint.qr_text)
    width = flow.width - size - 6
    y = sheet.lines(
        flow.left, top, width, [f"証跡台帳の照合値　第{checkpoint.sequence:,}号まで"], 9.5, leading=1.5, colour=INK2
    )
    y = sheet.lines(flow.left, y, width, [checkpoint.grouped], 13, BOLD, leading=1.5)
    sheet.paragraph(
        flow.left,
        y,
        width,
        "区の控えと見比べてください。台帳が後から短くされたり書き換えられたりすると、この値と合わなくなります。",
        9,
        colour=INK2,
        leading=1.5,
    )
    flow.y = top + size


BY_HAND = (("年月日", "年　　　　月　　　　日"), ("職・氏名", "印"))
"""The two lines that whoever signs fills in."""


def signature_boxes(flow: Flow, titles: Sequence[str], height: float = 28) -> None:
    """Boxes to sign by hand, side by side: date, post and name, seal."""
    flow.need(height + 2)
    sheet, gap = flow.sheet, 6.0
    width = (flow.width - gap * (len(titles) - 1)) / len(titles)
    for place, title in enumerate(titles):
        x = flow.left + place * (width + gap)
        sheet.box(x, flow.y, width, height, weight=0.6)
        sheet.text(x + 3, flow.y + 5.5, title, 9.5, BOLD)
        step = (height - 8) / len(BY_HAND)
        for row, (label, ending) in enumerate(BY_HAND):
            baseline = flow.y + 8 + step * (row + 1) - 3
            sheet.text(x + 3, baseline, label, 9, colour=INK2)
            sheet.text(x + width - 6, baseline, ending, 9, align="right", colour=INK2)
            sheet.rule(x + 3, baseline + 1.6, x + width - 3, baseline + 1.6)
    flow.y += height

"""封筒: envelopes that go through the printer themselves, one page each: address, postcode in its frame, sender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from walkdesk.documents.mail import ENVELOPE_STYLE, Addressee, check_address, draw_address
from walkdesk.documents.sheet import MM, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface
from walkdesk.domain.layouts import Box, EnvelopeFormat
from walkdesk.domain.problem import Problem

FRAME = (0.0, 7.0, 14.0, 21.6, 28.4, 35.2, 42.0)
"""Where the seven boxes of the post's frame begin, from its left edge, in mm; each is ``FRAME_BOX`` wide."""
FRAME_BOX = 5.7
FRAME_WIDTH = 47.7

_DIGITS = 16.0
"""Points: digits of 4.1 mm, of the 2.4 to 6.0 that the post asks for."""
_DIGIT_HEIGHT = 0.73
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class EnvelopeSender:
    """差出人: whom an envelope comes back to when it does not arrive."""

    name: str
    desk: str
    postcode: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope: its serial in the release register and whom it is for."""

    serial: str
    addressee: Addressee


def check_envelope(on: EnvelopeFormat, addressee: Addressee) -> None:
    """Raises what stops an envelope; see ``draw_address``."""
    typeface(GOTHIC).width(addressee.postcode)
    check_address(on.address, _in_area(addressee), ENVELOPE_STYLE)


def envelopes_pdf(envelopes: Sequence[Envelope], on: EnvelopeFormat, sender: EnvelopeSender, meta: PaperMeta) -> bytes:
    """A page of the envelope's own size and a bookmark for each envelope; ``meta.offset`` moves everything.

    Raises ``Problem("papers.too_long")`` with the field 住所 or 差出人 and ``Problem("papers.unprintable")``: nothing
    is cut and no box is printed.
    """

    def draw(sheet: Sheet) -> None:
        for envelope in envelopes:
            _page(sheet, envelope, on, sender)

    return paper_pdf(meta, draw, total=len(envelopes), size=(on.width, on.height))


def digit_places(frame: Box, postcode: str) -> Iterable[tuple[float, str]]:
    """The digits of a postcode with the middle of their box in the frame, in mm from the left edge of the sheet."""
    digits = [character for character in postcode if character != "-"]
    scale = frame.width / FRAME_WIDTH
    return ((frame.left + (left + FRAME_BOX / 2) * scale, digit) for left, digit in zip(FRAME, digits, strict=False))


def draw_digits(sheet: Sheet, frame: Box, postcode: str) -> None:
    """The digits of a postcode, each in its box of the frame that is printed on the envelope."""
    baseline = frame.top + (frame.height + _DIGITS * _DIGIT_HEIGHT / MM) / 2
    for middle, digit in digit_places(frame, postcode):
        sheet.text(middle, baseline, digit, _DIGITS, align="centre")


def draw_sender(sheet: Sheet, place: Box, sender: EnvelopeSender, note: str = "") -> None:
    """The sender's block at the foot of its place, ``note`` (serial and number) small below it."""
    lines = [
        (f"{sender.postcode}　{sender.address}" if sender.postcode else sender.address, 9.0, GOTHIC),
        (sender.name, 11.0, BOLD),
        (sender.desk, 9.0, GOTHIC),
        (f"電話 {sender.phone}" if sender.phone else "", 9.0, GOTHIC),
    ]
    sheet.rule(place.left, place.top, place.right, place.top)
    y = place.top + _GAP
    for words, size, role in lines:
        if words:
            y = sheet.fit(place.left, y, place.width, words, size, role, smallest=7, most=2, field="差出人")
    if note:
        y = sheet.fit(place.left, y + _GAP, place.width, note, 7, smallest=5, most=1, field="差出人")
    if y > place.bottom:
        raise Problem("papers.too_long", field="差出人")


def _page(sheet: Sheet, envelope: Envelope, on: EnvelopeFormat, sender: EnvelopeSender) -> None:
    person = envelope.addressee
    sheet.new_page(" ".join(part for part in (person.number, person.name) if part), footer=_no_footer)
    draw_digits(sheet, on.postcode, person.postcode)
    draw_address(sheet, on.address, _in_area(person), ENVELOPE_STYLE)
    note = "　".join(part for part in (envelope.serial, person.number) if part)
    draw_sender(sheet, on.sender, sender, note)


def _in_area(addressee: Addressee) -> Addressee:
    """What stands in the address area: the postcode is in its frame, the number with the sender."""
    return replace(addressee, postcode="", number="")


def _no_footer() -> None:
    """An envelope has no foot."""

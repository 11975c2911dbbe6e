"""封筒 as a content of releases: envelopes that go through the printer themselves."""

from __future__ import annotations

from walkdesk.documents.envelopes import Envelope, EnvelopeSender, check_envelope, envelopes_pdf
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import Mark
from walkdesk.domain.layouts import NO_OFFSET, EnvelopeFormat, PrintOn
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import envelope_formats
from walkdesk.services.contents.addressed import addressed_content, paper_meta
from walkdesk.services.contents.base import PDF, Made, MadeFile, Part, Stamp, sheets_of
from walkdesk.services.paperwork import mark_of
from walkdesk.services.personal import addressee, office_of
from walkdesk.services.printing import offset_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord

KEY = "envelopes"


def _check(to: Addressee) -> None:
    """On every envelope that can be chosen when it is printed."""
    for envelope in envelope_formats().values():
        check_envelope(envelope, to)


def _make(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    sheets = sheets_of(work, record.release)
    work.progress(0, len(sheets), KEY)
    made = [Envelope(sheet.serial, addressee(person)) for sheet, person in sheets]
    meta = paper_meta(work, KEY, mark_of(work), offset_of(work, on.printer))
    pdf = envelopes_pdf(made, _format(on.layout), _sender(work), meta)
    return Made((MadeFile(f"futo-{record.release}.pdf", PDF, pdf),), len(made))


def _format(key: str) -> EnvelopeFormat:
    """The envelope that was chosen, or the first."""
    known = envelope_formats()
    if key and key not in known:
        raise Problem("printing.unknown_layout")
    return known[key] if key else next(iter(known.values()))


def _sender(work: Work) -> EnvelopeSender:
    office = office_of(work)
    return EnvelopeSender(office.contractor, office.desk, office.postcode, office.address, office.phone)


def _sample(work: Work, to: Addressee) -> bytes:
    meta = paper_meta(work, KEY, Mark.SAMPLE, NO_OFFSET)
    return envelopes_pdf([Envelope("", to)], _format(""), _sender(work), meta)


ENVELOPES = addressed_content(KEY, "envelopes", _check, _make, _sample)

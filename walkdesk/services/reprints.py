"""On what a release is printed, and 刷り直し: single sheets of it once more, with their evidence."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.pageranges import write_pages
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import STATES, ReleaseKind
from walkdesk.domain.reprints import check_reprint, pages_of
from walkdesk.messages.printing import LookAtPrint, LookAtPrinting, PrintChoices, ReprintSheets
from walkdesk.messages.releases import Released
from walkdesk.resources.layouts import label_formats
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.contents import content_of
from walkdesk.services.gate import let_out_again
from walkdesk.services.paperwork import ledger_line
from walkdesk.services.participants import names_nobody
from walkdesk.services.printing import labels_of, look_at_printing
from walkdesk.services.refusals import evidenced
from walkdesk.services.releases import release_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ReleaseSheet

MOST_SHEETS = 500
"""So many sheets are no longer a few that jammed."""


def look_at_print(work: Work, message: LookAtPrint) -> PrintChoices:
    """On what a release can be printed, and on what it was."""
    record = release_of(work, message.release)
    layouts = content_of(record.paper, ReleaseKind(record.kind)).layouts
    on = PrintOn(record.printer, record.layout, record.start)
    return PrintChoices(record.release, look_at_printing(work, LookAtPrinting()), layouts, on)


@evidenced
def reprint_sheets(work: Work, message: ReprintSheets) -> Released:
    """Lets single sheets out once more: made anew from the vault, as they were approved and where they were printed.

    It is no release: the register stays as it is, and the ledger has it as what it is.
    """
    record = release_of(work, message.release)
    check_reprint(message.reason, message.spoiled)
    least = 1 if message.reason == "other" else 0
    words = ledger_line(message.words, "printing.reprint_words", least=least)
    names_nobody(work, words)
    released, pages, digest = let_out_again(work, record, partial(_pages, work, record, message.sheets))
    work.because("", record.release)
    work.record(
        "sheets_reprinted",
        record.contract,
        release=record.release,
        kind=record.kind,
        count=released.pages,
        sheet_list=write_pages(pages).split(","),
        reason=message.reason,
        content=words,
        disposition=message.spoiled,
        digest=digest,
    )
    return released


def _pages(work: Work, record: ReleaseRecord, sheets: str, whole: int) -> tuple[int, ...]:
    query = select(ReleaseSheet.serial).where(ReleaseSheet.release == record.release).order_by(ReleaseSheet.serial)
    on_labels = content_of(record.paper, ReleaseKind(record.kind)).layouts == "labels"
    per_page = (label_formats().get(record.layout) or labels_of(work)).count if on_labels else 0
    pages = pages_of(sheets, tuple(work.vault.scalars(query)), whole, record.start, per_page)
    if len(pages) > MOST_SHEETS:
        raise Problem("printing.reprint_many", limit=MOST_SHEETS)
    return pages


ACTIONS = table(
    Action(LookAtPrint, look_at_print, STAFF, STATES),
    Action(ReprintSheets, reprint_sheets, STAFF, STATES, "sheets_reprinted", areas("releases")),
)

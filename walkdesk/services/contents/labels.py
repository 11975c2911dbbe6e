"""宛名ラベル as a content of releases: sheets of labels, from the first free place of a used sheet on."""

from __future__ import annotations

from walkdesk.documents.labels import Label, check_label, label_volumes, labels_pdf
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import Mark
from walkdesk.domain.layouts import NO_OFFSET, LabelFormat, PrintOn
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import label_formats
from walkdesk.services.contents.addressed import addressed_content, paper_meta
from walkdesk.services.contents.base import PDF, Made, MadeFile, Part, Stamp, sheets_of
from walkdesk.services.paperwork import mark_of, page_count
from walkdesk.services.personal import addressee
from walkdesk.services.printing import labels_of, offset_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord

KEY = "address_labels"


def _check(to: Addressee) -> None:
    """On every format that can be chosen when it is printed."""
    for labels in label_formats().values():
        check_label(labels, to)


def _make(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    sheets = sheets_of(work, record.release)
    work.progress(0, len(sheets), KEY)
    meta = paper_meta(work, KEY, mark_of(work), offset_of(work, on.printer))
    volumes = label_volumes(
        (Label(sheet.serial, addressee(person)) for sheet, person in sheets),
        _format(work, on.layout),
        meta,
        start=on.start,
        stamp=f"{stamp.account}　{stamp.at}",
        progress=lambda done: work.progress(done, len(sheets), KEY),
    )
    files = tuple(
        MadeFile(f"atena-label-{record.release}{'' if number == 1 else f'-{number}'}.pdf", PDF, pdf)
        for number, pdf in enumerate(volumes, 1)
    )
    return Made(files, sum(page_count(file.data) for file in files))


def _format(work: Work, key: str) -> LabelFormat:
    """The sheet that was chosen, or the one that is set."""
    if not key:
        return labels_of(work)
    if key not in label_formats():
        raise Problem("printing.unknown_layout")
    return label_formats()[key]


def _sample(work: Work, to: Addressee) -> bytes:
    return labels_pdf([Label("", to)], labels_of(work), paper_meta(work, KEY, Mark.SAMPLE, NO_OFFSET))


ADDRESS_LABELS = addressed_content(KEY, "labels", _check, _make, _sample)

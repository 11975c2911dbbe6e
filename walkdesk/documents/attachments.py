"""Files inside a PDF: the certificate's JSON, its signature and the public key travel with the page that shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(frozen=True, slots=True)
class Attachment:
    """One embedded file: its name, its bytes, its media type, and what it is for the reader's list of attachments."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    description: str = ""
    relation: str = "Data"
    """AFRelationship of PDF 2.0 and PDF/A-3: Source, Data, Supplement, Unspecified …"""


def attach(document: Any, attachments: Sequence[Attachment], moment: datetime) -> None:
    """Adds the files to a reportlab document as /EmbeddedFiles and as /AF of the catalogue. Call it once."""
    references: list[Any] = []
    names: list[Any] = []
    # A name tree is sorted (PDF 32000-1, 7.9.6).
    for attachment in sorted(attachments, key=lambda one: one.name):
        reference = document.Reference(_file_specification(document, attachment, moment))
        references.append(reference)
        names += [pdfdoc.PDFString(attachment.name), reference]
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
    catalogue = document.Catalog
    catalogue.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "AF"]
    catalogue.AF = pdfdoc.PDFArray(references)


def _name(text: str) -> str:
    # reportlab's PDFName leaves the solidus of a media type as it is, which would end the name.
    return "/" + text.replace("/", "#2F")


def _file_specification(document: Any, attachment: Attachment, moment: datetime) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = attachment.content
    stream.filters = [pdfdoc.PDFZCompress]
    checksum = hashlib.md5(attachment.content, usedforsecurity=False).digest()
    parameters = {
        "Size": len(attachment.content),
        "ModDate": pdfdoc.PDFString(moment.strftime("D:%Y%m%d%H%M%S+09'00'")),
        "CheckSum": f"<{checksum.hex()}>",
    }
    stream.dictionary.dict["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary.dict["Subtype"] = _name(attachment.media_type)
    stream.dictionary.dict["Params"] = pdfdoc.PDFDictionary(parameters)
    embedded = pdfdoc.PDFDictionary({"F": document.Reference(stream), "UF": document.Reference(stream)})
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(attachment.name),
            "UF": pdfdoc.PDFString(attachment.name),
            "Desc": pdfdoc.PDFString(attachment.description),
            "AFRelationship": pdfdoc.PDFName(attachment.relation),
            "EF": embedded,
        }
    )

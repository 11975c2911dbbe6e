"""Where the characters of a paper stand, measured by PDFium in the finished file."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from walkdesk.documents.sheet import MM
from walkdesk.domain.layouts import Box


@dataclass(frozen=True, slots=True)
class Drawn:
    """A character, or half of a surrogate pair, with the box of its ink, in mm from the top left corner of the page."""

    text: str
    box: Box


def drawn(pdf: bytes, page: int = 0) -> list[Drawn]:
    """Every character of a page that leaves ink, in the order of the file."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        found = []
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            # PDFium takes a hyphen at the end of a line for one that only parts a word, and says U+0002.
            character = chr(pdfium.FPDFText_GetUnicode(text, place)).replace("\x02", "-")
            if right > left and top > bottom and character.strip():
                box = Box(left / MM, (height - top) / MM, (right - left) / MM, (top - bottom) / MM)
                found.append(Drawn(character, box))
        return found


def words(characters: list[Drawn]) -> str:
    """What the characters say, without blanks."""
    return "".join(one.text for one in characters).encode("utf-16", "surrogatepass").decode("utf-16")


def around(characters: list[Drawn]) -> Box:
    """The smallest box around all of them."""
    left, top = min(one.box.left for one in characters), min(one.box.top for one in characters)
    right, bottom = max(one.box.right for one in characters), max(one.box.bottom for one in characters)
    return Box(left, top, right - left, bottom - top)

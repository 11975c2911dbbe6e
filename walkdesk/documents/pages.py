"""Some pages of one of our own papers as a paper of its own: the sheets that are printed once more.

Only papers of this package are read: their objects lie open in the file and their pages hang on one list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_COUNT = re.compile(rb"/Count\s+\d+")
_KEPT_IN_CATALOG = (re.compile(rb"/Lang\s*\([^)]*\)"),)


def only_pages(pdf: bytes, pages: Collection[int]) -> bytes:
    """The pages of these numbers, from 1 and in their order, each drawn as before.

    Nothing of any other page comes with them: no content and no bookmark, which would name somebody. ``ValueError``
    for a number that the paper does not have, and for a file that is not one of ours.
    """
    objects, trailer = _read(pdf)
    root = _one(rb"/Root", trailer)
    tree = _one(rb"/Pages", objects[root])
    kids = [int(one) for one in _REFERENCE.findall(_found(_KIDS, objects[tree])[1])]
    if not pages or not set(pages) <= set(range(1, len(kids) + 1)):
        raise ValueError("the paper has no such page")
    chosen = [kids[page - 1] for page in sorted(set(pages))]
    listed = b" ".join(b"%d 0 R" % one for one in chosen)
    objects[tree] = _COUNT.sub(b"/Count %d" % len(chosen), _KIDS.sub(b"/Kids [ " + listed + b" ]", objects[tree]))
    also = b" ".join(found[0] for kept in _KEPT_IN_CATALOG if (found := kept.search(objects[root])))
    objects[root] = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R %s >>\nendobj\n" % (root, tree, also)
    for other in set(kids) - set(chosen):
        del objects[other]
    wanted = _reached(objects, (root, _one(rb"/Info", trailer)))
    return _write({number: objects[number] for number in sorted(wanted)}, trailer)


def _read(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    """Every object with its frame, by its number, and the trailer's dictionary."""
    at = int(_found(_START, pdf)[1])
    table = _TABLE.match(pdf, at)
    if table is None:
        raise ValueError("the file has no plain table of objects")
    size, first = int(table[1]), table.end()
    rows = [pdf[first + 20 * row : first + 20 * row + 18] for row in range(size)]
    starts = {number: int(row[:10]) for number, row in enumerate(rows) if row.endswith(b"n")}
    order = sorted(starts, key=starts.__getitem__)
    ends = [*(starts[number] for number in order[1:]), at]
    objects = {number: pdf[starts[number] : end] for number, end in zip(order, ends, strict=True)}
    return objects, pdf[first + 20 * size : pdf.rindex(b"startxref")]


def _reached(objects: Mapping[int, bytes], roots: Iterable[int]) -> set[int]:
    """What hangs on these objects, read from their dictionaries and not from their streams."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in found and number in objects:
            found.add(number)
            head = objects[number].split(b"stream", 1)[0]
            waiting += (int(one) for one in _REFERENCE.findall(head))
    return found


def _write(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    """The objects under their old numbers; the numbers between are free."""
    out = bytearray(b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n")
    size = max(objects) + 1
    rows = [b"0000000000 65535 f \n"] * size
    for number, body in objects.items():
        rows[number] = b"%010d 00000 n \n" % len(out)
        out += body
    at = len(out)
    out += b"xref\n0 %d\n" % size + b"".join(rows)
    out += re.sub(rb"/Size\s+\d+", b"/Size %d" % size, trailer) + b"startxref\n%d\n%%%%EOF\n" % at
    return bytes(out)


def _found(pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes]:
    found = pattern.search(text)
    if found is None:
        raise ValueError("the file is none of ours")
    return found


def _one(key: bytes, text: bytes) -> int:
    """The number of the object that a key names."""
    return int(_found(re.compile(key + rb"\s+(\d+) 0 R"), text)[1])

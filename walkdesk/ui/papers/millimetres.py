"""A length as people type it."""

from __future__ import annotations

import math
import unicodedata

from PySide6.QtWidgets import QLineEdit

from walkdesk.domain.problem import Problem
from walkdesk.ui.look.parts.fields import Field


def millimetres(text: str) -> float:
    """``1.5``, ``＋１.５``, ``-0,5 mm``; ``Problem("printing.millimetres")`` for anything else."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(",", ".").strip()
    try:
        value = float(plain.removesuffix("mm"))
    except ValueError:
        raise Problem("printing.millimetres") from None
    if not math.isfinite(value):
        raise Problem("printing.millimetres")
    return value


def read_length(field: Field, empty: float | None = None) -> float | None:
    """What stands in a field; ``None`` after the problem was shown beside it. ``empty`` is what nothing means."""
    assert isinstance(field.editor, QLineEdit)
    text = field.editor.text().strip()
    if not text and empty is not None:
        return empty
    try:
        return millimetres(text)
    except Problem as problem:
        field.show_problem(problem)
        return None

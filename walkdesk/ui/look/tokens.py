"""Every colour, measure and type size of the program, in one place.

Colours are named by what they are for, never by what they look like. Text on its ground has a contrast of at
least 4.5, borders and icons at least 3 (WCAG 2.1, 1.4.3 and 1.4.11); ``tests/ui/test_look.py`` computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal[
    "canvas", "surface", "rail", "line", "line2", "ink", "ink2", "ink3", "accent",
    "accent2", "onaccent", "soft", "ok", "oksoft", "warn", "warnsoft", "warnmark", "danger",
    "dangersoft", "sat", "satsoft", "sun", "sunsoft", "bar", "bar2", "disabled",
]  # fmt: skip
"""The name of a colour token: what a part is told instead of a colour."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme as ``#RRGGBB``."""

    canvas: str
    """The page."""
    surface: str
    """Sheets, fields, bars."""
    rail: str
    line: str
    """Decorative hairline; never the only sign of anything."""
    line2: str
    """Borders of fields and buttons."""
    ink: str
    ink2: str
    """Labels and details."""
    ink3: str
    """Placeholders and disabled text."""
    accent: str
    """Action, focus, current."""
    accent2: str
    """Hovered or pressed accent."""
    onaccent: str
    soft: str
    """The ground of a selected row."""
    ok: str
    oksoft: str
    warn: str
    warnsoft: str
    warnmark: str
    """The ribbon and bars that want a second look."""
    danger: str
    dangersoft: str
    sat: str
    satsoft: str
    sun: str
    """Sunday and holidays."""
    sunsoft: str
    bar: str
    """Bars beside numbers."""
    bar2: str
    """The empty track of a bar."""
    disabled: str

    def of(self, tone: Tone) -> str:
        """The colour of a token by its name."""
        return str(getattr(self, tone))


LIGHT = Tokens(
    canvas="#F6F4EF",
    surface="#FFFFFF",
    rail="#ECE8DF",
    line="#DFDACE",
    line2="#857F70",
    ink="#1E2427",
    ink2="#4D5457",
    ink3="#666B6C",
    accent="#0F5B6C",
    accent2="#0A4451",
    onaccent="#FFFFFF",
    soft="#DFECEE",
    ok="#2C683A",
    oksoft="#E5F0E4",
    warn="#744700",
    warnsoft="#FBEDCB",
    warnmark="#B26E00",
    danger="#A3271D",
    dangersoft="#FBE6E2",
    sat="#2B4B85",
    satsoft="#E8EEF7",
    sun="#A3271D",
    sunsoft="#FAEAE6",
    bar="#9CBFC6",
    bar2="#E4DFD3",
    disabled="#EFECE5",
)

DARK = Tokens(
    canvas="#14181A",
    surface="#1D2326",
    rail="#101315",
    line="#353D41",
    line2="#7B868A",
    ink="#EDEBE5",
    ink2="#BDC1C0",
    ink3="#9CA3A4",
    accent="#74C6D6",
    accent2="#9BDAE6",
    onaccent="#06242B",
    soft="#173940",
    ok="#8FCE98",
    oksoft="#1C3322",
    warn="#F0BF68",
    warnsoft="#3B2E12",
    warnmark="#E0A63F",
    danger="#F5988E",
    dangersoft="#45211D",
    sat="#A3BDEE",
    satsoft="#1E2838",
    sun="#F5988E",
    sunsoft="#302424",
    bar="#345A62",
    bar2="#333A3D",
    disabled="#272D30",
)

CONTRAST = Tokens(
    canvas="#FFFFFF",
    surface="#FFFFFF",
    rail="#FFFFFF",
    line="#5A5A5A",
    line2="#000000",
    ink="#000000",
    ink2="#000000",
    ink3="#3D3D3D",
    accent="#00404F",
    accent2="#00222B",
    onaccent="#FFFFFF",
    soft="#FFFFFF",
    ok="#0B4A1D",
    oksoft="#FFFFFF",
    warn="#4F3000",
    warnsoft="#FFFFFF",
    warnmark="#7A4B00",
    danger="#7A0F08",
    dangersoft="#FFFFFF",
    sat="#17305F",
    satsoft="#FFFFFF",
    sun="#7A0F08",
    sunsoft="#FFFFFF",
    bar="#5F7F86",
    bar2="#FFFFFF",
    disabled="#FFFFFF",
)


@dataclass(frozen=True, slots=True)
class Type:
    """A size of letters: pixels at 96 dpi, weight, extra space between letters in pixels."""

    px: int
    bold: bool = False
    spacing: float = 0.0


HINT = Type(12)
"""Key hints and badges."""
HINT_BOLD = Type(12, bold=True)
DETAIL = Type(13)
"""The smallest text that is read."""
DETAIL_BOLD = Type(13, bold=True)
LABEL = Type(14)
LABEL_BOLD = Type(14, bold=True)
BODY = Type(15)
BODY_BOLD = Type(15, bold=True)
TASK = Type(16)
TASK_BOLD = Type(16, bold=True)
ENTRY = Type(18)
"""What is typed in large fields, and numbers in a grid."""
ENTRY_BOLD = Type(18, bold=True)
SECTION = Type(17, bold=True)
COUNT = Type(20, bold=True)
"""Counts at the end of a line."""
HEADLINE = Type(22, bold=True)
BRAND = Type(35, bold=True, spacing=0.5)
"""The name of the program at the door."""
TITLE = Type(26, bold=True, spacing=1.0)
VALUE = Type(31, bold=True)
FIGURE = Type(36, bold=True)
SUM_FIGURE = Type(33, bold=True)

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_20, SPACE_32 = 4, 8, 12, 16, 20, 32
PAGE_LEFT, PAGE_RIGHT = 20, 16
SHEET_GAP = 12
SHEET_PAD_X, SHEET_PAD_Y = 20, 14

RADIUS_CHIP = 4
RADIUS_FIELD = 6
RADIUS_SHEET = 8

TOP_BAR = 56
PAGE_HEAD = 52
STATUS_LINE = 34
RIBBON = 32
RAIL_WIDTH = 84

ROW_GRID, ROW_CURRENT, ROW_LIST, ROW_TABLE, ROW_HEADER = 27, 62, 34, 44, 33
BUTTON_SMALL, BUTTON, BUTTON_LARGE = 36, 40, 52
FIELD, FIELD_LARGE = 40, 48

RING_WIDTH = 2.5
RING_GAP = 2.0
"""The focus ring lies this far outside what it surrounds."""

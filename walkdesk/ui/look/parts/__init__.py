"""The parts that pages are made of. Import them from here.

    from walkdesk.ui.look.parts import Field, LineEdit, PageHead, PrimaryButton, Sheet, page_column

Words       Label, Paragraph, Run, Runs, DigitCells, Hairline, detail
Buttons     PrimaryButton, LargeButton, OutlineButton, SmallButton, DangerButton, QuietButton, KeyCap
Paper       Sheet, SheetHead, PageHead, Inset, page_column, scrolling
State       Chip, StackedBar, SumStrip, SumPart, FigureTile, FigureRow, LifeLine, Station
Lists       TaskRow, TaskList, DoneRow, FactsTable, Column, Row, Mark, TabRow
Forms       Field, beside, Note, LineEdit, PasswordEdit, ComboBox, CheckBox, TextArea, DateField
Charts      BarChart, Series, ValueBars, Bar
Messages    EmptyState, StatusLine, PracticeRibbon, DangerPanel, Callout, ProgressLine

Every part that takes the keyboard is given a name (its object name) when it is made, and finds its
accessible name in its label or text. Colours are named by token (``tone="danger"``), never given as
values.
"""

from walkdesk.ui.look.parts.buttons import (
    Button,
    DangerButton,
    KeyCap,
    LargeButton,
    OutlineButton,
    PrimaryButton,
    QuietButton,
    SmallButton,
)
from walkdesk.ui.look.parts.charts import Bar, BarChart, Series, ValueBars
from walkdesk.ui.look.parts.chips import Chip
from walkdesk.ui.look.parts.edits import CheckBox, ComboBox, DateField, LineEdit, PasswordEdit, TextArea
from walkdesk.ui.look.parts.fields import Field, Note, beside
from walkdesk.ui.look.parts.lifeline import LifeLine, Station
from walkdesk.ui.look.parts.notes import (
    Callout,
    DangerPanel,
    EmptyState,
    PracticeRibbon,
    ProgressLine,
    StatusLine,
)
from walkdesk.ui.look.parts.sheet import Inset, PageHead, Sheet, SheetHead, page_column, scrolling
from walkdesk.ui.look.parts.sums import FigureRow, FigureTile, StackedBar, SumPart, SumStrip
from walkdesk.ui.look.parts.table import Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.tabs import TabRow
from walkdesk.ui.look.parts.tasks import DoneRow, TaskList, TaskRow
from walkdesk.ui.look.parts.text import DigitCells, Hairline, Label, Paragraph, Run, Runs, detail

__all__ = [
    "Bar",
    "BarChart",
    "Button",
    "Callout",
    "CheckBox",
    "Chip",
    "Column",
    "ComboBox",
    "DangerButton",
    "DangerPanel",
    "DateField",
    "DigitCells",
    "DoneRow",
    "EmptyState",
    "FactsTable",
    "Field",
    "FigureRow",
    "FigureTile",
    "Hairline",
    "Inset",
    "KeyCap",
    "Label",
    "LargeButton",
    "LifeLine",
    "LineEdit",
    "Mark",
    "Note",
    "OutlineButton",
    "PageHead",
    "Paragraph",
    "PasswordEdit",
    "PracticeRibbon",
    "PrimaryButton",
    "ProgressLine",
    "QuietButton",
    "Row",
    "Run",
    "Runs",
    "Series",
    "Sheet",
    "SheetHead",
    "SmallButton",
    "StackedBar",
    "Station",
    "StatusLine",
    "SumPart",
    "SumStrip",
    "TabRow",
    "TaskList",
    "TaskRow",
    "TextArea",
    "ValueBars",
    "beside",
    "detail",
    "page_column",
    "scrolling",
]

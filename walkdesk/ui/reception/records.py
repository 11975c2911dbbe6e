"""What we hold about a person: cards, points, prizes, papers, history, as tabs over one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from walkdesk.messages.reception import (
    HistoryLine,
    MonthLine,
    PaperLine,
    ParticipantSheet,
    PrizeLine,
)
from walkdesk.ui.language import texts, tr
from walkdesk.ui.look.parts import Column, EmptyState, FactsTable, Mark, Row, Sheet, TabRow
from walkdesk.ui.words import full_month, moment, short_day, short_month

TABS = ("months", "points", "prizes", "papers", "history")
_MONTH_MARKS = {"keying": ("pencil", "accent"), "done": ("check-circle", "ok"), "imported": ("download", "ok")}

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _columns(tab: str) -> list[Column]:
    def head(key: str) -> str:
        return tr(f"reception.{tab}_{key}")

    if tab == "months":
        return [
            Column(head("month"), 140),
            Column(head("days"), 110, "number"),
            Column(head("total"), 130, "number"),
            Column(head("mean"), 120, "number"),
            Column(head("state")),
        ]
    if tab == "points":
        return [Column(head("month"), 200), Column(head("points"), 160, "number"), Column("")]
    if tab == "prizes":
        return [
            Column(head("prize")),
            Column(head("points"), 130, "number"),
            Column(head("requested"), 140),
            Column(head("shipped"), 160),
        ]
    if tab == "papers":
        return [
            Column(head("serial"), 150, "strong"),
            Column(head("kind")),
            Column(head("wording"), 180),
            Column(head("on"), 110),
        ]
    return [
        Column(head("at"), 156),
        Column(head("who"), 110),
        Column(head("what"), 146),
        Column(head("change")),
        Column(head("why")),
    ]


class Records(Sheet):
    """The sheet with the tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("person_records", tight=True, spacing=0, parent=parent)
        self.tabs = TabRow("person_tabs", [(tab, tr(f"reception.tab_{tab}"), 0) for tab in TABS])
        self.body.addWidget(self.tabs)
        self._stack = QStackedWidget()
        self.tables: dict[str, FactsTable] = {}
        for tab in TABS:
            table = FactsTable(_columns(tab), f"person_{tab}", tr(f"reception.tab_{tab}"))
            # The table takes what is left of the page; a page that is too low scrolls as a whole.
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self.tables[tab] = table
            self._stack.addWidget(table)
        self._empty = EmptyState("inbox", "", name="person_records_empty")
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(130)
        self.body.addWidget(self._stack, 1)
        self.tabs.chosen.connect(lambda _tab: self._turn())

    def show_person(self, sheet: ParticipantSheet) -> None:
        """Another person."""
        self._fill("months", sheet.months, _month_row)
        self._fill("points", [month for month in sheet.months if month.points], _point_row)
        self._fill("prizes", sheet.prizes, _prize_row)
        self._fill("papers", sheet.papers, _paper_row)
        self._fill("history", sheet.history, _history_row)
        self._turn()

    def forget(self) -> None:
        """Empties every table."""
        for tab, table in self.tables.items():
            table.show_rows([])
            self.tabs.show_count(tab, 0)
        self._turn()

    def begin(self) -> None:
        """Puts the keyboard into the table that is seen."""
        self.tables[self.tabs.current()].setFocus()

    def _fill(self, tab: str, lines: Sequence[object], row: Callable[..., Row]) -> None:
        self.tables[tab].show_rows([row(number, line) for number, line in enumerate(lines)])
        self.tabs.show_count(tab, len(lines))

    def _turn(self) -> None:
        tab = self.tabs.current()
        if self.tables[tab].rows():
            self._stack.setCurrentWidget(self.tables[tab])
        else:
            self._empty.say(tr(f"reception.{tab}_none"))
            self._stack.setCurrentWidget(self._empty)


def _month_row(number: int, line: MonthLine) -> Row:
    icon, kind = _MONTH_MARKS[line.state]
    mean = round(line.total / line.counted_days) if line.counted_days else None
    state = Mark(icon, tr(f"reception.month_{line.state}"), kind)  # type: ignore[arg-type]
    return Row(number, (full_month(line.month), line.counted_days, line.total, mean, state))


def _point_row(number: int, line: MonthLine) -> Row:
    return Row(number, (tr("reception.points_of", month=short_month(line.month)), line.points, ""))


def _prize_row(number: int, line: PrizeLine) -> Row:
    shipped: str | Mark = Mark("clock", tr("reception.prizes_waiting"), "warn")
    if line.shipped_on is not None:
        shipped = short_day(line.shipped_on)
    return Row(number, (line.prize, line.points, short_day(line.requested_on), shipped))


def _paper_row(number: int, line: PaperLine) -> Row:
    kind = known(f"releases.paper.{line.kind}", line.kind)
    about = f"{kind}　{short_month(line.month)}" if line.month else kind
    # Until the vault's fourth version a courier's request stood where the wording stands.
    wording = "" if ":" in line.wording else line.wording
    return Row(number, (line.serial, about, wording, short_day(line.on)))


def _history_row(number: int, line: HistoryLine) -> Row:
    field = known(f"reception.history_field.{line.field}", line.field)
    before, after = _value(line.table, line.before), _value(line.table, line.after)
    change = tr("reception.history_from_to", before=before, after=after) if line.before else after
    if line.field == "erased":
        change = tr("reception.history_erased")
    why = line.why or known(f"reception.history_table.{line.table}", "")
    return Row(number, (moment(line.at), line.who, field, change, why))


def _value(table: str, value: str) -> str:
    """A value of the trail as a person reads it."""
    if not value:
        return tr("reception.history_blank")
    if value.isdecimal() and table in ("step_months", "point_months"):
        return tr(f"reception.history_unit.{table}", count=int(value))
    if _ISO_DAY.fullmatch(value):
        return short_day(date.fromisoformat(value))
    return known(f"reception.history_value.{value}", value)


def known(key: str, otherwise: str) -> str:
    """The text of a key, or what is given where there is none: values of the trail are data, not keys."""
    keys = texts().keys()
    return tr(key) if key in keys else otherwise

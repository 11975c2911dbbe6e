"""A person's page: who it is at the left, figures, months and records at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.dates import Month
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.reception import ParticipantSheet
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts import Bar, FigureTile, Inset, Paragraph, Sheet, SheetHead, SmallButton, ValueBars
from walkdesk.ui.look.tokens import DETAIL, SHEET_GAP
from walkdesk.ui.reception.identity import Identity
from walkdesk.ui.reception.records import Records
from walkdesk.ui.words import short_day, short_month

_FIELD_OF = (
    ("reception.name_", "name"),
    ("reception.address_", "address"),
    ("reception.postcode_", "postcode"),
    ("reception.mail_", "mail"),
    ("reception.phone_", "phone"),
    ("reception.age_", "age"),
    ("reception.similar_", "name"),
)


def field_of(note: ProblemNote) -> str:
    """The field that a doubt speaks of."""
    return next((field for beginning, field in _FIELD_OF if note.code.startswith(beginning)), "name")


class PersonView(QWidget):
    """The page of one person. ``correct_wanted`` with the field that a doubt speaks of."""

    correct_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP + 2)
        self.identity = Identity()
        self.identity.setFixedWidth(316)
        row.addWidget(self.identity)
        self.right = QVBoxLayout()
        self.right.setSpacing(SHEET_GAP)
        row.addLayout(self.right, 1)
        self._overview = QWidget()
        self._column = QVBoxLayout(self._overview)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SHEET_GAP)
        self._doubts = QVBoxLayout()
        self._doubts.setSpacing(8)
        self._column.addLayout(self._doubts)
        self._column.addLayout(self._lay_out_tiles())
        self._lay_out_months()
        self.records = Records()
        self._column.addWidget(self.records, 1)
        self.right.addWidget(self._overview, 1)

    def _lay_out_tiles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SHEET_GAP)
        self._points = FigureTile(tr("reception.tile_points"), "person_points_tile", tr("reception.points_unit"))
        self._steps = FigureTile(tr("reception.tile_steps"), "person_steps_tile", tr("reception.steps_unit"))
        self._prizes = FigureTile(tr("reception.tile_prizes"), "person_prizes_tile", tr("reception.prizes_unit"))
        for tile in (self._points, self._steps, self._prizes):
            sheet = Sheet()
            tile.setMinimumWidth(120)
            sheet.body.addWidget(tile)
            row.addWidget(sheet, 1)
        return row

    def _lay_out_months(self) -> None:
        self._months_sheet = Sheet("person_months_sheet", spacing=2)
        head = SheetHead(tr("reception.chart_title"), note=tr("reception.chart_note"))
        self._bars = ValueBars("person_chart")
        self._bars.setFixedHeight(104)
        self._months_sheet.body.addWidget(head)
        self._months_sheet.body.addWidget(self._bars)
        self._column.addWidget(self._months_sheet)

    def show_records(self, shown: bool) -> None:
        """Shows or hides the right side, so that a form can stand there."""
        self._overview.setVisible(shown)

    def show_person(self, sheet: ParticipantSheet) -> None:
        """Shows a person."""
        self.identity.show_person(sheet)
        self._show_doubts(sheet.doubts)
        self._points.show_figure(f"{sheet.points:,}", tr("reception.tile_reserved", points=sheet.reserved))
        latest = sheet.months[0] if sheet.months else None
        if latest is not None and latest.counted_days:
            mean = round(latest.total / latest.counted_days)
            note = tr("reception.tile_month", month=short_month(latest.month), days=latest.counted_days)
            self._steps.show_figure(f"{mean:,}", note)
        else:
            self._steps.show_figure("—", tr("reception.tile_no_steps"))
        waiting = [prize for prize in sheet.prizes if prize.shipped_on is None]
        last = sheet.prizes[0] if sheet.prizes else None
        note = tr("reception.tile_no_prizes")
        if waiting:
            note = tr("reception.tile_prize_waiting", prize=waiting[0].prize)
        elif last is not None and last.shipped_on is not None:
            note = tr("reception.tile_prize_shipped", prize=last.prize, day=short_day(last.shipped_on))
        self._prizes.show_figure(str(len(sheet.prizes)), note)
        self._show_months(sheet)
        self.records.show_person(sheet)

    def forget(self) -> None:
        """Keeps nothing of the person who was shown."""
        self.identity.clear()
        self._show_doubts(())
        self._bars.show_bars([])
        self.records.forget()

    def _show_months(self, sheet: ParticipantSheet) -> None:
        known = {line.month: line for line in sheet.months}
        first = Month.parse(min(known)) if known else Month.of(sheet.registered_on)
        first = min(first, Month.of(sheet.registered_on))
        last = Month(first.year + (first.month > 3), 3)
        bars = []
        month = first
        newest = max(known, default="")
        while month <= last:
            line = known.get(str(month))
            value = round(line.total / line.counted_days) if line is not None and line.counted_days else None
            here = str(month) == newest
            bars.append(Bar(short_month(str(month)), value, here, line is not None and line.state == "keying"))
            month = month.next
        self._bars.show_bars(bars)

    def _show_doubts(self, doubts: tuple[ProblemNote, ...]) -> None:
        while (item := self._doubts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, note in enumerate(doubts):
            row = Inset("warnsoft", f"person_doubt_{number}")
            row.row.addWidget(IconView("warning", "warn", 22))
            row.row.addWidget(Paragraph(sentence(note.problem()), DETAIL, "ink"), 1, Qt.AlignmentFlag.AlignVCenter)
            button = SmallButton(tr("reception.correct_this"), f"person_doubt_{number}_button")
            button.clicked.connect(lambda _on=False, note=note: self.correct_wanted.emit(field_of(note)))
            row.row.addWidget(button)
            self._doubts.addWidget(row)

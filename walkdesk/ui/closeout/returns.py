"""返還・引渡しの記録: every class on every medium, and what became of it (clause 11)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.participants import Origin
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.messages.closeout import RecordReturn, ReturnRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, QuietButton
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.parts.edits import ComboBox, LineEdit
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.table import Cell, Column, FactsTable, Mark, Row
from walkdesk.ui.sideform import SideForm
from walkdesk.ui.words import short_day

_LOOKS: dict[Disposition, tuple[str, ChipKind]] = {
    Disposition.RETURNED: ("return", "ok"),
    Disposition.HANDED_OVER: ("inbox", "ok"),
    Disposition.DESTROYED: ("trash", "accent"),
    Disposition.NONE: ("minus", "neutral"),
}


def content_of(row: ReturnRow) -> str:
    """What lies in one cell of the board."""
    return tr(f"closeout.content.{row.origin.value}_{row.medium.value}")


class ReturnsTable(FactsTable):
    """The board: one row a class and medium. Enter records one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("closeout.returns.origin"), 118, "strong"),
            Column(tr("closeout.returns.medium"), 84),
            Column(tr("closeout.returns.content"), 0, "detail"),
            Column(tr("closeout.returns.count"), 92, "number"),
            Column(tr("closeout.returns.disposition"), 158),
            Column(tr("closeout.returns.receipt"), 170, "detail"),
        )
        super().__init__(columns, "closeout_returns", tr("closeout.returns.title"), parent=parent)
        self._rows: tuple[ReturnRow, ...] = ()

    def show_returns(self, rows: Sequence[ReturnRow]) -> None:
        """Another state of the board."""
        self._rows = tuple(rows)
        self.show_rows(Row((row.origin.value, row.medium.value), _cells(row)) for row in rows)

    def row(self) -> ReturnRow | None:
        """The row under the keyboard."""
        return next((row for row in self._rows if (row.origin.value, row.medium.value) == self.current()), None)

    def select_open(self) -> None:
        """Goes to the first row that is not recorded."""
        waiting = [row for row in self._rows if row.disposition is None]
        if waiting:
            self.select((waiting[0].origin.value, waiting[0].medium.value))


def _cells(row: ReturnRow) -> tuple[Cell, ...]:
    mark = Mark("circle", tr("closeout.returns.open"), "warn", chip=True)
    if row.disposition is not None:
        icon, kind = _LOOKS[row.disposition]
        mark = Mark(icon, tr(f"closeout.disposition.{row.disposition.value}"), kind, chip=True)
    day = "" if row.recorded_on is None else short_day(row.recorded_on)
    told = " ".join(part for part in (day, row.receipt or row.basis) if part)
    origin, medium = tr(f"closeout.origin.{row.origin.value}"), tr(f"closeout.medium.{row.medium.value}")
    return (origin, medium, content_of(row), row.count, mark, told)


class ReturnsSheet(Sheet):
    """The board on its sheet, with the list for the ward."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("closeout_returns_sheet", tight=True, spacing=0, parent=parent)
        head = QWidget()
        line = QVBoxLayout(head)
        line.setContentsMargins(19, 8, 10, 4)
        self.back = QuietButton(tr("forms.back"), "closeout_returns_back", key="Alt+Left", icon="arrow-left")
        self._head = SheetHead(tr("closeout.returns.title"), note=tr("closeout.returns.note"), right=(self.back,))
        line.addWidget(self._head)
        self.body.addWidget(head)
        self.table = ReturnsTable()
        self.body.addWidget(self.table, 1)
        self.list = OutlineButton(tr("closeout.returns.make_list"), "closeout_make_list", key="F7", icon="document")
        foot = QHBoxLayout()
        foot.setContentsMargins(19, 8, 19, 12)
        foot.addWidget(self.list)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_returns(self, rows: Sequence[ReturnRow], may_list: bool) -> None:
        """Another state of the board."""
        done = sum(row.disposition is not None for row in rows)
        self._head.show_facts(tr("closeout.returns.facts", done=done, rows=len(rows)))
        self.table.show_returns(rows)
        self.list.setVisible(may_list)
        self.list.setEnabled(done > 0)


class ReturnForm(SideForm):
    """What became of one class on one medium."""

    def __init__(self) -> None:
        super().__init__(
            "closeout_return",
            tr("closeout.returns.form"),
            tr("closeout.returns.save"),
            icon="return",
            codes={
                "closeout.receipt": "closeout_receipt",
                "closeout.basis": "closeout_basis",
                "closeout.electronic": "closeout_disposition",
                "closeout.paper": "closeout_disposition",
            },
        )
        self.disposition = self.add(tr("closeout.returns.disposition"), ComboBox("closeout_disposition"))
        self.receipt = self.add(
            tr("closeout.returns.receipt_field"),
            LineEdit("closeout_receipt", tr("closeout.returns.receipt_example"), max_length=80),
            hint=tr("closeout.returns.receipt_hint"),
        )
        self.basis = self.add(
            tr("closeout.returns.basis_field"),
            LineEdit("closeout_basis", max_length=80),
            hint=tr("closeout.returns.basis_hint"),
        )
        self._row: ReturnRow | None = None
        self.disposition.currentIndexChanged.connect(lambda _index: self._show_fields())

    def show_row(self, row: ReturnRow) -> None:
        """The row that is recorded."""
        self._row = row
        origin, medium = tr(f"closeout.origin.{row.origin.value}"), tr(f"closeout.medium.{row.medium.value}")
        unit = tr(f"closeout.unit.{row.medium.value}")
        amount = tr("closeout.returns.amount", count=row.count, unit=unit)
        self.say(tr("closeout.returns.of", origin=origin, medium=medium, content=content_of(row), amount=amount))
        self.disposition.offer((one.value, tr(f"closeout.disposition.{one.value}")) for one in _choices(row))
        self.disposition.choose("" if row.disposition is None else row.disposition.value)
        self.receipt.setText(row.receipt)
        self.basis.setText(row.basis)
        self._show_fields()

    def message(self) -> RecordReturn | None:
        """What is recorded."""
        if self._row is None:
            return None
        self.form.clear_problems()
        disposition = Disposition(self.disposition.chosen())
        goes = disposition in (Disposition.RETURNED, Disposition.HANDED_OVER)
        return RecordReturn(
            Origin(self._row.origin),
            Medium(self._row.medium),
            disposition,
            self.basis.text().strip() if disposition is Disposition.DESTROYED else "",
            self.receipt.text().strip() if goes else "",
        )

    def _show_fields(self) -> None:
        chosen = self.disposition.chosen()
        goes = chosen in (Disposition.RETURNED.value, Disposition.HANDED_OVER.value)
        self.show_field(self.receipt, goes)
        self.show_field(self.basis, chosen == Disposition.DESTROYED.value)


def _choices(row: ReturnRow) -> tuple[Disposition, ...]:
    """What can have become of it: data on a disk exists, so 該当なし is for paper that never came."""
    if row.medium is Medium.PAPER and row.count == 0:
        return (Disposition.NONE, Disposition.RETURNED, Disposition.HANDED_OVER, Disposition.DESTROYED)
    if row.origin is Origin.PROVIDED:
        return (Disposition.RETURNED, Disposition.HANDED_OVER, Disposition.DESTROYED)
    return (Disposition.DESTROYED, Disposition.RETURNED, Disposition.HANDED_OVER)



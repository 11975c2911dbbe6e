"""The register's rows and the exact rows and columns of one release."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.releases import Manifest, ReleaseRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.parts.edits import ComboBox
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.table import Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.text import Label
from walkdesk.ui.look.tokens import LABEL
from walkdesk.ui.words import moment, short_day

ROWS = 200
"""Rows of a manifest that are shown at a time."""

_LOOKS: dict[ReleaseState, tuple[str, ChipKind]] = {
    ReleaseState.REQUESTED: ("stamp", "warn"),
    ReleaseState.APPROVED: ("check-circle", "accent"),
    ReleaseState.REFUSED: ("cross", "neutral"),
    ReleaseState.RELEASED: ("upload", "warn"),
    ReleaseState.CLOSED: ("check", "ok"),
}
_WIDTHS = {
    "serial": 160,
    "phone": 140,
    **dict.fromkeys(("number", "month", "steps", "points", "channel", "state", "origin", "rule"), 96),
    **dict.fromkeys(("age", "sex"), 64),
    **dict.fromkeys(("postcode", "day", "registered", "wording"), 116),
    **dict.fromkeys(("name", "prize"), 168),
    **dict.fromkeys(("address", "mail"), 340),
}


def state_mark(row: ReleaseRow, chip: bool = True) -> Mark:
    """Where a release stands, as icon, word and colour; what is outside too long is red."""
    icon, kind = _LOOKS[row.state]
    if row.overdue:
        return Mark("alert", tr("releases.overdue"), "danger", chip)
    if row.state is ReleaseState.CLOSED and row.outcome is not None:
        return Mark(icon, tr(f"releases.outcome.{row.outcome.value}"), kind, chip)
    return Mark(icon, tr(f"releases.state.{row.state.value}"), kind, chip)


def due_words(row: ReleaseRow) -> str:
    """Until when it must be closed: the hour where one was named, else the day."""
    if row.due_at is not None:
        return moment(row.due_at)
    return "" if row.due is None else short_day(row.due)


class RegisterTable(FactsTable):
    """The register, newest first; it names staff, never participants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("releases.table.release"), 100, "strong"),
            Column(tr("releases.table.paper")),
            Column(tr("releases.table.sheets"), 64, "number"),
            Column(tr("releases.table.requested"), 150, "detail"),
            Column(tr("releases.table.due"), 108, "detail"),
            Column(tr("releases.table.state"), 124),
        )
        super().__init__(columns, "releases_register", tr("releases.register"), row_height=40, parent=parent)
        self._releases: tuple[ReleaseRow, ...] = ()

    def show_releases(self, releases: Sequence[ReleaseRow]) -> None:
        """Other rows."""
        self._releases = tuple(releases)
        self.show_rows(
            Row(
                row.release,
                (
                    row.release,
                    tr(row.paper),
                    row.sheets,
                    f"{short_day(row.requested_at.date())}　{row.requested_by}",
                    "" if row.closed_on is not None else due_words(row),
                    state_mark(row),
                ),
            )
            for row in self._releases
        )

    def release(self) -> ReleaseRow | None:
        """The release under the keyboard."""
        return next((row for row in self._releases if row.release == self.current()), None)


class ManifestView(Sheet):
    """The rows and columns that would leave. ``wanted`` asks for a part and an offset."""

    wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("releases_manifest_sheet", tight=True, spacing=0, parent=parent)
        self._manifest: Manifest | None = None
        self.part = ComboBox("releases_part")
        self.part.setAccessibleName(tr("releases.manifest.title"))
        self._count = Label("", LABEL, "ink2", name="releases_manifest_count")
        self.newer = SmallButton(tr("releases.newer"), "releases_manifest_newer", key="Alt+Up")
        self.older = SmallButton(tr("releases.older"), "releases_manifest_older", key="Alt+Down")
        self.table = FactsTable((), "releases_manifest", tr("releases.manifest.title"), row_height=30)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 12, 6)
        line.setSpacing(10)
        line.addWidget(self.part)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self.newer)
        line.addWidget(self.older)
        self.body.addWidget(head)
        self.body.addWidget(self.table, 1)
        self.part.activated.connect(lambda _index: self.wanted.emit(self.part.chosen(), 0))
        self.newer.clicked.connect(lambda: self._turn(-1))
        self.older.clicked.connect(lambda: self._turn(1))

    def show_manifest(self, manifest: Manifest | None) -> None:
        """A page of a manifest, or none."""
        self._manifest = manifest
        self.setVisible(manifest is not None)
        if manifest is None:
            self.table.show_table((), ())
            return
        self.part.offer((part, tr(f"releases.part.{part}")) for part in manifest.parts)
        self.part.choose(manifest.part)
        last = manifest.offset + len(manifest.rows)
        first = manifest.offset + 1 if manifest.rows else 0
        self._count.setText(tr("releases.page_of", first=first, last=last, total=manifest.total))
        several = manifest.total > ROWS
        self.newer.setVisible(several)
        self.older.setVisible(several)
        self.newer.setEnabled(manifest.offset > 0)
        self.older.setEnabled(last < manifest.total)
        columns = [Column(tr(f"releases.column.{name}"), _WIDTHS.get(name, 120)) for name in manifest.columns]
        # The last column takes what is left, so that the heads reach the sheet's edge.
        room = sum(column.width for column in columns[:-1])
        if columns and room + 160 < self.width():
            columns[-1] = Column(columns[-1].title)
        self.table.show_table(columns, (Row(row[0], row) for row in manifest.rows))

    def _turn(self, pages: int) -> None:
        if self._manifest is not None:
            self.wanted.emit(self._manifest.part, max(self._manifest.offset + pages * ROWS, 0))

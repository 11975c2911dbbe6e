"""The register's rows and the exact sheets of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from walkdesk.domain.releases import Outcome, ReleaseState
from walkdesk.messages.releases import Manifest, ReleaseRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.parts.table import Column, FactsTable, Mark, Row
from walkdesk.ui.words import moment, short_day

_LOOKS: dict[ReleaseState, tuple[str, ChipKind]] = {
    ReleaseState.REQUESTED: ("stamp", "warn"),
    ReleaseState.APPROVED: ("check-circle", "accent"),
    ReleaseState.REFUSED: ("cross", "neutral"),
    ReleaseState.RELEASED: ("upload", "warn"),
    ReleaseState.CLOSED: ("check", "ok"),
}


def state_mark(row: ReleaseRow, chip: bool = True) -> Mark:
    """Where a release stands, as icon, word and colour."""
    icon, kind = _LOOKS[row.state]
    if row.state is ReleaseState.CLOSED and row.outcome is not None:
        return Mark(icon, tr(f"releases.outcome.{row.outcome.value}"), kind, chip)
    return Mark(icon, tr(f"releases.state.{row.state.value}"), kind, chip)


def outcomes_of(row: ReleaseRow) -> tuple[Outcome, ...]:
    """How a release can be closed now."""
    if row.state is ReleaseState.RELEASED:
        return (Outcome.POSTED, Outcome.DESTROYED)
    if row.state in (ReleaseState.REQUESTED, ReleaseState.APPROVED):
        return (Outcome.WITHDRAWN,)
    return ()


class RegisterTable(FactsTable):
    """The register, newest first; it names staff, never participants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("releases.table.release"), 116, "strong"),
            Column(tr("releases.table.paper")),
            Column(tr("releases.table.sheets"), 80, "number"),
            Column(tr("releases.table.requested"), 168, "detail"),
            Column(tr("releases.table.due"), 84, "detail"),
            Column(tr("releases.table.state"), 140),
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
                    f"{moment(row.requested_at)}　{row.requested_by}",
                    "" if row.due is None or row.closed_on is not None else short_day(row.due),
                    state_mark(row),
                ),
            )
            for row in self._releases
        )

    def release(self) -> ReleaseRow | None:
        """The release under the keyboard."""
        return next((row for row in self._releases if row.release == self.current()), None)


class ManifestTable(FactsTable):
    """The sheets that would leave: serial, number, name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("releases.manifest.serial"), 136, "detail"),
            Column(tr("releases.manifest.number"), 84, "strong"),
            Column(tr("releases.manifest.name")),
        )
        super().__init__(columns, "releases_manifest", tr("releases.manifest.title"), row_height=30, parent=parent)

    def show_manifest(self, manifest: Manifest | None) -> None:
        """The sheets of one release, or none."""
        rows = () if manifest is None else manifest.rows
        self.show_rows((Row(row.serial, (row.serial, row.number, row.name)) for row in rows), keep=False)

"""The registers with what waits in them, and the lines of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from walkdesk.domain.registers import EntryState
from walkdesk.messages.registers import EntryRow, RegisterCount
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.words import short_day

_LOOKS: dict[EntryState, tuple[str, ChipKind]] = {
    EntryState.OPEN: ("circle", "neutral"),
    EntryState.RUNNING_OUT: ("clock", "warn"),
    EntryState.OVERDUE: ("alert", "danger"),
    EntryState.CLOSED: ("check", "ok"),
}


def state_mark(state: EntryState, chip: bool = True) -> Mark:
    """How a line stands, as icon, word and colour."""
    icon, kind = _LOOKS[state]
    return Mark(icon, tr(f"registers.state.{state.value}"), kind, chip)


def title_of(row: EntryRow) -> str:
    """What the list shows of a line."""
    if row.source == "release":
        return tr("releases.paper_sheets", paper=tr(row.title), sheets=row.facts["sheets"])
    return tr(row.title, **row.facts) if row.source else row.title


class RegistersTable(FactsTable):
    """The registers; the number beside a warning sign is that of the overdue lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("registers.table.name"), 0, "strong"),
            Column(tr("registers.table.open"), 66, "number"),
            Column(tr("registers.table.late"), 62),
        )
        super().__init__(columns, "registers_list", tr("registers.list_title"), side=14, parent=parent)

    def show_counts(self, counts: Sequence[RegisterCount]) -> None:
        """Other counts; the register that was current stays so."""
        self.show_rows(
            Row(
                one.register,
                (
                    tr(f"registers.name.{one.register.value}"),
                    one.open,
                    Mark("alert", f"{one.overdue:,}", "danger") if one.overdue else "",
                ),
            )
            for one in counts
        )


class EntriesTable(FactsTable):
    """The lines of one register, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("registers.table.entry"), 98, "strong"),
            Column(tr("registers.table.title")),
            Column(tr("registers.table.day"), 80, "detail"),
            Column(tr("registers.table.due"), 80, "detail"),
            Column(tr("registers.table.state"), 122),
        )
        super().__init__(columns, "registers_entries", tr("registers.title"), side=14, row_height=40, parent=parent)
        self._entries: tuple[EntryRow, ...] = ()

    def show_entries(self, entries: Sequence[EntryRow]) -> None:
        """Other lines."""
        self._entries = tuple(entries)
        self.show_rows(
            Row(
                (row.source, row.entry),
                (
                    row.entry,
                    title_of(row),
                    short_day(row.opened_on),
                    "" if row.due is None else short_day(row.due),
                    state_mark(row.state, chip=False),
                ),
            )
            for row in self._entries
        )

    def choose(self, entry: str) -> bool:
        """Makes the line of a number current."""
        return any(self.select((row.source, row.entry)) for row in self._entries if row.entry == entry)

    def entry(self) -> EntryRow | None:
        """The line under the keyboard."""
        return next((row for row in self._entries if (row.source, row.entry) == self.current()), None)

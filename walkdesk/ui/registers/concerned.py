"""The persons concerned by an incident: a way to count them in the open vault, and the number that is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from walkdesk.messages.registers import ConcernedWay, ConcernedWays, CountConcerned, EntryRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import ComboBox
from walkdesk.ui.sideform import SideForm


class ConcernedForm(SideForm):
    """人数を数える."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "registers_concerned",
            tr("registers.concerned_title"),
            tr("registers.concerned_save"),
            tr("registers.concerned_text"),
            icon="people",
            codes={"registers.way_": "registers_concerned_way"},
            parent=parent,
        )
        self._entry = ""
        self.way = self.add(tr("registers.concerned_way"), ComboBox("registers_concerned_way"))

    def show_ways(self, row: EntryRow, ways: ConcernedWays) -> None:
        """What can be counted for a line."""
        self._entry = row.entry
        self.way.offer((f"{way.by}:{way.value}", _words(way)) for way in ways.ways)

    def message(self) -> CountConcerned:
        """The way that is chosen."""
        by, _, value = self.way.chosen().partition(":")
        return CountConcerned(self._entry, by, value)


def _words(way: ConcernedWay) -> str:
    value = tr(f"reception.channel.{way.value}") if way.by == "channel" else way.value
    return tr(f"registers.concerned_{way.by}", value=value, count=way.count)

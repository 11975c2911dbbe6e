"""Out of the door: an approved release onto paper or into its sealed page, once, and again by the same way only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.releases import Released, ReleaseRow, TakeRelease
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.notes import ProgressLine
from walkdesk.ui.out.exits import Printing, choose_file, write_file
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.shell.page import PageContext


class Taking(QObject):
    """Takes the release out that ``current`` names; ``taken`` when the register changed by it.

    What came is kept until the window locks: a printer that jams must not cost a new release.
    """

    taken = Signal()
    passphrase_wanted = Signal(object)
    """The ``Released`` whose passphrase is shown now, once."""

    def __init__(
        self,
        context: PageContext,
        details: ReleaseDetails,
        progress: ProgressLine,
        current: Callable[[], ReleaseRow | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.printing = Printing(self)
        self._context, self._details, self._progress, self._current = context, details, progress, current
        self._window = parent
        self._kept: dict[str, Released] = {}
        details.print.clicked.connect(self._find_printer)
        details.save.clicked.connect(self._choose_place)

    def way_of(self, release: str) -> Way | None:
        """By which way a release came here, so that it can go that way once more."""
        kept = self._kept.get(release)
        return None if kept is None else kept.way

    def forget(self, release: str) -> None:
        """A release is closed: its bytes are wanted no more."""
        self._kept.pop(release, None)

    def refused(self, problem: Problem) -> None:
        """Says why nothing left."""
        self._progress.hide()
        self._details.say(sentence(problem))

    def _find_printer(self) -> None:
        # Looked for first: nothing is taken out that could not be printed.
        self._details.say("")
        self.printing.find(self._printer_found)

    def _printer_found(self, names: tuple[str, ...]) -> None:
        row = self._current()
        if row is None:
            return
        if not names:
            self._details.say(sentence(Problem("releases.no_printer")))
        elif row.release in self._kept:
            self._print(self._kept[row.release])
        else:
            self._take(row.release, Way.PRINT, None)

    def _choose_place(self) -> None:
        row = self._current()
        if row is None:
            return
        self._details.say("")
        title, kind = tr("releases.save_title"), tr("releases.print_file_kind")
        path = choose_file(self._window, title, f"{row.release}.html", kind)
        if path is None:
            return
        if row.release in self._kept:
            self._write(self._kept[row.release], path)
        else:
            self._take(row.release, Way.FILE, path)

    def _take(self, release: str, way: Way, path: Path | None) -> None:
        def came(released: Released) -> None:
            self._progress.hide()
            self._kept[release] = released
            if path is None:
                self._print(released)
            else:
                self._write(released, path)
            self.taken.emit()

        def step(progress: Any) -> None:
            self._progress.show_progress(tr("releases.making"), progress.done, progress.total)

        question = TakeRelease(release, way.value, self._details.bag.isChecked())
        self._context.room.ask(question, came, self.refused, step)

    def _print(self, released: Released) -> None:
        def printed() -> None:
            self._context.say(tr("releases.printed", release=released.release, pages=released.pages))

        self.printing.send(released, printed, self.refused)

    def _write(self, released: Released, path: Path) -> None:
        try:
            write_file(path, released)
        except Problem as problem:
            self.refused(problem)
            return
        self._context.say(tr("releases.saved", name=path.name))
        if released.passphrase:
            self.passphrase_wanted.emit(released)

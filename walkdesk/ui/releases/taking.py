"""Out of the door: an approved release onto paper or into its sealed page, once; and single sheets of it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.pageranges import parse_pages, write_pages
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.printing import LookAtPrint, PrintChoices
from walkdesk.messages.releases import Released, ReleaseRow, TakeRelease
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.notes import ProgressLine
from walkdesk.ui.out.exits import PrintHow, Printing, choose_file, write_file
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.releases.printform import PrintForm, ReprintForm
from walkdesk.ui.shell.page import PageContext


@dataclass(slots=True)
class _Kept:
    """What came out of the room, and the pages that no printer has had; for a file they do not matter."""

    released: Released
    left: tuple[int, ...]


class Taking(QObject):
    """Takes the release out that ``current`` names; ``taken`` when the register changed by it.

    What came is kept until a printer has all of it or the window locks: a printer that is off must not cost a new
    release. From then on a sheet comes again only as 刷り直し, with its evidence.
    """

    taken = Signal()
    passphrase_wanted = Signal(object)
    """The ``Released`` whose passphrase is shown now, once."""
    form_wanted = Signal(object)
    """A form that is to be seen instead of the details."""
    form_done = Signal()

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
        self.print_form, self.reprint_form = PrintForm(), ReprintForm()
        self._context, self._details, self._progress, self._current = context, details, progress, current
        self._window = parent
        self._kept: dict[str, _Kept] = {}
        self._problems: dict[str, Problem] = {}
        self._busy = False
        self._ticket: int | None = None
        details.print.clicked.connect(self._find_printer)
        details.save.clicked.connect(self._choose_place)
        details.reprint.clicked.connect(self._begin_reprint)
        self.print_form.submitted.connect(self._submit_print)
        self.reprint_form.submitted.connect(self._submit_reprint)
        progress.cancelled.connect(self._stop)

    def way_of(self, release: str) -> Way | None:
        """By which way a release came here, so that it can go that way once more."""
        kept = self._kept.get(release)
        return None if kept is None else kept.released.way

    def problem_of(self, release: str) -> str:
        """Why its print did not reach the printer, until it is tried again."""
        problem = self._problems.get(release)
        return "" if problem is None else sentence(problem)

    def forget(self, release: str) -> None:
        """A release is closed: its bytes are wanted no more."""
        self._kept.pop(release, None)
        self._problems.pop(release, None)

    def refused(self, problem: Problem) -> None:
        """Says why nothing left."""
        self._rest()
        self._details.say(sentence(problem))

    # Onto paper

    def _find_printer(self) -> None:
        # Looked for first: nothing is taken out that could not be printed.
        if not self._busy:
            self._details.say("")
            self.printing.find(self._printers_found)

    def _printers_found(self, names: tuple[str, ...]) -> None:
        row = self._current()
        if row is None:
            return
        if not names:
            self.refused(Problem("releases.no_printer"))
            return
        kept = self._kept.get(row.release)

        def show(choices: PrintChoices) -> None:
            left = "" if kept is None else self._left_of(kept)
            self.print_form.show_choices(choices, names, left, again=kept is not None)
            self.form_wanted.emit(self.print_form)

        self._context.room.ask(LookAtPrint(row.release), show, self.refused)

    def _left_of(self, kept: _Kept) -> str:
        whole = len(kept.left) == kept.released.pages
        return "" if whole else write_pages(kept.left)

    def _submit_print(self) -> None:
        row, how = self._current(), self.print_form.how()
        if row is None or how is None:
            return
        kept = self._kept.get(row.release)
        on = self.print_form.on()
        self.form_done.emit()
        if kept is not None:
            self._print(kept, how)
        else:
            self._take(row.release, Way.PRINT, lambda kept: self._print(kept, how), on)

    def _print(self, kept: _Kept, how: PrintHow) -> None:
        released = kept.released
        release = released.release

        def printed() -> None:
            self._rest()
            sent = parse_pages(how.pages, released.pages)
            kept.left = tuple(page for page in kept.left if page not in sent)
            if not kept.left and self._kept.get(release) is kept:
                del self._kept[release]
            self._context.say(tr("printing.sent", release=release, pages=len(sent)))
            self.taken.emit()

        def failed(problem: Problem) -> None:
            self._problems[release] = problem
            self.refused(problem)
            self.taken.emit()

        def step(done: int, whole: int) -> None:
            self._progress.show_progress(tr("printing.printing"), done, whole)

        self._problems.pop(release, None)
        self._context.say(tr("printing.sending", release=release), "ink2", "printer")
        self._work(tr("printing.printing"))
        self.printing.send(released, printed, failed, how, step)

    def _work(self, words: str) -> None:
        """One thing at a time, and what it is."""
        self._busy = True
        self._progress.show_progress(words, 0, 0)

    def _rest(self) -> None:
        """It is done, or it went wrong."""
        self._busy, self._ticket = False, None
        self._progress.hide()

    def _stop(self) -> None:
        """The button beside the progress: the room stops making, or the printer gets no more."""
        if self._ticket is not None:
            self._context.room.cancel(self._ticket)
        else:
            self.printing.stop()

    # Single sheets again

    def _begin_reprint(self) -> None:
        row = self._current()
        if row is not None and not self._busy:
            self._details.say("")
            self.reprint_form.show_release(row.release)
            self.form_wanted.emit(self.reprint_form)

    def _submit_reprint(self) -> None:
        row, message = self._current(), self.reprint_form.message()
        if row is None or message is None:
            return
        release = row.release

        def came(released: Released) -> None:
            self._ticket = None
            kept = _Kept(released, tuple(range(1, released.pages + 1)))
            # Pages that were never sent stay to be sent: they are more than these.
            self._kept.setdefault(release, kept)
            self._context.room.ask(LookAtPrint(release), lambda choices: known(choices, kept), self.refused)

        def known(choices: PrintChoices, kept: _Kept) -> None:
            grey = any(one.grey for one in choices.settings.printers if one.printer == choices.on.printer)
            self.form_done.emit()
            # Where it was printed: only there the correction is right with which it was made.
            self._print(kept, PrintHow(choices.on.printer, "", grey))

        def refused(problem: Problem) -> None:
            self._rest()
            self.reprint_form.form.show_problem(problem)

        def found(names: tuple[str, ...]) -> None:
            if names:
                self._work(tr("releases.making"))
                self._ticket = self._context.room.ask(message, came, refused, self._making)
            else:
                refused(Problem("printing.no_printer"))

        self.printing.find(found)

    # Into a file

    def _choose_place(self) -> None:
        row = self._current()
        if row is None or self._busy:
            return
        self._details.say("")
        title, kind = tr("releases.save_title"), tr("releases.print_file_kind")
        path = choose_file(self._window, title, f"{row.release}.html", kind)
        if path is None:
            return
        kept = self._kept.get(row.release)
        if kept is not None:
            self._write(kept.released, path)
        else:
            self._take(row.release, Way.FILE, lambda kept: self._write(kept.released, path))

    def _write(self, released: Released, path: Path) -> None:
        try:
            write_file(path, released)
        except Problem as problem:
            self.refused(problem)
            return
        self._context.say(tr("releases.saved", name=path.name))
        if released.passphrase:
            self.passphrase_wanted.emit(released)

    # Through the gate

    def _take(self, release: str, way: Way, then: Callable[[_Kept], None], on: PrintOn | None = None) -> None:
        def came(released: Released) -> None:
            self._rest()
            kept = self._kept[release] = _Kept(released, tuple(range(1, released.pages + 1)))
            then(kept)
            self.taken.emit()

        self._work(tr("releases.making"))
        question = TakeRelease(release, way.value, self._details.bag.isChecked(), on or PrintOn())
        self._ticket = self._context.room.ask(question, came, self.refused, self._making)

    def _making(self, progress: Any) -> None:
        self._progress.show_progress(tr("releases.making"), progress.done, progress.total)

"""文面: the wording of each paper, with its versions, its editor and the page that it makes, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done, Progress
from walkdesk.messages.wordings import (
    CheckWording,
    LookAtWordings,
    OpenedWording,
    OpenWording,
    PreviewWording,
    SaveWording,
    WordingBoard,
    WordingCheck,
    WordingPreview,
    WordingRow,
    WordingVersion,
)
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import OutlineButton
from walkdesk.ui.look.parts.edits import ComboBox
from walkdesk.ui.look.parts.fields import Field
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.table import Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.papers.part import Primary
from walkdesk.ui.papers.wording_editor import WordingEditor
from walkdesk.ui.papers.wording_page import WordingPage
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.unsaved import UnfinishedValue
from walkdesk.ui.words import full_day

PAUSE_MS = 300
"""From the last key to the page."""
CHECK_MS = 900
"""From the page to the trial on everyone."""

Texts = dict[str, str]


class Shelf(UnfinishedValue):
    """Holds what is typed and not in sight: in another paper's wording, or under another tab."""

    def __init__(self, held: Callable[[], dict[str, Texts]], take: Callable[[dict[str, Texts]], None]) -> None:
        super().__init__()
        self.setObjectName("wordings_shelf")
        self.setFixedHeight(0)
        self._held, self._take = held, take

    def unfinished(self) -> str:
        held = self._held()
        return json.dumps(held, ensure_ascii=False) if held else ""

    def settled(self) -> str:
        return ""

    def resume(self, text: str) -> None:
        self._take(json.loads(text))


class WordingPart(QWidget):
    """The tab: papers and versions, the editor, the page."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("papers_wording")
        self._context, self._tell = context, changed
        self._may_save = self._faulty = self._filling = False
        self._wanted: tuple[str, int | None] = ("", None)
        self._unsaved: dict[str, Texts] = {}
        self._turn = self._page_ticket = self._check_ticket = 0
        self.paper = ComboBox("wordings_paper")
        self.versions = FactsTable(
            (Column(tr("wordings.version_column"), 0),), "wordings_versions", tr("wordings.versions"), 16, 36
        )
        self._about = Paragraph("", DETAIL, "ink2", name="wordings_about")
        self.restore = OutlineButton(tr("wordings.restore"), "wordings_restore", icon="undo")
        self.editor = WordingEditor()
        self.page = WordingPage()
        self.shelf = Shelf(self._out_of_sight, self._take_back)
        self._pause = _timer(self, PAUSE_MS, self._ask_page)
        self._later = _timer(self, CHECK_MS, self._ask_check)
        self._lay_out()
        self.paper.activated.connect(lambda _index: self._open(self.paper.chosen()))
        self.versions.current_changed.connect(self._choose_version)
        self.restore.clicked.connect(self._restore)
        self.editor.typed.connect(self._typed)
        self.editor.newest_wanted.connect(lambda: self._open(self.paper.chosen()))
        self.page.person_changed.connect(self._pause.start)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        which = Sheet("wordings_which", tight=True, spacing=0)
        which.setFixedWidth(224)
        head = QVBoxLayout()
        head.setContentsMargins(15, 12, 15, 8)
        head.addWidget(Field(tr("wordings.paper_label"), self.paper))
        which.body.addLayout(head)
        which.body.addWidget(self.versions, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 8, 15, 14)
        foot.setSpacing(10)
        foot.addWidget(self._about)
        foot.addWidget(self.restore)
        which.body.addLayout(foot)
        row.addWidget(which)
        row.addWidget(self.editor, 5)
        row.addWidget(self.page, 4)
        self.page.setMinimumWidth(300)

    # What the page of the desk asks of its parts

    def begin(self) -> None:
        """Puts the keyboard where a person starts."""
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Asks which papers there are; what is typed stays."""
        self._context.room.ask(LookAtWordings(), self._show_board, self._refused)

    def primary(self) -> Primary:
        """Saving, once there is something to save and nothing is wrong with it."""
        ready = self._may_save and not self._faulty and not self._reading() and bool(self.editor.unsaved())
        return Primary(tr("wordings.save"), ready, tr("wordings.facts" if self._may_save else "wordings.facts_manager"))

    def act(self) -> None:
        """Saves a new version."""
        opened = self.editor.opened()
        if opened is None:
            return
        sent = self.editor.parts()
        message = SaveWording(opened.paper, opened.variant, self.editor.version.text(), sent)
        self._context.room.ask(message, lambda done: self._saved(dict(sent), done), self._not_saved)

    def place(self) -> dict[str, Any]:
        """The paper and its variant."""
        opened = self.editor.opened()
        return {} if opened is None else {"wording": _key(opened)}

    def go(self, place: dict[str, Any]) -> None:
        """To a place; without one the paper stays."""
        self._wanted = (str(place.get("wording") or self._wanted[0]), None)

    # Papers and versions

    def _show_board(self, board: WordingBoard) -> None:
        self._may_save = board.may_save
        here = self._wanted[0]
        papers = [row.paper for row in board.rows]
        self.paper.offer((f"{row.paper}/{row.variant}", _title(row, papers.count(row.paper) > 1)) for row in board.rows)
        self.paper.choose(here)
        opened = self.editor.opened()
        if opened is None or _key(opened) != self.paper.chosen() or not self.editor.unsaved():
            number = None if opened is None or _key(opened) != self.paper.chosen() else self._wanted[1]
            self._open(self.paper.chosen(), number)
        self._tell()

    def _open(self, key: str, number: int | None = None) -> None:
        """Opens a version; what is typed in the one that is shown goes onto the shelf."""
        if not key:
            return
        self._put_away()
        self._wanted = (key, number)
        paper, _, variant = key.partition("/")
        self._context.room.ask(OpenWording(paper, variant, number), self._show_wording, self._refused)

    def _show_wording(self, opened: OpenedWording) -> None:
        if (_key(opened), self._wanted[1] in (None, opened.number)) != (self._wanted[0], True):
            return
        self._put_away()
        newest = opened.number == opened.versions[0].number
        self.editor.show_wording(opened, not newest)
        self._faulty = False
        self._show_versions(opened)
        self.page.offer_people(opened.personal)
        if newest:
            self.editor.type(self._unsaved.pop(_key(opened), {}))
        self._changed_page()
        self._ask_page()

    def _show_versions(self, opened: OpenedWording) -> None:
        newest = opened.versions[0].number
        self._filling = True
        self.versions.show_rows(
            Row(one.number, (Mark("check", one.version, "ok") if one.number == newest else one.version,))
            for one in opened.versions
        )
        self.versions.select(opened.number)
        self._filling = False
        shown = next(one for one in opened.versions if one.number == opened.number)
        self._about.say(_about(shown, opened.number == newest))
        reading = opened.number != newest
        self.restore.say(tr("wordings.use_this" if reading else "wordings.restore"))

    def _choose_version(self, number: object) -> None:
        opened = self.editor.opened()
        if not self._filling and opened is not None and isinstance(number, int) and number != opened.number:
            self._open(_key(opened), number)

    def _restore(self) -> None:
        """The shipped text, or that of the older version that is read, into the editor, unsaved."""
        opened = self.editor.opened()
        if opened is None:
            return
        if self._reading():
            self._unsaved[_key(opened)] = dict(self.editor.parts())
            self._open(_key(opened))
        else:
            self._context.room.ask(OpenWording(opened.paper, opened.variant, 0), self._restored, self._refused)

    def _restored(self, shipped: OpenedWording) -> None:
        opened = self.editor.opened()
        if opened is None or _key(opened) != _key(shipped) or self._reading():
            return
        self.editor.type({part.key: part.text for part in shipped.parts})
        self._context.say(tr("wordings.restored"), "ink", "info")

    def _reading(self) -> bool:
        opened = self.editor.opened()
        return opened is None or opened.number != opened.versions[0].number

    # What is typed, and its page

    def _typed(self) -> None:
        self._changed_page()
        self._pause.start()

    def _changed_page(self) -> None:
        """The text is another one: what is under way is of the one before."""
        self._later.stop()
        self._context.room.cancel(self._check_ticket)
        self.page.forget_check()
        self._tell()

    def _ask_page(self) -> None:
        opened = self.editor.opened()
        if opened is None:
            return
        self._pause.stop()
        self._context.room.cancel(self._page_ticket)
        self._turn += 1
        turn, number = self._turn, self.page.number()
        version = self.editor.version.text()
        message = PreviewWording(opened.paper, opened.variant, version, self.editor.parts(), number)
        self._page_ticket = self._context.room.ask(
            message, lambda shown: self._show_page(turn, shown), lambda problem: self._no_page(turn, problem)
        )

    def _show_page(self, turn: int, shown: WordingPreview) -> None:
        """An answer that newer typing has overtaken is dropped."""
        if turn != self._turn:
            return
        self.page.show_page(shown)
        if not self._reading():
            self.editor.show_faults(shown.faults)
        self._faulty = bool(shown.faults)
        opened = self.editor.opened()
        tried = self._reading() or shown.faults or self.page.checked()
        if opened is not None and opened.personal and not tried:
            self._later.start()
        self._tell()

    def _no_page(self, turn: int, problem: Problem) -> None:
        if turn == self._turn and problem.code != "shell.cancelled":
            self.page.say(sentence(problem))

    def _ask_check(self) -> None:
        opened, turn = self.editor.opened(), self._turn
        if opened is None:
            return

        def show(check: WordingCheck) -> None:
            if turn == self._turn:
                self.page.show_check(check)

        def refuse(problem: Problem) -> None:
            if turn == self._turn:
                self.page.refuse_check(problem)

        def tell(step: Progress) -> None:
            if turn == self._turn:
                self.page.show_progress(step.done)

        message = CheckWording(opened.paper, opened.variant, self.editor.parts())
        self._check_ticket = self._context.room.ask(message, show, refuse, tell)

    # Saving

    def _saved(self, sent: Texts, done: Done) -> None:
        """Opens the new version; what was typed while it was being saved stays unsaved."""
        opened = self.editor.opened()
        self._context.say(tr("wordings.saved", version=done.facts["version"], ledger=done.ledger))
        if opened is not None:
            later = {key: text for key, text in self.editor.parts() if text != sent[key]}
            self.editor.settle()
            self._unsaved[_key(opened)] = later
            self._open(_key(opened))

    def _not_saved(self, problem: Problem) -> None:
        if problem.code.startswith("wordings.version"):
            self.editor.show_version_problem(sentence(problem))
        else:
            self.page.say(sentence(problem))

    def _refused(self, problem: Problem) -> None:
        self.page.say(sentence(problem))

    # The shelf

    def _put_away(self) -> None:
        opened = self.editor.opened()
        if opened is not None and self.editor.writing():
            self._unsaved[_key(opened)] = self.editor.unsaved()

    def _out_of_sight(self) -> dict[str, Texts]:
        held = {key: texts for key, texts in self._unsaved.items() if texts}
        opened, texts = self.editor.opened(), self.editor.unsaved()
        if opened is not None and texts and not self.isVisible():
            held[_key(opened)] = texts
        return held

    def _take_back(self, held: dict[str, Texts]) -> None:
        opened = self.editor.opened()
        for key, texts in held.items():
            if opened is not None and key == _key(opened) and not self._reading():
                self.editor.type(texts)
            else:
                self._unsaved[key] = texts


def _key(opened: OpenedWording) -> str:
    return f"{opened.paper}/{opened.variant}"


def _title(row: WordingRow, several: bool) -> str:
    paper = tr(f"wordings.paper.{row.paper}")
    return tr("wordings.title", paper=paper, variant=tr(f"wordings.variant.{row.variant}")) if several else paper


def _about(version: WordingVersion, newest: bool) -> str:
    saved = version.saved_at
    if saved is None:
        who = tr("wordings.shipped")
    else:
        who = tr("wordings.saved_by", day=full_day(saved.date()), name=version.saved_by)
    return f"{tr('wordings.in_use')}\n{who}" if newest else who


def _timer(parent: QWidget, milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer

"""文面: the wording of each paper, with its versions, its editor and the page that it makes, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.wordings import (
    LookAtWordings,
    OpenedWording,
    OpenWording,
    SaveWording,
    WordingBoard,
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
from walkdesk.ui.papers.wording_shelf import Shelf, Texts
from walkdesk.ui.papers.wording_trial import Trial
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import full_day


class WordingPart(QWidget):
    """The tab: papers and versions, the editor, the page."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("papers_wording")
        self._context, self._tell = context, changed
        self._may_save = self._faulty = self._filling = False
        self._wanted: tuple[str, int | None] = ("", None)
        self._unsaved: dict[str, Texts] = {}
        self.paper = ComboBox("wordings_paper")
        self.versions = FactsTable(
            (Column(tr("wordings.version_column"), 0),), "wordings_versions", tr("wordings.versions"), 16, 36
        )
        self._about = Paragraph("", DETAIL, "ink2", name="wordings_about")
        self.restore = OutlineButton(tr("wordings.restore"), "wordings_restore", icon="undo")
        self.editor = WordingEditor()
        self.page = WordingPage()
        self.trial = Trial(context.room, self.editor, self.page)
        self.shelf = Shelf(self._out_of_sight, self._take_back)
        self._lay_out()
        self.paper.activated.connect(lambda _index: self._open(self.paper.chosen()))
        self.versions.current_changed.connect(self._choose_version)
        self.restore.clicked.connect(self._restore)
        self.editor.typed.connect(self._typed)
        self.editor.newest_wanted.connect(lambda: self._open(self.paper.chosen()))
        self.page.person_changed.connect(self.trial.ask_soon)
        self.trial.shown.connect(self._shown)

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.trial.stop()

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
        self.trial.stop()
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
        else:
            self.trial.ask()
        self._tell()

    def _open(self, key: str, number: int | None = None) -> None:
        """Opens a version; what is typed in the one that is shown goes onto the shelf."""
        if not key:
            return
        self._put_away()
        self.trial.stop()
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
        self.trial.begin()
        self.trial.ask()
        self._tell()

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
        return self.editor.reading()

    def _typed(self) -> None:
        self.trial.begin()
        self._tell()

    def _shown(self, shown: WordingPreview) -> None:
        """The page of what is typed came, with what is wrong in it."""
        if not self._reading():
            self.editor.show_faults(shown.faults)
        self._faulty = bool(shown.faults)
        self._tell()

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

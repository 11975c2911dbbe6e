"""The editor of a wording: one field a part, the placeholders above them, what is wrong beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from walkdesk.domain.wording import LONGEST_VERSION
from walkdesk.messages.wordings import OpenedWording, PartFault, PartKind, WordingPart
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import QuietButton
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.fields import Field, Note
from walkdesk.ui.look.parts.sheet import Sheet, scrolling
from walkdesk.ui.look.parts.text import Label
from walkdesk.ui.look.tokens import BODY_BOLD, DETAIL
from walkdesk.ui.papers.wording_fields import (
    PartEditor,
    PartText,
    PlaceholderBar,
    insert_in,
    part_editor,
    text_in,
    type_in,
)
from walkdesk.ui.unsaved import note_settled

VERSION = ""
"""Stands for the name of the version where texts are kept by their parts."""
BAR_KEYS = ("F9", "Ctrl+Space")
"""From a text to the placeholders; some input methods take the second for themselves."""
_HINTS = {PartKind.LINE: "", PartKind.ROWS: "wordings.rows_hint", PartKind.TEXT: "wordings.text_hint"}


class WordingEditor(Sheet):
    """Shows a version to be read or changed. ``typed`` tells that a person changed something."""

    typed = Signal()
    newest_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("wordings_editor", tight=True, spacing=0)
        self._opened: OpenedWording | None = None
        self._fields: dict[str, Field] = {}
        self._last: PartEditor | None = None
        self._reading = self._quiet = self._settled = False
        self.version = LineEdit("wordings_version", max_length=LONGEST_VERSION)
        self._version = Field(tr("wordings.version_name"), self.version, hint=tr("wordings.version_hint"))
        self.bar = PlaceholderBar("wordings_bar")
        self._example = Label(tr("wordings.placeholders_hint"), DETAIL, "ink2", name="wordings_example")
        self._title = Label(tr("wordings.placeholders"), BODY_BOLD)
        self._note = Note("wordings_note")
        self._to_newest = QuietButton(tr("wordings.to_newest"), "wordings_to_newest", icon="arrow-right")
        self._column = QVBoxLayout()
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        self._area = scrolling(self._body, "wordings_area")
        self._lay_out()
        self.version.textChanged.connect(self._changed)
        self.version.returnPressed.connect(lambda: self.focusNextChild())
        self.bar.chosen.connect(self.insert)
        self.bar.left.connect(self._back)
        self.bar.pointed.connect(self._show_example)
        self._to_newest.clicked.connect(self.newest_wanted)
        for key in BAR_KEYS:
            QShortcut(QKeySequence(key), self).activated.connect(self._to_bar)

    def _lay_out(self) -> None:
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(19, 12, 19, 10)
        top.setSpacing(8)
        top.addWidget(self._note)
        top.addWidget(self._to_newest, 0, Qt.AlignmentFlag.AlignLeft)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._title)
        title.addWidget(self._example, 1)
        top.addLayout(title)
        top.addWidget(self.bar)
        self.body.addWidget(head)
        self._column.setContentsMargins(19, 4, 19, 16)
        self._column.setSpacing(12)
        self._body.setLayout(self._column)
        self._column.addWidget(self._version)
        self._column.addStretch(1)
        self.body.addWidget(self._area, 1)
        self._note.hide()
        self._to_newest.hide()

    def show_wording(self, opened: OpenedWording, reading: bool) -> None:
        """Shows a version; ``reading`` is for an older one, and for who may not save."""
        self._quiet = True
        if self._opened is None or _form(self._opened) != _form(opened):
            self._make_fields(opened.parts)
        self._opened, self._reading, self._settled = opened, reading, False
        names = [one.name for one in opened.placeholders]
        self.bar.offer(names)
        for widget in (self._title, self._example, self.bar):
            widget.setVisible(not reading)
        self._show_example("")
        self.version.setText(opened.version if reading else opened.next_version)
        self.version.setReadOnly(reading)
        for part in opened.parts:
            self._fill(part, names)
        self._say_reading()
        self.clear_faults()
        self._quiet = False

    def _fill(self, part: WordingPart, names: Iterable[str]) -> None:
        editor = self.editor(part.key)
        editor.setReadOnly(self._reading)
        if isinstance(editor, PartText):
            editor.setPlainText(part.text)
            editor.marks.know(names)
        else:
            editor.setText(part.text)
            editor.setCursorPosition(0)
        note_settled(editor)

    def _make_fields(self, parts: Iterable[WordingPart]) -> None:
        for field in self._fields.values():
            field.setParent(None)
            field.deleteLater()
        self._fields, self._last = {}, None
        for part in parts:
            editor = part_editor(part.kind, f"wordings_part_{part.key}")
            editor.textChanged.connect(self._changed)
            editor.installEventFilter(self)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(lambda: self.focusNextChild())
            hint = _HINTS[part.kind]
            field = Field(tr(f"wordings.part.{part.key}"), editor, hint=tr(hint) if hint else "")
            self._column.insertWidget(self._column.count() - 1, field)
            self._fields[part.key] = field

    def _say_reading(self) -> None:
        opened = self._opened
        older = opened is not None and opened.number != opened.versions[0].number
        text = tr("wordings.reading", version=opened.version) if opened is not None and older else ""
        self._note.say(text, "ink2", "info")
        self._to_newest.setVisible(older)

    def opened(self) -> OpenedWording | None:
        """What is shown, as it is saved."""
        return self._opened

    def editor(self, part: str) -> PartEditor:
        """The editor of a part; that of the version's name for ``VERSION``."""
        if part == VERSION:
            return self.version
        editor = self._fields[part].editor
        assert isinstance(editor, LineEdit | PartText)
        return editor

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Every part as it stands there now."""
        return tuple((key, text_in(self.editor(key))) for key in self._fields)

    def unsaved(self) -> dict[str, str]:
        """The parts that are others than the saved ones, and the name of the version once it was typed."""
        if self._opened is None or not self.writing():
            return {}
        saved = {VERSION: self._opened.next_version, **{part.key: part.text for part in self._opened.parts}}
        return {key: text for key, text in ((VERSION, self.version.text()), *self.parts()) if text != saved[key]}

    def reading(self) -> bool:
        """Whether an older version is shown, or none yet."""
        return self._opened is None or self._reading

    def writing(self) -> bool:
        """Whether what stands there can be saved, and is not saved yet."""
        return self._opened is not None and not self._reading and not self._settled

    def settle(self) -> None:
        """What stands there was saved: it is nothing typed any more."""
        self._settled = True

    def type(self, texts: Mapping[str, str]) -> None:
        """Puts texts in, unsaved, as if a person had typed them."""
        for key, text in texts.items():
            if key == VERSION or key in self._fields:
                type_in(self.editor(key), text)

    def insert(self, name: str) -> None:
        """Types a placeholder where the keyboard was last, and goes back there."""
        editor = self._target()
        if editor is not None and not self._reading:
            insert_in(editor, f"{{{name}}}")
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """The keyboard into the first part."""
        editor = self._target()
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _target(self) -> PartEditor | None:
        first = next(iter(self._fields), None)
        return self._last or (None if first is None else self.editor(first))

    def show_faults(self, faults: Iterable[PartFault]) -> None:
        """What is wrong, each beside its field; of several in one part the first."""
        first: dict[str, PartFault] = {}
        for fault in faults:
            first.setdefault(fault.part, fault)
        for key, field in ((VERSION, self._version), *self._fields.items()):
            if key in first:
                text = sentence(first[key].problem.problem())
                if field.note() != text:
                    field.show_problem(text)
            elif field.editor.property("faulty"):
                field.clear_problem()
            field.editor.setProperty("faulty", key in first)

    def show_version_problem(self, text: str) -> None:
        """What is wrong with the name of the version, and goes there."""
        self._version.show_problem(text)
        self.version.setProperty("faulty", True)
        self.version.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_faults(self) -> None:
        """Takes every sentence away."""
        self.show_faults(())

    def problem_of(self, part: str) -> str:
        """What stands beneath the field of a part."""
        return (self._version if part == VERSION else self._fields[part]).note()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, LineEdit | PartText):
            self._last = watched
        return super().eventFilter(watched, event)

    def _changed(self, *_: object) -> None:
        if not self._quiet and not self._reading:
            self.typed.emit()

    def _to_bar(self) -> None:
        if not self._reading:
            self.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _back(self) -> None:
        editor = self._target()
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_example(self, name: str) -> None:
        rows = () if self._opened is None else self._opened.placeholders
        found = next((row for row in rows if row.name == name), None)
        self._example.setText(
            tr("wordings.placeholders_hint")
            if found is None
            else tr("wordings.placeholder_tip", name=found.name, example=found.example)
        )


def _form(opened: OpenedWording) -> tuple[object, ...]:
    return (opened.paper, opened.variant, *((part.key, part.kind) for part in opened.parts))

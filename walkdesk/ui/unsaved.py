"""What is typed on a page and not yet saved, found and put back by the object names of its editors.

No page has to do anything for it. Kept are all lines and areas into which a person typed, unless they say that they
are not (``kept`` of ``LineEdit``: passwords, searches, a number typed to confirm), and with each of them the choices
and ticks of the same form. What the program itself wrote into an editor is not typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from walkdesk.messages.drafts import DraftField
from walkdesk.ui.forms import Form
from walkdesk.ui.look.parts import CheckBox, ComboBox

_BEFORE = "value before it was typed over"


class UnfinishedValue(QWidget):
    """A part of its own kind that holds a value until it is saved, such as a cell of a grid."""

    typing = Signal()
    """The unfinished value may have changed."""

    def unfinished(self) -> str:
        """What is typed and not saved, nor being saved; empty when nothing is."""
        raise NotImplementedError

    def settled(self) -> str:
        """The saved value in the same place."""
        raise NotImplementedError

    def resume(self, text: str) -> None:
        """Puts an unfinished value back."""
        raise NotImplementedError


Editor = QLineEdit | QPlainTextEdit | UnfinishedValue


@dataclass(frozen=True, slots=True)
class PutBack:
    """How putting back went: how many typed texts are there again, and whether another value was saved meanwhile."""

    texts: int
    missing: int
    changed: bool


def is_kept(widget: QWidget | None) -> bool:
    """Whether what is typed there may be kept."""
    if isinstance(widget, QLineEdit):
        plain = widget.echoMode() == QLineEdit.EchoMode.Normal
        return plain and not widget.isReadOnly() and bool(getattr(widget, "kept", False))
    return isinstance(widget, QPlainTextEdit | UnfinishedValue) and bool(widget.objectName())


def typed_text(editor: Editor) -> str:
    """What a person typed there and did not save."""
    if isinstance(editor, UnfinishedValue):
        return editor.unfinished()
    if isinstance(editor, QLineEdit):
        return editor.text() if editor.isModified() else ""
    return editor.toPlainText() if editor.document().isModified() else ""


def settled_text(editor: Editor) -> str:
    """What stood there before it was typed over: the saved value where the form shows one."""
    if isinstance(editor, UnfinishedValue):
        return editor.settled()
    if typed_text(editor):
        return str(editor.property(_BEFORE) or "")
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def note_settled(editor: Editor) -> None:
    """Remembers what stands there while nothing is typed; called whenever the text changes."""
    if not isinstance(editor, UnfinishedValue) and not typed_text(editor):
        editor.setProperty(_BEFORE, settled_text(editor))


def unsaved_fields(page: QWidget) -> tuple[DraftField, ...]:
    """Every typed text that the page shows (or would, were the page itself seen), with its form's choices."""
    fields: list[DraftField] = []
    forms: list[Form] = []
    for editor in _editors(page):
        text = typed_text(editor)
        if not text:
            continue
        fields.append(DraftField(editor.objectName(), text, settled_text(editor)))
        form = _form_of(editor)
        if form is not None and form not in forms:
            forms.append(form)
    for form in forms:
        fields += [DraftField(choice.objectName(), _choice(choice)) for choice in _choices(form, page)]
    return tuple(sorted(fields, key=lambda field: field.name))


def put_back(page: QWidget, fields: tuple[DraftField, ...]) -> PutBack:
    """Puts typed texts and choices back; what a person has typed there in the meantime stays."""
    wanted = {field.name: field for field in fields}
    known = [widget for widget in page.findChildren(QWidget) if widget.objectName() in wanted]
    # Choices first: they decide which fields there are, and fill them.
    for choice in known:
        if isinstance(choice, ComboBox | CheckBox) and choice.isVisibleTo(page):
            _choose(choice, wanted[choice.objectName()].text)
    texts, changed = 0, False
    choices = {choice.objectName() for choice in known if isinstance(choice, ComboBox | CheckBox)}
    for editor in known:
        if not isinstance(editor, Editor) or not (is_kept(editor) and editor.isVisibleTo(page) and editor.isEnabled()):
            continue
        field = wanted[editor.objectName()]
        texts += 1
        if typed_text(editor):
            continue
        saved = settled_text(editor)
        if saved == field.text:
            continue
        changed = changed or saved != field.before
        _write(editor, field.text, saved)
    return PutBack(texts, len(wanted.keys() - choices) - texts, changed)


def cursor_of(widget: QWidget | None) -> int:
    """The letters before the cursor."""
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position() if isinstance(widget, QPlainTextEdit) else 0


def put_cursor(page: QWidget, name: str, cursor: int) -> None:
    """The keyboard into the editor of this name, and the cursor where it was."""
    for widget in page.findChildren(QWidget, name):
        if not widget.isVisibleTo(page):
            continue
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit):
            widget.setCursorPosition(cursor)
        elif isinstance(widget, QPlainTextEdit):
            place = QTextCursor(widget.document())
            place.setPosition(min(cursor, len(widget.toPlainText())))
            widget.setTextCursor(place)


def _editors(page: QWidget) -> Iterator[Editor]:
    lines, areas, values = (page.findChildren(kind) for kind in (QLineEdit, QPlainTextEdit, UnfinishedValue))
    for editor in (*lines, *areas, *values):
        if isinstance(editor, Editor) and is_kept(editor) and editor.isEnabled() and editor.isVisibleTo(page):
            yield editor


def _form_of(widget: QWidget) -> Form | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Form):
        parent = parent.parentWidget()
    return parent


def _choices(form: Form, page: QWidget) -> Iterator[ComboBox | CheckBox]:
    choices: tuple[ComboBox | CheckBox, ...] = (*form.findChildren(ComboBox), *form.findChildren(CheckBox))
    for choice in choices:
        if choice.isVisibleTo(page) and choice.isEnabled():
            yield choice


def _choice(choice: ComboBox | CheckBox) -> str:
    return choice.chosen() if isinstance(choice, ComboBox) else str(int(choice.isChecked()))


def _choose(choice: ComboBox | CheckBox, key: str) -> None:
    if _choice(choice) == key:
        return
    if isinstance(choice, CheckBox):
        choice.setChecked(key == "1")
    elif choice.findData(key) >= 0:
        choice.choose(key)
        choice.activated.emit(choice.currentIndex())


def _write(editor: Editor, text: str, saved: str) -> None:
    if isinstance(editor, UnfinishedValue):
        editor.resume(text)
        return
    if isinstance(editor, QLineEdit):
        editor.setText(text)
        editor.setModified(True)
        # As if it had been typed: pages follow a line by its text, some only by what is typed into it.
        editor.textEdited.emit(text)
    else:
        editor.setPlainText(text)
        editor.document().setModified(True)
    # Last: while the text was set, it was not typed yet, and would have counted as the saved one.
    editor.setProperty(_BEFORE, saved)

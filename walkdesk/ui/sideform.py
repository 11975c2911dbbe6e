"""A form beside a list: what it is for, its fields, one button, a way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.buttons import Button, DangerButton, OutlineButton, QuietButton
from walkdesk.ui.look.parts.fields import Field
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.text import Label, Paragraph
from walkdesk.ui.look.tokens import DETAIL, SECTION

Editor = TypeVar("Editor", bound=QWidget)


class SideForm(Sheet):
    """The sheet around a ``Form``. Enter goes from field to field and at last to the button; Esc goes back.

    ``codes`` are those of the form: which field a problem speaks of.
    """

    submitted = Signal()
    cancelled = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        save: str,
        text: str = "",
        icon: str = "pencil",
        back: bool = True,
        danger: bool = False,
        codes: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, spacing=10, parent=parent)
        self._editors: list[QWidget] = []
        self._fields: dict[QWidget, Field] = {}
        self._has_back = back
        head = QHBoxLayout()
        head.setSpacing(9)
        head.addWidget(IconView(icon, "danger" if danger else "accent", 20))
        self._title = Label(title, SECTION, "danger" if danger else "ink", name=f"{name}_title")
        head.addWidget(self._title, 1)
        self._text = Paragraph(text, DETAIL, "ink2", name=f"{name}_text")
        self.form = Form(f"{name}_form", codes)
        kind = DangerButton if danger else OutlineButton
        self.save: Button = kind(save, f"{name}_save")
        self.back = QuietButton(tr("forms.back"), f"{name}_back", cap="Esc")
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        foot.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._text)
        self.body.addWidget(self.form)
        self.body.addWidget(self.form.note)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        # Only now: a widget that is shown before it has a parent opens a window of its own.
        self._text.setVisible(bool(text))
        # Only now: a part without a parent would show as a window of its own.
        self._text.setVisible(bool(text))
        self.back.setVisible(back)
        self.save.clicked.connect(lambda: self.submitted.emit())
        self.back.clicked.connect(lambda: self.cancelled.emit())

    def add(self, label: str, editor: Editor, required: bool = False, hint: str = "") -> Editor:
        """One more field above the button."""
        self._fields[editor] = self.form.field(label, editor, required, hint)
        self.form.row(self._fields[editor])
        self._editors.append(editor)
        return editor

    def add_beside(self, *fields: tuple[str, QWidget]) -> None:
        """Short fields side by side, each with its label, above the button."""
        made = []
        for label, editor in fields:
            self._fields[editor] = self.form.field(label, editor)
            self._editors.append(editor)
            made.append(self._fields[editor])
        self.form.row(*made)

    def show_at(self, editor: QWidget, sentence: str) -> None:
        """Says what is wrong with one editor, and goes there."""
        self._fields[editor].show_problem(sentence)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_field(self, editor: QWidget, shown: bool) -> None:
        """Shows or hides one field with its label."""
        self._fields[editor].setVisible(shown)

    def note_at(self, editor: QWidget) -> str:
        """What stands beneath an editor."""
        return self._fields[editor].note()

    def put(self, widget: QWidget) -> None:
        """A widget that is no field, above the button."""
        self.form.column.addWidget(widget)

    def say(self, text: str, title: str | None = None) -> None:
        """The sentence under the title, and another title when given."""
        self._text.say(text)
        self._text.setVisible(bool(text))
        if title is not None:
            self._title.setText(title)

    def text(self) -> str:
        """The sentence under the title."""
        return self._text.accessibleName()

    def begin(self) -> None:
        """Takes every problem away, and puts the keyboard into the first field that can be filled."""
        self.form.clear_problems()
        for editor in self._editors:
            if editor.isEnabled() and not (isinstance(editor, QLineEdit) and editor.isReadOnly()):
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._has_back:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)


def whole_number(text: str) -> int | None:
    """A number as people type it (full width, with commas); ``None`` when it is none."""
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text if sign not in ",， ")
    return int(plain) if plain.isdecimal() else None

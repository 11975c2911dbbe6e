"""A field of a form: label above, what is typed, the problem beneath it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.text import Label, Paragraph, appear
from walkdesk.ui.look.tokens import BODY_BOLD, HINT, LABEL, Tone


class Note(QWidget):
    """An icon and a sentence in one colour; takes no room while it is empty."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._icon = IconView("alert", "danger", 18)
        self._words = Paragraph(kind=LABEL, tone="danger", name=f"{name}_words")
        icon = QVBoxLayout()
        icon.setContentsMargins(0, 2, 0, 0)
        icon.addWidget(self._icon)
        icon.addStretch(1)
        row.addLayout(icon)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, text: str, tone: Tone = "danger", icon: str = "alert") -> None:
        """Shows a sentence; an empty one takes the note away."""
        self._icon.show_icon(icon, tone)
        self._words.set_tone(tone)
        self._words.say(text)
        self.setAccessibleName(text)
        appear(self, bool(text))

    def text(self) -> str:
        """What it says; empty when it is away."""
        return self.accessibleName() if not self.isHidden() else ""


class Field(QWidget):
    """A label, an editor beneath it and, when something is wrong, one sentence beneath that.

    The editor keeps its own object name; the sentence is ``<name>_problem``. ``required`` says so
    beside the label.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        name = editor.objectName()
        self.setObjectName(f"{name}_field")
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.label = Label(label, BODY_BOLD, name=f"{name}_label")
        self.label.setBuddy(editor)
        head.addWidget(self.label)
        if required:
            head.addWidget(Label(tr("shell.parts.required"), HINT, "ink2"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(editor)
        self._note = Note(f"{name}_problem")
        column.addWidget(self._note)
        self.setFocusProxy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self.clear_problem()

    def show_problem(self, problem: Problem | str) -> None:
        """Shows what is wrong and what to do, and marks the editor."""
        text = sentence(problem) if isinstance(problem, Problem) else problem
        self._note.say(text, "danger", "alert")
        self.editor.setAccessibleDescription(text)
        self._mark(True)

    def warn(self, text: str) -> None:
        """Shows something to look at again; the value stays acceptable."""
        self._note.say(text, "warn", "warning")
        self.editor.setAccessibleDescription(text)
        self._mark(False)

    def clear_problem(self) -> None:
        """Takes the sentence away; the hint comes back if there is one."""
        self._note.say(self._hint, "ink2", "info")
        self.editor.setAccessibleDescription(self._hint)
        self._mark(False)

    def note(self) -> str:
        """What stands beneath the editor."""
        return self._note.text()

    def _mark(self, problem: bool) -> None:
        mark = getattr(self.editor, "set_problem", None)
        if mark is not None:
            mark(problem)


def beside(*widgets: QWidget | None, spacing: int = 20) -> QHBoxLayout:
    """Fields side by side, equally wide, from the same top edge; ``None`` leaves a place empty."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        # A column each: an aligned widget would not be asked how high it is in its width.
        column = QVBoxLayout()
        if widget is not None:
            column.addWidget(widget)
        column.addStretch(1)
        row.addLayout(column, 1)
    return row

"""The window envelope in use with its measures and its picture, and the sheet of labels that is offered first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from walkdesk.domain.layouts import Box, WindowLayout, check_window
from walkdesk.domain.problem import Problem
from walkdesk.messages.printing import PrintingSettings, SetLabels, SetWindow
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.edits import ComboBox, LineEdit
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.papers.millimetres import millimetres, read_length
from walkdesk.ui.papers.windowpicture import WindowPicture

_MEASURES = ("left", "top", "width", "height")


class WindowSheet(Sheet):
    """Fields at the left, the picture at the right. ``changes`` says what is to be kept."""

    def __init__(self) -> None:
        super().__init__("papers_printing_paper", spacing=10)
        self._settings: PrintingSettings | None = None
        self.form = Form("papers_printing_paper_form", {"printing.window": "papers_printing_left"})
        self.envelope = ComboBox("papers_printing_window")
        self.measures = {key: LineEdit(f"papers_printing_{key}", number=True, max_length=8) for key in _MEASURES}
        self.labels = ComboBox("papers_printing_labels")
        self.picture = WindowPicture("papers_printing_picture")
        self._fields = [self.form.field(tr(f"printing.window_{key}"), self.measures[key]) for key in _MEASURES]
        self._lay_out()
        self.envelope.activated.connect(lambda _index: self._fill())
        for edit in self.measures.values():
            edit.textChanged.connect(lambda _text: self._draw())

    def _lay_out(self) -> None:
        self.body.addWidget(SheetHead(tr("printing.papers")))
        row = QHBoxLayout()
        row.setSpacing(18)
        self.form.row(self.form.field(tr("printing.window_label"), self.envelope))
        self.form.row(*self._fields[:2])
        self.form.row(*self._fields[2:])
        self.form.row(self.form.field(tr("printing.labels_usual"), self.labels))
        self.form.finish()
        row.addWidget(self.form, 1)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_settings(self, settings: PrintingSettings) -> None:
        """What is in use."""
        self._settings = settings
        self.form.clear_problems()
        self.envelope.offer((one.key, tr(f"printing.window_name.{one.key}")) for one in settings.windows)
        self.envelope.choose(settings.window.key)
        self.labels.offer((one.key, tr(f"printing.labels_name.{one.key}")) for one in settings.label_formats)
        self.labels.choose(settings.labels)
        self._fill()

    def changes(self) -> list[object] | None:
        """What is to be kept of the papers; ``None`` after a problem was shown."""
        settings, layout = self._settings, self._layout()
        if settings is None or layout is None:
            return []
        self.form.clear_problems()
        lengths = [length for field in self._fields if (length := read_length(field)) is not None]
        if len(lengths) < len(_MEASURES):
            return None
        try:
            window = WindowLayout(layout.key, check_window(Box(*lengths)), layout.folds)
        except Problem as problem:
            self.form.show_problem(problem)
            return None
        messages: list[object] = []
        if window != settings.window:
            messages.append(SetWindow(window.key, None if window in settings.windows else window.window))
        if self.labels.chosen() != settings.labels:
            messages.append(SetLabels(self.labels.chosen()))
        return messages

    def _layout(self) -> WindowLayout | None:
        """The envelope that is chosen: with the measures in use, else as the program ships it."""
        settings = self._settings
        known = () if settings is None else (settings.window, *settings.windows)
        return next((one for one in known if one.key == self.envelope.chosen()), None)

    def _fill(self) -> None:
        layout = self._layout()
        if layout is not None:
            window = layout.window
            lengths = (window.left, window.top, window.width, window.height)
            for edit, length in zip(self.measures.values(), lengths, strict=True):
                edit.setText(f"{length:g}")
        self._draw()

    def _draw(self) -> None:
        """The picture of what is typed; without a window while that is none."""
        layout = self._layout()
        try:
            lengths = [millimetres(edit.text()) for edit in self.measures.values()]
            shown = None if layout is None else WindowLayout(layout.key, check_window(Box(*lengths)), layout.folds)
        except Problem:
            shown = None
        self.picture.show_layout(shown)

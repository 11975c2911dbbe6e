"""A paper on the screen: PDF bytes in memory become pictures in memory; nothing is ever written to a file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.buttons import QuietButton, SmallButton
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.notes import EmptyState
from walkdesk.ui.look.parts.openpaper import OpenPaper
from walkdesk.ui.look.parts.text import Label
from walkdesk.ui.look.tokens import DETAIL

_A4 = (595.0, 842.0)


class _Leaf(QWidget):
    """The page itself, drawn as sharp as the screen is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        self._paper: OpenPaper | None = None
        self._page = 0

    def show_page(self, paper: OpenPaper | None, page: int) -> None:
        """Another page; none without a paper."""
        self._paper, self._page = paper, page
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        if self._paper is not None:
            wide = max(round(rect.width() * painter.device().devicePixelRatio()), 1)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._paper.image(self._page, wide))
        paint.box(painter, rect, 0, None, paint.color("line2"))
        painter.end()


class _GoTo(QWidget):
    """Where a page is typed by its number, or by what its bookmark says; hidden until it is wanted."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = LineEdit(f"{name}_find", tr("preview.find"), max_length=60, kept=False)
        self.edit.setAccessibleName(tr("preview.find"))
        self._said = Label("", DETAIL, "danger", name=f"{name}_find_problem")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.edit, 1)
        row.addWidget(self._said)
        self.edit.returnPressed.connect(lambda: self.wanted.emit(self.edit.text().strip()))
        self.edit.textEdited.connect(lambda _text: self.say(""))
        self.hide()
        self.say("")

    def say(self, text: str) -> None:
        """What is wrong with what was typed."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def problem(self) -> str:
        """What stands beside the line."""
        return self._said.text()

    def begin(self) -> None:
        """The keyboard into the line."""
        self.say("")
        self.show()
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def _close(papers: list[OpenPaper], _gone: object = None) -> None:
    """Closes what is open: a paper does not outlive the place where it was shown."""
    while papers:
        papers.pop().close()


class PdfPreview(QWidget):
    """A paper with its pages. Fitted to its place, or larger to be read, with 前, 次, 拡大 and a page that is typed.

    The file is open while it is shown and only the page that is seen is drawn. Hiding keeps it; ``clear`` forgets it.
    """

    page_changed = Signal(int)

    def __init__(self, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._paper: OpenPaper | None = None
        self._opened: list[OpenPaper] = []
        self._page, self._large = 0, False
        self.previous = SmallButton(tr("preview.previous"), f"{name}_previous")
        self.next = SmallButton(tr("preview.next"), f"{name}_next")
        self.zoom = SmallButton(tr("preview.larger"), f"{name}_zoom")
        self.count = QuietButton("", f"{name}_count")
        self.search = _GoTo(name)
        self._note = Label("", DETAIL, "ink2", name=f"{name}_note")
        self._leaf = _Leaf()
        self._area = QScrollArea()
        self._area.setObjectName(f"{name}_area")
        self._area.setAccessibleName(tr("preview.paper"))
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(self._leaf)
        self._leaf.setAutoFillBackground(False)
        self._nothing = EmptyState("document", empty, name=f"{name}_nothing")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._bind_keys()
        self.previous.clicked.connect(lambda: self.go_to(self._page - 1))
        self.next.clicked.connect(lambda: self.go_to(self._page + 1))
        self.zoom.clicked.connect(self._toggle_zoom)
        self.count.clicked.connect(self.search.begin)
        self.search.wanted.connect(self._search)
        self.search.left.connect(self._leave_search)
        self.destroyed.connect(partial(_close, self._opened))
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.previous, self.count, self.next, self.zoom):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._note)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self._area, 1)
        column.addWidget(self._nothing, 1)

    def _bind_keys(self) -> None:
        buttons = (("PgUp", self.previous), ("PgDown", self.next), ("F8", self.zoom), ("Ctrl+G", self.count))
        for key, button in buttons:
            # The keys stand in the tips: caps would push the page count out of a narrow place.
            button.setToolTip(key)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(button.click)
        for key, end in (("Home", False), ("End", True)):
            # Only here: elsewhere in the window they belong to tables and lines.
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda end=end: self.go_to(self.pages() - 1 if end else 0))

    def show_paper(self, pdf: bytes, title: str, note: str = "") -> None:
        """Another paper, from its first page. ``note`` stands at the right (見本, 原本)."""
        self.clear()
        self._paper = OpenPaper(pdf)
        self._opened.append(self._paper)
        self._note.setText(note)
        self.setAccessibleName(title)
        self.go_to(0)

    def clear(self) -> None:
        """No paper: its pictures are forgotten too."""
        self._leaf.show_page(None, 0)
        _close(self._opened)
        self._paper, self._page = None, 0
        self._note.setText("")
        self.search.edit.clear()
        self.search.hide()
        self._show_count()
        self._fit()

    def pages(self) -> int:
        """How many pages there are; 0 while there is no paper."""
        return 0 if self._paper is None else self._paper.pages

    def page(self) -> int:
        """The page that is seen, from 1; 0 while there is no paper."""
        return self._page + 1 if self.pages() else 0

    def go_to(self, page: int) -> None:
        """Another page, counted from 0; beyond the ends nothing happens."""
        if not 0 <= page < self.pages():
            return
        self._page = page
        self._leaf.show_page(self._paper, page)
        self._area.verticalScrollBar().setValue(0)
        self._show_count()
        self._fit()
        self.page_changed.emit(page + 1)

    def _search(self, text: str) -> None:
        if self._paper is None or not text:
            return
        number = int(text) if text.isdecimal() else None
        page = self._paper.find(text, self._page) if number is None else number - 1
        if page is not None and 0 <= page < self.pages():
            self.go_to(page)
            self.search.say("")
        else:
            self.search.say(tr("preview.not_found" if number is None else "preview.no_page"))

    def _leave_search(self) -> None:
        self.search.hide()
        self.count.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self) -> None:
        self._area.setVisible(self.pages() > 0)
        self._nothing.setVisible(self.pages() == 0)
        for widget in (self.previous, self.count, self.next, self.zoom):
            widget.setVisible(self.pages() > 0)
        self.count.say(tr("preview.count", page=self.page(), pages=self.pages()))
        self.count.setEnabled(self.pages() > 1)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < self.pages())
        self.zoom.setEnabled(self.pages() > 0)

    def _toggle_zoom(self) -> None:
        self._large = not self._large
        self.zoom.say(tr("preview.smaller" if self._large else "preview.larger"))
        self._fit()

    def _fit(self) -> None:
        room = self._area.maximumViewportSize()
        wide, tall = _A4 if self._paper is None else self._paper.size(self._page)
        width = float(room.width())
        width = max(width - 16, 700.0) if self._large else min(width, room.height() * wide / tall)
        self._leaf.setFixedSize(max(round(width), 40), max(round(width * tall / wide), 40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(450, 640)

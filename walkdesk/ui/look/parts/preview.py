"""A paper on the screen: PDF bytes in memory become pictures in memory; nothing is ever written to a file."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.notes import EmptyState
from walkdesk.ui.look.parts.text import Label
from walkdesk.ui.look.tokens import DETAIL, LABEL

_A4 = (595.0, 842.0)


def page_image(pdf: bytes, page: int, width: int) -> QImage:
    """One page, counted from 0, as a picture of a width in pixels."""
    with (
        closing(pypdfium2.PdfDocument(pdf)) as document,
        closing(document[page]) as leaf,
        closing(leaf.render(scale=width / leaf.get_width(), prefer_bgrx=True)) as bitmap,
    ):
        shape = (bitmap.width, bitmap.height, bitmap.stride)
        # A copy has its own memory: the bitmap's is given back here.
        return QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGB32).copy()


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
        return tuple((float(wide), float(tall)) for wide, tall in sizes)


class _Leaf(QWidget):
    """The page itself, drawn as sharp as the screen is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        self._pdf = b""
        self._page = 0
        self._image = QImage()
        self._drawn = 0

    def show_page(self, pdf: bytes, page: int) -> None:
        """Another page; none without bytes."""
        self._pdf, self._page = pdf, page
        self._image, self._drawn = QImage(), 0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        if self._pdf:
            wide = max(round(rect.width() * painter.device().devicePixelRatio()), 1)
            if self._drawn != wide:
                self._image, self._drawn = page_image(self._pdf, self._page, wide), wide
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)
        paint.box(painter, rect, 0, None, paint.color("line2"))
        painter.end()


class PdfPreview(QWidget):
    """A paper with its pages. Fitted to its place, or larger to be read, with 前, 次 and 拡大.

    Hiding the page keeps it; ``clear`` forgets it.
    """

    page_changed = Signal(int)

    def __init__(self, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._page, self._large = 0, False
        self.previous = SmallButton(tr("preview.previous"), f"{name}_previous")
        self.next = SmallButton(tr("preview.next"), f"{name}_next")
        self.zoom = SmallButton(tr("preview.larger"), f"{name}_zoom")
        self._count = Label("", LABEL, "ink2", name=f"{name}_count")
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
        self.previous.clicked.connect(lambda: self.go_to(self._page - 1))
        self.next.clicked.connect(lambda: self.go_to(self._page + 1))
        self.zoom.clicked.connect(self._toggle_zoom)
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.previous, self._count, self.next, self.zoom):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._note)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._nothing, 1)
        for key, button in (("PgUp", self.previous), ("PgDown", self.next), ("F8", self.zoom)):
            # The keys stand in the tips: three caps would push the page count out of a narrow place.
            button.setToolTip(key)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(button.click)

    def show_paper(self, pdf: bytes, title: str, note: str = "") -> None:
        """Another paper, from its first page. ``note`` stands at the right (見本, 原本)."""
        self.clear()
        self._pdf, self._sizes = pdf, page_sizes(pdf)
        self._note.setText(note)
        self.setAccessibleName(title)
        self.go_to(0)

    def clear(self) -> None:
        """No paper: its pictures are forgotten too."""
        self._pdf, self._sizes, self._page = b"", (), 0
        self._note.setText("")
        self._leaf.show_page(b"", 0)
        self._show_count()
        self._fit()

    def pages(self) -> int:
        """How many pages there are; 0 while there is no paper."""
        return len(self._sizes)

    def page(self) -> int:
        """The page that is seen, from 1; 0 while there is no paper."""
        return self._page + 1 if self._sizes else 0

    def go_to(self, page: int) -> None:
        """Another page, counted from 0; beyond the ends nothing happens."""
        if not 0 <= page < self.pages():
            return
        self._page = page
        self._leaf.show_page(self._pdf, page)
        self._area.verticalScrollBar().setValue(0)
        self._show_count()
        self._fit()
        self.page_changed.emit(page + 1)

    def _show_count(self) -> None:
        self._area.setVisible(self.pages() > 0)
        self._nothing.setVisible(self.pages() == 0)
        for widget in (self.previous, self._count, self.next, self.zoom):
            widget.setVisible(self.pages() > 0)
        self._count.setText(tr("preview.count", page=self.page(), pages=self.pages()))
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < self.pages())
        self.zoom.setEnabled(self.pages() > 0)

    def _toggle_zoom(self) -> None:
        self._large = not self._large
        self.zoom.say(tr("preview.smaller" if self._large else "preview.larger"))
        self._fit()

    def _fit(self) -> None:
        room = self._area.maximumViewportSize()
        wide, tall = self._sizes[self._page] if self._sizes else _A4
        width = float(room.width())
        width = max(width - 16, 700.0) if self._large else min(width, room.height() * wide / tall)
        self._leaf.setFixedSize(max(round(width), 40), max(round(width * tall / wide), 40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(450, 640)

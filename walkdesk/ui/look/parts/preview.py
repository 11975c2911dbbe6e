"""A paper on the screen: PDF bytes in memory become pictures in memory; nothing is ever written to a file."""

from __future__ import annotations

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


def page_image(document: pypdfium2.PdfDocument, page: int, width: int) -> QImage:
    """One page as a picture of a width in pixels."""
    leaf = document[page]
    try:
        bitmap = leaf.render(scale=width / leaf.get_width(), prefer_bgrx=True)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        )
        # Its own memory: the bitmap's is given back below.
        kept = picture.copy()
        bitmap.close()
        return kept
    finally:
        leaf.close()


class _Leaf(QWidget):
    """The page itself, drawn as sharp as the screen is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        self._document: pypdfium2.PdfDocument | None = None
        self._page = 0
        self._image = QImage()
        self._key: tuple[int, int] = (-1, -1)

    def show_page(self, document: pypdfium2.PdfDocument | None, page: int) -> None:
        """Another page, or none."""
        self._document, self._page = document, page
        self._key, self._image = (-1, -1), QImage()
        self.update()

    def shape(self) -> tuple[float, float]:
        """Width and height of the page in points; A4 while there is none."""
        if self._document is None:
            return 595.0, 842.0
        size = self._document.get_page_size(self._page)
        return float(size[0]), float(size[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        if self._document is not None:
            wide = max(round(rect.width() * self.devicePixelRatioF()), 1)
            if self._key != (self._page, wide):
                self._image, self._key = page_image(self._document, self._page, wide), (self._page, wide)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)
        else:
            painter.fillRect(rect, paint.color("surface"))
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
        self._document: pypdfium2.PdfDocument | None = None
        self._page, self._pages, self._large = 0, 0, False
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
        self._document = pypdfium2.PdfDocument(pdf)
        self._pages = len(self._document)
        self._note.setText(note)
        self.setAccessibleName(title)
        self.go_to(0)

    def clear(self) -> None:
        """No paper: its pictures are forgotten too."""
        if self._document is not None:
            self._leaf.show_page(None, 0)
            self._document.close()
        self._document, self._page, self._pages = None, 0, 0
        self._note.setText("")
        self._leaf.show_page(None, 0)
        self._show_count()
        self._fit()

    def pages(self) -> int:
        """How many pages there are; 0 while there is no paper."""
        return self._pages

    def page(self) -> int:
        """The page that is seen, from 1; 0 while there is no paper."""
        return self._page + 1 if self._pages else 0

    def go_to(self, page: int) -> None:
        """Another page, counted from 0; beyond the ends nothing happens."""
        if not 0 <= page < self._pages:
            return
        self._page = page
        self._leaf.show_page(self._document, page)
        self._area.verticalScrollBar().setValue(0)
        self._show_count()
        self._fit()
        self.page_changed.emit(page + 1)

    def _show_count(self) -> None:
        self._area.setVisible(self._pages > 0)
        self._nothing.setVisible(self._pages == 0)
        for widget in (self.previous, self._count, self.next, self.zoom):
            widget.setVisible(self._pages > 0)
        self._count.setText(tr("preview.count", page=self.page(), pages=self._pages))
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < self._pages)
        self.zoom.setEnabled(self._pages > 0)

    def _toggle_zoom(self) -> None:
        self._large = not self._large
        self.zoom.say(tr("preview.smaller" if self._large else "preview.larger"))
        self._fit()

    def _fit(self) -> None:
        room = self._area.maximumViewportSize()
        wide, tall = self._leaf.shape()
        width = float(room.width())
        width = max(width - 16, 700.0) if self._large else min(width, room.height() * wide / tall)
        self._leaf.setFixedSize(max(round(width), 40), max(round(width * tall / wide), 40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(450, 640)

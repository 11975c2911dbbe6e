"""The ring around whatever the keyboard would act on.

A part asks for it with an attribute ``focus_ring``: the radius of its own corners. The ring lies
outside the part, so it is drawn by one widget of its own on the window (or on the part that scrolls),
above everything else there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import RING_GAP, RING_WIDTH

_REACH = 5  # pixels outside the part: gap and ring, rounded up
_FOLLOWED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
        QEvent.Type.LayoutRequest,
    }
)


class _Ring(QWidget):
    """The picture of the ring."""

    def __init__(self, host: QWidget, radius: float) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._radius = radius

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        edge = _REACH - RING_GAP - RING_WIDTH
        rect = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint.box(painter, rect, self._radius + RING_GAP + RING_WIDTH, None, paint.color("accent"), RING_WIDTH)
        painter.end()


class FocusRing(QObject):
    """Follows the keyboard focus of an application and keeps the ring around it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._part: QWidget | None = None
        self._chain: list[QWidget] = []
        app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is not None and getattr(new, "focus_ring", None) is not None:
            self._surround(new)

    def _surround(self, part: QWidget) -> None:
        host: QWidget | None = part.parentWidget()
        self._chain = [part]
        while host is not None and not host.isWindow() and not _scrolls(host):
            self._chain.append(host)
            host = host.parentWidget()
        if host is None:
            self._chain = []
            return
        for widget in self._chain:
            widget.installEventFilter(self)
        self._part = part
        self._ring = _Ring(host, float(part.focus_ring))  # type: ignore[attr-defined]
        part.destroyed.connect(self._forget)
        self._place()

    def _place(self) -> None:
        host = self._ring.parentWidget() if self._ring is not None else None
        if self._part is None or self._ring is None or host is None:
            return
        corner = self._part.mapTo(host, QPoint(0, 0))
        face: QRect = self._part.face() if hasattr(self._part, "face") else self._part.rect()
        rect = face.translated(corner).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        self._ring.setGeometry(rect)
        self._ring.setVisible(self._part.isVisible())
        self._ring.raise_()

    def _let_go(self) -> None:
        # A page that is being destroyed loses the focus on its way: then some of these are gone already.
        for widget in filter(isValid, self._chain):
            widget.removeEventFilter(self)
        if self._part is not None and isValid(self._part):
            self._part.destroyed.disconnect(self._forget)
        if self._ring is not None and isValid(self._ring):
            self._ring.setParent(None)
            self._ring.deleteLater()
        self._ring, self._part, self._chain = None, None, []

    def _forget(self) -> None:
        # The part is gone, and with a page perhaps its parents and the ring itself.
        self._ring, self._part, self._chain = None, None, []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._place()
        return False


def _scrolls(widget: QWidget) -> bool:
    """Whether the parts on this widget can be scrolled out of sight: then the ring must go with them."""
    viewport = widget.parentWidget()
    area = viewport.parentWidget() if viewport is not None else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is viewport

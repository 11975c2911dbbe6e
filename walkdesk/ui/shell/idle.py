"""Notices that nobody is there: no key and no mouse for some minutes, or a PC that slept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TICK_SECONDS = 5
_SLEPT = timedelta(seconds=60)
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Watches the window that has the keyboard while ``start`` to ``stop``.

    It listens at the native window, where keys and mouse arrive, and not at the application: that would call
    Python for every event of every widget.
    """

    idle = Signal(str)
    """``idle``: nobody was there for the time allowed. ``sleep``: the PC slept."""
    minutes_left = Signal(int)
    """Whole minutes until ``idle``, rounded up, whenever the number changes."""

    def __init__(
        self, app: QGuiApplication, minutes: int, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._clock = clock
        self._quiet = 0
        self._told = -1
        self._seen = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        app.focusWindowChanged.connect(self._watch)

    def start(self, minutes: int | None = None) -> None:
        """Begins to count from now; ``minutes`` changes how long."""
        self._limit = self._limit if minutes is None else minutes * 60
        self._seen = self._clock()
        self._told = -1
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()
        self.alive()

    def stop(self) -> None:
        """Stops counting."""
        self._timer.stop()

    def running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def alive(self) -> None:
        """Somebody is there."""
        self._quiet = 0
        self._tell()

    def tick(self) -> None:
        """Five seconds have passed; the timer calls this."""
        now = self._clock()
        slept = now - self._seen > _SLEPT
        self._seen = now
        self._quiet += _TICK_SECONDS
        if slept or self._quiet >= self._limit:
            self.stop()
            self.idle.emit("sleep" if slept else "idle")
        else:
            self._tell()

    def _tell(self) -> None:
        left = -(-(self._limit - self._quiet) // 60)
        if left != self._told:
            self._told = left
            self.minutes_left.emit(left)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self.alive()
        return False

"""What this program's widgets copy stays on the clipboard for ten seconds, and out of every clipboard history.

It hangs on the clipboard's own signal and not on the widgets: a field that is built tomorrow is covered as well.
What another program put there is never touched.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 10
"""How long a copied value may be pasted."""

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)  # a DWORD of 0


def history_hints(platform: str = sys.platform) -> Mapping[str, bytes]:
    """The formats by which a clipboard history and a clipboard in the cloud know what they must not keep.

    Windows: "Cloud Clipboard and Clipboard History Formats". Elsewhere the hint of KDE, which others follow.
    """
    if platform == "win32":
        return {
            _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\x01",
            _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
            _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
        }
    return {"x-kde-passwordManagerHint": b"secret"}


class ClipboardGuard(QObject):
    """Watches the clipboard and the primary selection (text that is only marked, X11 and Wayland).

    ``owns`` tells whether what is there came from this program; ``timer`` counts the ten seconds.
    """

    def __init__(
        self,
        clipboard: QClipboard,
        parent: QObject | None = None,
        owns: Callable[[QClipboard.Mode], bool] | None = None,
        timer: QTimer | None = None,
        hints: Mapping[str, bytes] | None = None,
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or _owner_of(clipboard)
        self._hints = dict(history_hints() if hints is None else hints)
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        clipboard.changed.connect(self._look)

    def clear(self) -> None:
        """Takes away at once what is still ours: after ten seconds, and at a lock."""
        self._timer.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if self._ours(mode) is not None:
                self._clipboard.clear(mode)

    def end(self) -> None:
        """The program ends: clears, and listens no more."""
        self.clear()
        self._clipboard.changed.disconnect(self._look)

    def _look(self, mode: QClipboard.Mode) -> None:
        held = self._ours(mode)
        if held is None:
            return
        if mode != QClipboard.Mode.Clipboard:
            # Marking a name is not copying it: no other program gets to see what is only marked.
            self._clipboard.clear(mode)
            return
        if not all(held.hasFormat(name) for name in self._hints):
            # Telling the clipboard anew comes back here, this time with the hints.
            self._clipboard.setMimeData(self._hinted(held), mode)
            return
        self._timer.start()

    def _ours(self, mode: QClipboard.Mode) -> QMimeData | None:
        """What is there and came from this program."""
        held: QMimeData | None = self._clipboard.mimeData(mode) if self._owns(mode) else None
        return held if held is not None and held.formats() else None

    def _hinted(self, held: QMimeData) -> QMimeData:
        told = QMimeData()
        for name in held.formats():
            told.setData(name, held.data(name))
        if held.hasImage():
            told.setImageData(held.imageData())
        for name, value in self._hints.items():
            told.setData(name, value)
        return told


def _owner_of(clipboard: QClipboard) -> Callable[[QClipboard.Mode], bool]:
    """Asks the window system; where there is none, nobody else can have put anything there."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return lambda mode: mode == QClipboard.Mode.Clipboard
    owners = {QClipboard.Mode.Clipboard: clipboard.ownsClipboard, QClipboard.Mode.Selection: clipboard.ownsSelection}
    return lambda mode: mode in owners and owners[mode]()

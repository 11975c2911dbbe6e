"""Takes a picture of a widget, as the demo and the tests leave them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

SIZE = QSize(1280, 800)
_QUICKLY = 85
"""As small as a picture becomes without waiting for it."""


def picture(widget: QWidget, path: Path | str, scale: float = 1.0, size: QSize = SIZE) -> None:
    """Saves a widget as PNG at 1280 × 800 logical pixels, drawn anew at ``scale`` (2.0 is a screen at 200 %).

    Raises ``OSError`` when the file cannot be written.
    """
    widget.resize(size)
    if not widget.isVisible():
        widget.show()
    for _ in range(4):  # a sentence that wraps asks for room again in the next turn of the loop
        QApplication.processEvents()
    image = QPixmap(size * scale)
    image.setDevicePixelRatio(scale)
    widget.render(image, QPoint(0, 0))
    if not image.save(str(path), "PNG", _QUICKLY):
        raise OSError(f"cannot write {Path(path).name}")

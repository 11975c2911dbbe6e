"""The clipboard: what our widgets put there goes after ten seconds; what others put there is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from walkdesk.ui.look.parts import LineEdit
from walkdesk.ui.shell.clipboard import SECONDS, ClipboardGuard, history_hints

NAME = "金丸 鳴海子"
HINT = "x-kde-passwordManagerHint"


class Board:
    """The clipboard of this process with a guard, and the hand that moves its ten seconds."""

    def __init__(self) -> None:
        self.real = QGuiApplication.clipboard()
        self.real.clear()
        self.mine = True
        self.timer = QTimer()
        self.guard = ClipboardGuard(
            self.real, owns=lambda mode: self.mine and mode == QClipboard.Mode.Clipboard, timer=self.timer
        )

    def after_ten_seconds(self) -> None:
        """The time is over."""
        assert self.timer.isActive() and self.timer.interval() == SECONDS * 1000
        self.timer.timeout.emit()

    def another_program(self, text: str) -> None:
        """Somebody else takes the clipboard."""
        self.mine = False
        self.real.setText(text)


@pytest.fixture
def board(qapp: QApplication) -> Iterator[Board]:
    made = Board()
    yield made
    made.mine = True
    made.guard.end()
    made.real.clear()


def copied(text: str = NAME) -> None:
    """A person marks a field and copies it, by key."""
    field = LineEdit("field")
    field.setText(text)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_a_copied_name_can_be_pasted_and_is_gone_after_ten_seconds(board: Board) -> None:
    copied()
    assert board.real.text() == NAME
    board.after_ten_seconds()
    assert board.real.text() == ""
    assert not board.timer.isActive()


def test_what_is_copied_tells_histories_to_leave_it(board: Board) -> None:
    copied()
    assert bytes(board.real.mimeData().data(HINT).data()) == b"secret"


def test_what_is_cut_goes_as_well(board: Board) -> None:
    field = LineEdit("field")
    field.setText(NAME)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), board.real.text()) == ("", NAME)
    assert board.real.mimeData().hasFormat(HINT)
    board.after_ten_seconds()
    assert board.real.text() == ""


def test_a_widget_of_another_kind_is_covered_without_knowing_it(board: Board) -> None:
    field = QPlainTextEdit(f"{NAME}\n百人町二丁目")
    field.selectAll()
    field.copy()
    assert board.real.text() == f"{NAME}\n百人町二丁目"
    assert board.real.mimeData().hasFormat(HINT)
    board.after_ten_seconds()
    assert board.real.text() == ""


def test_the_ten_seconds_begin_anew_with_the_next_copy(board: Board) -> None:
    copied()
    board.timer.stop()
    copied("03-0000-0118")
    assert board.timer.isActive()
    assert board.real.text() == "03-0000-0118"


def test_every_form_of_a_copy_comes_through(board: Board) -> None:
    data = QMimeData()
    data.setText("a")
    data.setHtml("<b>a</b>")
    data.setData("application/x-own", b"\x00\xff")
    board.real.setMimeData(data)
    held = board.real.mimeData()
    assert (held.text(), held.html()) == ("a", "<b>a</b>")
    assert bytes(held.data("application/x-own").data()) == b"\x00\xff"


def test_what_another_program_put_there_is_never_touched(board: Board) -> None:
    copied()
    board.another_program("別のソフトの文字")
    board.after_ten_seconds()
    board.guard.clear()
    assert board.real.text() == "別のソフトの文字"
    assert not board.real.mimeData().hasFormat(HINT)


def test_what_another_program_copies_starts_no_ten_seconds(board: Board) -> None:
    board.another_program("別のソフトの文字")
    assert not board.timer.isActive()


def test_windows_is_told_in_its_three_formats() -> None:
    told = history_hints("win32")
    assert {name.split('"')[1]: value for name, value in told.items()} == {
        "ExcludeClipboardContentFromMonitorProcessing": b"\x01",
        "CanIncludeInClipboardHistory": b"\x00\x00\x00\x00",
        "CanUploadToCloudClipboard": b"\x00\x00\x00\x00",
    }
    assert all(name.startswith('application/x-qt-windows-mime;value="') for name in told)


def test_without_a_window_system_everything_there_is_ours(qapp: QApplication) -> None:
    guard = ClipboardGuard(QGuiApplication.clipboard())
    copied()
    guard.end()
    assert QGuiApplication.clipboard().text() == ""
    copied()
    assert QGuiApplication.clipboard().text() == NAME
    QGuiApplication.clipboard().clear()


class X11(QObject):
    """A clipboard with a primary selection, which the offscreen platform does not have."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[QClipboard.Mode, str] = {}

    def mimeData(self, mode: QClipboard.Mode) -> QMimeData:
        data = QMimeData()
        if mode in self.held:
            data.setText(self.held[mode])
        return data

    def clear(self, mode: QClipboard.Mode) -> None:
        self.held.pop(mode, None)
        self.changed.emit(mode)

    def mark(self, text: str) -> None:
        self.held[QClipboard.Mode.Selection] = text
        self.changed.emit(QClipboard.Mode.Selection)


@pytest.mark.parametrize(("owns", "left"), [(lambda _mode: True, {}), (lambda _mode: False, {"Selection": NAME})])
def test_marked_text_is_offered_to_nobody(
    qapp: QApplication, owns: Callable[[QClipboard.Mode], bool], left: dict[str, str]
) -> None:
    x11 = X11()
    guard = ClipboardGuard(x11, owns=owns)  # type: ignore[arg-type]
    x11.mark(NAME)
    assert {mode.name: text for mode, text in x11.held.items()} == left
    guard.clear()
    assert {mode.name: text for mode, text in x11.held.items()} == left

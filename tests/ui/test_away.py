"""The PC says that nobody is there: signals of a Linux desktop without any bus daemon, messages of Windows."""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from walkdesk.ui.shell.away import Away, BusWatch, MessageWatch, bus_addresses, windows_reason

if sys.platform != "win32":
    from PySide6.QtDBus import (
        QDBusConnection,
        QDBusError,
        QDBusMessage,
        QDBusObjectPath,
        QDBusPendingCall,
        QDBusServer,
        QDBusUnixFileDescriptor,
    )

PROJECT = Path(__file__).resolve().parents[2]
STARTED = """
import sys
from PySide6.QtWidgets import QApplication
from walkdesk import app
from walkdesk.ui.shell.away import Away
from walkdesk.ui.shell.program import Program

left = []
Program.leave = lambda self, reason: left.append(reason)

def play(*_):
    import resource
    away, = (one for window in QApplication.topLevelWidgets() for one in window.findChildren(Away))
    away.leaving.emit("sleep")
    sys.stdout.write(f"{left} {max(resource.getrlimit(resource.RLIMIT_CORE))}")
    return 0

QApplication.exec = play
sys.exit(app.main(["--office", sys.argv[1]]))
"""
on_linux = pytest.mark.skipif(sys.platform == "win32", reason="buses of a Linux desktop")
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
OWN = "/org/freedesktop/login1/session/_32"


class Logind:
    """The system bus with a logind on it, or with one that refuses."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.heard: dict[tuple[str, str, str, str], tuple[QObject, str]] = {}
        self.asked: list[tuple[str, list[Any]]] = []
        self.ends: list[int] = []

    def connect(self, service: str, path: str, interface: str, name: str, receiver: QObject, slot: str) -> bool:
        self.heard[service, path, interface, name] = (receiver, slot)
        return True

    def asyncCall(self, message: QDBusMessage) -> QDBusPendingCall:
        self.asked.append((message.member(), message.arguments()))
        if self.refuses:
            return QDBusPendingCall.fromError(QDBusError(QDBusMessage.createError("org.test.No", "no")))
        if message.member() == "GetSession":
            return self._answer(message, QDBusObjectPath(OWN))
        ours, theirs = os.pipe()
        self.ends.append(ours)
        held = QDBusUnixFileDescriptor(theirs)
        os.close(theirs)
        return self._answer(message, held)

    @staticmethod
    def _answer(message: QDBusMessage, value: object) -> QDBusPendingCall:
        reply = message.createReply()
        reply.setArguments([value])
        return QDBusPendingCall.fromCompletedCall(reply)

    def say(self, path: str, interface: str, name: str, *values: object) -> None:
        """A signal from logind; a path that nobody listens to reaches nobody."""
        for (_service, where, what, which), (receiver, slot) in list(self.heard.items()):
            if (what, which) == (interface, name) and where in ("", path):
                getattr(receiver, slot[1:].split("(")[0])(*values)

    def sleep(self, begins: bool) -> None:
        """PrepareForSleep."""
        self.say("/org/freedesktop/login1", MANAGER, "PrepareForSleep", begins)


@pytest.fixture
def told() -> list[str]:
    return []


def watching(system: Any, session: Any, told: list[str]) -> BusWatch:
    made = BusWatch(system, session)
    made.leaving.connect(told.append)
    answered(made)
    return made


def answered(watch: BusWatch) -> None:
    """Every answer of logind has come in."""
    for _ in range(50):
        QApplication.processEvents()
    assert not watch._calls


@on_linux
def test_a_sleep_waits_until_the_vault_is_closed(qapp: QApplication, told: list[str]) -> None:
    logind = Logind()
    watch = watching(logind, None, told)
    held: list[bool] = []
    watch.leaving.connect(lambda: held.append(watch.holds_sleep()))
    assert watch.holds_sleep()
    logind.sleep(True)
    assert (told, held) == (["sleep"], [True])
    assert not watch.holds_sleep()
    logind.sleep(False)
    answered(watch)
    assert watch.holds_sleep()
    assert told == ["sleep"]
    assert [arguments[3] for method, arguments in logind.asked if method == "Inhibit"] == ["delay", "delay"]
    watch.let_sleep()


@on_linux
def test_the_delay_is_really_given_back(qapp: QApplication, told: list[str]) -> None:
    logind = Logind()
    watch = watching(logind, None, told)
    os.set_blocking(logind.ends[0], False)
    with pytest.raises(BlockingIOError):  # somebody still holds the other end
        os.read(logind.ends[0], 1)
    logind.sleep(True)
    QApplication.sendPostedEvents(None, 52)  # QEvent::DeferredDelete
    assert os.read(logind.ends[0], 1) == b""
    os.close(logind.ends[0])
    assert not watch.holds_sleep()


@on_linux
def test_only_the_lock_of_the_own_session_counts(qapp: QApplication, told: list[str]) -> None:
    logind = Logind()
    watch = watching(logind, None, told)
    logind.say("/org/freedesktop/login1/session/_33", SESSION, "Lock")
    assert told == []
    logind.say(OWN, SESSION, "Lock")
    assert told == ["desktop"]
    watch.let_sleep()


@on_linux
def test_a_logind_that_refuses_still_locks(qapp: QApplication, told: list[str]) -> None:
    logind = Logind(refuses=True)
    watch = watching(logind, None, told)
    assert not watch.holds_sleep()
    logind.say(OWN, SESSION, "Lock")
    logind.sleep(True)
    assert told == ["desktop", "sleep"]


@on_linux
def test_logind_is_believed_and_nobody_else(qapp: QApplication, told: list[str]) -> None:
    logind = Logind()
    watch = watching(logind, None, told)
    assert {service for service, *_ in logind.heard} == {"org.freedesktop.login1"}
    watch.let_sleep()


@pytest.fixture
def wire(qtbot: QtBot) -> Iterator[tuple[Any, Any]]:
    """Both ends of a connection over which real signals go, without a daemon."""
    server = QDBusServer("unix:tmpdir=/tmp")
    ends: list[QDBusConnection] = []
    server.newConnection.connect(lambda end: ends.append(QDBusConnection(end)))
    mine = QDBusConnection.connectToPeer(server.address(), "walkdesk-test")
    qtbot.waitUntil(lambda: bool(ends))
    yield ends[0], mine
    QDBusConnection.disconnectFromPeer("walkdesk-test")


@on_linux
@pytest.mark.parametrize("saver", ["org.freedesktop", "org.gnome", "org.cinnamon", "org.mate", "org.xfce"])
def test_a_screen_saver_that_goes_on_locks(wire: tuple[Any, Any], told: list[str], qtbot: QtBot, saver: str) -> None:
    desktop, mine = wire
    watch = watching(None, mine, told)
    for active in (False, True):
        signal = QDBusMessage.createSignal("/ScreenSaver", f"{saver}.ScreenSaver", "ActiveChanged")
        signal.setArguments([active])
        assert desktop.send(signal)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["desktop"]
    assert not watch.holds_sleep()


def test_a_pc_without_any_bus_is_asked_nothing(tmp_path: Path) -> None:
    assert bus_addresses({"XDG_RUNTIME_DIR": str(tmp_path)})[1] is False
    (tmp_path / "bus").touch()
    assert bus_addresses({"XDG_RUNTIME_DIR": str(tmp_path)})[1] is True
    assert bus_addresses({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"})[1] is True
    assert bus_addresses({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/x"})[0] is True


def test_a_bus_that_does_not_answer_is_no_fault(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    dead = f"unix:path={tmp_path}/nobody"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", dead)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", dead)
    window = QWidget()
    Away(window, window)
    QApplication.processEvents()
    window.deleteLater()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("message", "parameter", "reason"),
    [
        (0x0218, 4, "sleep"),  # WM_POWERBROADCAST, PBT_APMSUSPEND
        (0x0218, 7, ""),  # back again
        (0x02B1, 7, "desktop"),  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
        (0x02B1, 8, ""),  # unlocked
        (0x02B1, 2, "desktop"),  # another person takes the screen
        (0x02B1, 4, "desktop"),  # the remote screen is gone
        (0x0100, 7, ""),  # a key
    ],
)
def test_what_windows_says(message: int, parameter: int, reason: str) -> None:
    assert windows_reason(message, parameter) == reason


def test_a_message_of_windows_is_read_and_passed_on(qapp: QApplication, told: list[str]) -> None:
    message = ctypes.wintypes.MSG()
    message.message, message.wParam = 0x02B1, 7
    watch = MessageWatch(told.append)
    where = ctypes.addressof(message)
    assert watch.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), where) == (False, 0)
    assert told == []
    assert watch.nativeEventFilter(QByteArray(b"windows_generic_MSG"), where) == (False, 0)
    assert told == ["desktop"]


@on_linux
def test_the_program_listens_and_leaves_no_core_dump(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(tmp_path / "none")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    # Quiet on a PC without any bus, too.
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout in ("['sleep'] 1", "['sleep'] 0")

"""The PC itself says that nobody is at the desk: its screen is locked, or it goes to sleep.

Linux: signals of logind on the system bus and of the screen savers on the session bus. Windows: messages to the
window. A PC that has none of them is quiet about it; the idle time, and a clock that jumped, remain (``idle.py``).
"""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

if sys.platform != "win32":
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"
_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)

_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE = 0x02B1
_WTS_CONSOLE_DISCONNECT, _WTS_REMOTE_DISCONNECT, _WTS_SESSION_LOCK = 0x2, 0x4, 0x7
_NOTIFY_FOR_THIS_SESSION = 0
_KIND = QByteArray(b"windows_generic_MSG")
_Bytes: TypeAlias = "QByteArray | bytes | bytearray | memoryview[int]"


class BusWatch(QObject):
    """Listens on the buses of a Linux desktop. Nothing waits for an answer here: a bus that hangs stops no window.

    Sleep is held back until ``leaving`` has been dealt with (a delay lock of logind, a few seconds at most), so that
    no key is in memory when that memory is kept or written out.
    """

    leaving = Signal(str)
    """``sleep`` or ``desktop``."""

    def __init__(
        self, system: QDBusConnection | None, session: QDBusConnection | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._system = system
        self._delay: int | None = None
        self._calls: set[QDBusPendingCallWatcher] = set()
        if session is not None:
            for saver in _SCREEN_SAVERS:
                # From whoever says it: desktops tell it under other names than their own, and locking is harmless.
                self._listen(session, "", "", saver, "ActiveChanged", "active_changed(bool)")
        if system is not None:
            self._listen(system, _LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", "prepare_for_sleep(bool)")
            self._ask("GetSession", ["auto"], self._watch_session)
            self._hold_sleep()

    @Slot(bool)
    def active_changed(self, active: bool) -> None:
        """A screen saver went on, which locks the desktop, or off."""
        if active:
            self.leaving.emit("desktop")

    @Slot()
    def lock_asked(self) -> None:
        """logind asks the session to lock."""
        self.leaving.emit("desktop")

    @Slot(bool)
    def prepare_for_sleep(self, begins: bool) -> None:
        """The PC goes to sleep, or is back."""
        if begins:
            self.leaving.emit("sleep")
            self.let_sleep()
        else:
            self._hold_sleep()

    def let_sleep(self) -> None:
        """Gives the delay lock back."""
        delay, self._delay = self._delay, None
        if delay is not None:
            os.close(delay)

    def holds_sleep(self) -> bool:
        """Whether the PC waits for us before it sleeps."""
        return self._delay is not None

    def _hold_sleep(self) -> None:
        if self._delay is None:
            self._ask("Inhibit", ["sleep", "walkdesk", "closes the vault", "delay"], self._keep_delay)

    def _keep_delay(self, told: object) -> None:
        if isinstance(told, QDBusUnixFileDescriptor) and told.isValid():
            self.let_sleep()
            self._delay = os.dup(told.fileDescriptor())

    def _watch_session(self, told: object) -> None:
        # Without a session of our own, any session's lock counts: rather once too often than never.
        path = told.path() if hasattr(told, "path") else ""
        if self._system is not None:
            self._listen(self._system, _LOGIN, path, _SESSION, "Lock", "lock_asked()")

    def _listen(self, bus: QDBusConnection, service: str, path: str, interface: str, name: str, slot: str) -> None:
        # The stubs say bytes, the binding takes the text that SLOT gives.
        bus.connect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    def _ask(self, method: str, arguments: list[str], then: Callable[[object], None]) -> None:
        """Asks logind; ``then`` gets the answer's first value, or ``None`` when it refused or is not there."""
        assert self._system is not None
        message = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, _MANAGER, method)
        message.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        self._calls.add(watcher)

        def answered() -> None:
            self._calls.discard(watcher)
            values = [] if watcher.isError() else watcher.reply().arguments()
            then(values[0] if values else None)
            watcher.deleteLater()

        watcher.finished.connect(answered)


def bus_addresses(environment: Mapping[str, str] = os.environ) -> tuple[bool, bool]:
    """Whether there is a system bus and a session bus to be asked.

    Known beforehand, because asking for a session bus that is not there would start one.
    """
    system = "DBUS_SYSTEM_BUS_ADDRESS" in environment or any(
        Path(place, "dbus/system_bus_socket").exists() for place in ("/run", "/var/run")
    )
    runtime = environment.get("XDG_RUNTIME_DIR")
    session = "DBUS_SESSION_BUS_ADDRESS" in environment or bool(runtime and Path(runtime, "bus").exists())
    return system, session


def windows_reason(message: int, parameter: int) -> str:
    """What a message to a window of Windows means: ``sleep``, ``desktop``, or nothing."""
    if message == _WM_POWERBROADCAST and parameter == _PBT_APMSUSPEND:
        return "sleep"
    gone = (_WTS_SESSION_LOCK, _WTS_CONSOLE_DISCONNECT, _WTS_REMOTE_DISCONNECT)
    return "desktop" if message == _WM_WTSSESSION_CHANGE and parameter in gone else ""


class MessageWatch(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to the window."""

    def __init__(self, leaving: Callable[[str], None]) -> None:
        super().__init__()
        self._leaving = leaving

    def nativeEventFilter(self, kind: _Bytes, message: int) -> tuple[bool, int]:
        """Looks and passes everything on."""
        if QByteArray(kind) == _KIND:
            told = ctypes.wintypes.MSG.from_address(int(message))
            reason = windows_reason(told.message, told.wParam)
            if reason:
                self._leaving(reason)
        return False, 0


class Away(QObject):
    """Whatever this platform has, behind one signal."""

    leaving = Signal(str)
    """``sleep`` or ``desktop``. On ``sleep`` the PC waits, for some seconds, until all who listen are through."""

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: MessageWatch | None = None
        self._buses: BusWatch | None = None
        if sys.platform == "win32":
            application = QCoreApplication.instance()
            if application is not None:
                self._messages = MessageWatch(self.leaving.emit)
                application.installNativeEventFilter(self._messages)
            # Windows tells of suspension by itself, of a locked session only to those who ask.
            ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(int(window.winId()), _NOTIFY_FOR_THIS_SESSION)
        else:
            has_system, has_session = bus_addresses()
            system = QDBusConnection.systemBus() if has_system else None
            session = QDBusConnection.sessionBus() if has_session else None
            self._buses = BusWatch(_alive(system), _alive(session), self)
            self._buses.leaving.connect(self.leaving)


def _alive(bus: QDBusConnection | None) -> QDBusConnection | None:
    return bus if bus is not None and bus.isConnected() else None

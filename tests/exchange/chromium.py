"""Debian's Chromium, driven over a pipe in its own DevTools protocol: no driver, no port, no network."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "chromium"
PATIENCE = 60.0
"""Seconds for one answer; a test that waits longer fails."""

_QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--password-store=basic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)

Event = dict[str, Any]


class Page:
    """One tab. Every request that anything in it makes is kept in ``requests``, sent or blocked."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> Event:
        """One command to the tab, and its answer."""
        return self._browser.send(method, parameters, self._session)

    def open(self, file: Path) -> None:
        """Opens a file from disk and waits until it is read to its end."""
        self.send("Page.navigate", url=file.as_uri())
        self._browser.wait(lambda event: event["method"] == "Page.loadEventFired" and self._is_mine(event))

    def say(self, expression: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        answer = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def until(self, condition: str) -> None:
        """Waits until an expression in the page is true."""
        poll = f"const look = () => ({condition}) ? done(true) : setTimeout(look, 10); look();"
        assert self.say(f"new Promise((done) => {{ {poll} }})")

    def text(self, selector: str) -> str:
        """What a person sees of a part of the page."""
        return str(self.say(f"document.querySelector({json.dumps(selector)}).innerText")).strip()

    def type(self, words: str) -> None:
        """Types into whatever has the focus."""
        self.send("Input.insertText", text=words)

    def press(self, key: str) -> None:
        """Presses a key: Enter or Tab."""
        code = {"Enter": 13, "Tab": 9}[key]
        more = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def look(self, width: int, height: int, *, dark: bool = False) -> None:
        """The size of the page's window and the colours that its owner prefers."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=features)

    def picture(self) -> bytes:
        """The whole page as PNG."""
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(answer["data"])

    @property
    def requests(self) -> list[str]:
        """The addresses of every request, in the order in which they were made."""
        made = [one for one in self._browser.events if one["method"] == "Network.requestWillBeSent"]
        return [str(one["params"]["request"]["url"]) for one in made if self._is_mine(one)]

    @property
    def complaints(self) -> list[str]:
        """What stands in the console: exceptions, and what the page's own policy forbade."""
        told = []
        for one in filter(self._is_mine, self._browser.events):
            if one["method"] == "Log.entryAdded":
                told.append(str(one["params"]["entry"]["text"]))
            elif one["method"] == "Runtime.exceptionThrown":
                told.append(str(one["params"]["exceptionDetails"]))
            elif one["method"] == "Runtime.consoleAPICalled":
                told.append(str(one["params"]["args"]))
        return told

    def _is_mine(self, event: Event) -> bool:
        return event.get("sessionId") == self._session


class Browser:
    """A browser with an empty profile that saves what it is given into ``downloads``."""

    def __init__(self, process: subprocess.Popen[bytes], to: int, back: int, downloads: Path) -> None:
        self._process, self._to, self._back = process, to, back
        self.downloads = downloads
        self.events: list[Event] = []
        self._rest = b""
        self._number = 0
        self.send(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads), "eventsEnabled": True}
        )

    def page(self) -> Page:
        """A new tab."""
        target = self.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        return Page(self, self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"])

    def send(self, method: str, parameters: Event | None = None, session: str | None = None) -> Event:
        """One command and its answer; events that come before it are kept."""
        self._number += 1
        number = self._number
        message: Event = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._next(deadline)
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])

    def wait(self, wanted: Callable[[Event], bool]) -> Event:
        """The first event of a kind that is not yet taken; waits for it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            for event in self.events:
                if wanted(event) and not event.get("taken"):
                    event["taken"] = True
                    return event
            self._next(deadline)

    def saved(self) -> None:
        """Waits until the next download is complete."""
        name = "Browser.downloadProgress"
        self.wait(lambda event: event["method"] == name and event["params"]["state"] == "completed")

    def _next(self, deadline: float) -> Event:
        while b"\0" not in self._rest:
            readable, _, _ = select.select([self._back], [], [], max(0.0, deadline - time.monotonic()))
            assert readable, "the browser did not answer in time"
            data = os.read(self._back, 1 << 20)
            assert data, "the browser has ended"
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        event: Event = json.loads(message)
        if "method" in event:
            self.events.append(event)
        return event

    def end(self) -> None:
        """Ends the browser and everything that it started."""
        self.send("Browser.close")
        os.close(self._to)
        os.close(self._back)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A running browser whose profile and downloads lie in a folder of the test."""
    program = shutil.which(NAME)
    assert program, f"{NAME} is needed for this test"
    downloads = folder / "downloads"
    downloads.mkdir()
    commands, to = os.pipe()
    back, answers = os.pipe()
    # Chromium reads commands from file 3 and answers on file 4.
    shell = 'exec "$@" 3<&"$IN" 4>&"$OUT"'.replace("$IN", str(commands)).replace("$OUT", str(answers))
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    process = subprocess.Popen(
        [
            "bash",
            "-c",
            shell,
            "bash",
            program,
            *_QUIET,
            *sandbox,
            f"--user-data-dir={folder / 'profile'}",
            "about:blank",
        ],
        pass_fds=(commands, answers),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(commands)
    os.close(answers)
    browser = Browser(process, to, back, downloads)
    try:
        yield browser
    finally:
        browser.end()

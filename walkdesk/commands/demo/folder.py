"""The practice folder: where everything lies, and the rule that nothing of anybody else is touched."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import JSON_NAME, KEY_NAME, SIGNATURE_NAME

MARKER = "walkdesk-demo.json"
"""The file that says that a folder is ours and may be cleared."""

_FOLDERS = ("office", "usb", "from-ward", "from-app", "papers", "screens")
CERTIFICATE = "certificate.pdf"
PAPER_SIGNATURE = f"{CERTIFICATE}.sig"
LEDGER = "ledger.jsonl"
_FILES = (CERTIFICATE, JSON_NAME, SIGNATURE_NAME, KEY_NAME, LEDGER)


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """DIR and its parts."""

    path: Path

    @property
    def office(self) -> Path:
        """The practice office."""
        return self.path / "office"

    @property
    def usb(self) -> Path:
        """What stands for the removable medium with the contract token."""
        return self.path / "usb"

    @property
    def from_ward(self) -> Path:
        """What the ward delivered; emptied when the material goes back."""
        return self.path / "from-ward"

    @property
    def from_app(self) -> Path:
        """What the app's server delivered; emptied when the material goes back."""
        return self.path / "from-app"

    @property
    def papers(self) -> Path:
        """The papers that the office made."""
        return self.path / "papers"

    @property
    def screens(self) -> Path:
        """Pictures of the window."""
        return self.path / "screens"

    @property
    def marker(self) -> Path:
        """The file that makes the folder ours."""
        return self.path / MARKER

    def prepare(self) -> None:
        """Makes the folder, or clears what an earlier year left in it.

        ``Problem``: ``demo.not_a_folder``, ``demo.foreign`` (something is in it, and it is not ours),
        ``demo.not_written``.
        """
        if self.path.exists() and not self.path.is_dir():
            raise Problem("demo.not_a_folder", name=self.path.name)
        try:
            if self.path.is_dir() and any(self.path.iterdir()) and not is_practice_folder(self.path):
                raise Problem("demo.foreign", folder=str(self.path))
            self._clear()
            for name in _FOLDERS:
                (self.path / name).mkdir(parents=True)
            self.marker.write_text(json.dumps({"walkdesk-demo": 1}) + "\n", encoding="utf-8")
        except OSError:
            raise Problem("demo.not_written", folder=str(self.path)) from None

    def hand_back_deliveries(self) -> None:
        """The files of ward and app go back: no copy of them stays."""
        for folder in (self.from_ward, self.from_app):
            for file in folder.iterdir():
                file.unlink()

    def _clear(self) -> None:
        """Only what a practice year makes: a file that somebody put beside it stays."""
        for name in _FOLDERS:
            place = self.path / name
            if place.is_symlink():
                place.unlink()
            elif place.exists():
                shutil.rmtree(place)
        for name in _FILES:
            (self.path / name).unlink(missing_ok=True)


def is_practice_folder(path: Path) -> bool:
    """Whether a folder carries the marker of a practice year."""
    try:
        return "walkdesk-demo" in json.loads((path / MARKER).read_bytes())
    except (OSError, ValueError, TypeError):
        return False

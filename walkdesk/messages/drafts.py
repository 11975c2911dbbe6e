"""Drafts (下書き): what was typed and not yet saved, on its way into the vault and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks

Place = dict[str, str | int]
"""Where on a desk: what the page calls its ``place``."""


@dataclass(frozen=True, slots=True)
class DraftField:
    """One editor by its object name: what is typed there, and what stood there before (the saved value)."""

    name: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One desk's draft. ``focus`` is the editor with the keyboard, ``cursor`` the letters before the cursor."""

    desk: str
    place: Place
    fields: tuple[DraftField, ...]
    focus: str
    cursor: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Drafts:
    """A person's drafts in the vault on the desk, newest first, and whose contract's vault that is."""

    contract: str
    drafts: tuple[Draft, ...]


@asks(Done)
@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keeps one desk's draft in the place of the one before. Without fields there is no draft any more."""

    desk: str
    place: Place
    fields: tuple[DraftField, ...] = ()
    focus: str = ""
    cursor: int = 0


@asks(Drafts)
@dataclass(frozen=True, slots=True)
class TakeDrafts:
    """Asks for one's own drafts. They stay where they are until they are saved or emptied."""

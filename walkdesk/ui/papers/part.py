"""One part of the papers desk: what stands under a tab, and what the page's main button does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from walkdesk.ui.shell.page import PageContext


@dataclass(frozen=True, slots=True)
class Primary:
    """The page's head while the part is shown: the main button's words, and the facts beside the title."""

    words: str
    enabled: bool
    facts: str = ""
    shown: bool = True


class PaperPart(Protocol):
    """A widget under a tab."""

    def begin(self) -> None:
        """Puts the keyboard where a person starts."""

    def load(self) -> None:
        """Asks for what is shown."""

    def primary(self) -> Primary:
        """The head's button and facts now; the part calls ``changed`` when they are others."""

    def act(self) -> None:
        """What the main button does (F4)."""


@runtime_checkable
class PlacedPart(Protocol):
    """A part with places of its own, which keeps what is typed in those that are not seen."""

    shelf: QWidget
    """Holds it for the drafts: the page shows it under every tab."""

    def place(self) -> dict[str, Any]:
        """Where the person is in the part."""

    def go(self, place: dict[str, Any]) -> None:
        """What the next ``load`` shows; without a place of this part it shows what it showed."""


MakePart = Callable[[PageContext, Callable[[], None]], PaperPart]
"""Makes a part from the page's context and ``changed``."""

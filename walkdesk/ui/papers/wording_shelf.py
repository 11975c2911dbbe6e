"""What is typed in a wording and is not in sight, kept for the drafts."""

from __future__ import annotations

import json
from collections.abc import Callable

from walkdesk.ui.unsaved import UnfinishedValue

Texts = dict[str, str]


class Shelf(UnfinishedValue):
    """Holds what is typed and not in sight: in another paper's wording, or under another tab."""

    def __init__(self, held: Callable[[], dict[str, Texts]], take: Callable[[dict[str, Texts]], None]) -> None:
        super().__init__()
        self.setObjectName("wordings_shelf")
        self.setFixedHeight(0)
        self._held, self._take = held, take

    def unfinished(self) -> str:
        held = self._held()
        return json.dumps(held, ensure_ascii=False) if held else ""

    def settled(self) -> str:
        return ""

    def resume(self, text: str) -> None:
        self._take(json.loads(text))

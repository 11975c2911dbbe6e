"""What a desk of the window is. The table of them is ``walkdesk/ui/desks.py``: one line each.

A new desk is a folder in ``walkdesk/ui``, its texts, and one line there::

    Desk("cards", "sheet", "shell.desk.cards", CardsPage, HANDLER | MANAGER),

``CardsPage`` is a ``Page``: it is called with the ``PageContext``. The order there is the order in the rail and
of the keys Alt+1, Alt+2 …; a person sees only the desks of their role. The first one is where they begin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from walkdesk.ui.shell.page import Page, PageContext

HANDLER = frozenset({"handler"})
MANAGER = frozenset({"manager"})
AUDITOR = frozenset({"auditor"})


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk: its key, its icon, the key of its word in the rail, its page, and who sees it.

    One with ``in_rail`` false is reached from other desks only, such as the import from the list of participants.
    ``shortcut`` is its own key there, since the rail's keys count the desks of the rail.
    One with ``untrained`` is open before this fiscal year's training is recorded; the others wait for it.
    """

    key: str
    icon: str
    title_key: str
    page: Callable[[PageContext], Page]
    roles: frozenset[str]
    in_rail: bool = True
    untrained: bool = False
    shortcut: str = ""

"""The contract on the desk as the top bar shows it."""

from __future__ import annotations

from walkdesk.domain.contract import ContractState
from walkdesk.messages.door import ContractCard
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.shell.page import Standing
from walkdesk.ui.words import fiscal_year, programme_word, state_word

STATE_LOOKS: dict[ContractState, tuple[str, ChipKind]] = {
    ContractState.PREPARING: ("pencil", "warn"),
    ContractState.OPEN: ("circle", "accent"),
    ContractState.REPORTED: ("check-circle", "accent"),
    ContractState.RETURNED: ("check-circle", "accent"),
    ContractState.ERASING: ("shield-x", "danger"),
    ContractState.ERASED: ("shield-check", "ok"),
    ContractState.ACKNOWLEDGED: ("check-circle", "ok"),
}
"""Icon and kind of each state's chip."""


def standing_of(card: ContractCard) -> Standing:
    """The contract as the top bar shows it."""
    icon, kind = STATE_LOOKS[card.state]
    return Standing(programme_word(card), fiscal_year(card.year), state_word(card.state), icon, kind)

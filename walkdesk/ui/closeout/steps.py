"""Which step is next, whose it is, and what it still waits for."""

from __future__ import annotations

from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.messages.closeout import CloseOutBoard
from walkdesk.ui.closeout.tasks import elsewhere, open_needs
from walkdesk.ui.language import tr

OVER = frozenset({ContractState.ERASED, ContractState.ACKNOWLEDGED})
"""The vault is gone and the certificate is there."""

_HERE: dict[ContractState, frozenset[Requirement]] = {
    ContractState.REPORTED: frozenset({Requirement.RETURN_RECORDED}),
    ContractState.RETURNED: frozenset({Requirement.COPIES_CLOSED, Requirement.TWO_APPROVALS}),
    ContractState.ERASING: frozenset({Requirement.ERASURE_DONE, Requirement.CERTIFICATE}),
}
_STEPS = {ContractState.OPEN: "deliver", ContractState.REPORTED: "complete"}


def settled_by(board: CloseOutBoard, manager: bool) -> frozenset[Requirement]:
    """The open needs whose button a person sees: a handler may only sign, and go to the other desks."""
    missing = {need.requirement for need in open_needs(board)}
    reachable = {need for need in missing if elsewhere(need) is not None}
    here = _HERE.get(board.card.state, frozenset()) & missing
    return frozenset(reachable | (here if manager else here & {Requirement.TWO_APPROVALS}))


def missing_words(board: CloseOutBoard, manager: bool) -> str:
    """Why the erasure cannot begin yet; empty when it can."""
    if not manager:
        return tr("closeout.only_manager")
    if board.card.state is ContractState.ERASING:
        return ""
    if board.card.state is not ContractState.RETURNED:
        return tr("closeout.not_yet")
    count = sum(need.requirement is not Requirement.TWO_APPROVALS for need in open_needs(board))
    signatures = 2 - min(len(board.approvals), 2)
    if count and signatures:
        return tr("closeout.missing_both", count=count, signatures=signatures)
    if count:
        return tr("closeout.missing_needs", count=count)
    return tr("closeout.missing_signatures", signatures=signatures) if signatures else ""


def next_words(board: CloseOutBoard) -> str:
    """What the main button does: the next open thing, or the step itself."""
    state = board.card.state
    if state is ContractState.ERASING:
        return tr("closeout.next_resume")
    if open_needs(board):
        return tr("contracts.next")
    if state in _STEPS:
        return tr(f"closeout.next_{_STEPS[state]}")
    return tr("closeout.certificate_button" if state in OVER else "closeout.proceed")

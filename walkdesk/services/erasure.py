"""消去: intent, keys destroyed, files removed, verified, certificate issued (design chapter 8).

Each step is committed by its ledger entry and is done again harmlessly after a crash. What a step has to count and
what an interruption would make uncountable (slots, files, bytes) is noted together with the intent.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from walkdesk import __version__
from walkdesk.domain.contract import ContractState, Requirement, advance
from walkdesk.domain.people import MANAGERS, Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import parse_certificate
from walkdesk.messages.closeout import EraseVault, MakeCertificate, ResumeErasure, TakeCertificate
from walkdesk.messages.common import Done
from walkdesk.services.access import open_slot, share_of
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.certificates import issue_certificate, make_certificate, take_certificate
from walkdesk.services.closeout import DESTROYED
from walkdesk.services.closing import counts_in, done_requirements, ledger_entries
from walkdesk.services.paperwork import sender_of
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Session, Work
from walkdesk.services.sheets import NOT_SHOWN
from walkdesk.storage.devices import device_facts
from walkdesk.storage.office_tables import CertificateRecord, ContractRecord, RecoverySheetRecord
from walkdesk.storage.slots import destroy_slots, read_slots
from walkdesk.storage.vault import Vault
from walkdesk.storage.wiping import file_digest, overwrite_and_remove, remove_folder

OVERWRITTEN, PHYSICAL, NONE = "overwritten", "physical", "none"
"""What became of the share; the ledger's judgement reads these words."""

NOT_PERFORMED = "not_performed"
"""The hunt for watchwords is not part of this erasure: the certificate says so and is 例外あり."""


@evidenced
def erase_vault(work: Work, message: EraseVault) -> Done:
    """Begins the erasure and carries it through; the contract's number was typed by hand."""
    contract = work.contract
    if message.number.strip() != contract.number:
        raise Problem("erasure.number_differs")
    advance(ContractState(contract.state), ContractState.ERASING, done_requirements(work, contract))
    share = share_of(work.session, contract)
    if _by_hand(contract) and share.here():
        raise Problem("erasure.token_still_here", name=share.name)
    if not _by_hand(contract) and not share.here():
        raise Problem("erasure.token_needed", name=share.name)
    work.progress(0, len(_STEPS) + 1, "intent")
    _intent(work, contract)
    return _carry_on(work, contract)


@evidenced
def resume_erasure(work: Work, message: ResumeErasure) -> Done:
    """Goes on where an erasure stopped; a step that its entry confirms is not done again."""
    contract = work.office.get(ContractRecord, message.contract)
    if contract is None:
        raise Problem("closeout.unknown_contract")
    if contract.state != ContractState.ERASING.value:
        raise Problem("contracts.wrong_state", state=contract.state)
    return _carry_on(work, contract)


def _carry_on(work: Work, contract: ContractRecord) -> Done:
    for place, (event, step) in enumerate(_STEPS, 1):
        if not ledger_entries(work, contract, event):
            _tell(work, place, event)
            work.now = work.session.now  # each entry says when its own step was through
            step(work, contract)
            work.settle()
    _tell(work, len(_STEPS) + 1, "done")
    record = work.office.get(CertificateRecord, contract.contract)
    assert record is not None  # the last step
    certificate = parse_certificate(record.json)
    return Done(
        {"number": record.number, "grade": certificate.grade, "result": certificate.result}, work.ledger
    )


def _tell(work: Work, done: int, stage: str) -> None:
    # Nothing can be taken back any more: a wish to cancel changes nothing from here on.
    with suppress(Problem):
        work.progress(done, len(_STEPS) + 1, stage)


def _intent(work: Work, contract: ContractRecord) -> None:
    """Closes the vault and writes down what will be erased; from here nobody opens it any more."""
    session, cid = work.session, contract.contract
    vault = session.vault
    if vault is None:
        raise Problem("door.no_vault")
    with vault.reading() as connection:
        counts = counts_in(connection)
    if counts != contract.final_counts:
        raise Problem("closeout.counts_changed")
    work.seal_to_ledger()
    vault.close()
    session.vault = session.vault_key = session.keeper = None
    session.imports.clear()
    session.undo.clear()
    folder = session.premises.folder
    path = folder.vault(cid)
    files = _files(folder.contract(cid))
    device = device_facts(folder.path)
    for name, value in (
        ("slots", _readable_slots(folder.vault_slots(cid))),
        ("files", len(files)),
        ("bytes", sum(file.stat().st_size for file in files)),
    ):
        work.book.set(work.office, f"erasure.{cid}.{name}", str(value))
    contract.state, contract.erasing_on = ContractState.ERASING.value, work.today
    work.record(
        "erasure_intent",
        cid,
        vault=cid,
        vault_digest=file_digest(path),
        vault_size=path.stat().st_size,
        counts=counts,
        device=device.device,
        device_serial=device.serial,
        storage=device.storage,
        disk_encrypted=device.encrypted,
        place=sender_of(work).address,
        version=__version__,
        copies=[],
    )
    work.settle()


def _destroy_keys(work: Work, contract: ContractRecord) -> None:
    """Slots and share are overwritten and read back; then the own account tries to open the vault."""
    session, cid = work.session, contract.contract
    slots = session.premises.folder.vault_slots(cid)
    share, session.share = session.share, None
    disposal = _destroy_share(session, contract)
    destroy_slots(slots)
    by_hand = disposal == PHYSICAL
    work.record(
        "keys_destroyed",
        cid,
        share=contract.share_kind,
        share_disposal=disposal,
        slots=_noted(work, cid, "slots"),
        slots_readable=_readable_slots(slots),
        unlock_refused=_unlock_refused(session, cid, share),
        keys=_key_copies(work, cid),
        witness=contract.token_witness if by_hand else None,
    )


def _key_copies(work: Work, contract: str) -> list[dict[str, Any]]:
    """The registered copies of the key on paper, and what became of each."""
    query = select(RecoverySheetRecord).where(RecoverySheetRecord.scope == contract)
    sheets = work.office.scalars(query.order_by(RecoverySheetRecord.generation))
    return [
        {"kind": "recovery_sheet", "generation": one.generation, "disposal": one.disposal}
        for one in sheets
        if one.disposal != NOT_SHOWN
    ]


def _destroy_share(session: Session, contract: ContractRecord) -> str:
    """Overwrites the share where it lies; what is left is removed with the other files, after the entry.

    So long as it lies there, an interrupted erasure can see whether it was overwritten already.
    """
    share = share_of(session, contract)
    if _by_hand(contract):
        if share.here():
            raise Problem("erasure.token_still_here", name=share.name)
        return PHYSICAL
    return OVERWRITTEN if share.overwrite() else NONE


def _remove_files(work: Work, contract: ContractRecord) -> None:
    """Overwrites and removes every file of the contract, and what is left of the token's file."""
    session, cid = work.session, contract.contract
    folder = session.premises.folder.contract(cid)
    for file in _files(folder):
        overwrite_and_remove(file)
    remove_folder(folder)
    if not _by_hand(contract):
        share_of(session, contract).remove()
    work.record(
        "files_removed",
        cid,
        files=_noted(work, cid, "files"),
        bytes=_noted(work, cid, "bytes"),
        files_left=len(_files(folder)),
    )


def _verify(work: Work, contract: ContractRecord) -> None:
    """Looks once more, apart from the step before. The hunt for watchwords does not belong to this version."""
    folder = work.session.premises.folder
    work.record(
        "erasure_verified",
        contract.contract,
        hunt=NOT_PERFORMED,
        files=len(_files(folder.contract(contract.contract))),
        verifier=work.member.staff_number,
    )


def _issue(work: Work, contract: ContractRecord) -> None:
    """Certificate, its record, its entry and the new state in one commit."""
    issue_certificate(work, contract)
    done = {*done_requirements(work, contract), Requirement.CERTIFICATE}
    contract.state = advance(ContractState.ERASING, ContractState.ERASED, done).value
    contract.erased_on = work.today


_STEPS: tuple[tuple[str, Callable[[Work, ContractRecord], None]], ...] = (
    ("keys_destroyed", _destroy_keys),
    ("files_removed", _remove_files),
    ("erasure_verified", _verify),
    ("certificate_issued", _issue),
)
"""The steps after the intent, each with the entry that commits it."""


def _by_hand(contract: ContractRecord) -> bool:
    return contract.token_fate == DESTROYED


def _readable_slots(path: Path) -> int:
    try:
        return len(read_slots(path).slots)
    except Problem:
        return 0


def _unlock_refused(session: Session, contract: str, share: bytes | None) -> bool:
    """Whether opening the vault with the own account's key, and the share while it is in memory, is refused."""
    member, keys, folder = session.member, session.keys, session.premises.folder
    if member is None or keys is None:
        raise Problem("door.not_signed_in")
    try:
        key = open_slot(folder.vault_slots(contract), contract, member.staff_number, keys, share)
        Vault.open(folder.vault(contract), contract, key).close()
    except Problem:
        return True
    return False


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def _noted(work: Work, contract: str, name: str) -> int:
    return int(work.book.setting(work.office, f"erasure.{contract}.{name}", "0"))


_EVIDENCE = frozenset({Role.MANAGER, Role.AUDITOR})
_AREAS = areas("closeout", "today", "contracts", "audit")

ACTIONS: dict[type, Action] = table(
    Action(
        EraseVault,
        erase_vault,
        MANAGERS,
        frozenset({ContractState.RETURNED}),
        "erasure_intent",
        _AREAS | areas("door"),
    ),
    Action(ResumeErasure, resume_erasure, MANAGERS, None, "certificate_issued", _AREAS),
    Action(MakeCertificate, make_certificate, _EVIDENCE),
    Action(TakeCertificate, take_certificate, _EVIDENCE),
)

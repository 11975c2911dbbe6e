"""What the facts of an erasure are worth: result, grade, exceptions. Computed here, for the issuer and for
verifiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from walkdesk.domain.problem import Problem

CONFORMS = "conforms"
WITH_EXCEPTIONS = "with_exceptions"
DOES_NOT_CONFORM = "does_not_conform"
RESULTS: Final[Mapping[str, str]] = {
    CONFORMS: "適合",
    WITH_EXCEPTIONS: "例外あり",
    DOES_NOT_CONFORM: "不適合",
}

IRRECOVERABLE = "irrecoverable"
PROCEDURE_ONLY = "procedure_only"
"""The certificate says that the procedure was carried out; it must not say 復元不可能."""

DESTROYED: Final = frozenset({"hardware", "physical", "overwritten", "shredded", "burnt"})
"""The disposals after which a copy of a key no longer exists."""

NOT_COVERED: Final = (
    "photographs_and_notes",
    "unlocked_memory",
    "hibernation_and_page_files",
    "print_spool_and_flash_remnants",
    "copies_made_outside",
    "unregistered_key_copies",
    "collusion_of_approvers",
    "clock_of_the_pc",
    "replaced_program",
)
"""What no certificate covers, always printed."""

KEY_REMNANTS = "key_remnants_on_disk"
"""Not covered, besides, at grade C: without destroyed share or encrypted disk, old key slots may be found
again.
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Result (適合 / 例外あり / 不適合), grade A to C, what spoils the result, and what may be said."""

    result: str
    grade: str
    failures: tuple[str, ...]
    exceptions: tuple[str, ...]
    statement: str
    not_covered: tuple[str, ...]


def judge(
    *,
    keys: Mapping[str, Any],
    files: Mapping[str, Any],
    hunt: Mapping[str, Any],
    device: Mapping[str, Any],
    operator: str,
    verifier: str,
) -> Judgement:
    """Judge the facts of one erasure. Facts that are missing or of another type are
    ``ledger.certificate_form``.

    Grade A: the share was destroyed in hardware, or physically before a witness. B: overwritten, on an
    encrypted disk. C: everything else, and whenever a registered copy of a key was not destroyed.
    """
    copies_destroyed = all(_fact(copy, "disposal", str) in DESTROYED for copy in _records(keys, "copies"))
    failures = _present(
        unlock_not_refused=not _fact(keys, "unlock_refused", bool),
        slots_readable=_fact(keys, "slots_readable", int) > 0,
        watchwords_left=_fact(hunt, "hits_left", int) > 0,
    )
    exceptions = _present(
        hunt_not_performed=_fact(hunt, "hunt", str) != "performed",
        places_unread=_fact(hunt, "unread", int) > 0,
        watchwords_found=_fact(hunt, "hits", int) > 0,
        files_left=_fact(files, "files_left", int) > 0,
        key_copy_left=not copies_destroyed,
        verifier_is_operator=operator == verifier,
    )
    grade = _grade(keys, device) if copies_destroyed else "C"
    result = DOES_NOT_CONFORM if failures else WITH_EXCEPTIONS if exceptions else CONFORMS
    sound = grade != "C" and result == CONFORMS
    return Judgement(
        result,
        grade,
        failures,
        exceptions,
        IRRECOVERABLE if sound else PROCEDURE_ONLY,
        (*NOT_COVERED, KEY_REMNANTS) if grade == "C" else NOT_COVERED,
    )


def _grade(keys: Mapping[str, Any], device: Mapping[str, Any]) -> str:
    share, disposal = _fact(keys, "share", str), _fact(keys, "share_disposal", str)
    if share != "none":
        if disposal == "hardware" or (disposal == "physical" and _fact(keys, "witness", str)):
            return "A"
        if disposal in DESTROYED and _fact(device, "disk_encrypted", bool):
            return "B"
    return "C"


def _present(**findings: bool) -> tuple[str, ...]:
    return tuple(name for name, found in findings.items() if found)


def _fact(table: Mapping[str, Any], key: str, kind: type) -> Any:
    value = table.get(key)
    if type(value) is not kind:
        raise Problem("ledger.certificate_form", field=key)
    return value


def _records(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    records = _fact(table, key, list)
    if not all(isinstance(record, Mapping) for record in records):
        raise Problem("ledger.certificate_form", field=key)
    return list(records)

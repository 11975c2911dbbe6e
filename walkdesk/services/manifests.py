"""The manifest of a release: the hash over its exact rows and columns, and what the approver signs."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from walkdesk.domain.people import check_second_person
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import ReleaseKind
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.keys import signature_holds
from walkdesk.services.accounts import signing_keys
from walkdesk.services.contents import content_of
from walkdesk.services.contents.base import Part
from walkdesk.services.session import Work
from walkdesk.storage.keys import derive
from walkdesk.storage.office_tables import ReleaseRecord


def parts_of(work: Work, record: ReleaseRecord) -> tuple[Part, ...]:
    """What would leave, as it stands in the vault now."""
    return content_of(record.paper, ReleaseKind(record.kind)).parts(work, record.release)


def manifest_hash(work: Work, release: str, parts: tuple[Part, ...]) -> bytes:
    """The keyed hash over the exact rows and columns of a release.

    Its key comes from the vault and dies with it: outside the vault the hash tells of nobody.
    """
    vault = work.session.vault
    if vault is None:
        raise Problem("door.no_vault")
    digest = hmac.new(derive(vault.trail_key, b"walkdesk manifest 1"), digestmod=hashlib.sha256)
    if len(parts) == 1:
        (part,) = parts
        body: dict[str, Any] = {"kind": "walkdesk.manifest.1", "columns": part.columns, "rows": part.rows}
    else:
        tables = [{"key": part.key, "columns": part.columns, "rows": part.rows} for part in parts]
        body = {"kind": "walkdesk.manifest.2", "parts": tables}
    digest.update(canonical({**body, "release": release}))
    return digest.digest()


def release_statement(record: ReleaseRecord, approver: str) -> bytes:
    """What an approver signs: what leaves, and to whom, on what basis, by whose hand and until when it is out."""
    said: dict[str, Any] = {
        "kind": "walkdesk.release.1",
        "contract": record.contract,
        "release": record.release,
        "release_kind": record.kind,
        "requested_by": record.requested_by,
        "approver": approver,
        "count": record.sheets,
        "manifest": record.manifest.hex(),
    }
    named = {"recipient": record.recipient, "basis": record.basis, "carrier": record.carrier}
    more = {key: value for key, value in named.items() if value}
    if record.due_at is not None:
        more["due_at"] = record.due_at.isoformat(timespec="seconds")
    if more:
        said |= {"kind": "walkdesk.release.2", "content": record.paper, **more}
    return canonical(said)


def check_unchanged(work: Work, record: ReleaseRecord, parts: tuple[Part, ...]) -> None:
    """``Problem("releases.changed")`` where the vault no longer holds what was asked for."""
    if not hmac.compare_digest(manifest_hash(work, record.release, parts), record.manifest):
        raise Problem("releases.changed", release=record.release)


def check_signed(work: Work, record: ReleaseRecord) -> None:
    """The signature under the manifest is that of the approver's own key, and the approver is another person."""
    signature, at = record.decision_signature, record.decided_at
    keys = () if at is None else signing_keys(work, record.decided_by, at)
    if not keys or signature is None:
        raise Problem("releases.approver_gone", release=record.release)
    check_second_person(record.requested_by, record.decided_by, True)
    statement = release_statement(record, record.decided_by)
    if not any(signature_holds(key, signature, statement) for key in keys):
        raise Problem("releases.approval_broken", release=record.release)

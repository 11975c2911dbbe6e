"""The approver's one signature: a statement of ours, by the account that it names, under its own password."""

from __future__ import annotations

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import parse_canonical
from walkdesk.messages.countersign import Signature, SignOnce
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.office import OfficeFolder

STATEMENTS = frozenset({"walkdesk.release.1", "walkdesk.release.2"})
"""What may be signed so: the approval of a release. The key signs no byte that anybody else made up."""
_LONGEST = 64 * 1024


def sign_once(folder: OfficeFolder, message: SignOnce) -> Signature:
    """Signs one statement; ``Problem("door.wrong_password")`` where the password does not fit.

    It reads ``accounts.db`` and nothing else, and writes nothing: the room that has the office counts the tries.
    """
    try:
        statement = parse_canonical(message.body, _LONGEST)
    except Problem:
        raise Problem("releases.statement_foreign") from None
    named = isinstance(statement, dict) and statement.get("kind") in STATEMENTS
    if not named or statement.get("approver") != message.staff_number:
        raise Problem("releases.statement_foreign")
    accounts = AccountsFile.look(folder.accounts)
    try:
        account = accounts.find(message.staff_number)
    finally:
        accounts.close()
    if account is None:
        raise Problem("door.wrong_password")
    return Signature(account.unlock(message.password).signing.sign(message.body))

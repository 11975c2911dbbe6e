"""The first start: the office's folder, its book and keys, and its first manager."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from walkdesk import __version__
from walkdesk.domain.passwords import check_password
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.ledger.keys import fingerprint
from walkdesk.messages.door import SetUpOffice, SignedIn
from walkdesk.resources.passwords import blocked_words
from walkdesk.services.access import OFFICE_SCOPE, check_staff_number, grant_slot, one_line, signed_in
from walkdesk.services.accounts import HEAD
from walkdesk.services.clock import PracticeClock
from walkdesk.services.keyhistory import remember_keys
from walkdesk.services.lockout import begin_door
from walkdesk.services.session import Member, Session, Work, working
from walkdesk.storage.accounts import AccountsFile, new_account
from walkdesk.storage.keys import FLOOR, KEY_BYTES, raise_cost
from walkdesk.storage.office import OfficeBook
from walkdesk.storage.office_tables import PersonRecord


def set_up_office(session: Session, message: SetUpOffice) -> SignedIn:
    """Makes the office and its first manager, attested by the employer, and signs him in.

    The folder's card is written last: a set-up that was interrupted leaves no office, and is cleared away.
    """
    folder = session.premises.folder
    if folder.exists():
        raise Problem("door.office_exists")
    check_staff_number(message.staff_number)
    lines = ("office", "address", "phone", "certification_number", "name", "post", "attested_by")
    changed: dict[str, Any] = {field: one_line(getattr(message, field)) for field in lines}
    message = replace(message, **changed)
    for field in ("office", "certification_number", "name", "post", "attested_by"):
        if not getattr(message, field):
            raise Problem("setup.field_missing", field=field)
    around = (message.post, message.office, message.address, message.phone)
    check_password(message.password, (message.staff_number, message.name), around, blocked_words())
    if message.practice:
        session.premises.clock = PracticeClock(message.practice_date or session.now.date())
    if message.certification_expiry < session.now.date():
        raise Problem("setup.certification_expired", expiry=message.certification_expiry)
    _clear_unfinished(session)
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.begun.touch(mode=0o600)
    try:
        return _make_office(session, message)
    except BaseException:
        session.close()
        raise


def _make_office(session: Session, message: SetUpOffice) -> SignedIn:
    folder = session.premises.folder
    # Practice people are invented, so the floor is enough there and the second start is quick.
    cost = session.premises.cost or (FLOOR if message.practice else raise_cost())
    accounts = AccountsFile.create(folder.accounts)
    account, keys = new_account(message.staff_number, message.password, cost)
    accounts.put(account)
    begin_door(DoorLog(folder.door_log), accounts)
    book_key = os.urandom(KEY_BYTES)
    grant_slot(folder.slots, OFFICE_SCOPE, book_key, account, (message.staff_number, keys), None)
    book = OfficeBook.create(folder.book, book_key)
    session.accounts, session.book, session.keys = accounts, book, keys
    session.member = Member(message.staff_number, message.name, message.post, Role.MANAGER, True)
    with working(session, "SetUpOffice") as work:
        for key, value in _settings(session, message).items():
            book.set(work.office, key, value)
        book.set(work.office, HEAD, accounts.head())
        remember_keys(work.office, account, work.now)
        _first_manager(work, message)
    folder.write_card(book.office_id, message.practice)
    return signed_in(session)


def _first_manager(work: Work, message: SetUpOffice) -> None:
    """Enters the first manager, attested by the employer, and writes how the office began."""
    book = work.book
    work.office.add(
        PersonRecord(
            staff_number=message.staff_number,
            name=message.name,
            post=message.post,
            role=Role.MANAGER.value,
            may_approve=True,
            sworn_on=work.today,
            reference=message.attested_by,
            active=True,
            last_sign_in=work.now,
        )
    )
    work.record(
        "office_set_up",
        office=book.office_id,
        version=__version__,
        fingerprint=fingerprint(book.key.public_key()).replace(" ", "-"),
        practice=message.practice,
        attested_by=message.attested_by,
        contractor=message.office,
    )
    work.record("person_registered", person=message.staff_number, name=message.name, post=message.post)
    work.record(
        "account_granted",
        person=message.staff_number,
        staff=message.staff_number,
        role=Role.MANAGER.value,
        name=message.name,
        post=message.post,
    )


def _settings(session: Session, message: SetUpOffice) -> dict[str, str]:
    return {
        "office": message.office,
        "address": message.address,
        "phone": message.phone,
        "certification": message.certification,
        "certification_number": message.certification_number,
        "certification_expiry": message.certification_expiry.isoformat(),
        "practice": "yes" if message.practice else "no",
        "practice_date": session.now.date().isoformat() if message.practice else "",
        # Clause 18 names the ward's ordinance; since April 2023 the national law applies in its place.
        "law": "個人情報の保護に関する法律",
    }


def _clear_unfinished(session: Session) -> None:
    """Removes what an interrupted set-up left. What no set-up of ours began is never touched."""
    folder = session.premises.folder
    left = [
        sibling
        for path in (folder.accounts, folder.slots, folder.book, folder.door_log)
        for sibling in folder.path.glob(f"{path.name}*")
    ]
    if left and not folder.begun.exists():
        raise Problem("storage.exists", name=left[0].name)
    for sibling in left:
        sibling.unlink()

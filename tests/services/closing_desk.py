"""What the tests of papers, close-out, erasure and audit share: a contract with people, taken towards its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from tests.conftest import Office
from tests.services.desks import AUGUST
from walkdesk.domain.names import fold
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome
from walkdesk.domain.returns import BOARD, Disposition, Medium
from walkdesk.domain.steps import Day, DayState, pack
from walkdesk.messages.closeout import (
    AccountForToken,
    ApproveErasure,
    CompleteReturn,
    DeliverReport,
    EraseVault,
    RecordReturn,
)
from walkdesk.messages.door import SignOut
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters, TakeRelease
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.storage.vault_tables import ParticipantRecord, PointMonth, PointsCardRecord, StepMonth

NUMBER = "30-HP-0001"
LAST_DAY = date(2019, 3, 31)
PEOPLE = (
    ("D0001", "𠮷田 光子", "160-0022", "東京都新宿区新宿一丁目2番3号", 62, "female", "card", []),
    ("D0002", "髙橋 歩", "160-0023", "東京都新宿区西新宿二丁目8番1号\u3000散歩荘203", 71, "male", "card", []),
    ("D0003", "辻󠄀 一郎", "162-0824", "東京都新宿区揚場町1番1号", 48, "male", "card", []),
    ("D0004", "渡● 進", "160-0004", "東京都新宿区四谷三丁目1番1号", 39, "male", "card",
     ["reception.name_lost_characters"]),
    ("U0001", "葛󠄀城 翠", "169-0075", "東京都新宿区高田馬場四丁目5番6号", 28, "female", "app", []),
    ("U0002", "桜庭 実", "161-0033", "東京都新宿区下落合四丁目6番7号", 55, "other", "app", []),
)  # fmt: skip
"""Invented people, with the names that papers go wrong with; D0004 is 要確認."""


def fill(session: Session, people: Any = PEOPLE) -> None:
    """Puts people with one month of steps, a card and points into the vault on the desk."""
    with working(session, "fill") as work:
        for place, (number, name, postcode, address, age, sex, channel, doubts) in enumerate(people, 1):
            work.vault.execute(
                insert(ParticipantRecord).values(
                    id=place, number=number, name=name, folded=fold(name), postcode=postcode, address=address,
                    age=age, sex=sex, phone="03-0000-1234", channel=channel, doubts=doubts,
                    identity_origin="provided" if channel == "card" else "collected",
                    registered_on=date(2018, 6, 1), source="試験",
                )
            )  # fmt: skip
            days = pack([Day(6000 + place, DayState.KEYED)] * 31)
            work.vault.execute(
                insert(StepMonth).values(
                    month=201807, participant_id=place, keying=1, days=days, total=31 * (6000 + place),
                    counted_days=31, origin="collected",
                )
            )  # fmt: skip
            work.vault.execute(
                insert(PointMonth).values(month=201807, participant_id=place, points=930, rule="2018-1")
            )
            if channel == "card":
                work.vault.execute(
                    insert(PointsCardRecord).values(
                        month=201807, participant_id=place, received_on=AUGUST, state="done",
                        finished_at=work.now, keyed_by="S-0142",
                    )
                )  # fmt: skip


def crowd(count: int) -> list[tuple[Any, ...]]:
    """Many invented people: three quarters with a card, of all ages."""
    return [
        (
            f"D{place:04d}", f"歩{place}山 太郎{place}", "160-0022", f"東京都新宿区新宿一丁目{place}番1号",
            20 + place % 65, "male" if place % 2 else "female", "card" if place % 4 else "app", [],
        )
        for place in range(1, count + 1)
    ]  # fmt: skip


def office_of(folder: Path, template: Path) -> Office:
    """A fresh copy of the office template."""
    shutil.copytree(template, folder)
    return Office(folder)


def with_report(session: Session) -> None:
    """Makes and delivers the report of the year."""
    perform(session, MakeReport())
    perform(session, DeliverReport(LAST_DAY, "31新健健第12号"))


def with_returns(session: Session) -> None:
    """Records what became of everything, and completes the return."""
    for line in BOARD:
        if line.medium is Medium.ELECTRONIC:
            basis = "" if line.origin.value == "collected" else "31新健健第20号"
            perform(session, RecordReturn(line.origin, line.medium, Disposition.DESTROYED, basis))
        elif line.origin.value == "collected":
            perform(session, RecordReturn(line.origin, line.medium, Disposition.HANDED_OVER, receipt="受31-5"))
        else:
            perform(session, RecordReturn(line.origin, line.medium, Disposition.NONE))
    perform(session, CompleteReturn())


def letters_out(office: Office, on: date = AUGUST) -> None:
    """One batch of letters on its whole way: asked for, approved by another, taken, posted."""
    handler = office.sign_in("S-0142", on)
    perform(handler, RequestLetters("all", "参加の案内"))
    perform(handler, SignOut())
    manager = office.sign_in("S-0150")
    perform(manager, ApproveRelease("R-0001"))
    perform(manager, TakeRelease("R-0001", "print"))
    perform(manager, CloseRelease("R-0001", Outcome.POSTED, on))
    perform(manager, SignOut())


def ready_to_erase(office: Office, fate: str = "overwrite", witness: str = "") -> Session:
    """An office whose contract is returned and approved by two; the second manager is at the desk."""
    first = office.sign_in("S-0001", AUGUST)
    fill(first)
    perform(first, SignOut())
    letters_out(office)
    first = office.sign_in("S-0001", LAST_DAY)
    with_report(first)
    with_returns(first)
    perform(first, AccountForToken(fate, witness))
    perform(first, ApproveErasure())
    perform(first, SignOut())
    second = office.sign_in("S-0150")
    perform(second, ApproveErasure())
    return second


def erased(office: Office) -> Session:
    """An office whose contract is erased; the second manager is at the desk."""
    session = ready_to_erase(office)
    perform(session, EraseVault(NUMBER))
    return session


def code_of(session: Session, message: object) -> str:
    """The code of the problem in which a message ends."""
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value.code


def events(session: Session) -> list[str]:
    """The ledger's events in their order."""
    assert session.book is not None
    with session.book.engine.connect() as connection:
        return [str(row[0]) for row in connection.execute(text("SELECT event FROM ledger ORDER BY sequence"))]


@contextmanager
def ledger_text(session: Session) -> Iterator[str]:
    """Every byte of fact that the office book holds, as one text."""
    assert session.book is not None
    with session.book.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        held = [str(row) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
    yield "\n".join(held)

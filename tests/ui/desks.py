"""What the tests of the pages share: people in the vault, a year brought to a point, keys on the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.conftest import trained_again
from walkdesk.domain.participants import Channel, Origin, Sex
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import FinishCard, OpenCard, SaveDay
from walkdesk.messages.closeout import (
    AccountForToken,
    ApproveErasure,
    CompleteReturn,
    DeliverReport,
    EraseVault,
    LookAtCloseOut,
    RecordReturn,
)
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.reception import RegisterParticipant
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

JULY = "2018-07"
AUGUST = date(2018, 8, 9)
PEOPLE = (("D0117", "佐々木 一"), ("D0118", "髙橋 ふみ子"), ("D0119", "中村 清"))
NUMBER = "30-HP-0001"


def register(session: Session, people: Sequence[tuple[str, str]] = PEOPLE) -> None:
    """People who mail cards."""
    for place, (number, name) in enumerate(people):
        person = RegisterParticipant(
            number,
            name,
            "160-0022",
            f"東京都新宿区新宿一丁目{place + 1}番1号",
            str(70 + place),
            Sex.FEMALE,
            f"03-0000-01{place:02}",
            Channel.CARD,
            purpose_shown_on=date(2018, 5, 14),
        )
        perform(session, person)


def walk(session: Session, number: str = "D0118") -> None:
    """A whole month of 10,000 steps a day: enough points for a prize."""
    perform(session, OpenCard(number, JULY))
    for day in range(1, 32):
        perform(session, SaveDay(number, JULY, day, DayState.KEYED, 10_000))
    perform(session, FinishCard(number, JULY))


def walked(office: Any) -> None:
    """The manager in August; of three people one has walked."""
    session = office.sign_in("S-0001", AUGUST)
    register(session)
    walk(session)


def reported(office: Any) -> Session:
    """The manager on 20 March; the ward has the report."""
    session: Session = office.sign_in("S-0001", AUGUST)
    register(session)
    perform(session, SetPracticeDate(date(2019, 3, 20)))
    perform(session, MakeReport())
    perform(session, DeliverReport(date(2019, 3, 20), "新健収 第77号"))
    return session


def returned(office: Any, on: date = date(2019, 4, 2)) -> Session:
    """The manager on 2 April; everything is returned or destroyed."""
    session = reported(office)
    perform(session, SetPracticeDate(on))
    if not session.trained:
        trained_again(session)
    for row in perform(session, LookAtCloseOut()).answer.returns:
        if row.medium is Medium.PAPER and row.count == 0:
            message = RecordReturn(row.origin, row.medium, Disposition.NONE)
        elif row.origin is Origin.PROVIDED:
            message = RecordReturn(row.origin, row.medium, Disposition.RETURNED, receipt="新健収 第88号")
        else:
            message = RecordReturn(row.origin, row.medium, Disposition.DESTROYED, basis="30新健健第900号")
        perform(session, message)
    perform(session, CompleteReturn())
    return session


def erased(office: Any) -> None:
    """The vault is gone and the certificate is there; nobody is in."""
    session = returned(office)
    perform(session, AccountForToken("overwrite"))
    perform(session, ApproveErasure())
    perform(session, SignOut())
    second = office.sign_in("S-0150", date(2019, 4, 3))
    perform(second, ApproveErasure())
    perform(second, EraseVault(NUMBER))
    perform(second, SignOut())


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the keyboard is."""
    QTest.keyClick(widget, key, modifier)


def write(editor: Any, text: str) -> None:
    """Types into a line; other than Latin letters come as an input method brings them."""
    editor.setFocus()
    editor.selectAll()
    if text.isascii():
        QTest.keyClicks(editor, text)
    else:
        editor.insert(text)

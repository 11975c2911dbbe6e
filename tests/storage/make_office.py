"""Makes the small office that stays in the repository for each version of the schemas.

``python -m tests.storage.make_office v2`` after a migration was added; an office that is there is never made anew.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from tests.conftest import Office, prepared, set_up, staffed
from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.contracts import OpenContract
from walkdesk.messages.door import SetPracticeDate, SignIn, SignOut
from walkdesk.messages.prizes import SetPrize
from walkdesk.messages.reception import CorrectParticipant, RegisterParticipant
from walkdesk.services.perform import perform

OFFICES = Path(__file__).with_name("offices")
PASSWORD = "のんびり歩く毎日-2018"
AUGUST = date(2018, 8, 9)
PEOPLE = {
    "D0001": ("試験 花子", "61", Sex.FEMALE, Channel.CARD),
    "D0002": ("髙橋 𠮷之助", "70", Sex.MALE, Channel.CARD),
    "A0001": ("練習 太郎", "45", Sex.MALE, Channel.APP),
}
STEPS = {day: 4000 + 37 * day for day in range(1, 8)}
"""The first days of July of the first person."""


def make(folder: Path) -> None:
    """An office with a token, an open contract, three invented people, a card in keying, and a trail of corrections."""
    folder.mkdir(parents=True)
    office = Office(folder)
    session = set_up(office)
    staffed(session)
    prepared(session, office.tokens)
    perform(session, OpenContract())
    perform(session, SetPrize("P1", "タオル", 500, 20))
    perform(session, SignOut())
    session = office.door()
    perform(session, SignIn("S-0142", PASSWORD))
    perform(session, SetPracticeDate(AUGUST))
    for number, (name, age, sex, channel) in PEOPLE.items():
        perform(
            session,
            RegisterParticipant(
                number, name, "1600001", "東京都新宿区片町1番1号", age, sex, "03-0000-0000", channel, "", AUGUST
            ),
        )
    perform(session, CorrectParticipant("D0002", "address", "東京都新宿区片町2番2号", "本人の申出"))
    perform(session, OpenCard("D0001", "2018-07"))
    for day, steps in STEPS.items():
        perform(session, SaveDay("D0001", "2018-07", day, DayState.KEYED, steps, confirmed=True))
    perform(session, SignOut())
    office.close()
    (folder / "office" / "office.lock").unlink(missing_ok=True)


if __name__ == "__main__":
    make(OFFICES / sys.argv[1])
    sys.exit(0)

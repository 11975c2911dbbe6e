"""What the tests of the gate share: registers, prizes, a City Walk contract, and what a sealed page holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from tests.services.closing_desk import fill
from tests.services.desks import AUGUST
from walkdesk.domain.dates import JST
from walkdesk.domain.releases import ReleaseKind
from walkdesk.exchange.sealed_page import OpenedPage, open_sealed
from walkdesk.messages.door import SignOut
from walkdesk.messages.releases import ApproveRelease, Released, RequestRelease, TakeRelease
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.storage.office_tables import RegisterEntry
from walkdesk.storage.vault_tables import PrizeRecord, PrizeRequestRecord

EVENING = datetime(2018, 8, 9, 23, 59, tzinfo=JST)
"""The hour by which a roster is back: the practice day has the PC's time of day, so it lies late."""


def register_entry(session: Session, entry: str, register: str, due: date | None = None, **fields: str) -> str:
    """A line of a register, as the registers' desk would keep it."""
    with working(session, "entry") as work:
        work.office.add(
            RegisterEntry(
                entry=entry, register=register, contract="", opened_on=date(2018, 7, 1), due=due, fields=fields,
                recorded_by="S-0001", recorded_at=work.now,
            )
        )  # fmt: skip
    return entry


def courier(session: Session, until: date = date(2019, 3, 31)) -> str:
    """歩々運輸, with the ward's consent."""
    return register_entry(
        session, "T-0001", "recipients", until, kind="courier", name="歩々運輸", consent_number="30新健第9号"
    )


def insurer(session: Session) -> str:
    """An insurer, with the ward's consent."""
    return register_entry(session, "T-0002", "recipients", None, kind="insurer", name="歩行損害保険")


def agreement(session: Session, kind: str = "consultation", allows: str = "carry") -> str:
    """協議 or 承諾 of the ward on a removal."""
    return register_entry(session, "I-0001", "instructions", None, kind=kind, number="30新健健第21号", allows=allows)


def city_walk(session: Session) -> None:
    """Makes the contract on the desk one of the City Walk."""
    with working(session, "programme") as work:
        work.office.execute(text("UPDATE contracts SET programme = 'city-walk'"))


def prizes_wait(session: Session) -> None:
    """Four people asked for a towel."""
    with working(session, "prizes") as work:
        work.vault.execute(insert(PrizeRecord).values(prize="P-01", name="速乾タオル", points=100, stock=50))
        for person in (1, 2, 5, 6):
            work.vault.execute(
                insert(PrizeRequestRecord).values(
                    participant_id=person, prize="P-01", points=100, requested_on=AUGUST, state="waiting",
                    carrier="", slip="",
                )
            )  # fmt: skip


def desk_in_august(office: Any, number: str = "S-0142") -> Session:
    """Somebody at the desk on 9 August, with people in the vault."""
    session: Session = office.sign_in(number, on=AUGUST)
    fill(session)
    return session


def approved_by(office: Any, session: Session, message: RequestRelease, approver: str = "S-0150") -> str:
    """Asks for a release and has it approved by somebody else; returns its number."""
    release = str(perform(session, message).answer.facts["release"])
    second = office.sign_in(approver)
    perform(second, ApproveRelease(release))
    perform(second, SignOut())
    return release


def taken(session: Session, release: str, way: str = "file", bag: bool = False) -> Released:
    """Lets it out."""
    answer: Released = perform(session, TakeRelease(release, way, bag)).answer
    return answer


def opened(released: Released) -> OpenedPage:
    """The files that the receiver gets."""
    return open_sealed(released.data, released.passphrase)


def roster(carrier: str = "S-0142", due_at: datetime | None = EVENING) -> RequestRelease:
    """当日受付名簿."""
    return RequestRelease(ReleaseKind.ROSTER, "reception_roster", "当日の受付", carrier=carrier, due_at=due_at)


def a_month_later() -> date:
    """After every hour and day of these tests."""
    return AUGUST + timedelta(days=31)

"""No byte with a participant's data leaves without an approved release: every action is walked with a canary.

First by type: only a closed list of answers can hold bytes at all. Then by fact: every action that has such an answer
is made to give it, with the canary in the vault, and only ``Released`` (after an approval) and ``ScreenPaper`` may
tell of her. The last tests add ways out and see that the walk finds them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.conftest import Office
from tests.journeys.canary import CARD, HOUSE, MAIL, NAME, OTHER, PHONE, STREET
from tests.leaks import carried, holders_of_bytes, tells
from tests.services.closing_desk import LAST_DAY, crowd, fill, with_report, with_returns
from tests.services.desks import AUGUST
from tests.services.gatedesk import courier, prizes_wait
from walkdesk.documents.letters import Letter, letters_pdf
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.contract import ContractState
from walkdesk.domain.participants import Origin
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import Register
from walkdesk.domain.releases import ReleaseKind
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.messages import (
    audit,
    closeout,
    contracts,
    countersign,
    keys,
    papers,
    printing,
    releases,
    wardpapers,
    withdrawal,
    wordings,
)
from walkdesk.messages import registers as register_messages
from walkdesk.messages.catalogue import QUESTIONS
from walkdesk.messages.common import FreeFile, FreePaper, ScreenPaper
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.services import perform as performing
from walkdesk.services.actions import Action
from walkdesk.services.letters import letters_meta
from walkdesk.services.paperwork import paper
from walkdesk.services.participants import participant
from walkdesk.services.perform import ACTIONS, AT_DOOR, perform
from walkdesk.services.personal import Batch, addressee
from walkdesk.services.session import Session, Work, no_progress

WORDS = frozenset({NAME, OTHER, STREET, HOUSE, PHONE, MAIL, NAME.replace(" ", ""), "鵺塚"})
"""What tells of the canary and of her child."""
CHILD = "D9002"
MAY_HOLD = {
    FreePaper: "without personal data",
    FreeFile: "without personal data",
    ScreenPaper: "never leaves the screen",
    releases.Released: "two people let it go",
    closeout.CertificateFiles: "the signed certificate",
    countersign.Statement: "what an approver signs",
    countersign.Signature: "64 bytes of Ed25519",
}
"""Every class that can hold bytes in an answer. Whoever adds one says here why it may."""
MAY_TELL = frozenset({releases.Released, ScreenPaper})


def bytes_may_come(message: type) -> set[type]:
    """The classes with bytes that the answer to a message can hold."""
    question = QUESTIONS.get(message.__name__)
    return set() if question is None else holders_of_bytes(question.answer)


def give(session: Session, message: Any) -> Any:
    """The answer of an action whose effects are taken back, so that the walk can go on."""
    action = performing.ACTIONS[type(message)]
    assert session.member is not None
    assert session.member.role in action.roles
    work = Work(session, type(message).__name__, no_progress, Event())
    try:
        return action.run(work, message)
    finally:
        work.abandon()


def leaks(answer: Any) -> list[str]:
    """Which classes of an answer tell of her and must not."""
    found = []
    for owner, data in carried(answer):
        if owner not in MAY_TELL and (told := tells(data, WORDS)):
            found.append(f"{owner}: {sorted(told)}")
    return found


@dataclass(slots=True)
class House:
    """One office at three points of its contract's life, a manager at each desk."""

    open: Session
    reported: Session
    erased: Session
    erasure: str
    """Number of the child's certificate."""
    incident: str


def _canaries() -> list[tuple[Any, ...]]:
    address = f"東京都新宿区新宿{STREET}\u3000{HOUSE}"
    her = (CARD, NAME, "160-0022", address, 71, "female", "card", [])
    return [her, *crowd(12), (CHILD, OTHER, "160-0022", address, 45, "other", "card", [])]


def _office(template: Path, folder: Path, on: date = AUGUST) -> tuple[Office, Session]:
    shutil.copytree(template, folder)
    office = Office(folder)
    session = office.sign_in("S-0001", on=on)
    fill(session, _canaries())
    return office, session


def _her_child_is_erased(session: Session) -> str:
    perform(session, withdrawal.EraseParticipant(CHILD, AUGUST, "withdrawal", CHILD))
    return str(perform(session, withdrawal.ListErasures()).answer.rows[0].number)


def _incident(session: Session) -> str:
    values = {
        "kind": "fear", "title": "封筒の取り違え", "noticed_on": "2018-08-09", "noticed_time": "10:15",
        "noticed_by": "S-0142", "malicious": "no", "harm": "none", "summary": "封入の前に気づいた。",
    }  # fmt: skip
    done = perform(session, register_messages.EnterEntry(Register.INCIDENTS, values)).answer
    return str(done.facts["entry"])


@pytest.fixture(scope="module")
def house(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("ways")
    office, session = _office(_template, folder / "open")
    erasure = _her_child_is_erased(session)
    incident = _incident(session)
    courier(session)
    prizes_wait(session)
    for message in (
        releases.RequestLetters("card", "参加案内"),
        releases.RequestRelease(ReleaseKind.COURIER, "courier_list", "発送", recipient="T-0001"),
        releases.RequestLetters("app", "参加案内"),
    ):
        perform(session, message)
    perform(session, SignOut())
    second = office.sign_in("S-0150")
    for release in ("R-0001", "R-0002", "R-0003"):
        perform(second, releases.ApproveRelease(release))
    perform(second, SignOut())
    session = office.sign_in("S-0001")
    perform(session, releases.TakeRelease("R-0003", "print"))
    late_office, late = _office(_template, folder / "reported")
    perform(late, SetPracticeDate(LAST_DAY))
    with_report(late)
    perform(late, closeout.RecordReturn(Origin.COLLECTED, Medium.ELECTRONIC, Disposition.DESTROYED, "31新健健第20号"))
    end_office, end = _office(_template, folder / "erased")
    perform(end, SetPracticeDate(LAST_DAY))
    with_report(end)
    with_returns(end)
    perform(end, closeout.AccountForToken("overwrite"))
    perform(end, closeout.ApproveErasure())
    perform(end, SignOut())
    end = end_office.sign_in("S-0150")
    perform(end, closeout.ApproveErasure())
    perform(end, closeout.EraseVault("30-HP-0001"))
    yield House(session, late, end, erasure, incident)
    for one in (office, late_office, end_office):
        one.close()


def _contract(session: Session) -> str:
    return str(perform(session, audit.LookAtAudit()).answer.contracts[0].contract)


def _wording(session: Session, number: str) -> wordings.PreviewWording:
    shown = perform(session, wordings.OpenWording("invitation", "card")).answer
    parts = tuple((part.key, part.text) for part in shown.parts)
    return wordings.PreviewWording("invitation", "card", shown.version, parts, number)


EXAMPLES: dict[type, Callable[[House], list[tuple[Session, Any]]]] = {
    audit.ExportLedger: lambda house: [(one, audit.ExportLedger()) for one in (house.open, house.erased)],
    audit.MakeStatusReport: lambda house: [(one, audit.MakeStatusReport()) for one in (house.open, house.erased)],
    audit.MakeAuditPack: lambda house: [(one, audit.MakeAuditPack()) for one in (house.open, house.erased)],
    contracts.MakeStartSheet: lambda house: [(house.open, contracts.MakeStartSheet())],
    closeout.MakeReturnList: lambda house: [(house.reported, closeout.MakeReturnList())],
    closeout.MakeCertificate: lambda house: [(house.erased, closeout.MakeCertificate(_contract(house.erased)))],
    closeout.TakeCertificate: lambda house: [(house.erased, closeout.TakeCertificate(_contract(house.erased)))],
    keys.MakeSheet: lambda house: [(house.open, keys.MakeSheet("office", "金庫"))],
    papers.PreviewLetter: lambda house: [(house.open, papers.PreviewLetter(CARD))],
    wordings.PreviewWording: lambda house: [(house.open, _wording(house.open, number)) for number in ("", CARD)],
    papers.MakeReport: lambda house: [(house.open, papers.MakeReport())],
    withdrawal.MakeErasurePaper: lambda house: [(house.open, withdrawal.MakeErasurePaper(house.erasure))],
    releases.TakeRelease: lambda house: [
        (house.open, releases.TakeRelease("R-0001", "print")),
        (house.open, releases.TakeRelease("R-0002", "file")),
    ],
    printing.ReprintSheets: lambda house: [(house.open, printing.ReprintSheets("R-0003", "1", "jam", "kept"))],
    printing.MakeCalibrationSheet: lambda house: [(house.open, printing.MakeCalibrationSheet("window", "naga3"))],
    printing.MakeTestPage: lambda house: [(house.open, printing.MakeTestPage())],
    register_messages.PrintRegister: lambda house: [
        (house.open, register_messages.PrintRegister(register)) for register in Register
    ],
    register_messages.MakeIncidentReport: lambda house: [
        (house.open, register_messages.MakeIncidentReport(house.incident))
    ],
    wardpapers.MakeTrainingRecord: lambda house: [(house.open, wardpapers.MakeTrainingRecord())],
    wardpapers.MakeInspectionSheet: lambda house: [(house.open, wardpapers.MakeInspectionSheet())],
    wardpapers.MakeApplicationForm: lambda house: [(house.open, wardpapers.MakeApplicationForm())],
}
"""How every action whose answer can hold bytes is made to give them."""

ELSEWHERE = frozenset({"SignOnce", "AskToSign"})
"""The approver's room: its bytes are a statement and a signature, tried in ``tests/room`` and beside ``approvals``."""


def test_only_a_closed_list_of_answers_can_hold_bytes() -> None:
    held = set().union(*(holders_of_bytes(question.answer) for question in QUESTIONS.values()))
    assert held <= MAY_HOLD.keys(), held - MAY_HOLD.keys()


def test_every_action_with_bytes_in_its_answer_is_walked() -> None:
    wanted = {message for message in (*ACTIONS, *AT_DOOR) if bytes_may_come(message)}
    assert {message for message in wanted if message.__name__ not in ELSEWHERE} == EXAMPLES.keys()


@pytest.mark.parametrize("message", sorted(EXAMPLES, key=lambda one: one.__name__), ids=lambda one: one.__name__)
def test_no_answer_but_a_release_tells_of_her(house: House, message: type) -> None:
    for session, asked in EXAMPLES[message](house):
        answer = give(session, asked)
        assert list(carried(answer)), "an example that gives no bytes shows nothing"
        assert leaks(answer) == []


def test_the_search_finds_her_where_she_may_be_seen(house: House) -> None:
    sample = give(house.open, papers.PreviewLetter(CARD))
    assert type(sample) is ScreenPaper and NAME in tells(sample.pdf, WORDS)
    printed = give(house.open, releases.TakeRelease("R-0001", "print"))
    assert type(printed) is releases.Released and NAME in tells(printed.data, WORDS)
    # What leaves as a file is sealed: not even the release tells of her before the passphrase.
    sealed = give(house.open, releases.TakeRelease("R-0002", "file"))
    assert not tells(sealed.data, WORDS)


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "number": (CARD,),
    "numbers": ((CARD,),),
    "text": ("鵺塚", ""),
    "release": ("R-0001",),
    "month": ("2018-07",),
    "descending": (False,),
    "audience": ("all",),
    "only": ("all",),
    "order": ("number",),
    "limit": (200,),
    "offset": (0,),
    "event": ("",),
    "contract": ("",),
    "scope": ("",),
    "kind": (ReleaseKind.TO_PERSON,),
    "content": ("invitation",),
    "part": ("",),
    "register": tuple(Register),
    "checkpoint": ("",),
    "prize": ("P-01",),
    "after": ("",),
    "purpose": ("確認",),
    "staff_number": ("S-0142",),
    "entry": ("J-0001",),
    "by": ("all",),
    "value": ("",),
    "day": (3,),
    "steps": (100,),
}
"""What is asked for by the name of a field, to make as many of the other actions answer as can be."""


def _asked(message: type) -> list[Any]:
    names = list(message.__dataclass_fields__)  # type: ignore[attr-defined]
    if not set(names) <= ARGUMENTS.keys():
        return []
    made: list[dict[str, Any]] = [{}]
    for name in names:
        made = [{**one, name: value} for one in made for value in ARGUMENTS[name]]
    return [message(**one) for one in made]


def test_every_other_action_that_can_be_asked_blindly_gives_no_bytes_at_all(house: House) -> None:
    answered = set()
    for message in ACTIONS:
        if message in EXAMPLES or message.__name__ in ELSEWHERE:
            continue
        for asked in _asked(message):
            for session in (house.open, house.reported):
                if _may(session, ACTIONS[message]):
                    try:
                        answer = give(session, asked)
                    except Problem:
                        continue
                    answered.add(message.__name__)
                    assert not list(carried(answer)), message
    told = {"ListParticipants", "SearchParticipants", "ShowParticipant", "RevealParticipant", "ShowManifest"}
    assert told <= answered and len(answered) >= 20, sorted(answered)


def _may(session: Session, action: Action) -> bool:
    assert session.member is not None
    state = ContractState.OPEN if session.now.date() == AUGUST else ContractState.REPORTED
    return session.member.role in action.roles and (action.states is None or state in action.states)


@dataclass(frozen=True, slots=True)
class LeakNames:
    """A way out that somebody adds and forgets the gate."""


def _as_free_paper(work: Work, message: LeakNames) -> FreePaper:
    meta = letters_meta(work, "invitation", Batch())
    to = addressee(participant(work, CARD))
    pdf = letters_pdf([Letter("", to, shipped_wording("reminder", "card"))], meta)
    return paper("名簿", "meibo.pdf", pdf)


def _as_free_file(work: Work, message: LeakNames) -> FreeFile:
    return FreeFile("list.csv", f"{participant(work, CARD).name}\r\n".encode("cp932"))


def _plain(work: Work, message: LeakNames) -> tuple[bytes, ...]:
    return (participant(work, CARD).address.encode(),)


@pytest.mark.parametrize("run", [_as_free_paper, _as_free_file, _plain])
def test_a_way_out_without_a_release_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> None:
    monkeypatch.setitem(performing.ACTIONS, LeakNames, Action(LeakNames, run, STAFF))
    assert leaks(perform(house.open, LeakNames()).answer)


@dataclass(frozen=True, slots=True)
class Roster:
    """An answer that somebody adds."""

    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One that hides it."""

    inside: Roster | None


def test_a_new_answer_with_bytes_is_found_by_its_type() -> None:
    assert holders_of_bytes(Wrapped) == {Roster} and Roster not in MAY_HOLD
    assert holders_of_bytes(releases.ReleaseRegister) == set()

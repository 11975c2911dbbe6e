"""What the tests of the registers share: lines as people enter them."""

from __future__ import annotations

from typing import Any

from tests.services.desks import ledger_rows
from walkdesk.domain.measures import checklist_fields
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import FieldKind, Register
from walkdesk.messages.registers import EnterEntry, EntryRow, LookAtRegisters, RegisterBoard
from walkdesk.messages.today import LookAtToday, Task
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

CHECKED = {field.key: "fits" for field in checklist_fields(Programme.HEALTH_POINTS) if field.kind is FieldKind.CHOICE}
ENTRIES: dict[Register, dict[str, str]] = {
    Register.COPIES: {
        "kind": "copy", "what": "手順書の写し", "count": "2", "made_on": "2018-05-14", "place": "棚 3",
        "keeper": "S-0142",
    },
    Register.PAPER: {
        "source": "people", "what": "申込書", "sheets": "１２０", "received_on": "平成30年5月14日", "box": "B-01",
        "locker": "キャビネット 2", "key_holder": "S-0001",
    },
    Register.RECIPIENTS: {
        "kind": "courier", "name": "富久運輸", "purpose": "景品の発送", "columns": "氏名、住所、電話番号",
        "consent_number": "30新健健第210号", "consent_on": "2018-05-10", "valid_until": "2019-03-31",
    },
    Register.CARRIES: {
        "what": "説明会の受付名簿", "sheets": "1", "carrier": "S-0001", "destination": "区役所 本庁舎", "bag": "yes",
        "consulted_number": "30新健健第211号", "consulted_on": "2018-05-11", "left_on": "2018-05-14",
        "left_time": "9:00", "due_on": "2018-05-14", "due_time": "17時30分",
    },
    Register.INSTRUCTIONS: {
        "kind": "consent", "number": "30新健健第212号", "given_on": "2018-05-10", "given_by": "健康づくり課 係長",
        "allows": "provision", "content": "運送会社への住所の提供", "valid_until": "2018-06-30",
    },
    Register.INSPECTIONS: {
        "held_on": "2018-05-14", "officers": "健康づくり課 主査", "place": "事務センター", **CHECKED,
    },
    Register.INCIDENTS: {
        "kind": "fear", "title": "封筒の宛名の取り違え", "noticed_on": "2018-05-14", "noticed_time": "10:15",
        "noticed_by": "S-0142", "malicious": "no", "harm": "none", "summary": "封入の前に気づいた。",
    },
    Register.GUIDANCE: {
        "title": "施錠の徹底", "given_on": "2018-05-14", "given_by": "健康づくり課 課長", "content": "施錠を徹底する。",
        "due": "2018-05-20", "published": "no",
    },
}  # fmt: skip
NINE = {
    "items": "氏名、住所", "persons": "120", "cause": "確認の不足", "secondary": "なし", "response": "電話で知らせた",
    "publication": "しない", "prevention": "二人で確かめる", "other": "なし",
}  # fmt: skip


def entered(session: Session, register: Register, **values: str) -> str:
    """Enters a line; fields that are given replace those above. Returns its number."""
    typed = {key: value for key, value in {**ENTRIES[register], **values}.items() if value}
    return str(perform(session, EnterEntry(register, typed)).answer.facts["entry"])


def board(session: Session, register: Register) -> RegisterBoard:
    """A register as this person sees it."""
    seen: RegisterBoard = perform(session, LookAtRegisters(register)).answer
    return seen


def line(session: Session, register: Register, entry: str) -> EntryRow:
    """One line."""
    return next(row for row in board(session, register).entries if row.entry == entry)


def refusal(session: Session, message: object) -> Problem:
    """The problem that a message ends in."""
    try:
        perform(session, message)
    except Problem as problem:
        return problem
    raise AssertionError("it was not refused")


def events(session: Session, *names: str) -> list[tuple[str, str]]:
    """Event and facts of the ledger's entries of these names."""
    return [(event, facts) for event, _, facts in ledger_rows(session) if event in names]


def tasks(session: Session, *kinds: str) -> list[Task]:
    """What waits on 今日."""
    found: Any = perform(session, LookAtToday()).answer.tasks
    return [task for task in found if task.kind in kinds]

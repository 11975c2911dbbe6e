"""The registers of the desk (台帳・簿) as data: fields, due dates, who writes, and the clause that asks for each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from walkdesk.domain.dates import parse_date
from walkdesk.domain.people import MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem

RUNNING_OUT_DAYS = 60
"""So many days before its last day a consent or a certification is called to mind."""
LONGEST_LINE = 200
LONGEST_TEXT = 1000
HISTORY = "history"
"""In an entry's fields: what stood there before each correction, with who, when and why."""

_TIME = re.compile(r"(\d{1,2})[:時](\d{1,2})分?")


class Register(StrEnum):
    """The registers."""

    COPIES = "copies"
    PAPER = "paper"
    RECIPIENTS = "recipients"
    CARRIES = "carries"
    INSTRUCTIONS = "instructions"
    INSPECTIONS = "inspections"
    INCIDENTS = "incidents"
    GUIDANCE = "guidance"


class FieldKind(StrEnum):
    """What a field takes."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    NUMBER = "number"
    STAFF = "staff"
    """A staff number of the register of 業務従事者."""
    MANAGER = "manager"
    """A staff number of a 取扱責任者・副責任者."""


class Stage(StrEnum):
    """When a field is filled."""

    OPENING = "opening"
    LATER = "later"
    """While the entry is open."""
    CLOSING = "closing"


class EntryState(StrEnum):
    """How an entry stands today."""

    OPEN = "open"
    RUNNING_OUT = "running_out"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One field. ``managers``: only a 取扱責任者 writes it."""

    key: str
    kind: FieldKind
    stage: Stage = Stage.OPENING
    required: bool = False
    choices: tuple[str, ...] = ()
    managers: bool = False


@dataclass(frozen=True, slots=True)
class DueRule:
    """Until when an entry is to be closed: the date of ``field``, else the contract's last day where that is said.

    ``time`` is the field of the hour on that day. ``runs_out``: the entry is a right that ends then, so that it is
    called to mind before.
    """

    field: str = ""
    contract_end: bool = False
    time: str = ""
    runs_out: bool = False


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """One register: its name, the letter of its numbers, its clauses of the 特記事項, its fields, who writes it.

    ``day`` is the field that dates an entry, ``title`` the one that the list shows. ``closers`` record the end.
    """

    register: Register
    japanese: str
    prefix: str
    clauses: tuple[int, ...]
    day: str
    title: str
    due: DueRule
    writers: frozenset[Role]
    closers: frozenset[Role]
    fields: tuple[RegisterField, ...]

    def field(self, key: str) -> RegisterField | None:
        """The field of a key."""
        return next((field for field in self.fields if field.key == key), None)

    def at(self, *stages: Stage) -> tuple[RegisterField, ...]:
        """The fields of some stages, in their order."""
        return tuple(field for field in self.fields if field.stage in stages)


_OPENING, _LATER, _CLOSING = Stage.OPENING, Stage.LATER, Stage.CLOSING


def _line(key: str, required: bool = True, stage: Stage = _OPENING, managers: bool = False) -> RegisterField:
    return RegisterField(key, FieldKind.LINE, stage, required, managers=managers)


def _text(key: str, required: bool = True, stage: Stage = _OPENING, managers: bool = False) -> RegisterField:
    return RegisterField(key, FieldKind.TEXT, stage, required, managers=managers)


def _day(key: str, required: bool = True, stage: Stage = _OPENING, managers: bool = False) -> RegisterField:
    return RegisterField(key, FieldKind.DATE, stage, required, managers=managers)


def _time(key: str, required: bool = True, stage: Stage = _OPENING) -> RegisterField:
    return RegisterField(key, FieldKind.TIME, stage, required)


def _count(key: str, required: bool = True, stage: Stage = _OPENING, managers: bool = False) -> RegisterField:
    return RegisterField(key, FieldKind.NUMBER, stage, required, managers=managers)


def _choice(key: str, choices: str, stage: Stage = _OPENING) -> RegisterField:
    return RegisterField(key, FieldKind.CHOICE, stage, True, tuple(choices.split()))


def _staff(key: str, stage: Stage = _OPENING) -> RegisterField:
    return RegisterField(key, FieldKind.STAFF, stage, True)


def _manager(key: str) -> RegisterField:
    return RegisterField(key, FieldKind.MANAGER, _OPENING, True)


COPIES = RegisterRule(
    Register.COPIES, "複製・印刷物", "C", (9,), "made_on", "what", DueRule("due", contract_end=True), STAFF, STAFF,
    (
        _choice("kind", "print copy backup medium other"), _line("what"), _count("count"), _day("made_on"),
        _line("basis", False), _line("place"), _staff("keeper"), _day("due", False),
        _choice("disposition", "shredded erased returned handed_over", _CLOSING), _line("witness", stage=_CLOSING),
        _line("receipt", False, _CLOSING),
    ),
)  # fmt: skip
PAPER = RegisterRule(
    Register.PAPER, "紙媒体", "P", (8, 11), "received_on", "what", DueRule("due", contract_end=True), STAFF, STAFF,
    (
        _choice("source", "ward people office"), _line("what"), _count("sheets"), _day("received_on"), _line("box"),
        _line("locker"), _manager("key_holder"), _day("due", False),
        _choice("disposition", "shredded returned handed_over", _CLOSING), _count("sheets_closed", stage=_CLOSING),
        _line("witness", stage=_CLOSING), _line("receipt", False, _CLOSING),
    ),
)  # fmt: skip
RECIPIENTS = RegisterRule(
    Register.RECIPIENTS, "提供先", "T", (7, 10), "consent_on", "name", DueRule("valid_until", runs_out=True),
    STAFF, STAFF,
    (
        _choice("kind", "courier insurer ward other"), _line("name"), _line("purpose"), _line("columns"),
        _line("consent_number"), _day("consent_on"), _day("valid_until", False),
        _line("ending", stage=_CLOSING),
    ),
)  # fmt: skip
CARRIES = RegisterRule(
    Register.CARRIES, "持出し", "M", (6,), "left_on", "what", DueRule("due_on", time="due_time"), STAFF, STAFF,
    (
        _line("what"), _count("sheets"), _manager("carrier"), _line("destination"),
        _choice("bag", "yes no"), _line("consulted_number"), _day("consulted_on"),
        _day("left_on"), _time("left_time"), _day("due_on"), _time("due_time"),
        _time("back_time", stage=_CLOSING), _choice("condition", "complete missing", _CLOSING),
        _staff("checked_by", _CLOSING),
    ),
)  # fmt: skip
INSTRUCTIONS = RegisterRule(
    Register.INSTRUCTIONS, "指示・承諾", "I", (4, 5, 6, 11), "given_on", "number",
    DueRule("valid_until", runs_out=True), MANAGERS, MANAGERS,
    (
        _choice("kind", "instruction consent consultation"), _line("number"), _day("given_on"), _line("given_by"),
        _choice("allows", "item collection copy carry provision disposal other"), _text("content"),
        _day("valid_until", False),
        _line("ending", stage=_CLOSING),
    ),
)  # fmt: skip
INSPECTIONS = RegisterRule(
    Register.INSPECTIONS, "立入り調査", "V", (15, 16, 17), "held_on", "officers", DueRule("follow_up"),
    MANAGERS, MANAGERS,
    (
        _day("held_on"), _line("officers"), _line("place"), _line("reference", False), _text("findings", False),
        _day("follow_up", False),
        _text("improved", stage=_CLOSING), _line("confirmed", stage=_CLOSING),
    ),
)  # fmt: skip
INCIDENTS = RegisterRule(
    Register.INCIDENTS, "事故", "J", (19,), "noticed_on", "title", DueRule(), STAFF, MANAGERS,
    (
        _choice("kind", "accident fear breach"), _line("title"), _line("breach", False), _day("noticed_on"),
        _time("noticed_time"), _staff("noticed_by"), _choice("malicious", "no yes unknown"),
        _choice("harm", "none sensitive property"), _text("summary"),
        _day("notice_on", False, _LATER), _time("notice_time", False, _LATER), _line("notice_to", False, _LATER),
        _text("items", False, _LATER, True), _count("persons", False, _LATER, True),
        _text("cause", False, _LATER, True), _text("secondary", False, _LATER, True),
        _text("response", False, _LATER, True), _text("publication", False, _LATER, True),
        _text("prevention", False, _LATER, True), _text("other", False, _LATER, True),
        _day("preliminary_on", False, _LATER, True), _day("final_on", False, _LATER, True),
        _line("receipt", False, _LATER, True), _text("instruction", False, _LATER, True),
        _text("outcome", stage=_CLOSING),
    ),
)  # fmt: skip
GUIDANCE = RegisterRule(
    Register.GUIDANCE, "区の指導・公表", "G", (20,), "given_on", "title", DueRule("due"), MANAGERS, MANAGERS,
    (
        _line("title"), _line("number", False), _day("given_on"), _line("given_by"), _text("content"), _day("due"),
        _choice("published", "no yes unknown"), _day("published_on", False),
        _text("improved", stage=_CLOSING), _line("reported_number", False, _CLOSING),
    ),
)  # fmt: skip

REGISTERS: dict[Register, RegisterRule] = {
    rule.register: rule for rule in (COPIES, PAPER, RECIPIENTS, CARRIES, INSTRUCTIONS, INSPECTIONS, INCIDENTS, GUIDANCE)
}
"""Every register by its key, in the order of the desk."""


def register_of(entry: str) -> RegisterRule:
    """The register of an entry's number; ``Problem("registers.unknown")`` for a number that none has."""
    for rule in REGISTERS.values():
        if re.fullmatch(rf"{rule.prefix}-\d{{4,}}", entry):
            return rule
    raise Problem("registers.unknown", entry=entry)


def due_day(rule: RegisterRule, values: Mapping[str, str], contract_end: date | None) -> date | None:
    """Until when an entry is to be closed; ``None`` where nothing says."""
    written = values.get(rule.due.field, "") if rule.due.field else ""
    if written:
        return date.fromisoformat(written)
    return contract_end if rule.due.contract_end else None


def entry_state(
    rule: RegisterRule, closed: bool, due: date | None, values: Mapping[str, str], now: datetime
) -> EntryState:
    """How an entry stands. A due day is over at its end, or at the hour that stands beside it."""
    if closed:
        return EntryState.CLOSED
    if due is None:
        return EntryState.OPEN
    hour = values.get(rule.due.time, "") if rule.due.time else ""
    late = due < now.date() or (due == now.date() and hour != "" and time.fromisoformat(hour) < now.time())
    if late:
        return EntryState.OVERDUE
    if rule.due.runs_out and runs_out(due, now.date()):
        return EntryState.RUNNING_OUT
    return EntryState.OPEN


def runs_out(last: date, today: date) -> bool:
    """Whether a right ends within the days that are called to mind."""
    return today <= last <= today + timedelta(days=RUNNING_OUT_DAYS)


def read_values(fields: tuple[RegisterField, ...], typed: Mapping[str, str], complete: bool = True) -> dict[str, str]:
    """What was typed, in the form in which it is kept; empty fields are left out.

    Days are ISO, hours ``HH:MM``, numbers plain. ``complete`` asks for every required field. Each ``Problem`` names
    its ``field``.
    """
    known = {field.key: field for field in fields}
    for key in typed:
        if key not in known:
            raise Problem("registers.unknown_field", field=key)
    values = {}
    for field in fields:
        text = typed.get(field.key, "").strip()
        if text:
            values[field.key] = _read(field, text)
        elif field.required and complete:
            raise Problem("registers.field_missing", field=field.key)
    return values


def _read(field: RegisterField, text: str) -> str:
    if field.kind is FieldKind.DATE:
        try:
            return parse_date(text).isoformat()
        except Problem:
            raise Problem("registers.date_form", field=field.key) from None
    if field.kind is FieldKind.TIME:
        return _read_time(field, unicodedata.normalize("NFKC", text))
    if field.kind is FieldKind.NUMBER:
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        if not plain.isdecimal() or len(plain) > 9:
            raise Problem("registers.number_form", field=field.key)
        return str(int(plain))
    if field.kind is FieldKind.CHOICE and text not in field.choices:
        raise Problem("registers.choice_unknown", field=field.key)
    if field.kind is FieldKind.TEXT:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        text = "\n".join(lines)
        if len(text) > LONGEST_TEXT or not all(line.isprintable() for line in lines):
            raise Problem("registers.text_form", field=field.key, limit=LONGEST_TEXT)
        return text
    line = " ".join(text.split())
    if len(line) > LONGEST_LINE or not line.isprintable():
        raise Problem("registers.text_form", field=field.key, limit=LONGEST_LINE)
    return line


def _read_time(field: RegisterField, text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Problem("registers.time_form", field=field.key)
    return f"{int(found[1]):02d}:{int(found[2]):02d}"


def check_entry(rule: RegisterRule, values: Mapping[str, str], today: date) -> None:
    """What the fields of one entry must be to each other. Each ``Problem`` names its ``field``."""
    day = date.fromisoformat(values[rule.day])
    if day > today:
        raise Problem("registers.day_future", field=rule.day, today=today)
    later = rule.due.field
    if later and values.get(later, "9999-12-31") < values[rule.day]:
        raise Problem("registers.due_before", field=later)
    if values.get("bag") == "no":
        raise Problem("registers.bag_first", field="bag")
    if rule.register is Register.CARRIES:
        left = (values["left_on"], values["left_time"])
        if (values["due_on"], values["due_time"]) < left:
            raise Problem("registers.due_before", field="due_time")
        if values["consulted_on"] > values["left_on"]:
            raise Problem("registers.consulted_after", field="consulted_on")
    if rule.register is Register.INCIDENTS and values["kind"] == "breach" and not values.get("breach"):
        raise Problem("registers.breach_missing", field="breach")
    if "sheets_closed" in values and values["sheets_closed"] != values["sheets"]:
        raise Problem("registers.sheets_differ", field="sheets_closed", sheets=int(values["sheets"]))

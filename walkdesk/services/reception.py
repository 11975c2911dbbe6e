"""The reception desk: the list, the search, a person's page, corrections and registrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from walkdesk.domain.addresses import is_catch_all, is_in_ward, mask_address, tidy_address, tidy_postcode
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.names import lost_characters, tidy_name
from walkdesk.domain.numerals import parse_number
from walkdesk.domain.participants import (
    Channel,
    Origin,
    PermittedItem,
    Programme,
    Sex,
    parse_sex,
    reason_not_eligible,
    require_permitted,
)
from walkdesk.domain.people import STAFF
from walkdesk.domain.phones import mask_phone, tidy_phone
from walkdesk.domain.problem import Problem
from walkdesk.exchange.people_rows import PERSON_COLUMNS, KnownPerson, read_number, read_person
from walkdesk.exchange.plan import Cells
from walkdesk.exchange.tables import Row
from walkdesk.messages.common import Done
from walkdesk.messages.reception import (
    CorrectParticipant,
    ListParticipants,
    MonthLine,
    PaperLine,
    ParticipantPage,
    ParticipantSheet,
    PrizeLine,
    RegisterParticipant,
    Revealed,
    RevealParticipant,
    SearchHits,
    SearchParticipants,
    ShowParticipant,
)
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.history import history_of
from walkdesk.services.participants import (
    SIMILAR,
    doubt_code,
    doubt_notes,
    folded,
    mask_mail,
    matching,
    namesakes,
    participant,
    rows_of,
    settled,
)
from walkdesk.services.points import CANCELLED, balance
from walkdesk.services.session import Work, programme_of
from walkdesk.services.step_months import FIRST_KEYING, month_of
from walkdesk.storage.vault_tables import (
    ParticipantRecord,
    PointMonth,
    PointsCardRecord,
    PrizeRecord,
    PrizeRequestRecord,
    ReleaseSheet,
    StepMonth,
)

MOST_ROWS = 1000
"""The longest page of a list."""
REGISTERED_AT_DESK = "desk"
"""The source of a participant who was keyed here."""
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
_SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.OTHER: "その他", Sex.UNANSWERED: ""}
_ORDERS: Mapping[str, InstrumentedAttribute[Any]] = {
    "number": ParticipantRecord.number,
    "name": ParticipantRecord.folded,
    "age": ParticipantRecord.age,
    "town": ParticipantRecord.address,
}
_NO_DOUBT: list[Any] = []


def list_participants(work: Work, message: ListParticipants) -> ParticipantPage:
    """One page of the list; ``doubtful``, ``card`` and ``app`` count the whole contract."""
    where: list[ColumnElement[bool]] = []
    if message.only == "doubtful":
        where.append(ParticipantRecord.doubts != _NO_DOUBT)
    elif message.only != "all":
        where.append(ParticipantRecord.channel == message.only)
    if message.text.strip():
        where.append(matching(message.text))
    column: Any = _ORDERS.get(message.order, ParticipantRecord.number)
    if message.order == "town":
        # With or without the prefecture in front, a town stands in one place.
        column = func.replace(column, "東京都", "")
    records = work.vault.scalars(
        select(ParticipantRecord)
        .where(*where)
        .order_by(column.desc() if message.descending else column, ParticipantRecord.number)
        .offset(max(message.offset, 0))
        .limit(min(max(message.limit, 1), MOST_ROWS))
    ).all()
    return ParticipantPage(
        rows=rows_of(work, records),
        total=_count(work, *where),
        doubtful=_count(work, ParticipantRecord.doubts != _NO_DOUBT),
        card=_count(work, ParticipantRecord.channel == Channel.CARD.value),
        app=_count(work, ParticipantRecord.channel == Channel.APP.value),
    )


def search_participants(work: Work, message: SearchParticipants) -> SearchHits:
    """The first people whom a text finds, in the order of their numbers."""
    if not message.text.strip():
        return SearchHits((), 0)
    where = matching(message.text)
    records = work.vault.scalars(
        select(ParticipantRecord)
        .where(where)
        .order_by(ParticipantRecord.number)
        .limit(min(max(message.limit, 1), MOST_ROWS))
    ).all()
    return SearchHits(rows_of(work, records), _count(work, where))


def show_participant(work: Work, message: ShowParticipant) -> ParticipantSheet:
    """One person's page, masked."""
    record = participant(work, message.number)
    points = balance(work, record.id)
    return ParticipantSheet(
        number=record.number,
        name=record.name,
        postcode=record.postcode,
        address=mask_address(record.address),
        age=record.age or 0,
        sex=Sex(record.sex) if record.sex else Sex.UNANSWERED,
        phone=mask_phone(record.phone or ""),
        mail=mask_mail(record.mail or ""),
        channel=Channel(record.channel),
        identity_origin=Origin(record.identity_origin),
        doubts=doubt_notes(work, record),
        registered_on=record.registered_on,
        points=points.usable,
        reserved=points.reserved,
        months=_months(work, record),
        prizes=_prizes(work, record),
        papers=_papers(work, record),
        history=history_of(work, record),
    )


def reveal_participant(work: Work, message: RevealParticipant) -> Revealed:
    """Opens the masked values of one person; the ledger says that it was done, and by whom."""
    record = participant(work, message.number)
    entry = work.record("masked_data_opened", screen="reception", count=1)
    return Revealed(record.address, record.phone or "", record.mail or "", entry)


def correct_participant(work: Work, message: CorrectParticipant) -> Done:
    """訂正 of one field. Giving the value that stands there confirms it; both settle the doubts about the field."""
    contract = work.require_input()
    reason = message.reason.strip()
    if not reason:
        raise Problem("reception.reason_missing")
    tidy = _FIELDS.get(message.field)
    if tidy is None:
        raise Problem("reception.unknown_field", field=message.field)
    record = participant(work, message.number)
    value = tidy(message.value, record, programme_of(contract))
    left = settled(record.doubts, message.field)
    if value == getattr(record, message.field) and left == record.doubts:
        raise Problem("reception.nothing_changed")
    work.because(reason)
    if value != getattr(record, message.field):
        setattr(record, message.field, value)
        record.folded = folded(record.name)
        _refuse_same_person(work, record)
    record.doubts = left
    work.vault.flush()
    return Done({"number": record.number, "field": message.field})


def register_participant(work: Work, message: RegisterParticipant) -> Done:
    """Registers a paper application, collected from the person after the purpose was shown (clause 4)."""
    contract = work.require_input()
    if message.purpose_shown_on is None:
        raise Problem("reception.purpose_not_shown")
    if message.purpose_shown_on > work.today:
        raise Problem("reception.purpose_in_future", day=message.purpose_shown_on)
    number = read_number(message.number)
    if work.vault.scalars(select(ParticipantRecord.id).where(ParticipantRecord.number == number)).first():
        raise Problem("reception.number_taken", number=number)
    cells = (
        message.name,
        message.postcode,
        message.address,
        message.age,
        _SEX_WORDS[message.sex],
        message.phone,
    )
    row = Cells(
        Row(0, tuple(cell.strip() for cell in cells)),
        {name: place for place, name in enumerate(PERSON_COLUMNS)},
    )
    known = namesakes(work, tidy_name(message.name))
    person, doubts = read_person(row, number, known, message.channel, Origin.COLLECTED)
    for doubt in doubts:
        # At the desk the paper is at hand: only somebody alike is left for a second look.
        if doubt.code != SIMILAR:
            raise doubt
    record = ParticipantRecord(
        number=number,
        name=person.name,
        folded=folded(person.name),
        postcode=person.postcode,
        address=person.address,
        age=person.age,
        sex=person.sex.value,
        phone=person.phone or None,
        mail=_mail_at_desk(message, programme_of(contract)),
        channel=message.channel.value,
        identity_origin=Origin.COLLECTED.value,
        doubts=[doubt_code(doubt) for doubt in doubts],
        registered_on=work.today,
        purpose_shown_on=message.purpose_shown_on,
        source=REGISTERED_AT_DESK,
    )
    work.vault.add(record)
    work.vault.flush()
    return Done({"number": number, "name": person.name})


def _count(work: Work, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(ParticipantRecord).where(*where)
    return int(work.vault.execute(query).scalar_one())


def _months(work: Work, record: ParticipantRecord) -> tuple[MonthLine, ...]:
    points = dict(
        work.vault.execute(
            select(PointMonth.month, PointMonth.points).where(PointMonth.participant_id == record.id)
        ).all()
    )
    cards = dict(
        work.vault.execute(
            select(PointsCardRecord.month, PointsCardRecord.state).where(PointsCardRecord.participant_id == record.id)
        ).all()
    )
    rows = work.vault.execute(
        select(StepMonth.month, StepMonth.total, StepMonth.counted_days, StepMonth.batch)
        .where(StepMonth.participant_id == record.id, StepMonth.keying == FIRST_KEYING)
        .order_by(StepMonth.month.desc())
    )
    return tuple(
        MonthLine(
            month=str(month_of(month)),
            total=total,
            counted_days=counted,
            points=points.get(month, 0),
            state="imported" if batch is not None else "done" if cards.get(month) == "done" else "keying",
        )
        for month, total, counted, batch in rows
    )


def _prizes(work: Work, record: ParticipantRecord) -> tuple[PrizeLine, ...]:
    rows = work.vault.execute(
        select(
            PrizeRecord.name,
            PrizeRequestRecord.points,
            PrizeRequestRecord.requested_on,
            PrizeRequestRecord.shipped_on,
        )
        .join(PrizeRecord, PrizeRecord.prize == PrizeRequestRecord.prize)
        .where(PrizeRequestRecord.participant_id == record.id, PrizeRequestRecord.state != CANCELLED)
        .order_by(PrizeRequestRecord.id.desc())
    )
    return tuple(PrizeLine(*row) for row in rows)


def _papers(work: Work, record: ParticipantRecord) -> tuple[PaperLine, ...]:
    sheets = work.vault.scalars(
        select(ReleaseSheet)
        .where(ReleaseSheet.participant_id == record.id, ReleaseSheet.released_on.is_not(None))
        .order_by(ReleaseSheet.released_on.desc(), ReleaseSheet.serial.desc())
    )
    return tuple(
        PaperLine(one.serial, one.paper, one.released_on, one.wording, one.month)
        for one in sheets
        if one.released_on is not None
    )


def _name(value: str, record: ParticipantRecord, programme: Programme) -> str:
    name = tidy_name(value)
    if not name:
        raise Problem("reception.name_missing")
    if lost_characters(name):
        raise Problem("reception.name_lost_characters", given=name)
    return name


def _postcode(value: str, record: ParticipantRecord, programme: Programme) -> str:
    postcode = tidy_postcode(value)
    if is_catch_all(postcode):
        raise Problem("reception.postcode_catch_all", postcode=postcode)
    return postcode


def _address(value: str, record: ParticipantRecord, programme: Programme) -> str:
    address = tidy_address(value)
    if not address:
        raise Problem("reception.address_missing")
    if lost_characters(address):
        raise Problem("reception.address_lost_characters", given=address)
    if programme is Programme.HEALTH_POINTS and not is_in_ward(address):
        raise Problem("reception.outside_ward")
    return address


def _age(value: str, record: ParticipantRecord, programme: Programme) -> int:
    age = parse_number(value.strip().removesuffix("歳"))
    reason = reason_not_eligible(Programme.HEALTH_POINTS, age=age, in_ward=True)
    if reason is not None:
        raise reason
    return age


def _sex(value: str, record: ParticipantRecord, programme: Programme) -> str:
    codes = {sex.value for sex in Sex}
    return value if value in codes else parse_sex(value).value


def _phone(value: str, record: ParticipantRecord, programme: Programme) -> str | None:
    return tidy_phone(value) or None


def _mail(value: str, record: ParticipantRecord, programme: Programme) -> str | None:
    return _checked_mail(value, programme, Channel(record.channel))


def _mail_at_desk(message: RegisterParticipant, programme: Programme) -> str | None:
    return _checked_mail(message.mail, programme, message.channel)


def _checked_mail(value: str, programme: Programme, channel: Channel) -> str | None:
    mail = value.strip()
    if not mail:
        return None
    require_permitted(PermittedItem.EMAIL, programme, Origin.COLLECTED, channel)
    if not _MAIL.fullmatch(mail):
        raise Problem("reception.mail_unreadable", given=mail)
    return mail


_FIELDS: Mapping[str, Callable[[str, ParticipantRecord, Programme], str | int | None]] = {
    "name": _name,
    "postcode": _postcode,
    "address": _address,
    "age": _age,
    "sex": _sex,
    "phone": _phone,
    "mail": _mail,
}
"""What can be corrected, and how each value is tidied and held against the rules."""


def _refuse_same_person(work: Work, record: ParticipantRecord) -> None:
    """A correction must not make one person of two."""
    with work.vault.no_autoflush:
        known = namesakes(work, record.name, but=record.id)
    person = KnownPerson(record.number, record.name, record.address, record.age or 0, record.phone or "")
    other, same = known.look_alike(person)
    if other is not None and same:
        raise Problem(SIMILAR, name=other.name, number=other.number)


_INPUT = frozenset({ContractState.OPEN})

ACTIONS = table(
    Action(ListParticipants, list_participants, STAFF, WITH_VAULT),
    Action(SearchParticipants, search_participants, STAFF, WITH_VAULT),
    Action(ShowParticipant, show_participant, STAFF, WITH_VAULT),
    Action(RevealParticipant, reveal_participant, STAFF, WITH_VAULT, "masked_data_opened", areas("ledger")),
    Action(
        CorrectParticipant,
        correct_participant,
        STAFF,
        _INPUT,
        changes=areas("reception", "cards", "papers", "today"),
    ),
    Action(RegisterParticipant, register_participant, STAFF, _INPUT, changes=areas("reception", "cards", "today")),
)

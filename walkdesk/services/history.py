"""A person's history: the trail's changes as lines that a person can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from walkdesk.domain.addresses import mask_address
from walkdesk.domain.dates import Month
from walkdesk.domain.phones import mask_phone
from walkdesk.domain.steps import DAYS, Day, DayState, unpack
from walkdesk.messages.reception import HistoryLine
from walkdesk.services.participants import mask_mail
from walkdesk.services.session import Work
from walkdesk.services.step_months import FIRST_KEYING, key_of, month_of, months_between
from walkdesk.storage.office_tables import PersonRecord
from walkdesk.storage.vault_tables import (
    ParticipantRecord,
    PointsCardRecord,
    PrizeRequestRecord,
    ReleaseSheet,
    TrailRow,
    TrailValues,
)

NEWEST = 500
"""How many changes a page shows."""
_FEW_DAYS = 3
"""A first row with more days than this is told as one line with its total."""
_EMPTY = "0" * 8 * DAYS

Change = tuple[str, str, str]
"""Field, before, after."""
_ERASED: Change = ("erased", "", "")
"""A change whose values went with somebody else's individual erasure (個別消去), because they named that person."""

_MASKS: Mapping[str, Callable[[str], str]] = {
    "address": mask_address,
    "phone": mask_phone,
    "mail": mask_mail,
}
_SHOWN = {
    "participants": ("name", "postcode", "address", "age", "sex", "phone", "mail", "channel"),
    "points_cards": ("received_on", "state", "written_total"),
    "prize_requests": ("prize", "points", "state", "shipped_on", "carrier", "slip"),
    "release_sheets": ("serial", "paper", "released_on"),
}
_FIRST = {
    "participants": ("number",),
    "points_cards": ("received_on",),
    "prize_requests": ("prize", "points"),
    "release_sheets": ("serial",),
}
"""What is told of a new row."""


def history_of(work: Work, record: ParticipantRecord) -> tuple[HistoryLine, ...]:
    """The changes of everything about one person, newest first. Address, phone and mail come masked.

    ``field`` is a column's name, or the day or month in Japanese (``7月19日``, ``7月``) for steps and points, whose
    values are numbers or the state of the day. ``why`` is the reason that was given, or "".
    """
    changes = work.vault.execute(
        select(
            TrailRow.at,
            TrailRow.who,
            TrailRow.why,
            TrailRow.tbl,
            TrailRow.row,
            TrailValues.before,
            TrailValues.after,
            TrailValues.reason,
            TrailValues.commitment_key.is_(None),
        )
        .join(TrailValues, TrailValues.seq == TrailRow.seq)
        .where(
            TrailRow.seq >= _came_in(work, record),
            or_(*(and_(TrailRow.tbl == tbl, TrailRow.row.in_(rows)) for tbl, rows in _rows(work, record))),
        )
        .order_by(TrailRow.seq.desc())
        .limit(NEWEST)
    ).all()
    names: dict[str, str] = {
        number: name for number, name in work.office.execute(select(PersonRecord.staff_number, PersonRecord.name))
    }
    return tuple(
        HistoryLine(datetime.fromisoformat(at), names.get(who, who), tbl, *change, reason or why.partition(": ")[2])
        for at, who, why, tbl, row, before, after, reason, blanked in changes
        for change in ([_ERASED] if blanked else _changes(tbl, row, _loaded(before), _loaded(after)))
    )


def _came_in(work: Work, record: ParticipantRecord) -> int:
    """The change with which this person came in; what an erased one left under the same key is not theirs."""
    query = select(func.max(TrailRow.seq)).where(
        TrailRow.tbl == "participants", TrailRow.row == str(record.id), TrailRow.op == "insert"
    )
    return work.vault.execute(query).scalar_one() or 0


def _rows(work: Work, record: ParticipantRecord) -> Iterator[tuple[str, list[str]]]:
    """Where the trail speaks of this person: table and primary keys."""
    yield "participants", [str(record.id)]
    months = [key_of(month) for month in months_between(work.contract.start, work.contract.end)]
    yield "step_months", [f"{month}/{record.id}/{FIRST_KEYING}" for month in months]
    yield "point_months", [f"{month}/{record.id}" for month in months]
    cards = select(PointsCardRecord.id).where(PointsCardRecord.participant_id == record.id)
    yield "points_cards", [str(one) for one in work.vault.scalars(cards)]
    requests = select(PrizeRequestRecord.id).where(PrizeRequestRecord.participant_id == record.id)
    yield "prize_requests", [str(one) for one in work.vault.scalars(requests)]
    sheets = select(ReleaseSheet.serial).where(ReleaseSheet.participant_id == record.id)
    yield "release_sheets", list(work.vault.scalars(sheets))


def _loaded(values: str | None) -> dict[str, Any]:
    return {} if values is None else dict(json.loads(values))


def _changes(tbl: str, row: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    if tbl == "step_months":
        yield from _step_changes(month_of(int(row.partition("/")[0])), before, after)
    elif tbl == "point_months":
        if "points" in before or "points" in after:
            month = month_of(int(row.partition("/")[0]))
            yield f"{month.month}月", _shown(before, "points"), _shown(after, "points")
    else:
        columns = _SHOWN[tbl] if before else _FIRST[tbl]
        for column in columns:
            if column in before or column in after:
                yield column, _shown(before, column), _shown(after, column)


def _step_changes(month: Month, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    was, became = _words(before.get("days")), _words(after.get("days"))
    places = [
        place
        for place in sorted(was.keys() | became.keys())
        if was.get(place, _EMPTY[:8]) != became.get(place, _EMPTY[:8])
    ]
    if not before and len(places) > _FEW_DAYS:
        yield f"{month.month}月", "", _shown(after, "total")
        return
    for place in places:
        yield f"{month.month}月{place + 1}日", _told(was.get(place)), _told(became.get(place))


def _words(days: object) -> dict[int, str]:
    """The packed days of a trail value by place: all of a row, or those that an update changed (``#18``)."""
    if isinstance(days, dict):
        return {int(place[1:]): word for place, word in days.items()}
    packed = days if isinstance(days, str) else _EMPTY
    return {place: packed[place * 8 : place * 8 + 8] for place in range(len(packed) // 8)}


def _told(word: str | None) -> str:
    day = Day() if word is None else unpack(bytes.fromhex(word) + bytes(4 * (DAYS - 1)))[0]
    if day.steps is not None:
        return str(day.steps)
    return "" if day.state is DayState.NOT_KEYED else day.state.value


def _shown(values: dict[str, Any], column: str) -> str:
    value = values.get(column)
    text = "" if value is None else str(value)
    return _MASKS[column](text) if column in _MASKS else text

"""What several people are recorded for at once: 教育, 誓約 and the law made known (clauses 3 and 18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.people import RecordLawTold, RecordOath, RecordTraining
from walkdesk.services.access import one_line
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import PersonRecord, TrainingRecord


def record_training(work: Work, message: RecordTraining) -> Done:
    """One training of several people, with the law that it makes known. Who records their own may work at once."""
    people = _people(work, message.staff_numbers)
    content = one_line(message.content, 200)
    if not content:
        raise Problem("people.training_content")
    if message.held_on > work.today:
        raise Problem("people.training_future", held_on=message.held_on)
    law, year = _law(work), fiscal_year(message.held_on)
    for person in people:
        work.office.add(
            TrainingRecord(
                staff_number=person.staff_number,
                held_on=message.held_on,
                fiscal_year=year,
                content=content,
                law=law,
            )
        )
    if message.law_told:
        _tell_law(work, people, message.held_on)
    work.record(
        "training_recorded",
        staff_list=[person.staff_number for person in people],
        year=year,
        day=message.held_on.isoformat(),
        content=content,
        law=law,
        count=len(people),
    )
    done = Done({"count": len(people)}, work.ledger)
    own = work.member
    if own.staff_number in message.staff_numbers:
        work.settle()  # nobody may work on a record that was not kept
        work.session.member = replace(own, trained_years=own.trained_years | {year})
    return done


def record_oath(work: Work, message: RecordOath) -> Done:
    """The 誓約 of several people. It says itself whether it binds after the end of the work."""
    people = _people(work, message.staff_numbers)
    if message.sworn_on > work.today:
        raise Problem("people.oath_future", sworn_on=message.sworn_on)
    for person in people:
        person.sworn_on, person.sworn_after_end = message.sworn_on, message.after_end
    work.record(
        "oath_recorded",
        staff_list=[person.staff_number for person in people],
        day=message.sworn_on.isoformat(),
        after_end=message.after_end,
        count=len(people),
    )
    return Done({"count": len(people)}, work.ledger)


def record_law_told(work: Work, message: RecordLawTold) -> Done:
    """The law was made known to several people."""
    people = _people(work, message.staff_numbers)
    if message.told_on > work.today:
        raise Problem("people.law_future", told_on=message.told_on)
    _tell_law(work, people, message.told_on)
    return Done({"count": len(people)}, work.ledger)


def _tell_law(work: Work, people: Iterable[PersonRecord], day: date) -> None:
    people = list(people)
    for person in people:
        person.law_told_on = day
    work.record(
        "law_made_known",
        staff_list=[person.staff_number for person in people],
        day=day.isoformat(),
        law=_law(work),
        count=len(people),
    )


def _law(work: Work) -> str:
    """The name of the law or ordinance that is to be made known, from the office's settings."""
    return work.book.setting(work.office, "law")


def _people(work: Work, numbers: Iterable[str]) -> list[PersonRecord]:
    """The people of these numbers, each once; all of them stand in the register."""
    chosen = tuple(dict.fromkeys(numbers))
    if not chosen:
        raise Problem("people.nobody_chosen")
    found = []
    for number in chosen:
        person = work.office.get(PersonRecord, number)
        if person is None:
            raise Problem("people.unknown", number=number)
        found.append(person)
    return found

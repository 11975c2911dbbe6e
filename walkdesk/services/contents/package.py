"""区への返還・引渡し: everything that the vault holds of the participants, as files with a list of them (clause 11)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from walkdesk.documents.package_list import PackageFacts, PackageFile, package_list_pdf
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.domain.steps import unpack
from walkdesk.exchange.outgoing import CSV, plain_csv
from walkdesk.services.contents.base import PDF, Content, Made, MadeFile, Part, Stamp, everybody
from walkdesk.services.paperwork import (
    JAPANESE,
    digest,
    ledger_checkpoint,
    mark_of,
    on_paper,
    page_count,
    parties_of,
    programme_name,
)
from walkdesk.services.session import Work
from walkdesk.services.step_months import FIRST_KEYING, month_of
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, PointMonth, StepMonth

PEOPLE = (*("number", "name", "postcode", "address", "age", "sex", "phone", "mail", "channel", "origin", "registered"),)
STEPS = ("number", "day", "steps", "state", "origin")
POINTS = ("number", "month", "points", "rule")


def _parts(work: Work, release: str) -> tuple[Part, ...]:
    numbers = {
        person: number for person, number in work.vault.execute(select(ParticipantRecord.id, ParticipantRecord.number))
    }
    return (
        Part("participants", PEOPLE, tuple(_people(work))),
        Part("steps", STEPS, tuple(_steps(work, numbers))),
        Part("points", POINTS, tuple(_points(work, numbers))),
    )


def _people(work: Work) -> list[tuple[str | int, ...]]:
    query = select(ParticipantRecord).order_by(ParticipantRecord.number)
    return [
        (
            person.number,
            person.name,
            person.postcode,
            person.address,
            "" if person.age is None else person.age,
            "" if person.sex is None else JAPANESE.say(f"reception.sex.{person.sex}"),
            person.phone or "",
            person.mail or "",
            JAPANESE.say(f"reception.channel.{person.channel}"),
            JAPANESE.say(f"reception.origin.{person.identity_origin}"),
            person.registered_on.isoformat(),
        )
        for person in work.vault.scalars(query)
    ]


def _steps(work: Work, numbers: dict[int, str]) -> list[tuple[str | int, ...]]:
    """Every day that is kept, in the keying that counts; days on which nothing is known are left out."""
    query = select(StepMonth.month, StepMonth.participant_id, StepMonth.days, StepMonth.origin).where(
        StepMonth.keying == FIRST_KEYING
    )
    origins: dict[str, str] = {}
    rows: list[tuple[str | int, ...]] = []
    for key, person, packed, origin in work.vault.execute(query):
        of = month_of(key)
        word = origins.setdefault(origin, JAPANESE.say(f"reception.origin.{origin}"))
        for number, day in enumerate(unpack(packed, of.days), 1):
            if day.steps is not None:
                on = date(of.year, of.month, number).isoformat()
                rows.append((numbers[person], on, day.steps, day.state.value, word))
    rows.sort(key=lambda row: (row[0], row[1]))
    return rows


def _points(work: Work, numbers: dict[int, str]) -> list[tuple[str | int, ...]]:
    query = select(PointMonth.month, PointMonth.participant_id, PointMonth.points, PointMonth.rule)
    rows: list[tuple[str | int, ...]] = [
        (numbers[person], str(month_of(month)), points, rule)
        for month, person, points, rule in work.vault.execute(query)
    ]
    rows.sort(key=lambda row: (row[0], row[1]))
    return rows


def _make(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    """The tables as CSV and the list of them as PDF; the list holds the SHA-256 of each."""
    tables = []
    for part in parts:
        head = [JAPANESE.say(f"releases.column.{column}") for column in part.columns]
        tables.append(MadeFile(f"{part.key}-{record.release}.csv", CSV, plain_csv(head, part.rows)))
    contract = work.contract
    pdf = package_list_pdf(
        PackageFacts(
            number=f"{contract.number}-{record.release}",
            issued=work.today,
            created=work.now,
            parties=parties_of(work, contract),
            contract=contract.number,
            programme=programme_name(contract),
            fiscal_year=fiscal_year_name(contract.year),
            stamp=stamp.line,
            files=tuple(
                PackageFile(
                    file.name,
                    JAPANESE.say(f"releases.part.{part.key}"),
                    len(part.rows),
                    len(file.data),
                    digest(file.data),
                )
                for part, file in zip(parts, tables, strict=True)
            ),
            checkpoint=on_paper(ledger_checkpoint(work)),
            mark=mark_of(work),
        )
    )
    listed = MadeFile(f"mokuroku-{record.release}.pdf", PDF, pdf)
    return Made((listed, *tables), page_count(pdf))


RETURN_PACKAGE = Content(
    "return_package",
    frozenset({ReleaseKind.RETURN}),
    tuple(dict.fromkeys((*PEOPLE, *STEPS, *POINTS))),
    everybody,
    _parts,
    {Way.FILE: _make},
    by_sheet=False,
)

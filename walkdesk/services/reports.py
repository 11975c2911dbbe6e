"""事業実施報告書: the figures of the year for the ward, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from walkdesk.documents.report import (
    AgeRow,
    ChannelRow,
    IncidentRow,
    MonthRow,
    PrizeRow,
    ReleaseRow,
    ReportFacts,
    TrainingRow,
    report_pdf,
)
from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import fiscal_year_name, japanese_date, month_name
from walkdesk.domain.participants import Channel
from walkdesk.domain.people import MANAGERS, STAFF
from walkdesk.messages.common import FreePaper
from walkdesk.messages.papers import LookAtReport, MakeReport, MonthMean, ReportFigure, ReportFigures
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.closing import ledger_entries
from walkdesk.services.figures import Count, Mean, YearFigures, year_figures
from walkdesk.services.incidents import incidents_of
from walkdesk.services.paperwork import (
    JAPANESE,
    digest,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
)
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, Designation, LedgerRecord, TrainingRecord

HIDDEN = "＊"
"""What stands for a number that is hidden; the report says why."""

NOT_KEPT = "–"


def look_at_report(work: Work, message: LookAtReport) -> ReportFigures:
    """The figures so far, as the paper would print them."""
    contract = work.contract
    figures = year_figures(work, contract)
    trained = sum(row[2] for row in _trainings(work, contract))
    by_channel = {row.channel: row for row in figures.channels}
    rows: list[tuple[str, int | str]] = [("participants", _cell(figures.participants))]
    for channel in (Channel.CARD, Channel.APP):
        rows.append((channel.value, _cell(by_channel[channel].registered)))
    rows += [
        ("active", _cell(figures.channels[-1].active)),
        ("cards", _cell(_sum(month.keyed for month in figures.months))),
        ("points", _cell(figures.points)),
        ("prizes", _cell(_sum(prize.shipped for prize in figures.prizes))),
        ("releases", sum(kind.releases for kind in figures.releases)),
        ("trainings", trained),
    ]
    return ReportFigures(
        tuple(ReportFigure(f"reports.figure.{name}", _text(value)) for name, value in rows),
        tuple(MonthMean(str(month.month), month.card.value, month.app.value) for month in figures.months),
    )


def make_report(work: Work, message: MakeReport) -> FreePaper:
    """The report as PDF. The vault's seal goes into the ledger first, so that the printed checkpoint covers it."""
    contract = work.contract
    work.seal_to_ledger()
    figures = year_figures(work, contract)
    state = ledger_checkpoint(work)
    number = f"{contract.number}-RP{_made(work, contract) + 1:02d}"
    pdf = report_pdf(
        ReportFacts(
            number=number,
            issued=work.today,
            created=work.now,
            parties=parties_of(work, contract),
            contract=contract.number,
            programme=programme_name(contract),
            fiscal_year=fiscal_year_name(contract.year),
            period=JAPANESE.say(
                "papers.letter.period", start=japanese_date(contract.start), end=japanese_date(contract.end)
            ),
            channels=_channel_rows(figures),
            ages=_age_rows(figures),
            months=_month_rows(figures),
            prizes=tuple(
                PrizeRow(row.name, row.points, _cell(row.requested), _cell(row.shipped))
                for row in figures.prizes
            ),
            releases=tuple(
                ReleaseRow(
                    JAPANESE.say(f"releases.kind.{row.kind}"), row.releases, _cell(row.sheets), row.out
                )
                for row in figures.releases
            ),
            trainings=tuple(TrainingRow(*row) for row in _trainings(work, contract)),
            incidents=_incidents(work, contract),
            checkpoint=on_paper(state),
            mark=mark_of(work),
        )
    )
    answer = paper(JAPANESE.say("reports.title"), f"jisshi-hokoku-{number}.pdf", pdf)
    work.record(
        "report_made",
        report="year",
        number=number,
        digest=digest(pdf),
        checkpoint=state.text,
        pages=answer.pages,
    )
    return answer


def _made(work: Work, contract: ContractRecord) -> int:
    query = select(func.count()).select_from(LedgerRecord)
    return work.office.execute(
        query.where(LedgerRecord.contract == contract.contract, LedgerRecord.event == "report_made")
    ).scalar_one()


def _channel_rows(figures: YearFigures) -> tuple[ChannelRow, ...]:
    return tuple(
        ChannelRow(
            JAPANESE.say(f"reception.channel.{row.channel.value}" if row.channel else "reports.sum"),
            _cell(row.registered),
            NOT_KEPT,
            _cell(row.active),
        )
        for row in figures.channels
    )


def _age_rows(figures: YearFigures) -> tuple[AgeRow, ...]:
    rows = []
    for row in figures.ages:
        if row.band is None:
            band = JAPANESE.say("reports.sum")
        elif row.band[0] == 0:
            band = JAPANESE.say("reports.band_to", last=row.band[1])
        elif row.band[1] >= 200:
            band = JAPANESE.say("reports.band_from", first=row.band[0])
        else:
            band = JAPANESE.say("reports.band", first=row.band[0], last=row.band[1])
        rows.append(AgeRow(band, _cell(row.men), _cell(row.women), _cell(row.other), _cell(row.total)))
    return tuple(rows)


def _month_rows(figures: YearFigures) -> tuple[MonthRow, ...]:
    return tuple(
        MonthRow(
            month_name(row.month),
            _cell(row.received),
            _cell(row.keyed),
            _cell(row.verified),
            _mean(row.card),
            _mean(row.app),
            _cell(row.points),
        )
        for row in figures.months
    )


def _trainings(work: Work, contract: ContractRecord) -> list[tuple[date, str, int]]:
    """Day, content and number of designated people of each training of the year."""
    designated = select(Designation.staff_number).where(Designation.contract == contract.contract)
    query = (
        select(TrainingRecord.held_on, TrainingRecord.content, func.count())
        .where(TrainingRecord.fiscal_year == contract.year, TrainingRecord.staff_number.in_(designated))
        .group_by(TrainingRecord.held_on, TrainingRecord.content)
        .order_by(TrainingRecord.held_on)
    )
    return [(day, content, int(people)) for day, content, people in work.office.execute(query)]


def _incidents(work: Work, contract: ContractRecord) -> tuple[IncidentRow, ...]:
    """The register's incidents and the alarms of the year: a report must not say that nothing happened."""
    alarms = (
        IncidentRow(
            entry.at.date(),
            JAPANESE.say("ledger.event.alarm"),
            JAPANESE.say("reports.alarm", sequence=entry.sequence),
        )
        for entry in ledger_entries(work, contract, "alarm")
    )
    return tuple(sorted((*alarms, *incidents_of(work, contract)), key=lambda row: row.day))


def _cell(count: Count) -> int | str:
    return HIDDEN if count is None else count


def _mean(mean: Mean) -> int | str | None:
    return HIDDEN if mean.hidden else mean.value


def _text(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def _sum(counts: Iterable[Count]) -> Count:
    kept = list(counts)
    return None if None in kept else sum(count or 0 for count in kept)


ACTIONS = table(
    Action(LookAtReport, look_at_report, STAFF, frozenset({ContractState.OPEN, ContractState.REPORTED})),
    Action(
        MakeReport,
        make_report,
        MANAGERS,
        frozenset({ContractState.OPEN}),
        "report_made",
        areas("papers", "closeout", "today"),
    ),
)

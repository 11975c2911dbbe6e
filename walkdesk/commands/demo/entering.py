"""Taking in: the lists of people, doubtful names, the months of steps that come as files."""

from __future__ import annotations

from pathlib import Path

from walkdesk.commands.demo.deliveries import Delivery, app_steps, app_users, as_listed, month_of_cards, ward_list
from walkdesk.commands.demo.stage import LATE_MONTH, Stage, Taken
from walkdesk.commands.demo.walking import written_card
from walkdesk.domain.dates import Month
from walkdesk.messages.reception import (
    CommitImport,
    CorrectParticipant,
    ListParticipants,
    PreviewImport,
    ShowParticipant,
)


def take_people(stage: Stage) -> None:
    """The ward's list of card participants and the list of the app's reception."""
    delivery = ward_list(stage.population)
    path = _deliver(stage.folder.from_ward, delivery)
    stage.camera.take(
        "05-import", "imports", {"kind": "ward_list"}, fill={"imports_path": str(path)}, press=("imports_look",)
    )
    _take(stage, stage.folder.from_ward, delivery, "ward_list", "30新健健第120号により提供")
    if stage.population.app:
        _take(stage, stage.folder.from_app, app_users(stage.population), "app_users", "WEB受付 5月分")
    for taken in stage.facts.taken:
        stage.tell(
            "people_taken",
            file=taken.preview.file_name,
            accepted=taken.preview.accepted + taken.preview.doubtful,
            doubtful=taken.preview.doubtful,
            refused=taken.preview.refused,
        )


def correct_names(stage: Stage) -> None:
    """What the ward's system lost is asked for by phone, and the person's page is put right."""
    stage.camera.take("06-reception", "reception", {"view": "list"})
    for person in stage.population.card:
        lost = as_listed(person.name) != person.name
        if lost:
            stage.ask(CorrectParticipant(person.number, "name", person.name, "本人に電話で確認"))
        if person.listed_postcode:
            stage.ask(CorrectParticipant(person.number, "postcode", person.postcode, "郵便番号簿で確認"))
        elif not lost:
            continue
        stage.facts.corrected += 1
        sheet = stage.ask(ShowParticipant(person.number))
        if sheet.doubts:
            stage.facts.refusals.append(f"doubt:{person.number}")
    stage.facts.page = stage.ask(ListParticipants(limit=1))
    stage.tell("corrected", count=stage.facts.corrected)


def hard_name(stage: Stage) -> str:
    """The number of the first person whose name the ward's system could not carry."""
    return next((one.number for one in stage.population.card if as_listed(one.name) != one.name), "")


def take_app_month(stage: Stage, month: Month) -> None:
    """The app's file of a month."""
    if stage.population.app:
        delivery = app_steps(stage.population.app, month)
        _take(stage, stage.folder.from_app, delivery, "app_steps", f"アプリ {month}分", str(month))


def take_card_month(stage: Stage, month: Month) -> None:
    """A month of cards that were keyed elsewhere; in one month some people do not send theirs in time."""
    late = set() if month != LATE_MONTH else set(stage.population.late)
    cards = [written_card(person, month) for person in stage.population.card if person not in late]
    _take_cards(stage, month_of_cards(cards, month), month)


def take_late_cards(stage: Stage) -> None:
    """The cards that came only after the reminder."""
    cards = [written_card(person, LATE_MONTH) for person in stage.population.late]
    _take_cards(stage, month_of_cards(cards, LATE_MONTH, late=True), LATE_MONTH)
    stage.tell("late", month=str(LATE_MONTH), count=len(cards))


def _take_cards(stage: Stage, delivery: Delivery, month: Month) -> None:
    _take(stage, stage.folder.from_ward, delivery, "paper_cards", f"台紙 {month}分", str(month))


def _take(stage: Stage, folder: Path, delivery: Delivery, kind: str, source: str, month: str = "") -> None:
    path = _deliver(folder, delivery)
    preview = stage.ask(PreviewImport(kind, str(path), month))
    stage.facts.taken.append(Taken(delivery, preview))
    stage.ask(CommitImport(preview.ticket, source))


def _deliver(folder: Path, delivery: Delivery) -> Path:
    path = folder / delivery.file_name
    path.write_bytes(delivery.data)
    return path

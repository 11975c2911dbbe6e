"""The practice year in its order: one health points contract of fiscal 2018, from set-up to confirmation."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.beginning import begin
from walkdesk.commands.demo.ending import close
from walkdesk.commands.demo.entering import correct_names, hard_name, take_app_month, take_card_month, take_people
from walkdesk.commands.demo.giving import (
    approve_letters,
    ask_for_letters,
    post_letters,
    request_prizes,
    ship_prizes,
)
from walkdesk.commands.demo.keying import key_cards
from walkdesk.commands.demo.office import APPROVER, HANDLER
from walkdesk.commands.demo.stage import END, KEYED_MONTH, WALKING_MONTHS, Stage
from walkdesk.domain.dates import Month

PEOPLE_DAY = date(2018, 5, 21)
LETTERS_DAY = date(2018, 5, 28)
FIRST_PRIZES, LAST_PRIZES = Month(2018, 11), Month(2019, 3)


def play(stage: Stage) -> None:
    """The whole year. A ``Problem`` that nobody expected ends it."""
    begin(stage)
    with stage.office.at_desk(HANDLER, PEOPLE_DAY):
        take_people(stage)
        correct_names(stage)
        release = ask_for_letters(stage)
    with stage.office.at_desk(APPROVER, LETTERS_DAY):
        approve_letters(stage, release)
        post_letters(stage, release, LETTERS_DAY)
        for month in WALKING_MONTHS:
            _month(stage, month)
    close(stage)


def _month(stage: Stage, month: Month) -> None:
    """What comes in about a month early in the next one; March by the contract's last day."""
    day = min(month.next.day(9), END)
    stage.office.move_to(day)
    take_app_month(stage, month)
    if month == KEYED_MONTH:
        key_cards(stage, day)
    else:
        take_card_month(stage, month)
    stage.tell("month", month=str(month))
    if month == FIRST_PRIZES:
        request_prizes(stage, 0.12)
        stage.camera.take("11-prizes", "prizes")
        stage.camera.take("12-person", "reception", {"number": hard_name(stage)})
        ship_prizes(stage, day)
    if month == LAST_PRIZES:
        request_prizes(stage, 0.3)

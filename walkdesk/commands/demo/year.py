"""The practice year in its order: one health points contract of fiscal 2018, from set-up to confirmation."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.beginning import begin
from walkdesk.commands.demo.ending import close
from walkdesk.commands.demo.entering import (
    correct_names,
    hard_name,
    take_app_month,
    take_card_month,
    take_late_cards,
    take_people,
)
from walkdesk.commands.demo.giving import request_prizes, ship_prizes
from walkdesk.commands.demo.keying import key_cards
from walkdesk.commands.demo.office import APPROVER, HANDLER, MANAGER, PRINTER
from walkdesk.commands.demo.posting import Asked, Batch, approve, ask_for, change_wording, post
from walkdesk.commands.demo.stage import END, KEYED_MONTH, LATE_MONTH, WALKING_MONTHS, Stage
from walkdesk.domain.dates import Month
from walkdesk.domain.layouts import PrintOn

PEOPLE_DAY, LETTERS_DAY = date(2018, 5, 21), date(2018, 5, 28)
POSTING_DAY, LATE_DAY = date(2018, 12, 10), date(2018, 12, 20)

_FIRST = (
    Batch("参加案内", "invitation", "all", "参加案内の発送"),
    Batch("台紙", "points_card", str(KEYED_MONTH), "台紙の発送"),
    Batch("宛名ラベル", "address_labels", "card", "台紙の封筒", PrintOn(PRINTER, "a4-21", 5), places=21),
)
"""What everyone gets at the start; the labels go on a sheet of which four are used."""
_WINTER = (
    Batch("台紙のお知らせ", "reminder", str(LATE_MONTH), "台紙の届いていない方へのお知らせ"),
    Batch("景品案内", "prize_guide", "enough", "景品案内の発送"),
    Batch("景品のお届けの書類", "packing_slip", "waiting", "景品の発送"),
)
_SPRING = (Batch("景品のお届けの書類_第2版", "packing_slip", "waiting", "景品の発送"),)
_SENTENCE = "これからも、ご自分の歩幅でお続けください。"


def play(stage: Stage) -> None:
    """The whole year. A ``Problem`` that nobody expected ends it."""
    begin(stage)
    with stage.office.at_desk(HANDLER, PEOPLE_DAY):
        take_people(stage)
        correct_names(stage)
        stage.camera.take("07-papers", "papers")
        first = ask_for(stage, _FIRST)
    with stage.office.at_desk(APPROVER, LETTERS_DAY):
        stage.camera.take("08-releases", "releases", {"release": first[0][1]})
        approve(stage, first)
        _post(stage, first, LETTERS_DAY)
        _walk(stage, WALKING_MONTHS[: WALKING_MONTHS.index(LATE_MONTH) + 1])
        winter = _first_prizes(stage)
    with stage.office.at_desk(MANAGER, POSTING_DAY):
        approve(stage, winter)
        _post(stage, winter, POSTING_DAY, jammed=0)
        ship_prizes(stage, POSTING_DAY)
        stage.facts.wording = change_wording(stage, "packing_slip", "all", _SENTENCE)
    with stage.office.at_desk(APPROVER, LATE_DAY):
        take_late_cards(stage)
        _walk(stage, WALKING_MONTHS[WALKING_MONTHS.index(LATE_MONTH) + 1 :])
        request_prizes(stage, 0.3)
        spring = ask_for(stage, _SPRING)
    close(stage, spring)


def _walk(stage: Stage, months: tuple[Month, ...]) -> None:
    """What comes in about a month early in the next one; March by the contract's last day."""
    for month in months:
        day = min(month.next.day(9), END)
        stage.office.move_to(day)
        take_app_month(stage, month)
        if month == KEYED_MONTH:
            key_cards(stage, day)
        else:
            take_card_month(stage, month)
        stage.tell("month", month=str(month))


def _first_prizes(stage: Stage) -> Asked:
    """In December the first wishes come, and what is to be posted is asked for."""
    request_prizes(stage, 0.12)
    stage.camera.take("11-prizes", "prizes")
    stage.camera.take("12-person", "reception", {"number": hard_name(stage)})
    return ask_for(stage, _WINTER)


def _post(stage: Stage, asked: Asked, day: date, jammed: int | None = None) -> None:
    """Posts every batch; of the one at the place ``jammed`` the printer spoils the first sheet."""
    for place, (batch, release) in enumerate(asked):
        post(stage, batch, release, day, jammed=place == jammed)

"""What the people get for walking: prizes, asked for and shipped."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.stage import Stage
from walkdesk.domain.problem import Problem
from walkdesk.messages.prizes import CancelRequest, LookAtPrizes, RequestPrize, ShipPrizes
from walkdesk.messages.reception import ListParticipants


def request_prizes(stage: Stage, share: float) -> None:
    """The people with the most points ask for prizes: ``share`` of all, each for the dearest that they can have."""
    page = stage.ask(ListParticipants(limit=1000))
    prizes = stage.ask(LookAtPrizes()).prizes
    left = {prize.prize: prize.stock - prize.reserved - prize.shipped for prize in prizes}
    wishes = []
    for row in sorted(page.rows, key=lambda row: (-row.points, row.number))[: max(1, round(page.total * share))]:
        able = [prize.prize for prize in prizes if prize.points <= row.points and left[prize.prize] > 0]
        if able:
            left[able[-1]] -= 1
            wishes.append(RequestPrize(row.number, able[-1]))
    answers = stage.office.ask_all(wishes)
    for answer in answers:
        if isinstance(answer, Problem):
            raise answer
    if wishes:  # one person changes the wish, as people do
        stage.ask(CancelRequest(int(answers[0].facts["request"]), "本人の申出による取下げ"))
        stage.ask(wishes[0])
    stage.facts.requested += len(wishes)
    stage.tell("requested", count=len(wishes))


def ship_prizes(stage: Stage, day: date) -> None:
    """Everything that waits is handed to the courier."""
    board = stage.ask(LookAtPrizes())
    waiting = tuple(request.request for request in board.requests if request.state == "waiting")
    if not waiting:
        return
    slips = tuple(f"4000-{day:%m%d}-{number:04d}" for number in waiting)
    stage.ask(ShipPrizes(waiting, day, "歩々運輸", slips))
    stage.facts.shipped += len(waiting)
    stage.tell("shipped", count=len(waiting))

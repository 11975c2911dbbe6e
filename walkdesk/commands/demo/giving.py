"""What goes out to the people: the letters with a second person's signature, and the prizes."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.office import APPROVER
from walkdesk.commands.demo.stage import Stage
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome
from walkdesk.messages.prizes import CancelRequest, LookAtPrizes, RequestPrize, ShipPrizes
from walkdesk.messages.reception import ListParticipants
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters, ShowManifest, TakeRelease


def ask_for_letters(stage: Stage) -> str:
    """A handler asks to let the 参加案内 leave; nobody approves the own request. Returns the release's number."""
    stage.camera.take("07-papers", "papers")
    release = str(stage.ask(RequestLetters("all", "参加案内の発送")).facts["release"])
    try:
        stage.ask(ApproveRelease(release))
    except Problem as problem:
        stage.facts.refusals.append(problem.code)
    return release


def approve_letters(stage: Stage, release: str) -> None:
    """Another person looks at the manifest and signs it."""
    manifest = stage.ask(ShowManifest(release))
    stage.facts.letters = manifest.total
    stage.camera.take("08-releases", "releases", {"release": release})
    stage.ask(ApproveRelease(release))


def post_letters(stage: Stage, release: str, day: date) -> None:
    """The approved letters are taken and posted."""
    stage.keep("参加案内", stage.ask(TakeRelease(release, "print")))
    stage.ask(CloseRelease(release, Outcome.POSTED, day, "神楽坂郵便局"))
    stage.tell("letters", count=stage.facts.letters, release=release, approver=APPROVER.name)


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

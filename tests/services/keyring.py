"""What the tests of the keys share: a sheet's code as a scanner reads it, the board, the safe."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from tests.conftest import Office
from tests.services.desks import ledger_rows
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import QR_BEGINNING
from walkdesk.messages.common import FreePaper
from walkdesk.messages.keys import KeyBoard, LookAtKeys, MakeSheet, TellToken
from walkdesk.messages.today import LookAtToday
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

SAFE = "本社2階 耐火金庫 上段"


def code_on(paper: FreePaper) -> str:
    """What a scanner reads from the sheet."""
    document = pypdfium2.PdfDocument(paper.pdf)
    image = document[0].render(scale=3, grayscale=True).to_pil()
    # Lines of a table can look like one more code to a reader that tries hard: ours says whose it is.
    (code,) = (one for one in zxingcpp.read_barcodes(image) if one.text.startswith(QR_BEGINNING))
    document.close()
    return str(code.text)


def made(session: Session, scope: str) -> str:
    """The code of a new sheet."""
    return code_on(perform(session, MakeSheet(scope, SAFE)).answer)


def refused(session: Session, message: object) -> Problem:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value


def board_of(session: Session) -> KeyBoard:
    board: KeyBoard = perform(session, LookAtKeys()).answer
    return board


def into_the_safe(office: Office) -> Callable[[], None]:
    """Pulls the token; the answer puts it in again."""
    (token,) = office.tokens.glob("*.json")
    safe = office.tokens.parent / token.name
    token.rename(safe)

    def put_in() -> None:
        safe.rename(token)

    return put_in


def morning(office: Office, session: Session) -> None:
    """The token was in the safe over night, and is in the reader again: nothing about it waits."""
    put_in = into_the_safe(office)
    perform(session, TellToken("back"))
    put_in()
    perform(session, TellToken("out"))


def told(session: Session, word: str) -> list[tuple[str, dict[str, Any]]]:
    """Events of the ledger with a word in their name, and their facts."""
    return [(event, json.loads(facts)) for event, _, facts in ledger_rows(session) if word in event]


def tasks_of(session: Session) -> list[tuple[str, str]]:
    return [(task.kind, task.tone) for task in perform(session, LookAtToday()).answer.tasks if task.desk == "keys"]

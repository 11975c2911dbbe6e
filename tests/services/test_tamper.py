"""Tampering with the files of an office: each kind is noticed when the next person signs in, with a sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.counts import count
from tests.conftest import Office
from tests.services.tampering import (
    ON_MID,
    ON_NEW,
    ON_OWED,
    PAGE,
    Attempt,
    Evening,
    flip_bit_in_page,
    make_evening,
    noticed,
)
from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.problem import Problem
from walkdesk.messages.door import SignOut
from walkdesk.messages.reception import RegisterParticipant
from walkdesk.resources.texts import Texts
from walkdesk.services.perform import perform

LONG = bool(os.environ.get("WALKDESK_LONG"))
TRIES = 34 if LONG else 1
KINDS = [
    *(pytest.param("new", kind, id=kind.__name__) for kind in ON_NEW),
    *(pytest.param("mid", kind, id=f"{kind.__name__}-after-a-loss-of-power") for kind in ON_MID),
    *(pytest.param("owed", kind, id=f"{kind.__name__}-of-a-commit-whose-seal-is-owed") for kind in ON_OWED),
]


@pytest.fixture(scope="module")
def evening(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    folder = tmp_path_factory.mktemp("evening")
    shutil.copytree(_template, folder / "office")
    office = Office(folder / "office")
    session = office.sign_in("S-0001", date(2018, 8, 9))
    today = session.now.date()
    address, phone = "東京都新宿区片町1番1号", "03-0000-0000"
    someone = ("D0001", "試験 花子", "1600001", address, "61", Sex.FEMALE, phone, Channel.CARD, "", today)
    perform(session, RegisterParticipant(*someone))
    perform(session, SignOut())
    made = make_evening(office, folder)
    office.close()
    return made


def _copy(image: Path, folder: Path) -> Office:
    shutil.copytree(image, folder)
    return Office(folder)


@pytest.mark.parametrize("image", ["old", "new", "mid", "owed"])
def test_nothing_is_noticed_where_nobody_did_anything(evening: Evening, tmp_path: Path, image: str) -> None:
    office = _copy(getattr(evening, image), tmp_path / image)
    assert noticed(office) == ""
    assert noticed(office) == ""


@pytest.mark.parametrize(("image", "kind"), KINDS)
def test_tampering_is_noticed(
    evening: Evening,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    image: str,
    kind: Callable[[Attempt], None],
) -> None:
    random = Random(f"{image} {kind.__name__} {TRIES}")
    unnoticed = []
    pages = next((evening.new / "office").rglob("vault.db")).stat().st_size // PAGE
    tries = max(TRIES, pages) if LONG and kind is flip_bit_in_page else TRIES
    for turn in range(tries):
        office = _copy(getattr(evening, image), tmp_path / str(turn))
        kind(Attempt(evening, office, random, turn))
        code = noticed(office)
        if code:
            assert Texts("ja").problem(Problem(code, name="-", sequence=1))
        else:
            unnoticed.append(turn)
        shutil.rmtree(tmp_path / str(turn))
    how = "tampered copies of an office that a person signs in to and works on, by kind"
    count(record_property, "tamper.tries", tries, "tries", how, at_least=500 if LONG else None)
    count(record_property, "tamper.unnoticed", len(unnoticed), "tries", how, at_most=0)
    assert not unnoticed

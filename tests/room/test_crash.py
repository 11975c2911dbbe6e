"""The room killed while it saves: nothing that was answered is lost, and the office opens without a false alarm.

``tests.room.killing`` kills at each write boundary of an action; one more action needs one more ``Case``.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.counts import count
from tests.conftest import FIRST_DAY, PASSWORD, Office
from tests.room.killing import Case, Crashes, crash, forked
from tests.services.desks import APP_STEPS, APP_USERS, AUGUST, WARD_LIST, ledger_rows, rows, take
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import DesignatePerson, RecordTraining, RegisterPerson
from walkdesk.messages.reception import CommitImport, PreviewImport
from walkdesk.room import wire
from walkdesk.services.perform import perform
from walkdesk.storage.slots import read_slots
from walkdesk.storage.trail import verify_trail

LONG = bool(os.environ.get("WALKDESK_LONG"))
KILLS = 60 if LONG else 4
"""Of each of the six kinds below: 360 in the long run."""
NEEDED = 300
JULY = "2018-07"
NEW = "S-0170"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the room is forked here, so that a kill costs nothing")

Told = Callable[[Crashes], None]


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """Leaves the kills of a series for the figures."""

    def tell(crashes: Crashes) -> None:
        count(
            record_property,
            "crash.kills",
            crashes.kills,
            "kills",
            "SIGKILL at every write boundary and at any moment of saving a card, importing, granting, sealing and"
            " more: 0 answered values lost, 0 effects without evidence, 0 false alarms",
            at_least=NEEDED if LONG else None,
        )

    return tell


@pytest.fixture(scope="module")
def july(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in August 2018 with the ward's and the app's people, and no steps yet."""
    folder = tmp_path_factory.mktemp("july") / "office"
    shutil.copytree(_template, folder)
    office = Office(folder)
    session = office.sign_in("S-0142", on=AUGUST)
    take(session, "ward_list", WARD_LIST)
    take(session, "app_users", APP_USERS)
    perform(session, SignOut())
    return folder


@pytest.fixture(scope="module")
def newcomer(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which somebody has an account and no contract yet."""
    folder = tmp_path_factory.mktemp("newcomer") / "office"
    shutil.copytree(_template, folder)
    session = Office(folder).sign_in("S-0001")
    perform(session, _newcomer())
    perform(session, RecordTraining((NEW,), FIRST_DAY, "個人情報の取扱い"))
    perform(session, SignOut())
    return folder


def _newcomer() -> RegisterPerson:
    return RegisterPerson(NEW, "岡 節子", "取扱者", Role.HANDLER, False, FIRST_DAY, PASSWORD, "")


def copies(of: Path, to: Path) -> Callable[[], Office]:
    """A fresh copy at each call."""
    numbers = itertools.count(1)

    def fresh() -> Office:
        folder = to / f"office-{next(numbers)}"
        shutil.copytree(of, folder)
        return Office(folder)

    return fresh


def opens(office: Office, look: Callable[[Any], Any], number: str = "S-0142") -> Any:
    """Signs in after a crash: no help, no alarm, the whole trail verified and every value in it; what is found."""
    session = office.sign_in(number)
    assert session.vault is not None, session.waiting
    with session.vault.reading() as connection:
        verify_trail(connection, session.vault.trail_key)
    assert not [event for event, *_ in ledger_rows(session) if event == "alarm"]
    evident(session)
    found = look(session)
    perform(session, SignOut())
    return found


def evident(session: Any) -> None:
    """No effect without evidence: what stands in the vault is what the trail says that it became."""
    became: dict[tuple[str, str], dict[str, Any]] = {}
    changes = rows(session, 'SELECT tbl, "row", op, v.after FROM trail t JOIN trail_values v USING (seq) ORDER BY seq')
    for table, row, op, after in changes:
        if op == "delete":
            became.pop((table, row), None)
        elif after is not None:
            became.setdefault((table, row), {}).update(json.loads(after))
    for month, person, keying, total, days in rows(
        session, "SELECT month, participant_id, keying, total, counted_days FROM step_months"
    ):
        told = became.pop(("step_months", f"{month}/{person}/{keying}"))
        assert (told["total"], told["counted_days"]) == (total, days)
    for number, person_id, name in rows(session, "SELECT number, id, name FROM participants"):
        told = became.pop(("participants", str(person_id)))
        assert (told["number"], told["name"]) == (number, name)
    assert not [key for key in became if key[0] in ("step_months", "participants")]


def card_days(session: Any) -> dict[int, int | None]:
    """July of the first card."""
    return {day.day: day.steps for day in perform(session, OpenCard("D0001", JULY)).answer.days}


def test_the_room_killed_while_a_day_is_saved_keeps_what_was_there_and_what_was_answered(
    july: Path, tmp_path: Path, told: Told
) -> None:
    def ask(room: Any) -> object:
        room.call(SignIn("S-0142", PASSWORD))
        room.call(OpenCard("D0001", JULY))
        room.call(SaveDay("D0001", JULY, 1, DayState.KEYED, 4001))
        return SaveDay("D0001", JULY, 2, DayState.KEYED, 4002)

    def holds(office: Office, answered: bool) -> None:
        days = opens(office, card_days)
        assert days[1] == 4001
        assert days[2] == 4002 if answered else days[2] in (None, 4002)

    told(crash(Case(copies(july, tmp_path), ask, holds), KILLS))


def test_the_room_killed_between_the_keys_loses_no_answered_day(july: Path, tmp_path: Path, told: Told) -> None:
    """Days are keyed faster than they are answered: the kill comes somewhere among them."""
    office = copies(july, tmp_path)()
    kept: dict[int, int] = {}
    for turn in range(KILLS):
        with forked(office) as room:
            room.call(SignIn("S-0142", PASSWORD))
            room.call(OpenCard("D0001", JULY))
            sent = [(day, 3000 + turn * 100 + day) for day in range(1, 32)]
            for day, steps in sent:
                room.send(SaveDay("D0001", JULY, day, DayState.KEYED, steps, confirmed=True))
            for day, steps in sent[: 1 + turn * 3 % 31]:
                assert room.hear("SaveDay").problem is None
                kept[day] = steps
            room.kill()
        days = opens(office, card_days)
        lost = {day: steps for day, steps in kept.items() if days[day] not in (steps, 3000 + turn * 100 + day)}
        assert not lost
        kept = {day: steps for day, steps in days.items() if steps is not None}
    told(Crashes(KILLS, 0))


def test_the_room_killed_while_a_file_is_taken_keeps_all_of_it_or_nothing(
    july: Path, tmp_path: Path, told: Told
) -> None:
    def ask(room: Any) -> object:
        room.call(SignIn("S-0142", PASSWORD))
        preview = room.call(PreviewImport("app_steps", str(APP_STEPS), JULY))
        return CommitImport(preview.ticket, "平成30年8月8日 受領")

    def counts(session: Any) -> tuple[int, int, int]:
        imports = [facts for event, _, facts in ledger_rows(session) if event == "import_committed"]
        (months,) = rows(session, "SELECT count(*) FROM step_months")
        (batches,) = rows(session, "SELECT count(*) FROM import_batches WHERE kind = 'app_steps'")
        return months[0], batches[0], len(imports)

    def holds(office: Office, answered: bool) -> None:
        months, batches, imports = opens(office, counts)
        assert (months > 0) == (batches == 1)
        assert not answered or months > 0
        # The vault's own evidence is its trail; the entry of the book may be missing for the last commit alone.
        assert imports in (2 + batches, 2) and (not answered or imports == 3)

    told(crash(Case(copies(july, tmp_path), ask, holds), KILLS))


def test_the_room_killed_while_access_is_granted_leaves_no_slot_without_evidence(
    newcomer: Path, tmp_path: Path, told: Told
) -> None:
    def ask(room: Any) -> object:
        room.call(SignIn("S-0001", PASSWORD))
        return DesignatePerson(NEW)

    def holds(office: Office, answered: bool) -> None:
        def granted(session: Any) -> tuple[str, bool]:
            found = [facts for event, _, facts in ledger_rows(session) if event == "account_granted" and NEW in facts]
            return session.contract, bool(found)

        contract, evidence = opens(office, granted, "S-0001")
        has_slot = NEW in read_slots(office.folder.vault_slots(contract)).slots
        assert evidence or not has_slot
        assert has_slot or not answered
        if has_slot:
            opens(office, lambda session: None, NEW)

    told(crash(Case(copies(newcomer, tmp_path), ask, holds), KILLS))


def test_the_room_killed_while_an_account_is_made_leaves_none_without_evidence(
    _template: Path, tmp_path: Path, told: Told
) -> None:
    def ask(room: Any) -> object:
        room.call(SignIn("S-0001", PASSWORD))
        return _newcomer()

    def holds(office: Office, answered: bool) -> None:
        def known(session: Any) -> tuple[bool, bool]:
            evidence = [facts for _, _, facts in ledger_rows(session) if f'"{NEW}"' in facts]
            return session.accounts.find(NEW) is not None, bool(evidence)

        account, evidence = opens(office, known, "S-0001")
        assert evidence or not account
        assert account or not answered
        if account:
            _comes_to_the_door(office)

    told(crash(Case(copies(_template, tmp_path), ask, holds), KILLS))


def _comes_to_the_door(office: Office) -> None:
    """The new account's password is right: what is refused then is only what is not there yet."""
    try:
        perform(office.door(), SignIn(NEW, PASSWORD))
    except Problem as refused:
        assert refused.code not in ("door.wrong_password", "door.unknown", "storage.accounts_old"), refused.code


def test_the_room_killed_while_it_seals_and_locks_raises_no_alarm(july: Path, tmp_path: Path, told: Told) -> None:
    def ask(room: Any) -> object:
        room.call(SignIn("S-0142", PASSWORD))
        room.call(OpenCard("D0001", JULY))
        room.call(SaveDay("D0001", JULY, 1, DayState.KEYED, 4001))
        return SignOut("lock")

    def holds(office: Office, answered: bool) -> None:
        days, seals = opens(office, lambda session: (card_days(session), _events(session, "seal")))
        assert days[1] == 4001
        assert len(seals) >= (4 if answered else 3)

    told(crash(Case(copies(july, tmp_path), ask, holds), KILLS))


def _events(session: Any, event: str) -> list[str]:
    return [facts for name, _, facts in ledger_rows(session) if name == event]


def test_a_room_that_is_not_killed_answers_and_ends(july: Path, tmp_path: Path) -> None:
    """The other tests would pass with a room that does nothing: this one would not."""
    office = copies(july, tmp_path)()
    with forked(office) as room:
        room.call(SignIn("S-0142", PASSWORD))
        room.call(OpenCard("D0001", JULY))
        assert room.call(SaveDay("D0001", JULY, 1, DayState.KEYED, 4321)).total == 4321
        room.to.close()
        with pytest.raises(wire.Closed):
            wire.read_frame(room.back)
    assert opens(office, card_days)[1] == 4321

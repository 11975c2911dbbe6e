"""The room as a program of its own, through the client that the window uses."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import walkdesk
from tests.conftest import PASSWORD, Office
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Changes, Done, Progress
from walkdesk.messages.contracts import LookAtContract
from walkdesk.messages.door import LookAtOffice, OfficeFront, SetPracticeDate, SetUpOffice, SignedIn, SignIn, SignOut
from walkdesk.messages.people import ListPeople, RegisterPerson
from walkdesk.messages.reception import CommitImport, ListParticipants, PreviewImport
from walkdesk.resources.texts import Texts
from walkdesk.room import wire
from walkdesk.room.client import Client, room_command
from walkdesk.storage.office import OfficeLock

PATIENCE = 60
"""Seconds until a test that waits for the room gives up."""


@contextlib.contextmanager
def room(office: Office, **more: Any) -> Iterator[Client]:
    """A running room, ended at the end."""
    client = Client(office.folder.path, [office.tokens], **more)
    try:
        yield client
    finally:
        client.close()


def answer_of(client: Client, message: object) -> Future[Any]:
    """The answer to come."""
    future: Future[Any] = Future()
    client.ask(message, future.set_result)
    return future


def is_free(office: Office) -> bool:
    """Whether no program holds the office."""
    try:
        OfficeLock(office.folder).release()
    except Problem:
        return False
    return True


def ward_list(path: Path, rows: int) -> Path:
    """A ward's list of invented people."""
    lines = ["受付番号,氏名,郵便番号,住所,年齢,性別,電話番号"]
    for number in range(rows):
        name = "".join("赤青緑黒白金銀東西南北"[(number // 11**place) % 11] for place in range(5))
        lines.append(f"D{number + 1:05d},{name} 一,1600001,東京都新宿区片町{number % 90 + 1}番1号,61,女,")
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    return path


def test_a_whole_visit_and_the_office_is_free_afterwards(office: Office) -> None:
    changed: list[Changes] = []
    with room(office, on_changes=changed.append) as client:
        assert client.call(LookAtOffice()) == OfficeFront(True, True, ("K-01",))
        with pytest.raises(Problem) as refused:
            client.call(SignIn("S-0001", "まちがった合言葉です"))
        assert Texts("ja").problem(refused.value).startswith("パスワードが違います")
        assert Texts("en").problem(refused.value)
        came = client.call(SignIn("S-0001", PASSWORD))
        assert isinstance(came, SignedIn) and came.entered is not None and came.waiting is None
        with pytest.raises(Problem) as backwards:
            client.call(SetPracticeDate(date(2018, 1, 1)))
        assert backwards.value.values == {"today": date(2018, 5, 14)}
        assert client.call(LookAtContract()).card.number == "30-HP-0001"
        client.call(RegisterPerson("D-0001", "野口 葵", "当日係員", None, False, date(2018, 5, 14)))
        assert any("people" in one.areas for one in changed)
        assert len(client.call(ListPeople()).people) == 6
        assert not is_free(office)
    assert is_free(office)
    with OrmBook(office) as events:
        assert events[-2:] == ["seal", "locked"]


class OrmBook:
    """The events of the ledger, read by another sign-in."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def __enter__(self) -> list[str]:
        session = self._office.sign_in("W-0001")
        assert session.book is not None
        with session.book.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT event FROM ledger ORDER BY sequence").scalars().all()
        session.close()
        # Without what this very sign-in wrote.
        assert rows[-1] == "signed_in"
        return [str(row) for row in rows[:-1] if row != "door_events_taken"]

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def test_signing_out_ends_the_room(office: Office) -> None:
    ended = threading.Event()
    with room(office, on_end=ended.set) as client:
        client.call(SignIn("S-0142", PASSWORD))
        assert isinstance(client.call(SignOut("lock")), Done)
        assert ended.wait(PATIENCE)
        with pytest.raises(Problem, match=r"shell\.room_gone"):
            client.call(ListPeople())
        assert is_free(office)


def test_a_long_import_can_be_cancelled_and_leaves_nothing(office: Office, tmp_path: Path) -> None:
    path = ward_list(tmp_path / "list.csv", 4000)
    with room(office) as client:
        client.call(SignIn("S-0142", PASSWORD))
        preview = client.call(PreviewImport("ward_list", str(path)))
        assert preview.accepted + preview.doubtful == 4000
        steps: list[Progress] = []
        heard = threading.Event()

        def on_progress(progress: Progress) -> None:
            steps.append(progress)
            heard.set()

        future: Future[Any] = Future()
        number = client.ask(CommitImport(preview.ticket, "区の名簿"), future.set_result, on_progress)
        assert heard.wait(PATIENCE)
        client.cancel(number)
        answer = future.result(PATIENCE)
        assert isinstance(answer, Problem) and answer.code == "shell.cancelled"
        assert steps[0] == Progress(0, 4000, "import") and len(steps) < 9
        assert client.call(ListParticipants()).total == 0
        queued = [answer_of(client, ListPeople()) for _ in range(3)]
        late = client.ask(ListPeople(), lambda _: None)
        client.cancel(late)
        client.cancel(number)  # long answered: nothing happens
        assert all(len(one.result(PATIENCE).people) == 5 for one in queued)


def test_a_second_room_on_the_same_office_says_so(office: Office) -> None:
    with contextlib.ExitStack() as rooms:
        first = rooms.enter_context(room(office))
        assert isinstance(first.call(LookAtOffice()), OfficeFront)
        second = rooms.enter_context(room(office))
        for message in (LookAtOffice(), SignIn("S-0001", PASSWORD)):
            with pytest.raises(Problem, match=r"storage\.office_in_use"):
                second.call(message)
        assert isinstance(first.call(LookAtOffice()), OfficeFront)


def test_a_room_stands_ready_and_takes_the_office_with_its_first_question(office: Office) -> None:
    with room(office) as ready:
        with room(office) as first:
            assert isinstance(first.call(LookAtOffice()), OfficeFront)
            assert not is_free(office)
        assert is_free(office)
        assert isinstance(ready.call(SignIn("S-0142", PASSWORD)), SignedIn)
        assert not is_free(office)
    assert is_free(office)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_killed_room_is_told_and_the_next_one_opens(office: Office) -> None:
    ended = threading.Event()
    with room(office, on_end=ended.set) as client:
        client.call(SignIn("S-0142", PASSWORD))
        os.kill(client.pid, signal.SIGSTOP)
        waiting = answer_of(client, ListPeople())
        os.kill(client.pid, signal.SIGKILL)
        answer = waiting.result(PATIENCE)
        assert isinstance(answer, Problem) and answer.code == "shell.room_gone"
        assert ended.wait(PATIENCE)
        later = answer_of(client, ListPeople()).result(PATIENCE)
        assert isinstance(later, Problem) and later.code == "shell.room_gone"
    with room(office) as again:
        assert again.call(SignIn("S-0142", PASSWORD)).entered is not None


def test_an_office_is_set_up_in_a_room(empty_office: Office) -> None:
    message = SetUpOffice(
        "株式会社 歩楽事務センター",
        "東京都新宿区西新宿一丁目1番1号",
        "03-0000-0000",
        "isms",
        "IS-1",
        date(2020, 3, 31),
        "S-0001",
        "田中 康夫",
        "取扱責任者",
        PASSWORD,
        "代表取締役 山田 一郎",
        practice=True,
        practice_date=date(2018, 5, 14),
    )
    with room(empty_office) as client:
        assert not client.call(LookAtOffice()).exists
        assert client.call(message).staff_number == "S-0001"
        with pytest.raises(Problem, match=r"door\.office_exists"):
            client.call(message)
    with room(empty_office) as client:
        assert client.call(SignIn("S-0001", PASSWORD)).office == "株式会社 歩楽事務センター"


# What a child does before and after the room: a hook on every socket, prints at every turn, its own limits at the end.
WATCHED = """
import os, resource, sys, threading
def hook(event, arguments):
    if event == "socket.__new__":
        os.write(2, b"socket %d\\n" % arguments[1])
    if event == "open" and isinstance(arguments[0], str) and arguments[1] and set(arguments[1]) & set("wax+"):
        os.write(2, b"wrote " + arguments[0].encode() + b"\\n")
sys.addaudithook(hook)
from walkdesk.room import __main__ as program, server
real = server.perform
def loud(*given):
    print("between the frames")
    os.write(1, b"x" * 5000)
    sys.stdout.write("more"); sys.stdout.flush()
    return real(*given)
server.perform = loud
code = program.main(sys.argv[1:])
os.write(2, b"\\ncore %d %d\\n" % resource.getrlimit(resource.RLIMIT_CORE))
os.write(2, b"qt %d\\n" % any(name.startswith("PySide6") for name in sys.modules))
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
def test_a_watched_room_opens_no_network_leaves_no_core_and_nothing_printed_breaks_a_frame(office: Office) -> None:
    command = room_command(office.folder.path, [office.tokens])
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHED, *command[3:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(walkdesk.__file__).parents[1],
    )
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(process.stderr.read()))  # type: ignore[union-attr]
    reader.start()
    answers = []
    for number, message in enumerate((LookAtOffice(), SignIn("S-0001", PASSWORD), ListPeople(), SignOut()), start=1):
        wire.write_frame(process.stdin, wire.question(number, message))
        answers.append(wire.decode_answer(wire.read_frame(process.stdout), type(message).__name__))
    assert process.stdout.read() == b""
    process.stdin.close()
    assert process.wait(PATIENCE) == 0
    reader.join(PATIENCE)
    process.stdout.close()
    process.stderr.close()
    assert [answer.number for answer in answers] == [1, 2, 3, 4]
    assert all(answer.problem is None for answer in answers)
    lines = [line for line in told[0].decode().splitlines() if line.startswith(("socket", "core", "qt", "wrote"))]
    sockets = [line for line in lines if line.startswith("socket")]
    assert not sockets
    assert lines[-2] in ("core 1 1", "core 0 0")
    assert lines[-1] == "qt 0"
    wrote = {line.removeprefix("wrote ") for line in lines if line.startswith("wrote")}
    assert {Path(name).name for name in wrote if not name.endswith(".pyc")} <= {"office.lock", "door.log.new"}


def test_the_room_takes_nothing_from_the_folder_where_it_was_started(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sqlalchemy", "walkdesk", "json", "msgspec"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    with room(office) as client:
        assert client.call(LookAtOffice()).exists


def test_noise_on_the_pipe_is_answered_with_a_problem_and_the_room_lives(office: Office) -> None:
    process = subprocess.Popen(
        room_command(office.folder.path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(walkdesk.__file__).parents[1],
    )
    assert process.stdin is not None and process.stdout is not None
    for frame in (b"", b"\xff" * 50, b"\x93\x05\xa6SignIn\x80", b"\x93\x06\xa6Nobody\x80", b"\x91" * 100_000):
        wire.write_frame(process.stdin, frame)
        told = wire.decode_answer(wire.read_frame(process.stdout), "SignIn")
        assert told.problem is not None and told.problem.code.startswith("shell.un")
    wire.write_frame(process.stdin, wire.question(9, LookAtOffice()))
    assert wire.decode_answer(wire.read_frame(process.stdout), "LookAtOffice").answer.exists
    process.stdin.close()
    assert process.wait(PATIENCE) == 0
    process.stdout.close()

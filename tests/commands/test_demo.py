"""The practice year: its people and files, its folder, the search for names, and the whole of it at a small size."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.conftest import CHEAP
from walkdesk.commands.demo import beginning, command, pictures
from walkdesk.commands.demo.checks import check_names
from walkdesk.commands.demo.command import main
from walkdesk.commands.demo.deliveries import app_steps, app_users, as_listed, month_of_cards, ward_list
from walkdesk.commands.demo.folder import MARKER, DemoFolder
from walkdesk.commands.demo.office import PracticeOffice
from walkdesk.commands.demo.people import make_population
from walkdesk.commands.demo.pictures import WindowCamera
from walkdesk.commands.demo.search import ENCODINGS, files_below, patterns_of, search_files, words_of
from walkdesk.commands.demo.stage import END, KEYED_MONTH, START, NoCamera, Stage
from walkdesk.commands.demo.walking import written_card
from walkdesk.domain.dates import Month
from walkdesk.domain.problem import Problem
from walkdesk.exchange import app_steps as app_steps_file
from walkdesk.exchange import app_users as app_users_file
from walkdesk.exchange import paper_cards as paper_cards_file
from walkdesk.exchange import ward_list as ward_list_file
from walkdesk.exchange.people_rows import KnownPeople
from walkdesk.exchange.plan import ImportPlan
from walkdesk.exchange.tables import read_table
from walkdesk.messages.door import SignedIn, SignOut
from walkdesk.resources.texts import Texts
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises, Session
from walkdesk.storage.office import OfficeFolder
from walkdesk.ui.desks import DESKS
from walkdesk.ui.shell.window import MainWindow

TEXTS = Texts("ja")
PAPERS = (
    *("開始届", "調整シート", "テストページ", "参加申込書", "参加案内", "台紙", "宛名ラベル"),
    *("台紙のお知らせ", "刷り直し_台紙のお知らせ", "景品案内", "景品のお届けの書類", "景品のお届けの書類_第2版"),
    *("教育実施記録", "立入り調査票", "立入り調査台帳", "事業実施報告書", "返還・引渡し目録"),
)
"""Every paper that a year leaves."""
PEOPLE = make_population(500)


class RoomInProcess:
    """Answers the window's pages at once."""

    def __init__(self, office: PracticeOffice) -> None:
        self._office = office

    def ask(self, message: object, on_answer: Callable[[Any], None], on_progress: object = None) -> int:
        on_answer(*self._office.ask_all([message]))
        return 0


class OfficeInProcess(PracticeOffice):
    """The practice office without a second process, and with a cheap key derivation: every service is the real one."""

    _session: Session | None = None

    @property
    def client(self) -> Any:
        """What the window's pages ask."""
        return RoomInProcess(self)

    def ask(self, message: object) -> Any:
        if self._session is None:
            folder = OfficeFolder(self.folder.office)
            self._session = Session(Premises(folder, token_roots=[self.folder.usb], cost=CHEAP))
        answer = perform(self._session, message).answer
        if isinstance(answer, SignedIn):
            self.signed_in, self.day = answer, answer.now.date()
        return answer

    def ask_all(self, messages: Iterable[object]) -> list[Any]:
        return [self._told(message) for message in messages]

    def _told(self, message: object) -> Any:
        try:
            return self.ask(message)
        except Problem as problem:
            return problem

    def make_ready(self) -> None:
        """The next room is this process too."""

    def leave(self) -> None:
        self.ask(SignOut())
        self.abandon()

    def abandon(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the demo, with home and temporary folder of its own."""
    leave_alone(tmp_path)
    monkeypatch.setattr(command, "PracticeOffice", OfficeInProcess)
    monkeypatch.setattr(command, "make_camera", lambda office, language: NoCamera())
    for name in ("home", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    return tmp_path / "demo"


def leave_alone(folder: Path) -> None:
    """Files with practice names in a test must not be found by a practice year that runs at the same time."""
    (folder / MARKER).write_text('{"walkdesk-demo": 1}', encoding="utf-8")


def verdicts(plan: ImportPlan[Any]) -> tuple[int, int, int]:
    return len(plan.accepted), plan.doubtful_rows, len(plan.refused)


# People and their files.


def test_the_same_number_of_people_is_always_the_same_people() -> None:
    assert make_population(40) == make_population(40)
    assert make_population(40) != make_population(40, seed=7)


def test_half_have_cards_and_half_the_app_and_nobody_is_there_twice() -> None:
    assert (len(PEOPLE.card), len(PEOPLE.app)) == (250, 250)
    for values in ("number", "name", "address"):
        assert not [one for one, count in Counter(getattr(p, values) for p in PEOPLE.everybody).items() if count > 1]


def test_names_that_systems_break_are_among_them() -> None:
    names = "".join(person.name for person in PEOPLE.card)
    for hard in ("𠮷", "髙", "辻\U000e0100", "葛\U000e0100", "GARCÍA"):
        assert hard in names
    assert max(len(person.name) for person in PEOPLE.app) > 20


def test_the_ward_list_is_read_with_the_verdicts_that_it_should_get() -> None:
    delivery = ward_list(PEOPLE)
    table = read_table(delivery.data)
    plan = ward_list_file.read(table, KnownPeople.of([]))
    assert table.encoding == "cp932" and b"\r\n" in delivery.data
    assert verdicts(plan) == (delivery.accepted, delivery.doubtful, delivery.refused) == (250, 7, 4)
    assert {refused.reason.code for refused in plan.refused} == {
        "reception.under_age",
        "reception.name_missing",
        "reception.number_twice",
        "reception.outside_ward",
    }
    right = {person.number: as_listed(person.name) for person in PEOPLE.card}
    assert {row.number: row.name for row in plan.accepted} == right


def test_the_app_list_keeps_every_character() -> None:
    delivery = app_users(PEOPLE)
    table = read_table(delivery.data)
    plan = app_users_file.read(table, KnownPeople.of([]), START, END)
    assert table.encoding == "utf-8-sig"
    assert verdicts(plan) == (delivery.accepted, 0, delivery.refused) == (250, 0, 3)
    assert [row.name for row in plan.accepted] == [person.name for person in PEOPLE.app]


def test_a_month_of_app_steps_is_read_but_for_the_stranger() -> None:
    delivery = app_steps(PEOPLE.app, Month(2019, 2))
    numbers = {person.number for person in PEOPLE.app}
    plan = app_steps_file.read(read_table(delivery.data), Month(2019, 2), numbers, START, END)
    assert verdicts(plan) == (delivery.accepted, 0, 1)


@pytest.mark.parametrize("month", [Month(2018, 6), KEYED_MONTH, Month(2019, 2)])
def test_a_month_of_cards_is_read_and_wrong_sums_are_doubtful(month: Month) -> None:
    delivery = month_of_cards([written_card(person, month) for person in PEOPLE.card], month)
    plan = paper_cards_file.read(read_table(delivery.data), month, {person.number for person in PEOPLE.card})
    assert verdicts(plan) == (250, delivery.doubtful, 0)
    assert delivery.doubtful > 0


def test_some_cards_of_the_keyed_month_have_an_unreadable_day() -> None:
    cards = [written_card(person, KEYED_MONTH, marks=True) for person in PEOPLE.card]
    marked = [card for card in cards if card.unreadable]
    assert 3 <= len(marked) <= 15
    assert all(card.days[day - 1] for card in marked for day in card.unreadable)


def test_no_file_of_the_program_holds_the_name_of_a_practice_participant() -> None:
    """Else a copy of the program in the home folder would look as if somebody's name had been left there."""
    root = Path(__file__).parents[2]
    files = [path for part in ("resources", "tests", "walkdesk") for path in (root / part).rglob("*") if path.is_file()]
    texts = [path for path in files if path.suffix in (".py", ".toml", ".csv", ".md", ".html")]
    assert len(texts) > 100
    assert not search_files(patterns_of(words_of(PEOPLE.named)), texts).found


# The folder.


def test_a_foreign_folder_is_refused_and_left_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "家計簿.txt").write_text("大切", encoding="utf-8")
    assert main([str(tmp_path)], TEXTS) == 2
    assert "何も変えていません" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["家計簿.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("", encoding="utf-8")
    assert main([str(tmp_path / "demo")], TEXTS) == 2


@pytest.mark.parametrize("arguments", [["--people", "9"], ["--people", "many"], ["--wide"], ["a", "b"]])
def test_a_question_that_is_not_understood_changes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments, TEXTS) == 2
    assert not list(tmp_path.iterdir())


def test_the_own_folder_is_cleared_but_for_what_somebody_put_beside_it(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    folder.prepare()
    (folder.office / "office.db").write_bytes(b"old")
    (folder.path / "memo.txt").write_text("mine", encoding="utf-8")
    folder.prepare()
    assert not list(folder.office.iterdir())
    assert (folder.path / "memo.txt").read_text(encoding="utf-8") == "mine"


def test_a_link_in_place_of_a_part_is_not_followed(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    folder.prepare()
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept.txt").write_text("kept", encoding="utf-8")
    folder.papers.rmdir()
    folder.papers.symlink_to(other)
    folder.prepare()
    assert (other / "kept.txt").exists() and not folder.papers.is_symlink()


def test_a_folder_that_only_looks_like_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("[]", encoding="utf-8")
    with pytest.raises(Problem) as refused:
        DemoFolder(tmp_path).prepare()
    assert refused.value.code == "demo.foreign"


# The search for names.


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_finds_everybody_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    leave_alone(tmp_path)
    people = PEOPLE.named[::17]
    patterns = patterns_of(words_of(people))
    for person in people:
        if not person.name:
            continue
        path = tmp_path / "file.bin"
        path.write_bytes(b"\x00\x93" + as_listed(person.name).encode(encoding) + b"\xff")
        assert search_files(patterns, [path]).found == [path], person.number


def test_the_search_finds_a_phone_and_sees_nothing_in_noise(tmp_path: Path) -> None:
    leave_alone(tmp_path)
    phone = next(person.phone for person in PEOPLE.card if person.phone)
    patterns = patterns_of(words_of(PEOPLE.named))
    (tmp_path / "log.txt").write_text(f"x{phone.replace('-', '')}x", encoding="utf-8")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 2000)
    assert search_files(patterns, files_below(tmp_path)).found == [tmp_path / "log.txt"]


def test_the_search_leaves_out_what_it_is_told_and_other_practice_folders(tmp_path: Path) -> None:
    DemoFolder(tmp_path / "another").prepare()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.pdf").write_bytes(b"a")
    (tmp_path / "seen.txt").write_bytes(b"b")
    assert list(files_below(tmp_path, but=[tmp_path / "papers"])) == [tmp_path / "seen.txt"]


# The year.


def test_a_small_year_passes_every_check_after_one_that_broke_off(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    # Its own temporary and home folders: other tests write names into the real ones at the same time.
    outside = small.parent / "outside"
    outside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(outside))
    monkeypatch.setenv("HOME", str(outside))
    with monkeypatch.context() as broken:
        broken.setattr(beginning, "OpenContract", lambda: None)
        assert main([str(small), "--no-window", "--people", "10"], TEXTS) == 1
    assert "途中で止まりました" in capsys.readouterr().out and (small / "papers" / "開始届.pdf").exists()

    pictured = set()
    go = MainWindow.go

    def seen(window: MainWindow, desk: str, **place: Any) -> None:
        pictured.add(desk)
        go(window, desk, **place)

    monkeypatch.setattr(MainWindow, "go", seen)
    monkeypatch.setattr(command, "make_camera", WindowCamera)
    monkeypatch.setattr(pictures, "TURN", 1)  # this room answers at once
    assert main([str(small), "--people", "10"], TEXTS) == 0
    said = capsys.readouterr().out
    assert "✗" not in said and said.count("✓") > 50
    assert {f"{name}.pdf" for name in PAPERS} == {path.name for path in (small / "papers").iterdir()}
    assert pictured == {desk.key for desk in DESKS}
    plain, large = (QImage(str(small / "screens" / f"09-cards{ending}.png")).size() for ending in ("", "-200"))
    assert (plain.width(), plain.height(), large.width()) == (1280, 800, 2560)


def test_a_page_that_fails_is_a_trouble_and_not_the_end(small: Path, qapp: object) -> None:
    folder = DemoFolder(small)
    folder.prepare()
    camera = WindowCamera(OfficeInProcess(folder), "ja")
    camera.take("nobody-is-in", "today")
    camera.take_door("a-field-that-is-not-there", fill={"shoe_size": "27"})
    assert camera.troubles == ["nobody-is-in: door.not_signed_in", "a-field-that-is-not-there: LookupError"]
    camera.close()


def test_a_name_that_was_left_behind_is_noticed(small: Path) -> None:
    folder, population = DemoFolder(small), make_population(12)
    folder.prepare()
    stage = Stage(folder, OfficeInProcess(folder), population, lambda step, **values: None)
    stage.facts.seen = 1
    assert all(finding.holds for finding in check_names(stage, 0.0))
    for place in (small.parent / "home", small.parent / "temp", folder.office):
        (place / "memo.txt").write_text(f"{population.app[2].name} さんに電話", encoding="cp932")
        assert [finding.holds for finding in check_names(stage, 0.0)].count(False) == 1
        (place / "memo.txt").unlink()


@pytest.mark.long
def test_the_whole_year_passes_through_the_room(tmp_path: Path) -> None:
    assert main([str(tmp_path / "demo"), "--no-window", "--people", "12"], TEXTS) == 0

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from walkdesk.commands import doctor
from walkdesk.commands.doctor import Check, State
from walkdesk.resources.texts import LANGUAGES, Texts

TODAY = date(2026, 7, 1)

EVERY_FINDING = [
    doctor.fonts([]),
    doctor.fonts(["IPAmj明朝"]),
    doctor.printer(None),
    doctor.printer([]),
    doctor.printer(["office"]),
    doctor.cipher("4.19.0 community", frozen=False),
    doctor.cipher(None, frozen=False),
    doctor.cipher(None, frozen=True),
    doctor.encryption(True),
    doctor.encryption(False),
    doctor.encryption(None),
    doctor.space(0),
    doctor.space(5 * 1024**3),
    doctor.clock(TODAY),
    doctor.clock(date(1970, 1, 1)),
    doctor.permissions(None, windows=False),
    doctor.permissions(stat.S_IFDIR | 0o700, windows=False),
    doctor.permissions(stat.S_IFDIR | 0o755, windows=False),
    doctor.permissions(stat.S_IFDIR | 0o777, windows=True),
    doctor.qt("6.11.3"),
    doctor.qt("6.12.0"),
    doctor.qt(None),
    doctor.core_dumps(0, "core"),
    doctor.core_dumps(-1, "core"),
    doctor.core_dumps(0, "|/usr/lib/systemd/systemd-coredump %P"),
    doctor.core_dumps(None, None),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence_and_no_sentence_is_left_over(language: str) -> None:
    texts = Texts(language)
    keys = texts.keys()
    lines = [doctor.line(check, texts) for check in EVERY_FINDING]
    assert not [text for text in lines if "{" in text]
    said = {f"doctor.{check.subject}.{check.finding}" for check in EVERY_FINDING}
    said |= {f"doctor.{check.subject}.name" for check in EVERY_FINDING}
    said |= {f"doctor.mark.{state.value}" for state in State}
    said |= {"doctor.title", "doctor.all_good", "doctor.look_at"}
    assert said == {key for key in keys if key.startswith("doctor.")}


def test_the_line_says_mark_name_and_advice() -> None:
    text = doctor.line(doctor.permissions(stat.S_IFDIR | 0o755, windows=False), Texts("ja"))
    assert text.startswith("[見てください] 事務所のフォルダー: ")
    assert "755" in text


@pytest.mark.parametrize(
    ("free", "state"), [(2 * 1024**3, State.GOOD), (2 * 1024**3 - 1, State.LOOK), (0, State.LOOK)]
)
def test_two_gibibytes_are_enough(free: int, state: State) -> None:
    assert doctor.space(free).state is state


@pytest.mark.parametrize(
    ("year", "state"),
    [
        (doctor.BUILD_YEAR - 1, State.LOOK),
        (doctor.BUILD_YEAR, State.GOOD),
        (doctor.BUILD_YEAR + 10, State.GOOD),
        (doctor.BUILD_YEAR + 11, State.LOOK),
    ],
)
def test_a_year_before_the_program_or_long_after_it_is_looked_at(year: int, state: State) -> None:
    assert doctor.clock(date(year, 6, 1)).state is state


@pytest.mark.parametrize("mode", [0o740, 0o710, 0o704, 0o701, 0o777])
def test_any_right_of_another_user_is_looked_at(mode: int) -> None:
    assert doctor.permissions(stat.S_IFDIR | mode, windows=False).state is State.LOOK


@pytest.mark.parametrize("version", ["6.12.0", "6.12.1", "6.10.2", "7.11.0"])
def test_only_the_pinned_qt_is_good(version: str) -> None:
    assert doctor.qt(version).state is State.LOOK
    assert doctor.qt("6.11.3").state is State.GOOD


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"findmnt": "/dev/mapper/home", "lsblk": "lvm\ncrypt\npart\ndisk"}, True),
        ({"findmnt": "/dev/sda2[/@home]", "lsblk": "part\ndisk"}, False),
        ({"findmnt": "overlay", "lsblk": "crypt"}, None),
        ({"findmnt": "/dev/sda2", "lsblk": None}, None),
        ({"findmnt": None}, None),
    ],
)
def test_linux_says_whether_encryption_lies_below_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answers: dict[str, str | None], expected: bool | None
) -> None:
    asked: list[tuple[str, ...]] = []

    def ask(*command: str) -> str | None:
        asked.append(command)
        return answers[command[0]]

    monkeypatch.setattr(doctor.sys, "platform", "linux")
    monkeypatch.setattr(doctor, "ask", ask)
    assert doctor.encrypted(tmp_path) is expected
    assert all(command[-1] in (str(tmp_path), "/dev/mapper/home", "/dev/sda2") for command in asked)


def test_a_program_that_is_not_there_or_fails_gives_no_answer() -> None:
    assert doctor.ask("no-such-program-on-this-pc") is None
    assert doctor.ask(sys.executable, "-c", "print('x'); raise SystemExit(1)") is None
    assert doctor.ask(sys.executable, "-c", "print('x')") == "x"


def test_no_printing_system_is_told_from_no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert doctor.printers() is None
    monkeypatch.setattr(doctor.shutil, "which", lambda name: "/usr/bin/lpstat")
    monkeypatch.setattr(doctor, "ask", lambda *command: None)
    assert doctor.printers() == []
    monkeypatch.setattr(doctor, "ask", lambda *command: "office\nhall")
    assert doctor.printers() == ["office", "hall"]


def test_this_pc_is_read_whole_for_an_office_that_is_not_there_yet(tmp_path: Path) -> None:
    found = {check.subject: check for check in doctor.checks(tmp_path / "not" / "yet", TODAY)}
    assert [*found] == [*dict.fromkeys(check.subject for check in EVERY_FINDING)]
    assert found["permissions"].finding == "absent"
    assert found["fonts"].state is State.GOOD
    assert found["cipher"].state is State.GOOD
    assert str(found["cipher"].values["version"]).startswith("4.")
    assert found["qt"].state is State.GOOD
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize(
    ("found", "code", "last"),
    [
        ([doctor.clock(TODAY), doctor.encryption(None)], 0, "見ていただくところはありません。"),
        ([doctor.clock(TODAY), doctor.space(0)], 1, "見ていただくところが 1 件あります。"),
    ],
)
def test_the_exit_code_counts_what_to_look_at_and_not_what_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    found: list[Check],
    code: int,
    last: str,
) -> None:
    monkeypatch.setattr(doctor, "checks", lambda office, today: found)
    assert doctor.main(tmp_path, Texts("ja"), TODAY) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(found) + 2
    assert lines[-1] == last

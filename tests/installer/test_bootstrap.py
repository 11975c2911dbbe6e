from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "installer" / "bootstrap.py"
WORKERS = ["-n", "auto", "--dist", "worksteal"]


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def calls(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Every command that would have been started in the open; each one succeeds, and nothing is set up."""
    started: list[tuple[list[str], dict[str, str]]] = []

    def call(command: list[object], variables: dict[str, str], folder: Path) -> int:
        started.append(([str(word) for word in command], dict(variables)))
        return 0

    monkeypatch.setattr(bootstrap, "call", call)
    monkeypatch.setattr(bootstrap, "set_up", lambda libraries, tools: None)
    return started


def test_it_starts_with_nothing_but_the_standard_library() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", SCRIPT], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"bootstrap.py run" in done.stdout
    assert done.stderr == b""


def test_a_missing_library_without_root_is_one_line_to_run_and_exit_2(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libno-such-thing.so.9": "libno-such-thing9"})
    monkeypatch.setattr(bootstrap, "can_install", lambda: False)
    monkeypatch.setattr(bootstrap, "install_packages", lambda: pytest.fail("nothing may be installed"))
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    assert bootstrap.main(["run"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("apt-get update && apt-get install -y --no-install-recommends ")
    assert "libno-such-thing9" in lines[-1].split()


def test_the_test_tools_are_asked_for_by_test_only(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "TEST_TOOLS", {"no-such-tool": "no-such-package"})
    monkeypatch.setattr(bootstrap, "can_install", lambda: False)
    monkeypatch.setattr(bootstrap, "installed_stamp", lambda: bootstrap.stamp_of(bootstrap.LOCK))
    monkeypatch.setattr(bootstrap, "call", lambda *_: 0)
    monkeypatch.setattr(bootstrap, "DISPLAY_LIBRARIES", {})
    assert bootstrap.main(["test"]) == 2
    assert "no-such-package" in capsys.readouterr().err
    assert bootstrap.main(["run"]) == 0


def test_root_installs_what_is_missing_and_looks_again(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["libgl1", "qpdf"], []])
    commands: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "missing_packages", lambda libraries, tools, with_pip: next(answers))
    monkeypatch.setattr(bootstrap, "can_install", lambda: True)
    monkeypatch.setattr(bootstrap, "quietly", lambda command, variables: commands.append(list(command)))
    bootstrap.set_up_system({}, {}, with_pip=False)
    assert [command[:2] for command in commands] == [["apt-get", "update"], ["apt-get", "install"]]
    assert commands[1][-2:] == ["libgl1", "qpdf"]
    assert "--no-install-recommends" in commands[1]
    assert list(answers) == []


def test_a_package_that_stays_missing_after_its_installation_stops_the_set_up(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "missing_packages", lambda libraries, tools, with_pip: ["fonts-gone"])
    monkeypatch.setattr(bootstrap, "can_install", lambda: True)
    monkeypatch.setattr(bootstrap, "quietly", lambda command, variables: None)
    with pytest.raises(bootstrap.SetupError, match="fonts-gone"):
        bootstrap.set_up_system({}, {}, with_pip=False)


def test_pip_is_asked_for_only_when_packages_are_to_be_installed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_pip", lambda: False)
    assert bootstrap.missing_packages({}, {}, with_pip=True) == ["python3-pip"]
    assert bootstrap.missing_packages({}, {}, with_pip=False) == []


def test_the_python_that_builds_the_venv_is_not_the_one_inside_it(bootstrap: ModuleType) -> None:
    assert bootstrap.VENV not in Path(bootstrap.HOST_PYTHON).parents
    assert Path(bootstrap.HOST_PYTHON).is_file()


def test_a_command_that_fails_shows_what_it_said(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.SetupError, match="the reason"):
        bootstrap.quietly([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], os.environ)


def test_a_display_opens_the_window_with_the_words_that_were_given(
    bootstrap: ModuleType, calls: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda variables: True)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert bootstrap.main(["run", "--office", "somewhere"]) == 0
    [(command, variables)] = calls
    assert command[1:] == ["-m", "walkdesk", "--office", "somewhere"]
    assert "QT_QPA_PLATFORM" not in variables


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["demo", "--no-window"]),
        (["--office", "somewhere"], ["demo", "--no-window"]),
        (["verify", "certificate.json"], ["verify", "certificate.json"]),
    ],
)
def test_without_a_display_the_practice_year_or_the_named_command_runs_offscreen(
    bootstrap: ModuleType,
    calls: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    expected: list[str],
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda variables: False)
    assert bootstrap.main(["run", *words]) == 0
    [(command, variables)] = calls
    assert command[1:] == ["-m", "walkdesk", *expected]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True)],
)
def test_a_display_is_what_the_environment_names(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    assert bootstrap.has_display(variables) is shown


def test_the_everyday_test_leaves_the_long_ones_out_and_passes_words_to_pytest(
    bootstrap: ModuleType, calls: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WALKDESK_LONG", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert bootstrap.main(["test", "-k", "fonts"]) == 0
    commands = [command for command, _ in calls]
    assert commands[0][1:] == ["-m", "pytest", *WORKERS, "-m", "not long", "-k", "fonts"]
    assert [Path(command[-1]).stem for command in commands[2:]] == ["mypy", "lint-imports"]
    assert commands[1][1:] == ["-m", "ruff", "check", "."]
    assert all(variables["QT_QPA_PLATFORM"] == "offscreen" for _, variables in calls)
    assert not any({"WALKDESK_LONG", "PYTHONDONTWRITEBYTECODE"} & set(variables) for _, variables in calls)


def test_the_long_test_takes_all_and_runs_the_figures_when_they_exist(
    bootstrap: ModuleType,
    calls: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(bootstrap, "PROJECT", tmp_path)
    assert bootstrap.main(["test", "--long"]) == 0
    assert not any("tests.benchmarks" in command for command, _ in calls)
    (tmp_path / "tests" / "benchmarks").mkdir(parents=True)
    (tmp_path / "tests" / "benchmarks" / "__main__.py").touch()
    calls.clear()
    assert bootstrap.main(["test", "--long"]) == 0
    assert calls[0][0][1:] == ["-m", "pytest", *WORKERS, "--junit-xml", "counts.xml", "-o", "junit_family=xunit1"]
    assert calls[-1][0][1:] == ["-m", "tests.benchmarks", "--counts", "counts.xml", "--json", "figures.json"]
    assert all(variables["WALKDESK_LONG"] == "1" for _, variables in calls)


def test_counts_of_an_earlier_run_are_never_taken_for_those_of_this_one(
    bootstrap: ModuleType,
    calls: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(bootstrap, "PROJECT", tmp_path)
    counts = tmp_path / "counts.xml"
    counts.write_text("<testsuites/>")
    bootstrap.main(["test"])
    assert counts.exists()
    bootstrap.main(["test", "--long"])
    assert not counts.exists()


def test_what_watches_files_and_sockets_is_asked_for_by_the_long_test_only(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "LONG_TOOLS", {"no-such-tool": "no-such-package"})
    monkeypatch.setattr(bootstrap, "can_install", lambda: False)
    monkeypatch.setattr(bootstrap, "installed_stamp", lambda: bootstrap.stamp_of(bootstrap.LOCK))
    monkeypatch.setattr(bootstrap, "call", lambda *_: 0)
    assert bootstrap.main(["test"]) == 0
    assert bootstrap.main(["test", "--long"]) == 2
    assert "no-such-package" in capsys.readouterr().err.splitlines()[-1]


def test_one_failed_check_fails_the_whole_and_the_others_still_run(
    bootstrap: ModuleType, calls: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[object]] = []

    def call(command: list[object], variables: dict[str, str], folder: Path) -> int:
        started.append(command)
        return 3 if "ruff" in command else 0

    monkeypatch.setattr(bootstrap, "call", call)
    assert bootstrap.main(["test"]) == 1
    assert len(started) == 4


def test_the_exit_code_of_a_program_ended_by_a_signal_is_not_zero(bootstrap: ModuleType) -> None:
    end = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert bootstrap.call([sys.executable, "-c", end], os.environ, PROJECT) == 128 + 15


def test_the_venv_is_built_again_only_when_the_lock_changed_or_its_python_is_gone(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock, python, stamp = tmp_path / "requirements.lock", tmp_path / "python", tmp_path / "stamp"
    for name, path in (("LOCK", lock), ("PYTHON", python), ("STAMP", stamp)):
        monkeypatch.setattr(bootstrap, name, path)
    monkeypatch.setattr(bootstrap, "set_up_system", lambda libraries, tools, with_pip: None)
    built: list[str] = []

    def install_packages() -> None:
        python.touch()
        stamp.write_text(bootstrap.stamp_of(lock) + "\n")
        built.append(lock.read_text())

    monkeypatch.setattr(bootstrap, "install_packages", install_packages)
    for text in ("one", "one", "two", "two"):
        lock.write_text(text)
        bootstrap.set_up({}, {})
    assert built == ["one", "two"]
    python.unlink()
    bootstrap.set_up({}, {})
    assert built == ["one", "two", "two"]


def test_a_broken_installation_leaves_no_stamp(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(command: object, variables: object) -> None:
        raise bootstrap.SetupError("no network")

    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(bootstrap, "quietly", fail)
    with pytest.raises(bootstrap.SetupError):
        bootstrap.install_packages()
    assert not (tmp_path / "stamp").exists()


def test_a_wheelhouse_is_the_only_source_when_it_is_there(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "WHEELHOUSE", tmp_path / "wheelhouse")
    assert "--no-index" not in bootstrap.pip_arguments()
    (tmp_path / "wheelhouse").mkdir()
    words = bootstrap.pip_arguments()
    assert words[words.index("--find-links") + 1] == tmp_path / "wheelhouse"
    assert {"--no-index", "--require-hashes", "--only-binary=:all:"} <= set(words)


def test_the_lock_pins_every_part_by_hash_and_names_no_place() -> None:
    lines = [line for line in lock_text().splitlines() if line and not line.startswith("#")]
    assert not [line for line in lines if re.search(r"://|file:|(^|\s)[-/](?!-hash=)", line)]
    pins = [number for number, line in enumerate(lines) if "==" in line]
    assert pins
    assert all(lines[number + 1].strip().startswith("--hash=sha256:") for number in pins)


def test_the_lock_serves_every_requirement_of_the_project() -> None:
    with (PROJECT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    pinned = {name.lower(): version for name, version in re.findall(r"(?m)^([\w.-]+)==([\w.]+)", lock_text())}
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


def lock_text() -> str:
    return (PROJECT / "requirements.lock").read_text(encoding="utf-8")

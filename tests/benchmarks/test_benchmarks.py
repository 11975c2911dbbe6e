"""The runner of the figures: what it prints, what it writes, and when it says that a limit is broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as runner
from tests.benchmarks import entries
from tests.benchmarks.bench import Bench
from tests.benchmarks.counts import count, counted
from tests.benchmarks.entries import ENTRIES, chosen, load, measures
from tests.conftest import CHEAP


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A registry with three figures of this test."""
    load()
    monkeypatch.setattr(entries, "MODULES", ())
    kept = dict(ENTRIES)
    ENTRIES.clear()
    measures("shoe.sole", "mm", "a ruler", at_most=10)(lambda _bench: (9.0, "left foot"))
    measures("shoe.lace", "cm", "a thread", at_least=100)(lambda _bench: 90.0)
    measures("hat.brim", "cm", "a ruler", at_most=5)(lambda bench: bench.people / 0)
    yield
    ENTRIES.clear()
    ENTRIES.update(kept)


@pytest.mark.usefixtures("known")
def test_a_table_is_printed_and_the_same_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    assert runner.main(["shoe.sole", "--json", str(file)]) == 0
    assert json.loads(file.read_text()) == [
        {"name": "shoe.sole", "value": 9, "unit": "mm", "limit": "<= 10", "holds": True, "how": "a ruler; left foot"}
    ]
    assert "shoe.sole" in capsys.readouterr().out


@pytest.mark.usefixtures("known")
def test_a_broken_limit_and_a_broken_measurement_are_told_and_the_others_still_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert runner.main(["--json", str(file)]) == 1
    found = {figure["name"]: (figure["value"], figure["holds"]) for figure in json.loads(file.read_text())}
    assert found == {"shoe.sole": (9, True), "shoe.lace": (90, False), "hat.brim": (None, False)}
    assert runner.main(["shoe.lace"]) == 1
    assert runner.main(["hat"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


@pytest.mark.usefixtures("known")
def test_a_domain_word_names_all_its_figures_and_an_unknown_one_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert [entry.name for entry in chosen(["shoe"])] == ["shoe.sole", "shoe.lace"]
    assert [entry.name for entry in chosen(["hat.brim", "shoe.lace"])] == ["shoe.lace", "hat.brim"]
    assert runner.main(["sho"]) == 2
    assert runner.main(["--list", "hat"]) == 0
    assert capsys.readouterr().out.startswith("hat.brim  [cm]")


@pytest.mark.usefixtures("known")
def test_what_tests_counted_is_added_up_and_held_against_its_limit(tmp_path: Path) -> None:
    properties: list[tuple[str, object]] = []
    for kills in (20, 30):
        count(lambda *pair: properties.append(pair), "crash.kills", kills, "kills", "SIGKILL", at_least=50)
    texts = "".join(f"<property name='{name}' value='{value}'/>" for name, value in properties)
    report = tmp_path / "counts.xml"
    report.write_text(f"<testsuites><properties><property name='other' value='x'/>{texts}</properties></testsuites>")
    (figure,) = counted(report)
    assert (figure.name, figure.value, figure.limit, figure.holds) == ("crash.kills", 50, ">= 50", True)
    assert runner.main(["shoe.sole", "--counts", str(report)]) == 0
    report.write_text(report.read_text().replace('"value": 30', '"value": 29'))
    assert runner.main(["shoe.sole", "--counts", str(report)]) == 1
    assert runner.main(["shoe.sole", "--counts", str(tmp_path / "none.xml")]) == 2


def test_every_figure_of_every_module_is_registered_under_its_word() -> None:
    found = load()
    assert {name.partition(".")[0] for name in found} == set(entries.MODULES)
    assert all(entry.how and entry.unit and (entry.at_most or entry.at_least) for entry in found.values())


def test_the_bench_makes_offices_with_people_through_the_services(tmp_path: Path) -> None:
    bench = Bench(10, tmp_path, CHEAP)
    office = bench.office()
    session = office.sign_in("S-0142")
    assert session.vault is not None
    with session.vault.reading() as connection:
        count_of = connection.exec_driver_sql
        assert count_of("SELECT count(*) FROM participants").scalar_one() == 10
        assert count_of("SELECT count(*) FROM step_months").scalar_one() == 10
    bench.close()

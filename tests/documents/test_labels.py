"""Labels: measured inside every format, from the first free place on, in volumes, cancelled within a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pytest

from tests.documents.facts import MOMENT
from tests.documents.measure import Drawn, around, drawn, words
from tests.documents.test_mail import HARD, PLAIN
from walkdesk.documents.labels import Label, address_area, check_label, label_area, label_volumes, labels_pdf
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import PaperMeta
from walkdesk.domain.layouts import SPARE, LabelFormat, Offset, sheets_needed
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import label_formats

META = PaperMeta("宛名ラベル", "歩楽", MOMENT)
FORMATS = ["a4-12", "a4-18", "a4-21", "a4-24"]
SMALL = label_formats()["a4-24"]


def label(number: int, person: Addressee = PLAIN) -> Label:
    return Label(f"R-0007-{number:03d}", replace(person, number=f"D{number:04d}"))


def people() -> Iterator[Label]:
    """As many as anybody asks for."""
    number = 0
    while True:
        number += 1
        yield label(number)


def on_labels(characters: list[Drawn], on: LabelFormat) -> dict[int, list[Drawn]]:
    """The characters by the label on which their middle lies; 0 for none."""
    found: dict[int, list[Drawn]] = {}
    for one in characters:
        x, y = one.box.left + one.box.width / 2, one.box.top + one.box.height / 2
        for number, place in enumerate(on.places(), 1):
            if place.left <= x < place.right and place.top <= y < place.bottom:
                found.setdefault(number, []).append(one)
                break
        else:
            found.setdefault(0, []).append(one)
    return found


@pytest.mark.parametrize("key", FORMATS)
def test_every_character_is_two_millimetres_inside_its_label_and_where_a_printer_reaches(key: str) -> None:
    on = label_formats()[key]
    cases = list(HARD.values())
    people = [cases[place % len(cases)] for place in range(on.count)]
    fitting = [person for person in people if fits(on, person)]
    labels = [Label(f"R-0007-{place:03d}", person) for place, person in enumerate(fitting, 1)]
    found = on_labels(drawn(labels_pdf(labels, on, META)), on)
    for number, one in enumerate(labels, 1):
        ink = around(found[number])
        assert on.place(number).inset(SPARE).holds(ink)
        assert label_area(on, number).holds(ink)
        assert ink.left >= 5
        assert ink.top >= 5
        assert ink.right <= 205
        assert ink.bottom <= 292
        said = words(found[number]).replace("　", "")
        assert one.serial in said
        for part in (one.addressee.address, one.addressee.building, one.addressee.name):
            assert part.replace(" ", "") in said


def fits(on: LabelFormat, person: Addressee) -> bool:
    try:
        check_label(on, person)
    except Problem:
        return False
    return True


def test_all_but_the_longest_fit_on_every_format() -> None:
    too_long = {
        key: [case for case, person in HARD.items() if not fits(label_formats()[key], person)] for key in FORMATS
    }
    assert too_long == {"a4-12": [], "a4-18": [], "a4-21": [], "a4-24": []}
    endless = replace(PLAIN, building="とても長い建物の名前" * 30)
    assert not any(fits(label_formats()[key], endless) for key in FORMATS)
    with pytest.raises(Problem) as stopped:
        labels_pdf([label(1, endless)], SMALL, META)
    assert (stopped.value.code, stopped.value.values) == ("papers.too_long", {"field": "住所"})


def test_the_address_stays_above_the_serial() -> None:
    for number in range(1, SMALL.count + 1):
        area, above = label_area(SMALL, number), address_area(SMALL, number)
        assert area.holds(above)
        assert area.bottom - above.bottom == pytest.approx(2.8)


def test_a_used_sheet_begins_where_it_has_labels_left() -> None:
    pdf = labels_pdf([label(number) for number in range(1, 7)], SMALL, META, start=20)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == sheets_needed(6, 20, 24) == 2
    assert set(on_labels(drawn(pdf), SMALL)) - {0} == {20, 21, 22, 23, 24}
    assert set(on_labels(drawn(pdf, 1), SMALL)) - {0} == {1}


@pytest.mark.parametrize("start", [0, 25])
def test_a_place_that_the_sheet_does_not_have_is_refused_before_anything_is_drawn(start: int) -> None:
    with pytest.raises(Problem) as stopped:
        label_volumes(people(), SMALL, META, start=start)
    assert stopped.value.code == "printing.start"


def test_no_labels_make_no_paper() -> None:
    with pytest.raises(Problem):
        labels_pdf([], SMALL, META)
    assert list(label_volumes([], SMALL, META)) == []


def test_the_printers_offset_moves_all_labels() -> None:
    plain = around(on_labels(drawn(labels_pdf([label(1)], SMALL, META)), SMALL)[1])
    moved = around(on_labels(drawn(labels_pdf([label(1)], SMALL, replace(META, offset=Offset(2, -1)))), SMALL)[1])
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((2, -1), abs=0.001)


def test_volumes_hold_their_sheets_and_name_them_by_the_first_and_last_person() -> None:
    labels = [label(number) for number in range(1, 61)]
    volumes = list(label_volumes(labels, SMALL, META, sheets_per_volume=2, stamp="取扱者 見本"))
    readers = [pypdf.PdfReader(io.BytesIO(volume)) for volume in volumes]
    assert [len(reader.pages) for reader in readers] == [2, 1]
    assert [[one.title for one in reader.outline] for reader in readers] == [
        ["D0001–D0024", "D0025–D0048"],
        ["D0049–D0060"],
    ]
    titles = [reader.metadata.title for reader in readers if reader.metadata is not None]
    assert titles == ["宛名ラベル", "宛名ラベル（その2）"]
    below = words(on_labels(drawn(volumes[1]), SMALL)[0])
    assert "取扱者" in below
    assert "3枚目" in below
    assert volumes == list(label_volumes(labels, SMALL, META, sheets_per_volume=2, stamp="取扱者 見本"))


class Cancelled(Exception):
    pass


def test_a_run_is_cancelled_within_one_sheet() -> None:
    taken = 0

    def counted() -> Iterator[Label]:
        nonlocal taken
        for one in people():
            taken += 1
            yield one

    told: list[int] = []

    def progress(done: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(label_volumes(counted(), SMALL, META, start=5, progress=progress))
    assert told == [20, 44, 68]
    assert taken == 68


def test_a_volume_is_drawn_only_when_it_is_asked_for() -> None:
    told: list[int] = []
    volumes = label_volumes(people(), SMALL, META, sheets_per_volume=1, progress=told.append)
    assert told == []
    next(volumes)
    next(volumes)
    assert told == [24, 48]

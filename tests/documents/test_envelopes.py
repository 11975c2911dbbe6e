"""Envelopes that are printed themselves: address, postcode and sender, each in its place."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from tests.documents.facts import MOMENT
from tests.documents.measure import Drawn, around, drawn, words
from tests.documents.test_mail import HARD, PLAIN
from walkdesk.documents.envelopes import (
    FRAME_BOX,
    Envelope,
    EnvelopeSender,
    check_envelope,
    digit_places,
    envelopes_pdf,
)
from walkdesk.documents.sheet import MM, PaperMeta
from walkdesk.domain.layouts import SPARE, Box, Offset
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import envelope_formats

META = PaperMeta("封筒", "歩楽", MOMENT)
SENDER = EnvelopeSender(
    "株式会社 歩楽事務センター", "健康ポイント事業 事務局", "160-0022", "東京都新宿区新宿9丁目88番7号", "03-0000-0123"
)
KEYS = ["naga3", "kaku2"]


def inside(characters: list[Drawn], box: Box) -> list[Drawn]:
    return [one for one in characters if box.inset(-3).holds(one.box)]


@pytest.mark.parametrize("key", KEYS)
def test_every_character_stands_in_its_place(key: str) -> None:
    on = envelope_formats()[key]
    pdf = envelopes_pdf([Envelope("R-0007-001", person) for person in HARD.values()], on, SENDER, META)
    for page, (case, person) in enumerate(HARD.items()):
        characters = drawn(pdf, page)
        address, sender, postcode = (inside(characters, box) for box in (on.address, on.sender, on.postcode))
        assert len(address) + len(sender) + len(postcode) == len(characters), case
        assert on.address.holds(around(address)), case
        assert Box(0, 0, on.width, on.height).inset(10 + SPARE).holds(around(address)), case
        assert on.sender.holds(around(sender)), case
        said = words(address).replace("　", "")
        for part in (person.address, person.building, f"{person.name}様"):
            assert part.replace(" ", "") in said, case
        assert words(postcode) == person.postcode.replace("-", ""), case
        for part in (
            "160-0022",
            SENDER.address,
            "株式会社歩楽事務センター",
            "03-0000-0123",
            "R-0007-001",
            person.number,
        ):
            assert part in words(sender), case


@pytest.mark.parametrize("key", KEYS)
def test_each_digit_of_the_postcode_stands_in_its_box_of_the_frame(key: str) -> None:
    on = envelope_formats()[key]
    digits = inside(drawn(envelopes_pdf([Envelope("", PLAIN)], on, SENDER, META)), on.postcode)
    for (middle, digit), one in zip(digit_places(on.postcode, PLAIN.postcode), digits, strict=True):
        box = Box(middle - FRAME_BOX / 2, on.postcode.top, FRAME_BOX, on.postcode.height)
        assert one.text == digit
        assert box.inset(0.5).holds(one.box)
        assert 2.4 <= one.box.height <= 6.0


def test_an_envelope_is_a_page_of_its_own_size_with_a_bookmark() -> None:
    on = envelope_formats()["naga3"]
    people = [Envelope(f"R-0007-{n:03d}", replace(PLAIN, number=f"D{n:04d}")) for n in (1, 2)]
    reader = pypdf.PdfReader(io.BytesIO(envelopes_pdf(people, on, SENDER, META)))
    assert [one.title for one in reader.outline] == ["D0001 見本 花子", "D0002 見本 花子"]
    for page in reader.pages:
        assert (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM) == pytest.approx(
            (120, 235), abs=0.01
        )


def test_the_printers_offset_moves_an_envelope() -> None:
    on = envelope_formats()["kaku2"]
    plain, moved = (
        around(drawn(envelopes_pdf([Envelope("", PLAIN)], on, SENDER, replace(META, offset=offset))))
        for offset in (Offset(), Offset(-1, 3))
    )
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((-1, 3), abs=0.001)


def test_what_cannot_be_printed_is_known_before() -> None:
    on = envelope_formats()["naga3"]
    for person in HARD.values():
        check_envelope(on, person)
    for changed, code in (
        ({"building": "とても長い建物の名前" * 60}, "papers.too_long"),
        ({"name": "山\U00031350"}, "papers.unprintable"),
        ({"postcode": "\U00031350"}, "papers.unprintable"),
    ):
        with pytest.raises(Problem) as stopped:
            check_envelope(on, replace(PLAIN, **changed))
        assert stopped.value.code == code


def test_a_sender_that_does_not_fit_stops() -> None:
    sender = replace(SENDER, desk="とても長い部署の名前" * 40)
    with pytest.raises(Problem) as stopped:
        envelopes_pdf([Envelope("", PLAIN)], envelope_formats()["naga3"], sender, META)
    assert (stopped.value.code, stopped.value.values) == ("papers.too_long", {"field": "差出人"})

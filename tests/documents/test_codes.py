"""Check characters and QR codes."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from walkdesk.documents.codes import check_character, participant_code, qr_modules, read_participant_code
from walkdesk.domain.problem import Problem

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_check_character_is_that_of_iso_7064() -> None:
    assert check_character("A12425GABC1234002") == "M"


def test_a_letter_code_holds_contract_and_number_only() -> None:
    code = participant_code("30-HP-0001", "D0118")
    assert code.startswith("30-HP-0001/D0118/")
    assert len(code) == len("30-HP-0001/D0118/") + 1
    assert read_participant_code(code.lower()) == ("30-HP-0001", "D0118")


@given(st.text(ALPHABET, min_size=1, max_size=20), st.data())
def test_one_wrong_character_is_always_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != text[place]]))
    assert check_character(text[:place] + other + text[place + 1 :]) != check_character(text)


@pytest.mark.parametrize("scanned", ["30-HP-0001/D0119/0", "D0118", "", "30-HP-0001/D0118/"])
def test_a_code_that_does_not_check_is_refused(scanned: str) -> None:
    with pytest.raises(Problem) as refused:
        read_participant_code(scanned)
    assert refused.value.code == "papers.code"


@pytest.mark.parametrize("payload", ["30-HP-0001/D0118/Y", "walkdesk:checkpoint:office-1:8412:" + "7" * 26])
def test_a_reader_reads_what_the_rectangles_draw(payload: str) -> None:
    width, rectangles = qr_modules(payload)
    image = Image.new("L", ((width + 8) * 4, (width + 8) * 4), 255)
    for x, y, w, h in rectangles:
        image.paste(0, ((x + 4) * 4, (y + 4) * 4, (x + w + 4) * 4, (y + h + 4) * 4))
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == payload
    assert len(rectangles) < width * width / 3

"""参加案内: what stands on the page, where the address stands, what stops it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp

from walkdesk.documents.letters import Letter, LettersMeta, letter_faults, letters_pdf
from walkdesk.documents.sheet import Mark
from walkdesk.domain.codes import participant_code
from walkdesk.domain.problem import Problem

MakeLetter = Callable[..., Letter]
LONG = {
    "name": "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス",
    "address": "東京都新宿区百人町9丁目77番88号",
    "building": "コーポラティブハウス新大久保ヒルズガーデンレジデンス壱番館 サウスウィング 1234号室",
}


def text_of(pdf: bytes, page: int = 0) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text()


def test_a_card_letter_says_how_to_take_part(make_letter: MakeLetter, letters_meta: LettersMeta) -> None:
    text = text_of(letters_pdf([make_letter(118, name="髙橋 ふみ子")], letters_meta)).replace("\n", "")
    for words in (
        "髙橋 ふみ子　様",
        "D0118",
        "台紙",
        "翌月10日",
        "個人情報の利用目的",
        "03-0000-0123",
        "平成30年6月20日",
    ):
        assert words in text
    assert "{" not in text


def test_an_app_letter_names_the_user_id(make_letter: MakeLetter, letters_meta: LettersMeta) -> None:
    text = text_of(letters_pdf([make_letter(7, "app")], letters_meta)).replace("\n", "")
    assert "利用者ID" in text
    assert "A0007" in text
    assert "台紙は1か月に1枚" not in text


@pytest.mark.parametrize("person", [{}, LONG, {"building": ""}, {"name": "𠮷田 葛\U000e0100城"}])
def test_the_address_stays_inside_the_window_even_when_the_sheet_slips(
    person: dict[str, str], make_letter: MakeLetter, letters_meta: LettersMeta, tool: Callable[..., str]
) -> None:
    pdf = letters_pdf([make_letter(5, **person)], letters_meta)
    boxes = tool(pdf, "pdftotext", "-bbox", "{}", "-")
    window = letters_meta.window.window
    left, top, width, height = window.left, window.top, window.width, window.height
    inside = []
    for x1, y1, x2, y2, word in re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', boxes
    ):
        box = [float(value) * 25.4 / 72 for value in (x1, y1, x2, y2)]
        if box[0] < left + width and box[1] < top + height + 10:
            inside.append(html.unescape(word))
            assert box[0] >= left + 4
            assert box[1] >= top + 4
            assert box[2] <= left + width - 4
            assert box[3] <= top + height - 4
    expected = {"building": "グリーンタワー新宿 2301号室", "name": "見本 花子"} | person
    drawn = "".join(inside)
    assert "160-0023" in drawn
    for part in (expected["name"], expected["building"]):
        assert part.replace(" ", "") in drawn


def test_the_qr_code_holds_contract_and_number_and_no_name(make_letter: MakeLetter, letters_meta: LettersMeta) -> None:
    document = pypdfium2.PdfDocument(letters_pdf([make_letter(118)], letters_meta))
    image = document[0].render(scale=3, grayscale=True).to_pil()
    document.close()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == participant_code("30-HP-0001", "D0118")


def test_letters_have_a_bookmark_each_and_say_what_they_are(make_letter: MakeLetter, letters_meta: LettersMeta) -> None:
    reader = pypdf.PdfReader(io.BytesIO(letters_pdf([make_letter(1), make_letter(2)], letters_meta)))
    assert [one.title for one in reader.outline] == ["D0001 見本 花子", "D0002 見本 花子"]
    assert reader.metadata is not None
    assert reader.metadata.title == "健康ポイント事業 参加案内 2通"
    assert reader.metadata.author == "株式会社 歩楽事務センター"
    assert reader.metadata["/CreationDate"] == "D:20180620100000+09'00'"
    assert reader.trailer["/Root"]["/Lang"] == "ja-JP"


def test_the_same_letters_give_the_same_bytes(
    make_letter: MakeLetter, letters_meta: LettersMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [make_letter(1, name="𠮷田 花子"), make_letter(2, name="辻\U000e0100 一郎")]
    first = letters_pdf(letters, letters_meta)
    letters_pdf([make_letter(9, name="邊\U000e0108見 四郎")], letters_meta)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert letters_pdf(letters, letters_meta) == first


def test_two_hundred_and_fifty_letters_stay_small(
    make_letter: MakeLetter, letters_meta: LettersMeta, tool: Callable[..., str]
) -> None:
    pdf = letters_pdf([make_letter(place) for place in range(1, 251)], letters_meta)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 250
    assert len(pdf) / 250 <= 3500
    assert "No syntax or stream encoding errors" in tool(pdf, "qpdf", "--check", "{}")


def test_letters_that_cannot_be_printed_are_listed_before_printing(
    make_letter: MakeLetter, letters_meta: LettersMeta
) -> None:
    good = make_letter(1, **LONG)
    boxed = make_letter(2, name="山\U00031350 太郎")
    endless = make_letter(3, building="とても長い建物の名前" * 30)
    faults = letter_faults([good, boxed, endless], letters_meta)
    assert [(fault.number, fault.problem.code) for fault in faults] == [
        ("D0002", "papers.unprintable"),
        ("D0003", "papers.too_long"),
    ]
    with pytest.raises(Problem):
        letters_pdf([good, boxed], letters_meta)


def test_a_wording_that_outgrows_the_page_stops(make_letter: MakeLetter, letters_meta: LettersMeta) -> None:
    letter = make_letter(1)
    parts = tuple((key, "\n".join([text] * 6) if key == "steps" else text) for key, text in letter.text.parts)
    longer = replace(letter, text=replace(letter.text, parts=parts))
    with pytest.raises(Problem) as stopped:
        letters_pdf([longer], letters_meta)
    assert stopped.value.code == "papers.too_long"


@pytest.mark.parametrize(("mark", "word"), [(Mark.PRACTICE, "練習"), (Mark.SAMPLE, "見本")])
def test_practice_and_sample_letters_are_marked(
    mark: Mark, word: str, make_letter: MakeLetter, letters_meta: LettersMeta
) -> None:
    letter = make_letter(1, name="甲斐 花子")
    plain, marked = letters_pdf([letter], letters_meta), letters_pdf([letter], replace(letters_meta, mark=mark))
    assert word not in text_of(plain)
    assert f"{word}　" in text_of(marked)

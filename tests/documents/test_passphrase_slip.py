"""合言葉の紙: one page that gives the passphrase back, in its upper half, and says to send it another way."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pypdfium2
import pytest

from walkdesk.documents.passphrase_slip import SlipFacts, passphrase_slip_pdf
from walkdesk.domain.dates import JST
from walkdesk.domain.passphrases import passphrase_of
from walkdesk.domain.problem import Problem

FACTS = SlipFacts(
    serial="R-2018-0031",
    recipient="新宿運送株式会社 西新宿営業所 山口 様",
    office="株式会社 歩楽事務センター",
    contact="03-0000-0000",
    created=datetime(2018, 8, 9, 10, 0, tzinfo=JST),
    due=date(2018, 9, 30),
    passphrase=passphrase_of(b"\xff" * 10),
)


def upper_half(pdf: bytes) -> str:
    """What stands above the cut, by a reader that did not make it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        return str(page.get_textpage().get_text_bounded(bottom=page.get_height() / 2))
    finally:
        document.close()


def test_the_upper_half_is_all_that_the_receiver_needs() -> None:
    text = upper_half(passphrase_slip_pdf(FACTS))
    for words in (*FACTS.passphrase.split("-"), FACTS.serial, "西新宿営業所", "平成30年9月30日", FACTS.contact):
        assert words in text, words
    assert "同じ封筒や同じメールに入れないでください" in text
    assert "ゼブラ" not in text


def test_the_lower_half_is_read_out_by_telephone() -> None:
    (page,) = pypdf.PdfReader(io.BytesIO(passphrase_slip_pdf(FACTS))).pages
    assert page.extract_text().count("ゼブラのZ") == 16


def test_long_names_and_missing_facts_still_give_one_page_whose_upper_half_is_whole() -> None:
    long = replace(
        FACTS, recipient="株式会社 " + "運送と保険" * 14, office="株式会社 " + "歩楽" * 20, due=None, contact=""
    )
    for facts in (long, replace(long, due=FACTS.due, contact="電話 " * 30)):
        pdf = passphrase_slip_pdf(facts)
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
        assert "裁断してください" in upper_half(pdf).replace("\r\n", "")


def test_the_same_slip_has_the_same_bytes_and_a_wrong_passphrase_is_never_printed() -> None:
    assert passphrase_slip_pdf(FACTS) == passphrase_slip_pdf(FACTS)
    with pytest.raises(Problem):
        passphrase_slip_pdf(replace(FACTS, passphrase=FACTS.passphrase[:-1] + "0"))

"""合言葉で開く文書: what goes in comes out again, and no changed byte goes unnoticed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from walkdesk.domain.dates import JST
from walkdesk.domain.passphrases import passphrase_of
from walkdesk.domain.problem import Problem
from walkdesk.exchange import sealed_page
from walkdesk.exchange.sealed_page import (
    ROUNDS,
    OpenedPage,
    SealedFile,
    SealFacts,
    generate_passphrase,
    open_sealed,
    read_cover,
    seal_files,
)
from walkdesk.resources.container import sealed_page_template

FACTS = SealFacts(
    serial="R-2018-0031",
    sender="株式会社 歩楽事務センター",
    contact="03-0000-0000",
    recipient="新宿運送株式会社 <ご担当> & 様</script>",
    made=datetime(2018, 8, 9, 10, 5, tzinfo=JST),
    due=date(2018, 9, 30),
    purpose="景品の配送（第2回）",
    account="S-0001 田中 康夫",
    contract="30-HP-0001",
)
FILES = (
    SealedFile("送り状_第2回.csv", "text/csv", "受付番号,氏名\r\nD0002,髙橋 ①\r\n".encode("cp932")),
    SealedFile("空の表.csv", "text/csv", b""),
    SealedFile("葛󠄀城𠮷野.pdf", "application/pdf", bytes(range(256))),
)
CODE = passphrase_of(bytes(range(10)))
OTHER = passphrase_of(bytes(range(1, 11)))


def sealed(**changed: Any) -> bytes:
    return seal_files(sealed_page_template(), FILES, replace(FACTS, **changed), CODE)


@pytest.fixture(scope="module")
def page() -> bytes:
    return sealed()


def block(page: bytes, name: str) -> bytes:
    found = re.search(rb'<script type="[^"]+" id="%s">(.*?)</script>' % name.encode(), page, re.DOTALL)
    assert found
    return found[1]


def with_block(page: bytes, name: str, content: bytes) -> bytes:
    return page.replace(f'id="{name}">'.encode() + block(page, name), f'id="{name}">'.encode() + content)


def checked(page: bytes) -> bytes:
    """A page that somebody changed on purpose: its check is right again."""
    digest = hashlib.sha256(block(page, "facts") + b"\n" + base64.b64decode(block(page, "payload"))).hexdigest()
    return with_block(page, "check", digest.encode())


def code_of(act: Callable[..., object], *values: object) -> str:
    with pytest.raises(Problem) as caught:
        act(*values)
    return caught.value.code


def test_every_file_comes_back_byte_for_byte_with_all_that_was_said_of_it(page: bytes) -> None:
    assert open_sealed(page, CODE) == OpenedPage(FACTS, FILES)
    assert open_sealed(page, CODE.lower().replace("-", "　")) == OpenedPage(FACTS, FILES)
    stays = sealed(due=None, contact="")
    assert open_sealed(stays, CODE).facts == replace(FACTS, due=None, contact="")


def test_the_cover_says_who_gets_it_and_nothing_of_what_is_inside(page: bytes) -> None:
    cover = read_cover(page)
    assert cover["recipient"] == FACTS.recipient and cover["serial"] == FACTS.serial and cover["due"] == "2018-09-30"
    for inside in (FACTS.purpose, FACTS.account, FACTS.contract, *(one.name for one in FILES)):
        for written in (inside.encode(), json.dumps(inside)[1:-1].encode()):
            assert written not in page
    assert json.dumps(FACTS.sender)[1:-1].encode() in page


def test_two_pages_of_the_same_files_share_neither_salt_nor_nonce_nor_payload(page: bytes) -> None:
    other = sealed()
    first, second = json.loads(block(page, "facts")), json.loads(block(other, "facts"))
    assert first["salt"] != second["salt"] and first["nonce"] != second["nonce"]
    assert (len(first["salt"]), len(first["nonce"])) == (32, 24)
    assert first["rounds"] == ROUNDS >= 600_000
    assert block(page, "payload") != block(other, "payload")
    assert generate_passphrase() != generate_passphrase()


def test_another_passphrase_does_not_open_and_a_mistyped_one_is_named(page: bytes) -> None:
    assert code_of(open_sealed, page, OTHER) == "sealed.passphrase"
    assert code_of(open_sealed, page, CODE[:-1]) == "sealed.group"
    assert code_of(open_sealed, page, CODE[:-6]) == "sealed.length"


@given(st.data())
@settings(max_examples=150)
def test_any_changed_byte_of_the_whole_file_is_refused(page: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(page) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != page[place]))
    changed = page[:place] + bytes([other]) + page[place + 1 :]
    assert code_of(read_cover, changed) in {"sealed.not_ours", "sealed.cut", "sealed.changed"}


def test_any_changed_byte_of_facts_payload_and_check_is_refused(page: bytes) -> None:
    for name in ("facts", "payload", "check"):
        content = block(page, name)
        for place in range(0, len(content), max(1, len(content) // 60)):
            changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            assert code_of(read_cover, with_block(page, name, changed)) == "sealed.changed"


def test_a_cut_file_says_that_it_is_cut(page: bytes) -> None:
    begins = page.index(b'id="facts">')
    for end in (begins, begins + 20, page.index(b'id="payload">') + 40, page.index(b'id="check">') + 70, len(page) - 9):
        assert code_of(open_sealed, page[:end], CODE) == "sealed.cut"
    for foreign in (b"", b"PK\x03\x04", page[:100], b"<!doctype html><html></html>"):
        assert code_of(open_sealed, foreign, CODE) == "sealed.not_ours"


def forged_facts() -> Iterator[tuple[str, Any]]:
    yield "recipient", "別の会社"
    yield "due", "2019-09-30"
    yield "serial", "R-2018-0032"
    yield "nonce", "0" * 24


def test_facts_that_somebody_changed_on_purpose_do_not_open(page: bytes) -> None:
    facts = json.loads(block(page, "facts"))
    for name, value in forged_facts():
        forged = checked(with_block(page, "facts", sealed_page._canonical({**facts, name: value})))
        assert read_cover(forged)
        assert code_of(open_sealed, forged, CODE) == "sealed.passphrase"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("rounds", 599_999, "sealed.changed"),
        ("rounds", 10_000_001, "sealed.changed"),
        ("rounds", True, "sealed.changed"),
        ("rounds", "600000", "sealed.changed"),
        ("salt", "00", "sealed.changed"),
        ("salt", "G" * 32, "sealed.changed"),
        ("salt", None, "sealed.changed"),
        ("due", "20180930", "sealed.changed"),
        ("due", ["2018-09-30"], "sealed.changed"),
        ("made", "2018-08-09T10:05:00", "sealed.changed"),
        ("serial", 31, "sealed.changed"),
        ("serial", "\ud800", "sealed.changed"),
        ("language", "fr", "sealed.changed"),
        ("page", "0" * 64, "sealed.changed"),
        ("extra", "", "sealed.changed"),
        ("version", 2, "sealed.newer"),
        ("version", 0, "sealed.changed"),
        ("version", True, "sealed.changed"),
        ("format", "another", "sealed.changed"),
    ],
)
def test_facts_of_a_wrong_kind_are_refused_before_any_key_is_made(
    page: bytes, name: str, value: Any, code: str
) -> None:
    facts = json.loads(block(page, "facts"))
    forged = checked(with_block(page, "facts", sealed_page._canonical({**facts, name: value})))
    assert code_of(read_cover, forged) == code


@given(st.binary(max_size=400))
@example(b"[" * 9000)
@example(b'{"a":' * 3000)
@example(b"9" * 5000)
@example(b"null")
@settings(max_examples=100)
def test_whatever_stands_for_the_facts_is_answered_with_a_sentence(page: bytes, content: bytes) -> None:
    assert code_of(read_cover, with_block(page, "facts", content)) in {"sealed.changed", "sealed.cut"}


INSIDE = {"purpose": "", "account": "", "contract": "", "files": [{"name": "a.csv", "size": 3, "type": "text/csv"}]}


def packed(inside: object, rest: bytes = b"abc") -> bytes:
    text = sealed_page._canonical(inside)  # type: ignore[arg-type]
    return len(text).to_bytes(4, "big") + text + rest


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\xff\xff\xff\xff",
        packed(INSIDE, b"ab"),
        packed(INSIDE, b"abcd"),
        packed({**INSIDE, "files": [{"name": "../a.csv", "size": 3, "type": "text/csv"}]}),
        packed({**INSIDE, "files": [{"name": "a.csv", "size": -3, "type": "text/csv"}]}),
        packed({**INSIDE, "files": [{"name": "a.csv", "size": True, "type": "text/csv"}]}, b"a"),
        packed({**INSIDE, "files": [{"name": 3, "size": 3, "type": "text/csv"}]}),
        packed({**INSIDE, "files": [{"name": "a.csv", "size": 3}]}),
        packed({**INSIDE, "files": {"a": 1}}),
        packed({**INSIDE, "files": 3}),
        packed({**INSIDE, "purpose": 3}),
        packed({**INSIDE, "more": ""}),
    ],
)
def test_an_inside_that_is_not_what_we_write_is_refused(page: bytes, plain: bytes) -> None:
    cover = json.loads(block(page, "facts"))
    assert sealed_page._unpacked(cover, packed(INSIDE)).files == (SealedFile("a.csv", "text/csv", b"abc"),)
    with pytest.raises((ValueError, KeyError, TypeError)):
        sealed_page._unpacked(cover, plain)


@pytest.mark.parametrize(
    "name", ["", "a/b.csv", "a\\b.csv", ".csv", "a.", " a", "a:b", "con.csv", "a\n", "x" * 121, "a\u202eb"]
)
def test_a_name_that_a_receiver_cannot_save_is_refused(name: str) -> None:
    def attempt() -> bytes:
        return seal_files(sealed_page_template(), [SealedFile(name, "text/csv", b"")], FACTS, CODE)

    assert code_of(attempt) == "sealed.name"


def test_two_files_of_one_name_and_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = [SealedFile(name, "text/csv", b"") for name in ("a.csv", "A.CSV")]
    assert code_of(seal_files, sealed_page_template(), twice, FACTS, CODE) == "sealed.name_twice"
    monkeypatch.setattr(sealed_page, "MOST_BYTES", 200)
    assert code_of(sealed) == "sealed.too_large"


@pytest.mark.parametrize("said", [{"recipient": "長" * 3000}, {"purpose": "\ud83d"}, {"serial": "\udfff"}])
def test_facts_that_could_not_be_read_back_are_never_written(said: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        sealed(**said)


def test_the_page_lets_nothing_in_or_out_and_its_hashes_are_those_of_its_style_and_script(page: bytes) -> None:
    text = page.decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name in ("style", "script"):
        (content,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert (
            rules[f"{name}-src"] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        )
    # What is sealed is base64, in which any letters may stand beside each other; here too it is no markup.
    plain, sealed_parts = re.subn(r'(id="payload">)[A-Za-z0-9+/=\s]*(</script>)', r"\1\2", text)
    assert sealed_parts == 1
    assert not re.search(r"https?:|//[a-z]|\b(?:src|href)=|@import|url\(|localStorage|sessionStorage|indexedDB", plain)


def test_the_page_has_every_sentence_in_both_languages() -> None:
    body = sealed_page_template().partition("<body>")[2].partition("<script")[0]
    assert body.count('<span lang="ja">') == body.count('<span lang="en">') > 30
    for message in re.findall(r"<div data-(?:message|stage).*?</div>", body):
        assert message.count('lang="ja"') == message.count('lang="en"') > 0
    assert not re.search(r"エラー|失敗|不正な|[!！]", re.sub(r"<[^>]*>", "", body))

from __future__ import annotations

import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.checkpoint import checkpoint, checkpoint_at, parse_checkpoint
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.readable import ALPHABET, grouped, parse_readable, readable


def test_a_checkpoint_has_130_bits_in_26_characters(year: list[Entry]) -> None:
    state = checkpoint("office-1", year[-1])
    assert len(state.text) == 26 and set(state.text) <= set(ALPHABET)
    assert [len(group) for group in state.grouped().split("-")] == [5, 5, 5, 5, 6]


def test_office_sequence_and_head_all_matter() -> None:
    head = bytes(32)
    texts = {
        checkpoint_at("a", 1, head).text,
        checkpoint_at("b", 1, head).text,
        checkpoint_at("a", 2, head).text,
        checkpoint_at("a", 1, b"\1" + head[1:]).text,
    }
    assert len(texts) == 4


def test_the_characters_are_the_first_130_bits() -> None:
    digest = hashlib.sha256(b"x").digest()
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in readable(digest))
    assert bits == f"{int.from_bytes(digest, 'big'):0256b}"[:130]


@given(st.binary(min_size=32, max_size=32), st.data())
def test_typing_it_from_paper_is_forgiven_much(digest: bytes, data: st.DataObject) -> None:
    text = readable(digest)
    typed = grouped(text) if data.draw(st.booleans()) else f" {text[:9]} {text[9:]}\n"
    if data.draw(st.booleans()):
        typed = typed.lower()
    typed = typed.replace("0", data.draw(st.sampled_from("0Oo"))).replace(
        "1", data.draw(st.sampled_from("1IiLl"))
    )
    assert parse_readable(typed) == text


def test_the_qr_text_reads_back(year: list[Entry]) -> None:
    state = checkpoint("office-1", year[-1])
    assert state.qr_text() == f"walkdesk:checkpoint:office-1:15:{state.text}"
    paper = parse_checkpoint(state.qr_text())
    assert (paper.office, paper.sequence, paper.text) == ("office-1", 15, state.text)
    assert parse_checkpoint(state.grouped()).sequence is None


@pytest.mark.parametrize(
    "typed", ["", "ABC", "U" * 26, "A" * 27, "walkdesk:checkpoint:o:0:" + "A" * 26, "あ" * 26]
)
def test_anything_else_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_checkpoint(typed)
    assert caught.value.code == "ledger.code_unreadable"


@given(st.text(max_size=60) | st.text(max_size=40).map("walkdesk:checkpoint:".__add__))
def test_random_text_raises_nothing_but_a_problem(typed: str) -> None:
    with contextlib.suppress(Problem):
        parse_checkpoint(typed)

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical, parse_canonical

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\U00010000\ue000", max_size=3), inner)
    ),
    max_leaves=10,
)


@given(plain)
def test_what_was_written_reads_back_the_same(value: object) -> None:
    assert parse_canonical(canonical(value)) == value  # type: ignore[arg-type]


def test_keys_are_sorted_by_utf16_units_as_rfc_8785_asks() -> None:
    assert canonical({"\ue000": 1, "\U00010000": 2}) == '{"\U00010000":2,"\ue000":1}'.encode()


def test_control_characters_are_escaped_as_rfc_8785_asks() -> None:
    assert canonical("\x1f\n\u20ac/\x7f") == '"\\u001f\\n€/\x7f"'.encode()


@pytest.mark.parametrize("value", [1.5, 2**53, b"x", {1: 2}, "\ud800", {"\ud800": 1}, {"a": {1, 2}}])
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"NaN",
        b"-0",
        b'"\\u0041"',
        b"\xff",
        b"[" * 100000,
    ]
    + [b'"\\ud800"', b"9" * 5000, b"\xef\xbb\xbf1"],
)
def test_any_other_form_is_malformed(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        parse_canonical(data)
    assert caught.value.code == "ledger.malformed"


@given(st.binary(max_size=200))
def test_random_bytes_never_raise_anything_but_a_problem(data: bytes) -> None:
    with contextlib.suppress(Problem):
        assert canonical(parse_canonical(data)) == data

"""The token: found by its id on whatever drive it is, and one clear problem for each way in which it is not there."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.storage.shares import NoShare, TokenShare
from walkdesk.storage.tokens import find_tokens, token_names, write_token


@pytest.fixture
def drives(tmp_path: Path) -> tuple[Path, Path]:
    """Two media."""
    made = tmp_path / "usb-1", tmp_path / "usb-2"
    for drive in made:
        drive.mkdir()
    return made


def test_a_token_is_found_on_another_drive(drives: tuple[Path, Path]) -> None:
    first, second = drives
    token = write_token(first, "aa11", "K-01")
    write_token(second, "bb22", "K-02")
    token.path.rename(second / "walkdesk-token-renamed.json")
    assert TokenShare("aa11", "K-01", drives).read() == token.share
    assert [found.name for found in find_tokens(drives)] == ["K-02", "K-01"]


def test_the_name_is_read_without_the_share(drives: tuple[Path, Path]) -> None:
    token = write_token(drives[0], "aa11", "K-01 台紙")
    old = {"format": 1, "id": "bb22", "name": "K-02", "share": b64encode(bytes(32)).decode()}
    (drives[1] / "walkdesk-token-bb22.json").write_bytes(json.dumps(old).encode().ljust(4096))
    (drives[1] / "walkdesk-token-cc33.json").write_bytes(b"{")
    assert token_names(drives) == ("K-01 台紙", "K-02")
    assert b64encode(token.share) not in token.path.read_bytes()[:1024]
    assert json.loads(token.path.read_bytes())["share"] == b64encode(token.share).decode()
    assert {found.name for found in find_tokens(drives)} == {"K-01 台紙", "K-02"}


def test_a_missing_token_is_asked_for_by_its_name(drives: tuple[Path, Path]) -> None:
    write_token(drives[0], "bb22", "K-02")
    with pytest.raises(Problem) as missing:
        TokenShare("aa11", "K-01", (*drives, drives[0] / "pulled-out")).read()
    assert (missing.value.code, missing.value.values) == ("door.token_missing", {"name": "K-01"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    raw=st.binary(max_size=300)
    | st.dictionaries(st.sampled_from(["format", "id", "name", "share"]), st.none() | st.integers() | st.text()).map(
        lambda data: json.dumps(data).encode()
    )
)
def test_a_damaged_token_is_damaged_and_not_missing(drives: tuple[Path, Path], raw: bytes) -> None:
    (drives[0] / "walkdesk-token-aa11.json").write_bytes(raw)
    with pytest.raises(Problem) as damaged:
        TokenShare("aa11", "K-01", drives).read()
    assert (damaged.value.code, damaged.value.values) == ("storage.token_damaged", {"name": "K-01"})


def test_a_token_nested_without_end_is_damaged(drives: tuple[Path, Path]) -> None:
    (drives[0] / "walkdesk-token-aa11.json").write_bytes(b"[" * 200_000)
    with pytest.raises(Problem, match=r"storage\.token_damaged"):
        TokenShare("aa11", "K-01", drives).read()


def test_a_sound_copy_serves_beside_a_damaged_one(drives: tuple[Path, Path]) -> None:
    token = write_token(drives[1], "aa11", "K-01")
    (drives[0] / "walkdesk-token-aa11.json").write_bytes(b"{")
    assert TokenShare("aa11", "K-01", drives).read() == token.share


def test_a_token_is_never_overwritten_and_its_file_is_large_enough_to_overwrite_in_place(
    drives: tuple[Path, Path],
) -> None:
    token = write_token(drives[0], "aa11", "K-01")
    before = token.path.read_bytes()
    assert len(before) >= 4096
    with pytest.raises(Problem, match=r"storage\.token_not_written"):
        write_token(drives[0], "aa11", "K-01")
    with pytest.raises(Problem, match=r"storage\.token_not_written"):
        write_token(drives[0] / "pulled-out", "cc33", "K-03")
    assert token.path.read_bytes() == before


def test_a_destroyed_token_is_gone_wherever_it_lay(drives: tuple[Path, Path]) -> None:
    token = write_token(drives[0], "aa11", "K-01")
    (drives[1] / "walkdesk-token-copy.json").write_bytes(token.path.read_bytes())
    share = TokenShare("aa11", "K-01", drives)
    assert share.keep(b"a note") and share.kept() == b"a note"
    assert share.overwrite() and not share.here()
    with pytest.raises(Problem, match=r"storage\.token_damaged"):
        share.read()
    share.remove()
    assert not list(drives[0].iterdir()) and not list(drives[1].iterdir())
    with pytest.raises(Problem, match=r"erasure\.token_needed"):
        share.overwrite()


def test_a_contract_without_a_token_has_no_share() -> None:
    share = NoShare()
    assert share.read() is None and share.here() and not share.overwrite() and not share.keep(b"x")

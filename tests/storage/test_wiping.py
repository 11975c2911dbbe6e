"""Wiping: overwritten, read back, gone, and harmless when it is done again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from walkdesk.domain.problem import Problem
from walkdesk.storage import wiping
from walkdesk.storage.devices import device_facts
from walkdesk.storage.wiping import file_digest, overwrite, overwrite_and_remove, remove_folder


def test_an_overwritten_file_keeps_its_size_and_loses_its_content(tmp_path: Path) -> None:
    file = tmp_path / "vault.db"
    file.write_bytes(b"walk" * 700_000)
    assert overwrite(file) == 2_800_000
    left = file.read_bytes()
    assert len(left) == 2_800_000
    assert b"walkwalk" not in left


def test_the_bytes_on_disk_change_before_the_name_goes(tmp_path: Path) -> None:
    file, other_name = tmp_path / "vault.db", tmp_path / "kept"
    file.write_bytes(b"secret" * 1000)
    os.link(file, other_name)
    assert overwrite_and_remove(file) == 6000
    assert not file.exists()
    assert b"secret" not in other_name.read_bytes()


def test_a_second_time_does_nothing(tmp_path: Path) -> None:
    file = tmp_path / "slots.bin"
    file.write_bytes(b"x")
    assert overwrite_and_remove(file) == 1
    assert overwrite_and_remove(file) == 0
    remove_folder(tmp_path / "nowhere")


def test_a_link_goes_and_its_aim_stays(tmp_path: Path) -> None:
    aim, link = tmp_path / "aim", tmp_path / "link"
    aim.write_bytes(b"not ours")
    link.symlink_to(aim)
    assert overwrite_and_remove(link) == 0
    assert aim.read_bytes() == b"not ours"
    assert not link.is_symlink()


def test_a_medium_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "vault.db"
    file.write_bytes(b"secret")
    monkeypatch.setattr(wiping, "_write_all", lambda handle, data: None)
    with pytest.raises(Problem) as caught:
        overwrite_and_remove(file)
    assert caught.value.code == "storage.overwrite_failed"
    assert file.exists()


def test_a_folder_that_holds_something_stays(tmp_path: Path) -> None:
    folder = tmp_path / "contract"
    folder.mkdir()
    (folder / "kept").write_bytes(b"")
    remove_folder(folder)
    assert folder.is_dir()
    (folder / "kept").unlink()
    remove_folder(folder)
    assert not folder.exists()


def test_a_digest_is_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"")
    assert file_digest(file) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_a_pc_tells_of_its_disk_is_one_line_each(tmp_path: Path) -> None:
    facts = device_facts(tmp_path)
    for told in (facts.device, facts.serial, facts.storage):
        assert told and told.isprintable() and len(told) <= 200
    assert isinstance(facts.encrypted, bool)

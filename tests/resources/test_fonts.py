from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from walkdesk.domain.problem import Problem
from walkdesk.resources import fonts
from walkdesk.resources.texts import LANGUAGES, Texts

ROLES = ("gothic", "gothic_bold", "mincho", "fallback")


def test_the_catalogue_has_exactly_the_roles_that_the_program_asks_for() -> None:
    assert tuple(fonts.catalogue()) == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_a_font_with_truetype_outlines_of_the_named_family(role: str) -> None:
    face = fonts.font_face(role)
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        assert "glyf" in font
        families = {record.toUnicode() for record in font["name"].names if record.nameID in (1, 16)}
    assert face.family in families
    assert fonts.font_file(role) == face.path


def test_only_the_fallback_draws_the_rarer_yoshi_and_every_face_draws_the_ladder_taka() -> None:
    def has(role: str, character: str) -> bool:
        face = fonts.font_face(role)
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            return ord(character) in font.getBestCmap()

    assert all(has(role, "髙") for role in ROLES)
    assert [role for role in ROLES if has(role, "𠮷")] == ["fallback"]


def test_the_role_itself_is_asked_before_its_fallback() -> None:
    assert fonts.fallback_order("mincho") == ("mincho", "fallback")
    assert fonts.fallback_order("fallback") == ("fallback",)


def test_no_font_is_missing_on_a_pc_that_was_set_up() -> None:
    assert fonts.missing_fonts() == []


def test_a_windows_pc_serves_the_gothic_from_the_proportional_face_of_its_collection(tmp_path: Path) -> None:
    (tmp_path / "BIZ-UDGothicR.ttc").touch()
    face = fonts.find(fonts.catalogue()["gothic"], [tmp_path])
    assert face == fonts.FontFace(tmp_path / "BIZ-UDGothicR.ttc", 1, "BIZ UDPGothic")


def test_a_staged_font_comes_before_the_systems_own(tmp_path: Path) -> None:
    staged, system = tmp_path / "staged", tmp_path / "system"
    for folder in (staged, system):
        folder.mkdir()
        (folder / "ipamjm.ttf").touch()
    face = fonts.find(fonts.catalogue()["fallback"], [staged, system])
    assert face is not None
    assert face.path == staged / "ipamjm.ttf"
    assert fonts.folders()[0] == fonts.FOLDER / "fonts"


def test_folders_of_windows_come_from_its_environment_and_an_unset_one_is_left_out() -> None:
    found = fonts.folders("win32", {"WINDIR": r"C:\Windows"})
    assert [str(folder) for folder in found[1:]] == [r"C:\Windows\Fonts"]


def test_missing_fonts_are_one_problem_that_names_them_all_and_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    fonts.font_face.cache_clear()
    with pytest.raises(Problem) as caught:
        fonts.font_file("gothic")
    assert caught.value.code == "fonts.missing"
    for language in LANGUAGES:
        sentence = Texts(language).problem(caught.value)
        assert "BIZ UDPゴシック" in sentence
        assert "IPAmj明朝" in sentence
        assert sentence.count("fonts-morisawa-bizud-gothic") == 1


def test_on_windows_the_sentence_speaks_of_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    monkeypatch.setattr(fonts.sys, "platform", "win32")
    fonts.font_face.cache_clear()
    with pytest.raises(Problem) as caught:
        fonts.font_file("mincho")
    for language in LANGUAGES:
        sentence = Texts(language).problem(caught.value)
        assert "Windows" in sentence
        assert "apt-get" not in sentence

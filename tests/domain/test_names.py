from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.names import candidates, clusters, fold, is_doubtful_name, lost_characters, tidy_name

TSUJI = "辻\U000e0100"
KATSURAGI = "葛\U000e0100城"
OLD_KAMI = "\ufa19"


def test_a_name_keeps_its_own_characters() -> None:
    assert tidy_name("　髙橋　ふみ子 ") == "髙橋 ふみ子"
    assert tidy_name(f"{TSUJI}　智子") == f"{TSUJI} 智子"
    assert tidy_name(f"{OLD_KAMI}田\t\u200b昭") == f"{OLD_KAMI}田 昭"
    assert tidy_name("ﾀﾅｶ　Ａｎｎａ") == "ﾀﾅｶ Ａｎｎａ"


def test_marks_written_as_a_second_character_join_theirs() -> None:
    assert tidy_name("Jose\u0301 か\u3099") == "José が"


@pytest.mark.parametrize("name", ["?田 正", "？田 正", "〓田 正", "\ufffd田 正", "\ue000田 正", "辻? 大輔"])
def test_a_name_with_a_lost_character_is_doubtful(name: str) -> None:
    assert is_doubtful_name(name)
    assert name[lost_characters(name)[0]] in "?？〓\ufffd\ue000"


@pytest.mark.parametrize(
    "name", ["𠮷田 さくら", f"{KATSURAGI} 浩", "O'BRIEN Seán", "ワシントン・デ・ラ・クルス マリア"]
)
def test_a_rare_name_is_not_doubtful(name: str) -> None:
    assert not is_doubtful_name(name)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("髙橋 キヨ", "高橋きよ"),
        ("神﨑 昭", "神崎　昭"),
        ("渡邊 葵", "渡辺葵"),
        ("渡邉 葵", "渡辺葵"),
        ("𠮷田", "吉田"),
        (TSUJI, "辻"),
        (KATSURAGI, "葛城"),
        ("ﾀﾞｲｽｹ", "たいすけ"),
        ("ジョー", "じよー"),
        ("José", "jose"),
        ("O’BRIEN Seán", "obrien sean"),
        ("マリア・フェルナンダ", "まりあふえるなんた"),
        ("김", "김"),
        (OLD_KAMI, "神"),
    ],
)
def test_a_name_is_found_however_it_is_typed(stored: str, typed: str) -> None:
    assert fold(stored) == fold(typed)


def test_two_family_names_stay_apart_and_are_offered_for_each_other() -> None:
    assert fold("斉藤") != fold("斎藤")
    assert fold("齋藤") == fold("斎藤")
    assert fold("齊藤") == fold("斉藤")
    assert fold("斎藤") in candidates("齊藤")
    assert candidates("髙橋") == (fold("高橋"),)


def test_a_reader_counts_a_base_with_its_selector_as_one_character() -> None:
    assert clusters(f"{KATSURAGI}") == ("葛\U000e0100", "城")
    assert clusters("𠮷田") == ("𠮷", "田")
    assert clusters("\ud842\udfb7田") == ("\ud842\udfb7", "田")
    assert clusters("") == ()


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert "".join(clusters(text)) == text


name_letters = st.text(st.sampled_from("髙橋﨑邊邉斉斎齋𠮷田辻葛城アガぱッャー・ 　éＡaｶﾞ1１-\U000e0100"), max_size=20)


@given(name_letters)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(tidy_name(text)) == fold(text)

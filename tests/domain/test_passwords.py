"""Passwords: what people try first is refused with its reason, a sentence of one's own is taken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.passwords import DIFFERENT, PASSWORD_LENGTH, Blocklist, Piece, check_password
from walkdesk.domain.problem import Problem
from walkdesk.resources.passwords import blocked_words
from walkdesk.resources.texts import LANGUAGES, Texts

IDENTITY = ("S-0142", "佐藤 恵美")
AROUND = ("取扱者", "株式会社 歩楽事務センター", "東京都中央区架空町三丁目1番1号", "03-0000-8642")

TAKEN = (
    "のんびり歩く毎日-2018",
    "あるいて健康-毎日のんびり",
    "kasa-to-nagagutsu-77",
    "青い傘をさして橋をわたる",
    "correct horse battery staple",
    "tsukue no ue no enpitsu",
    "わくわくする雨の日の長ぐつ",
    "xK7#mQ2vLp9z",
    "Ｘｋ７＃ｍＱ２ｖＬｐ９ｚ",
    "password + lazy quill jumps",
    "平成30年の夏に見た入道雲",
)

REFUSED = {
    "short": ("", "あるく-2018", "青い傘で橋をわたる", "xK7#mQ2vLp9"),
    "monotone": ("aaaaaaaaaaaaaaaa", "abcabcabcabc", "わくわくわくわくわくわく", "ﾊﾟｽﾜｰﾄﾞﾊﾟｽﾜｰﾄﾞ"),
    "own_word": ("watashi-s-0142-desu", "watashi.S0142.desu", "佐藤恵美さんの長い合言葉", "佐藤　恵美・赤い傘と長靴"),
    "own_part": ("恵美さん取扱者です。。。", "歩楽事務センター8642", "佐藤・架空町・中央区・恵美", "03-0000-8642-#"),
    "common": (
        "password2018",
        "P@ssw0rd!!!!",
        "ＰＡＳＳＷＯＲＤ２０１８",
        "p-a-s-s-w-o-r-d-77",
        "drowssap-2019",
        "こんにちはパスワード12",
        "コンニチハパスワード12",
        "iloveyou-iloveyou",
        "5ecret-4dm1n-w3lcome",
    ),
    "name": (
        "sato-suzuki-tanaka",
        "suzuki.hanako.0312",
        "鈴木高橋田中伊藤渡辺山本",
        "タナカ・ハナコ・ヤマモト",
        "たなかはなこやまもと12",
    ),
    "work": (
        "shinjuku-2018",
        "5h1njuku-w4lk",
        "CityWalk-Pointo",
        "しんじゅくウォーキング12",
        "新宿区役所健康ポイント事業係",
        "kuyakusho.kenkou",
    ),
    "date": (
        "20180514-180514",
        "2018/05/14 09:00",
        "14.05.2018-0514",
        "平成30年5月14日です",
        "heisei30nen5gatsu",
        "H30.5.14-S42.3.1",
        "れいわ元年・へいせい30年",
        "September-Monday",
        "九月月曜日令和元年2019年",
    ),
    "keys": (
        "qwertyuiop[]",
        "QWERTYUIOP@[",
        "poiuytrewq12",
        "1qaz2wsx3edc",
        "zaq1xsw2cde3",
        "!@#$%^&*()_+",
        "ぬふあうえおやゆよわほへ",
        "チトシハキクマノリレケム",
        "9876543210987",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "あいうえおかきくけこさし",
        "いろはにほへとちりぬるを",
    ),
    "repeat": ("kasagokasago12", "のんびり歩くのんびり歩く", "uvxuvxmpomponn"),
}  # fmt: skip
ROWS = [(code, password) for code, passwords in REFUSED.items() for password in passwords]

WORD = st.sampled_from(sorted(blocked_words().words))
SEPARATOR = st.sampled_from(["", "-", " ", ".", "・"])
RANDOM = st.text("abcdefghjkmnopqrtuvwxyz26789ABCDEFGHJKMNPQRTUVWXYZ", min_size=24, max_size=24)


def refusal(password: str) -> str | None:
    try:
        check_password(password, IDENTITY, AROUND, blocked_words())
    except Problem as problem:
        return problem.code.removeprefix("people.password_")
    return None


@pytest.mark.parametrize("password", TAKEN)
def test_a_sentence_of_ones_own_is_taken(password: str) -> None:
    assert refusal(password) is None


@pytest.mark.parametrize(("code", "password"), ROWS)
def test_what_people_try_first_is_refused_with_its_reason(code: str, password: str) -> None:
    assert refusal(password) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_that_does_not_repeat_the_password(language: str) -> None:
    for _, password in ROWS:
        with pytest.raises(Problem) as refused:
            check_password(password, IDENTITY, AROUND, blocked_words())
        assert set(refused.value.values) <= {"least"}
        sentence = Texts(language).problem(refused.value)
        assert not password or password not in sentence


def test_every_kind_of_piece_has_an_example() -> None:
    kinds = {kind.value for kind in Piece} - {Piece.OWN.value}
    assert kinds | {"own_word", "own_part", "short", "monotone"} == set(REFUSED)


@given(words=st.lists(WORD, min_size=1, max_size=6), separator=SEPARATOR)
def test_blocked_words_alone_never_make_a_password(words: list[str], separator: str) -> None:
    assert refusal(separator.join(words)) is not None


@given(words=st.lists(WORD, min_size=2, max_size=5), extra=st.text("#%&<>", max_size=5), place=st.integers(0, 40))
def test_fewer_than_six_other_characters_do_not_save_them(words: list[str], extra: str, place: int) -> None:
    text = "".join(words)
    place %= len(text) + 1
    assert refusal(f"{text}{extra}") is not None and refusal(f"{extra}{text}") is not None


@given(RANDOM)
def test_a_long_random_password_is_taken(password: str) -> None:
    assert refusal(password) is None or len(set(password.casefold())) < 2 * DIFFERENT


@given(st.dates())
def test_no_way_to_write_a_date_makes_a_password(day: object) -> None:
    year, month, date = map(int, str(day).split("-"))
    year = 1900 + year % 200
    for text in (
        f"{year}{month:02}{date:02}{year}{month:02}{date:02}",
        f"{year}年{month}月{date}日---------",
        f"{date:02}.{month:02}.{year}......",
        f"{year % 100:02}{month:02}{date:02}-{month:02}{date:02}-{year}",
        f"昭和{year % 63 + 1}年{month}月{date}日です。。。",
        f"{year}/{month}/{date}~~~~~~~~~",
    ):
        assert refusal(text) is not None, text


@given(st.sampled_from([password for _, password in ROWS if len(password) >= PASSWORD_LENGTH]))
def test_width_case_and_kana_make_no_difference(password: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in password)
    katakana = "".join(chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" else one for one in password)
    for written in (wide, katakana, password.upper(), unicodedata.normalize("NFD", password)):
        assert refusal(written) is not None, written


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=40))
def test_any_text_is_taken_or_refused_and_nothing_else(password: str, name: str, address: str) -> None:
    try:
        check_password(password, ("S-0001", name), (address,), blocked_words())
    except Problem as problem:
        assert problem.code.startswith("people.password_")
    else:
        assert len(password) >= PASSWORD_LENGTH


def test_a_very_long_password_is_looked_at_quickly_and_taken() -> None:
    assert refusal("長い話を聞きながら川のほとりを" * 2000) is None
    assert refusal("ab" * 50_000 + "長い話を聞きながら") == "monotone"
    assert refusal("青い傘をさして橋をわたる" + "x" * 100_000) is None


def test_words_are_passed_in() -> None:
    own = Blocklist.of({Piece.WORK: ["kasa", "ナガグツ"]})
    with pytest.raises(Problem, match="people.password_work"):
        check_password("kasa-ながぐつ-kasa", (), (), own)
    check_password("kasa-ながぐつ-kasa", (), (), Blocklist.of({}))

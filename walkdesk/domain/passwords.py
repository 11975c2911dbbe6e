"""What a password may be: long, and not made of what people try first.

Blocked pieces (common words, names, words of the ward and the office, dates, walks over the keyboard, repeats, the
account's own data) are laid over the password. What they leave uncovered must still be made of ``DIFFERENT``
different characters: a blocked word beside a good sentence does no harm, and it does no good either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from walkdesk.domain.problem import Problem

PASSWORD_LENGTH = 12
"""The least number of characters of a password."""

DIFFERENT = 6
"""The least number of different characters that no blocked piece covers."""


class Piece(StrEnum):
    """What a piece of a password can be; in the order in which they are named to the person."""

    OWN = "own"
    COMMON = "common"
    NAME = "name"
    WORK = "work"
    DATE = "date"
    KEYS = "keys"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Blocklist:
    """Blocked words as they are compared, each with its kind."""

    words: Mapping[str, Piece]
    longest: int

    @classmethod
    def of(cls, words: Mapping[Piece, Iterable[str]]) -> Blocklist:
        """The list of words as they are written. Long Latin words count backwards too."""
        folded: dict[str, Piece] = {}
        for kind, group in words.items():
            for word in group:
                alike = _alike(_plain(word))
                folded.setdefault(alike, kind)
                if alike.isascii() and len(alike) >= _REVERSIBLE:
                    folded.setdefault(alike[::-1], kind)
        return cls(folded, max(map(len, folded), default=0))


def check_password(password: str, identity: Iterable[str], around: Iterable[str], blocked: Blocklist) -> None:
    """Refuses a password that is short or weak, with the ``Problem`` of what made it so.

    ``identity`` is who the account is (staff number, name) and never stands inside; parts of it, and ``around``
    (post, office, phone, address), are blocked pieces. No problem repeats anything of the password.
    """
    if len(unicodedata.normalize("NFC", password)) < PASSWORD_LENGTH:
        raise Problem("people.password_short", least=PASSWORD_LENGTH)
    text = _plain(password)[:_LOOKED_AT]
    if len(set(text)) < DIFFERENT:
        raise Problem("people.password_monotone")
    identity = tuple(identity)
    if _holds_whole(text, identity):
        raise Problem("people.password_own_word")
    own = Blocklist.of({Piece.OWN: {*_own_words(identity, split=True), *_own_words(around, split=False)}})
    covered = _covered(text, (own, blocked))
    left = {character for character, kind in zip(text, covered, strict=True) if kind is None}
    if len(left) < DIFFERENT:
        raise _weak(covered)


def _weak(covered: list[Piece | None]) -> Problem:
    """The problem of the kind that covers most."""
    kind = max(Piece, key=covered.count)
    match kind:
        case Piece.OWN:
            return Problem("people.password_own_part")
        case Piece.COMMON:
            return Problem("people.password_common")
        case Piece.NAME:
            return Problem("people.password_name")
        case Piece.WORK:
            return Problem("people.password_work")
        case Piece.DATE:
            return Problem("people.password_date")
        case Piece.KEYS:
            return Problem("people.password_keys")
        case Piece.REPEAT:
            return Problem("people.password_repeat")


# How characters are compared

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
_ALIKE = str.maketrans("01i!|345$7@", "olllleasst" + "a")
_REVERSIBLE = 5
_LOOKED_AT = 200
"""A password may be longer; its first characters must be good enough alone."""


def _plain(text: str) -> str:
    """Width, case and kind of kana taken away; figures and signs stay what they are."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_HIRAGANA)


def _alike(text: str) -> str:
    """Characters that stand for each other made one (0 and o, 1 and l and i, @ and a, $ and 5 and s); no longer."""
    return text.translate(_ALIKE)


def _joined(text: str) -> tuple[str, list[int]]:
    """The text without separators, and where each of its characters stood."""
    places = [place for place, character in enumerate(text) if character.isalnum() or character == "ー"]
    return "".join(text[place] for place in places), places


# The pieces

Found = Iterator[tuple[int, int, Piece]]


def _covered(text: str, lists: tuple[Blocklist, ...]) -> list[Piece | None]:
    """For each character the kind of the piece that covers it. Separators inside a piece belong to it."""
    covered: list[Piece | None] = [None] * len(text)
    joined, places = _joined(text)
    for start, end, kind in _pieces(text, lists):
        _cover(covered, start, end, kind)
    for start, end, kind in _pieces(joined, lists):
        _cover(covered, places[start], places[end - 1] + 1, kind)
    return covered


def _cover(covered: list[Piece | None], start: int, end: int, kind: Piece) -> None:
    order = list(Piece)
    for place in range(start, end):
        before = covered[place]
        if before is None or order.index(kind) < order.index(before):
            covered[place] = kind


def _pieces(text: str, lists: tuple[Blocklist, ...]) -> Found:
    for blocked in lists:
        yield from _words(text, blocked)
    yield from _dates(text)
    yield from _walks(text)
    for match in _REPEATED.finditer(text):
        yield match.start(), match.end(), Piece.REPEAT


def _words(text: str, blocked: Blocklist) -> Found:
    alike = _alike(text)
    for start in range(len(alike)):
        for end in range(start + 2, min(start + blocked.longest, len(alike)) + 1):
            kind = blocked.words.get(alike[start:end])
            if kind is not None:
                yield start, end, kind


_REPEATED = re.compile(rf"(.)\1\1+|(?=(.{{2,{PASSWORD_LENGTH - 1}}}?)\2)(?:\2){{2,}}(?<=.{{6}})", re.DOTALL)
"""One character three times, or a part that is no password itself twice or more (six characters in all: わくわく is a
word)."""

_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH_2, _DAY_2 = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_MONTHS, _DAYS = "(?:月|gatsu|がつ)?", "(?:日|nichi|にち)?"
_GAP = "[-/._ ]"
_ERA = "(?:明治|大正|昭和|平成|令和|めいじ|たいしょう|しょうわ|へいせい|れいわ|meiji|taishou?|sho?u?wa|heisei|reiwa)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?:19|20)[0-9]{{2}}年?(?:{_GAP}?{_MONTH_2}月?{_GAP}?{_DAY_2}日?)?",  # 20180514, 2018-05-14, 2018
        f"(?:19|20)[0-9]{{2}}[-/._ 年]{_MONTH}(?:[-/._ 月]{_DAY}日?)?",  # 2018/5/14, 2018年5月14日
        f"{_DAY}{_GAP}?{_MONTH}{_GAP}?(?:19|20)[0-9]{{2}}",  # 14052018, 14.5.2018
        f"{_MONTH}{_GAP}?{_DAY}{_GAP}?(?:19|20)[0-9]{{2}}",  # 05142018
        f"[0-9]{{2}}{_GAP}?{_MONTH_2}{_GAP}?{_DAY_2}(?![0-9])",  # 180514, h300514's figures
        f"(?<![0-9]){_MONTH_2}{_DAY_2}(?![0-9])",  # 0514
        f"{_MONTH}(?:月|gatsu|がつ){_GAP}?(?:{_DAY}{_DAYS})?",  # 5月14日, 5gatsu
        f"{_ERA}{_GAP}?(?:元|[0-9]{{1,2}})(?:年度?|nen|ねん)?(?:{_GAP}?{_MONTH}{_MONTHS}(?:{_GAP}?{_DAY}{_DAYS})?)?",
        f"(?<![a-z])[mtshr]{_GAP}?[0-9]{{1,2}}{_GAP}{_MONTH}{_GAP}{_DAY}",  # h30.5.14
        f"(?<![a-z])[mtshr][0-9]{{2}}{_MONTH_2}{_DAY_2}",  # h300514
    )
)


def _dates(text: str) -> Found:
    for start in range(len(text)):
        for pattern in _DATES:
            match = pattern.match(text, start)
            if match:
                yield start, match.end(), Piece.DATE


_ROWS = (
    "01234567890123456789",
    "1234567890-^\\",
    "qwertyuiop@[",
    "asdfghjkl;:]",
    "zxcvbnm,./\\",
    "`1234567890-=",
    "qwertyuiop[]\\",
    "asdfghjkl;'",
    "!\"#$%&'()=~|",
    "!@#$%^&*()_+",
    "abcdefghijklmnopqrstuvwxyz",
    "ぬふあうえおやゆよわほへ",
    "たていすかんなにらせ",
    "ちとしはきくまのりれけむ",
    "つさそひこみもねるめろ",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "あかさたなはまやらわ",
    "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
    "一二三四五六七八九十",
)
_COLUMNS = (
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"),
    *("2qaz", "3wsx", "4esz", "5rdx", "6tfc", "7ygv", "8uhb", "9ijn", "0okm", "-pl,"),
    "147852369",
)
_LINES = tuple(
    (least, _plain(line)[::way]) for least, lines in ((4, _ROWS), (3, _COLUMNS)) for line in lines for way in (1, -1)
)


def _walks(text: str) -> Found:
    for start in range(len(text)):
        for least, line in _LINES:
            end = start + least
            if len(text) < end or text[start:end] not in line:
                continue
            while end < len(text) and text[start : end + 1] in line:
                end += 1
            yield start, end, Piece.KEYS


# The account's own words

_KANJI = "々〇㐀-䶿一-鿿\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[0-9]+|[{_KANJI}]+|[ぁ-ゖー]+|[^\W\d_ぁ-ゖー{_KANJI}]+")
_JAPANESE = re.compile(rf"[ぁ-ゖー{_KANJI}]")
_WRITTEN_TOGETHER = re.compile(rf"[{_KANJI}]{{3,6}}")
_PLACES = re.compile(r"(?<=.)[都道府県区市町村郡丁番号]")


def _holds_whole(text: str, identity: Iterable[str]) -> bool:
    """Whether a staff number or a whole name stands inside, with or without its separators."""
    whole = {_joined(_plain(word))[0] for word in identity}
    inside = _alike(_joined(text)[0])
    return any(len(word) >= 3 and _alike(word) in inside for word in whole)


def _own_words(data: Iterable[str], split: bool) -> Iterator[str]:
    """The parts of the account's data that count as blocked: figures from 4, letters from 3, kanji and kana from 2."""
    for item in data:
        text = _plain(item)
        joined = _joined(text)[0]
        runs = [joined, *(run for part in (text, joined, _PLACES.sub(" ", text)) for run in _RUNS.findall(part))]
        if split and _WRITTEN_TOGETHER.fullmatch(joined):  # 佐藤恵美: whichever way family and given name are parted
            runs += [half for place in range(1, len(joined)) for half in (joined[:place], joined[place:])]
        for run in runs:
            if len(run) >= (4 if run.isdecimal() else 2 if _JAPANESE.match(run) else 3):
                yield run
            if run.isdecimal() and len(run) > 4:
                yield run[-4:]

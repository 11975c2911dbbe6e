"""Names of people: kept as they are written, found however they are typed.

Nothing here ever normalises the kanji of a stored name: NFKC and even NFC turn U+FA19 (the old shape of 神)
into U+795E, and the name on the letter would no longer be the person's. Folding is for searching only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x00AD))
_LOST = frozenset("?？〓□■\N{REPLACEMENT CHARACTER}")

_SELECTORS = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_SAME = {
    "高": "髙", "崎": "﨑嵜碕埼", "辺": "邊邉", "徳": "德", "柳": "栁", "桑": "桒",
    "富": "冨", "浜": "濵濱", "島": "嶋嶌", "真": "眞", "恵": "惠", "黒": "黑",
    "沢": "澤", "広": "廣", "国": "國", "桜": "櫻", "瀬": "瀨", "学": "學",
    "実": "實", "栄": "榮", "寿": "壽", "円": "圓", "万": "萬", "与": "與",
    "弥": "彌", "浅": "淺", "増": "增", "関": "關", "鉄": "鐵", "条": "條",
    "荘": "莊", "蔵": "藏", "豊": "豐", "静": "靜", "顕": "顯", "館": "舘",
    "峰": "峯", "野": "埜", "橋": "槗𣘺", "凛": "凜", "遥": "遙", "桧": "檜",
    "桝": "枡", "竜": "龍", "礼": "禮", "斎": "齋", "斉": "齊", "滝": "瀧",
    "灯": "燈", "渕": "淵渊", "騨": "驒", "緒": "緖", "亀": "龜", "吉": "𠮷",
    "土": "𡈽", "塩": "鹽", "会": "會", "県": "縣", "庄": "庒",
}  # fmt: skip
_VARIANTS = str.maketrans({old: new for new, olds in _SAME.items() for old in olds})
_ALTERNATIVES = (("斉", "斎"),)
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−ー"}
_DROPPED = dict.fromkeys(map(ord, "・'’‘`´,.、。"))


def tidy_name(raw: str) -> str:
    """A name, trimmed, with one half-width space between its parts; every character stays its own.

    Only marks that a computer wrote as a second character join theirs (e + ´, か + ゛), and invisible
    spaces go.
    """
    parts = raw.translate(_INVISIBLE).split()
    return " ".join("".join(_composed(cluster) for cluster in clusters(part)) for part in parts)


def clusters(text: str) -> tuple[str, ...]:
    """The characters as a reader counts them: a base and its variation selectors and marks are one (葛󠄀).

    Two halves of a surrogate pair, which some lists carry, count as one character too.
    """
    found: list[str] = []
    for character in text:
        if found and (_extends(character) or _is_pair(found[-1][-1], character)):
            found[-1] += character
        else:
            found.append(character)
    return tuple(found)


def lost_characters(text: str) -> tuple[int, ...]:
    """The positions where another system wrote a stand-in for a character that it could not carry.

    ``?``, ``？``, 〓 (geta), □, ■, U+FFFD, and the private-use characters whose shape only that system
    knows (外字). Behind a kanji the mark may stand for its variation selector alone: ``葛?城`` was 葛󠄀城.
    """
    return tuple(
        place
        for place, character in enumerate(text)
        if character in _LOST or unicodedata.category(character) in ("Co", "Cs")
    )


def is_doubtful_name(name: str) -> bool:
    """Whether characters of a name were lost on the way, so that no letter may carry it (要確認)."""
    return bool(lost_characters(name))


def fold(text: str) -> str:
    """What a search compares: widths, kana, small kana, voicing, accents, blanks and old forms of kanji
    made equal.

    髙橋 and 高橋, 渡邊 and 渡辺, ﾀﾅｶ and たなか, José and jose fold alike. 斉 and 斎 are two names and stay
    apart: see ``candidates``. Never store the result in place of a name.
    """
    text = text.translate(_SELECTORS)
    text = unicodedata.normalize("NFKC", text.translate(_VARIANTS)).translate(_VARIANTS)
    if not text.isascii():
        bare = (
            character
            for character in unicodedata.normalize("NFD", text)
            if not unicodedata.combining(character)
        )
        text = unicodedata.normalize("NFC", "".join(bare))
        text = text.translate(_DASHES).translate(_HIRAGANA).translate(_SMALL)
    return "".join(text.translate(_DROPPED).casefold().split())


def candidates(text: str) -> tuple[str, ...]:
    """The folded text first, then the foldings of names that people often mean instead (斉藤 beside 斎藤)."""
    folded = fold(text)
    others: list[str] = []
    for group in _ALTERNATIVES:
        others += _exchanged(folded, group)
    return (folded, *(other for other in dict.fromkeys(others) if other != folded))


def _exchanged(text: str, group: Iterable[str]) -> list[str]:
    members = tuple(group)
    return [text.replace(one, other) for one in members for other in members if one in text and one != other]


def _composed(cluster: str) -> str:
    if len(cluster) > 1 and any(unicodedata.combining(mark) for mark in cluster):
        return unicodedata.normalize("NFC", cluster)
    return cluster


def _extends(character: str) -> bool:
    code = ord(character)
    return code in _SELECTORS or code == 0x200D or unicodedata.combining(character) != 0


def _is_pair(before: str, character: str) -> bool:
    return "\ud800" <= before <= "\udbff" and "\udc00" <= character <= "\udfff"

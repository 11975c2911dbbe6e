"""合言葉: what opens a file that left. It is generated, printed on its own slip, and read out by telephone.

80 random bits are 4 groups of 4 characters with a fifth that checks them (``walkdesk.domain.base32``): a receiver who
heard or typed one character wrong learns which group it is, before any key is made of it. Letters are read out with a
word, as on the telephone: 9 and Q, 1 and H, M and N sound alike by themselves.
"""

from __future__ import annotations

from walkdesk.domain.base32 import GROUP_LENGTH, checked_groups, group_value, typed_parts
from walkdesk.domain.problem import Problem

PASSPHRASE_BYTES = 10
"""80 random bits."""
PASSPHRASE_GROUPS = 4

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
_SAID = (
    "アメリカ ボストン チャイナ デンマーク イングランド フランス ジャーマン ホンコン ジャパン キング メキシコ "
    "ニッポン パリ クイーン ローマ スペイン トウキョウ ビクトリー ワシントン エックスセン ヨコハマ ゼブラ"
)
_WORDS = dict(zip(_LETTERS, _SAID.split(), strict=True))


def passphrase_of(secret: bytes) -> str:
    """The passphrase of 80 random bits, as it is printed: four groups with hyphens between them."""
    if len(secret) != PASSPHRASE_BYTES:
        raise ValueError("a passphrase has 80 bits")
    return "-".join(checked_groups(secret))


def normal_passphrase(typed: str) -> str:
    """What somebody typed, as it was printed; width, case, spaces, hyphens and O, I, L do not matter.

    ``Problem("sealed.group", group=3)`` names the first group that is not right, ``sealed.length`` a passphrase with
    more or fewer characters.
    """
    parts = typed_parts(typed)
    if len(parts) != PASSPHRASE_GROUPS:
        whole = "".join(parts)
        if len(whole) != PASSPHRASE_GROUPS * GROUP_LENGTH:
            wanted = PASSPHRASE_GROUPS * GROUP_LENGTH
            raise Problem("sealed.length", groups=PASSPHRASE_GROUPS, wanted=wanted, count=len(whole))
        parts = [whole[start : start + GROUP_LENGTH] for start in range(0, len(whole), GROUP_LENGTH)]
    for number, group in enumerate(parts, 1):
        if group_value(number, group) is None:
            raise Problem("sealed.group", group=number)
    return "-".join(parts)


def spoken(group: str) -> str:
    """How a group is read out: ``7K2MX`` is 「7・キングのK・2・メキシコのM・エックスセンのX」."""
    return "・".join(f"{_WORDS[sign]}の{sign}" if sign in _WORDS else sign for sign in group)

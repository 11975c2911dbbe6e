"""文書: which papers there are whose wording people may change, and what each may say of a person.

The table ``PAPERS`` is the whole of it; the desk, the wording editor and the release desk read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem

_PROGRAMME = ("契約番号", "事業名", "年度", "期間")
_OFFICE = ("区名", "担当課", "受託者", "事務局", "所在地", "電話", "受付時間")
_PERSON = ("氏名", "受付番号")
_PERIOD = ("月", "締切")
_BOTH = frozenset(Programme)
_HEALTH = frozenset({Programme.HEALTH_POINTS})


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper with a wording: its variants, the placeholders that it may use, the programmes that have it."""

    key: str
    variants: tuple[str, ...]
    placeholders: tuple[str, ...]
    programmes: frozenset[Programme] = _BOTH
    personal: bool = True
    """Goes to a participant and leaves through a release; otherwise it tells of nobody."""


PAPERS: dict[str, PaperKind] = {
    kind.key: kind
    for kind in (
        PaperKind(
            "invitation",
            ("card", "app"),
            (*_PERSON, "利用者ID", *_PROGRAMME, "ポイントの付き方", "景品のめやす", *_OFFICE),
            _HEALTH,
        ),
        PaperKind("points_card", ("card",), (*_PERSON, *_PERIOD, *_PROGRAMME, *_OFFICE), _HEALTH),
        PaperKind("reminder", ("card",), (*_PERSON, *_PERIOD, *_PROGRAMME, *_OFFICE), _HEALTH),
        PaperKind("prize_guide", ("all",), (*_PERSON, "ポイント", *_PROGRAMME, *_OFFICE), _HEALTH),
        PaperKind("packing_slip", ("all",), (*_PERSON, "景品", "申込日", "ポイント", *_PROGRAMME, *_OFFICE), _HEALTH),
        PaperKind("health_application", ("form",), (*_PROGRAMME, *_OFFICE), _HEALTH, personal=False),
        PaperKind(
            "walk_application", ("form",), (*_PROGRAMME, *_OFFICE), frozenset({Programme.CITY_WALK}), personal=False
        ),
    )
}
"""Every paper by its key. Labels and envelopes have no wording and stand only among the contents of releases."""


def paper_kind(key: str, variant: str) -> PaperKind:
    """A paper of the table; ``Problem("papers.unknown_paper")`` for any other key or variant."""
    kind = PAPERS.get(key)
    if kind is None or variant not in kind.variants:
        raise Problem("papers.unknown_paper", paper=key)
    return kind

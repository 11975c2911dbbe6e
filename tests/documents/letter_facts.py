"""Letters to invented people."""

from __future__ import annotations

from datetime import date

from tests.documents.facts import MOMENT
from walkdesk.documents.batches import Office
from walkdesk.documents.letters import Letter, LettersMeta, compose
from walkdesk.documents.mail import Addressee
from walkdesk.documents.wording import shipped_wording
from walkdesk.resources.layouts import window_layouts

OFFICE = Office(
    ward="新宿区",
    section="健康部 健康づくり課",
    contractor="株式会社 歩楽事務センター",
    desk="健康ポイント事業 事務局",
    postcode="160-0022",
    address="東京都新宿区新宿9丁目88番7号 歩楽ビル3階",
    phone="03-0000-0123",
    hours="平日 午前9時〜午後5時",
)
VALUES = {
    **OFFICE.values(),
    "契約番号": "30-HP-0001",
    "事業名": "健康ポイント事業",
    "年度": "平成30年度",
    "期間": "平成30年7月1日から平成31年3月31日まで",
    "ポイントの付き方": "1日2,000歩で10ポイント、以後2,000歩ごとに10ポイント（1日50ポイントまで）",
    "景品のめやす": "1,000ポイントで500円分の商品券、3,000ポイントで歩数計などと交換できます。",
    "月": "平成30年7月",
    "締切": "平成30年8月10日（金）",
    "ポイント": "1,200",
    "景品": "今治タオル 3枚組",
    "申込日": "平成30年8月1日",
}
GOODS = (("商品券 500円分", "1,000ポイント"), ("今治タオル 3枚組", "1,200ポイント"), ("歩数計", "3,000ポイント"))
PERSON = {"name": "見本 花子", "postcode": "160-0023", "building": "グリーンタワー新宿 2301号室"}


def letter(place: int = 1, variant: str = "card", paper: str = "invitation", **changed: str) -> Letter:
    """A letter to an invented person: ``letter(7, name="髙橋 ふみ子")``."""
    number = f"{'A' if variant == 'app' else 'D'}{place:04d}"
    person = {"number": number, "address": f"東京都新宿区西新宿9丁目{place}番1号", **PERSON, **changed}
    own = {"氏名": person["name"], "受付番号": number, "利用者ID": number}
    goods = GOODS if paper == "prize_guide" else ()
    serial = f"R-0001-{place:03d}"
    return compose(serial, Addressee(**person), shipped_wording(paper, variant), {**VALUES, **own}, goods)


def meta(paper: str = "参加案内", window: str = "naga3") -> LettersMeta:
    """What a batch shares."""
    title = f"健康ポイント事業 {paper}"
    return LettersMeta(
        contract="30-HP-0001",
        title=title,
        created=MOMENT,
        office=OFFICE,
        issued=date(2018, 6, 20),
        window=window_layouts()[window],
    )

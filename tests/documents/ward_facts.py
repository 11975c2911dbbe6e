"""Invented 教育実施記録, 立入り調査票 and 参加申込書: staff only, and forms that nobody filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from tests.documents.facts import ADDRESS, CHECKPOINT, CONTRACTOR, MOMENT, PARTIES
from walkdesk.documents.application_form import ApplicationFacts, application_pdf
from walkdesk.documents.batches import Office
from walkdesk.documents.inspection_sheet import CheckGroup, CheckLine, InspectionFacts, inspection_sheet_pdf
from walkdesk.documents.training_record import Attendant, TrainingHeld, TrainingRecordFacts, training_record_pdf
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.participants import Programme
from walkdesk.domain.wording import Wording, fill

NAMES = {Programme.HEALTH_POINTS: "健康ポイント事業", Programme.CITY_WALK: "しんじゅくシティウォーク"}
WORDINGS = {Programme.HEALTH_POINTS: "health_application", Programme.CITY_WALK: "walk_application"}
LAW = "個人情報の保護に関する法律"
TAUGHT = "個人情報の取扱いと情報セキュリティ"
_WARD = {
    "issued": date(2018, 8, 9),
    "created": MOMENT,
    "parties": PARTIES,
    "contract": "30-HP-0001",
    "programme": NAMES[Programme.HEALTH_POINTS],
    "fiscal_year": "平成30年度",
    "checkpoint": CHECKPOINT,
}
STAFF = (
    Attendant("S-0001", "業務部長", "田中 康夫", "取扱責任者"),
    Attendant("S-0142", "担当", "𠮷野 健", "取扱者"),
    Attendant("S-0150", "担当", "葛\U000e0100城 ふみ", "", left_on=date(2018, 7, 31)),
)


def training_facts(
    missing: tuple[Attendant, ...] = (Attendant("S-0201", "当日スタッフ", "髙橋 直子", ""),),
) -> TrainingRecordFacts:
    """Two trainings of three people, and who is missing."""
    held = (
        TrainingHeld(date(2018, 5, 14), TAUGHT, LAW, STAFF),
        TrainingHeld(date(2018, 7, 2), "台紙の封入と、誤送付の防ぎ方", "", STAFF[1:2]),
    )
    return TrainingRecordFacts(
        number="30-HP-0001-KK01",
        taught_year="平成30年度",
        trainings=held,
        missing=missing,
        people=3 + len(missing),
        trained=3,
        **_WARD,
    )


def inspection_facts(filled_in: bool) -> InspectionFacts:
    """A sheet for the day, or one with what was found."""
    line = CheckLine(
        "1", "取扱責任者と取扱者をあらかじめ指定し、区に報告している", "取扱責任者等 2人、取扱者 2人を指定。"
    )
    found = CheckLine("2", line.asked, line.records, "要改善", "鍵の管理簿に記入がない")
    second = found if filled_in else CheckLine("2", line.asked, line.records)
    day = "平成30年8月8日" if filled_in else ""
    return InspectionFacts(
        number="30-HP-0001-TC01",
        entry="V-0001" if filled_in else "",
        period="平成30年4月1日から平成30年8月8日まで",
        held=(("調査の日", day), ("場所", "事務センター" if filled_in else ""), ("調査した区の職員（職・氏名）", "")),
        figures=tuple((f"数 {number}", f"{number:,}件") for number in range(1, 13)),
        groups=(CheckGroup("【運用上の対策】", (line, second)), CheckGroup("特記事項", (line,) * 14)),
        remarks=(("指摘", "管理簿を毎日つける" if filled_in else ""), ("改善の期限", ""), ("改善したこと", "")),
        **_WARD,
    )


def form_facts(programme: Programme, wording: Wording | None = None) -> ApplicationFacts:
    """A blank form of a programme, in the shipped wording unless another is given."""
    name = NAMES[programme]
    office = Office(
        "新宿区",
        "健康部 健康づくり課",
        CONTRACTOR,
        f"{name}事務局",
        "160-0022",
        ADDRESS,
        "03-0000-0123",
        "平日 9時〜17時",
    )
    values = {
        "契約番号": "30-HP-0001",
        "事業名": name,
        "年度": "平成30年度",
        "期間": "平成30年7月1日から平成31年3月31日まで",
        **office.values(),
    }
    text = fill(wording or shipped_wording(WORDINGS[programme], "form"), values)
    return ApplicationFacts(programme, name, "平成30年度", "30-HP-0001", date(2019, 6, 20), MOMENT, office, text)


WARD_PAPERS: Mapping[str, Callable[[], bytes]] = {
    "training_record": lambda: training_record_pdf(training_facts()),
    "inspection_sheet": lambda: inspection_sheet_pdf(inspection_facts(True)),
    "inspection_sheet_blank": lambda: inspection_sheet_pdf(inspection_facts(False)),
    "health_application": lambda: application_pdf(form_facts(Programme.HEALTH_POINTS)),
    "walk_application": lambda: application_pdf(form_facts(Programme.CITY_WALK)),
}
WARD_ORDER: Mapping[str, tuple[str, ...]] = {
    "training_record": (
        "教育実施記録",
        "1 実施した教育",
        "田中 康夫",
        "𠮷野 健",
        "葛\U000e0100城 ふみ",
        "2 まだ",
        "髙橋 直子",
    ),
    "inspection_sheet": ("立入り調査票", "1 事務所", "2 点検表", "■ 要改善", "3 指摘と改善", "立ち会った受託者"),
    "health_application": (
        "参加申込書",
        "氏名",
        "住所",
        "年齢",
        "性別",
        "電話番号",
        "参加方法",
        "利用目的",
        "受付番号",
    ),
    "walk_application": (
        "参加申込書",
        "氏名",
        "住所",
        "生年月日",
        "性別",
        "電話番号",
        "参加コース",
        "利用目的",
        "受付番号",
    ),
}

"""Every paper as its picture was approved: one line each, from facts that never change and tell of nobody.

A new paper is a function below and a line in ``PAPERS``; then ``python -m tests.documents.approved --approve NAME``
keeps its picture, and the tests of quality hold for it too. ``ORDER`` may add what is read one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from tests.documents.card_facts import CARD_NAMES, CARD_ORDER, CARD_PAPERS, cards
from tests.documents.facts import CHECKPOINT, MOMENT, PARTIES, certificate, report
from tests.documents.letter_facts import letter, meta
from tests.documents.mail_facts import ENVELOPE_NAMES, MAIL_ORDER, MAIL_PAPERS, envelopes
from tests.documents.ward_facts import WARD_ORDER, WARD_PAPERS
from walkdesk.documents.audit_pack import CHAIN, CHECKLIST, LEDGER, TRAININGS, PackFacts, audit_pack_pdf
from walkdesk.documents.certificate import certificate_pdf
from walkdesk.documents.flow import Column
from walkdesk.documents.grids import filled
from walkdesk.documents.incident import IncidentFacts, ReportStep, incident_pdf
from walkdesk.documents.individual_erasure import IndividualErasureFacts, individual_erasure_pdf
from walkdesk.documents.letters import letters_pdf
from walkdesk.documents.package_list import PackageFacts, PackageFile, package_list_pdf
from walkdesk.documents.passphrase_slip import SlipFacts, passphrase_slip_pdf
from walkdesk.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf
from walkdesk.documents.registers import EntryFacts, RegisterFacts, register_pdf
from walkdesk.documents.report import report_pdf
from walkdesk.documents.returns import ReturnFacts, ReturnItem, returns_pdf
from walkdesk.documents.roster import COLUMNS_WIDTH, RosterFacts, roster_pdf
from walkdesk.documents.sheet import Mark
from walkdesk.documents.start_sheet import SigningKey, StaffRow, StartSheetFacts, start_sheet_pdf
from walkdesk.documents.status_report import ALARMS, DESK, HELD, OPENED, Section, StatusFacts, status_report_pdf
from walkdesk.domain.dates import JST
from walkdesk.domain.participants import Origin
from walkdesk.domain.passphrases import passphrase_of
from walkdesk.domain.recovery import code_groups, qr_text
from walkdesk.domain.returns import Disposition, Medium

CONTRACT, PROGRAMME, YEAR = "30-HP-0001", "健康ポイント事業", "平成30年度"
PERIOD = "平成30年4月1日から平成30年9月30日まで"
DAY = date(2018, 8, 9)
_SECRET = bytes(range(40, 60))
_NAMES = ("見本 花子", "葛\U000e0100城 𠮷乃")
_OF_WARD = {
    "issued": DAY,
    "created": MOMENT,
    "parties": PARTIES,
    "contract": CONTRACT,
    "programme": PROGRAMME,
    "fiscal_year": YEAR,
    "checkpoint": CHECKPOINT,
}


def returns() -> bytes:
    item = ReturnItem
    items = (
        item(Origin.PROVIDED, Medium.ELECTRONIC, "参加者名簿", 1, "件", Disposition.RETURNED, "", "新健収 第88号", DAY),
        item(Origin.PROVIDED, Medium.PAPER, "申込書", 1250, "枚", Disposition.RETURNED, "", "新健収 第88号", DAY),
        item(Origin.COLLECTED, Medium.ELECTRONIC, "歩数", 141872, "件", Disposition.DESTROYED, "区3"),
        item(Origin.COLLECTED, Medium.PAPER, "台紙", 2238, "枚", Disposition.HANDED_OVER, "", "新健収 第89号", DAY),
        item(Origin.PRODUCED, Medium.ELECTRONIC, "ポイントの記録", 5120, "件", Disposition.DESTROYED, "新健指 第12号"),
        item(Origin.PRODUCED, Medium.PAPER, "", 0, "", Disposition.NONE),
    )
    return returns_pdf(ReturnFacts(number="30-HP-0001 目録 第1号", items=items, **_OF_WARD))


def entry(number: int) -> EntryFacts:
    fields = (("何の紙か", f"申込書 {number}束"), ("枚数", "120"), ("置き場所", "執務室 鍵付きキャビネット 2段目"))
    history = ("平成30年5月15日 訂正の前は「110」でした。理由: 数え直し",) if number == 2 else ()
    state = "終了" if number % 3 == 0 else "継続中"
    return EntryFacts(f"P-{number:04}", CONTRACT, f"申込書 {number}束", "平成30年5月14日", "", state, fields, history)


def register_facts(lines: int) -> RegisterFacts:
    return RegisterFacts(
        "P-20180517", DAY, MOMENT, PARTIES.contractor, PARTIES.signer, "紙媒体台帳", "特記事項 第8、11項",
        "受け取った日", "何の紙か", tuple(entry(number) for number in range(1, lines + 1)), CHECKPOINT,
    )  # fmt: skip


def incident() -> bytes:
    steps = (
        ReportStep("区への第一報（直ちに）", "平成30年8月9日", "平成30年8月9日　10:40　電話"),
        ReportStep("報告書の提出", "平成30年8月10日", "まだ"),
    )
    items = tuple(
        (title, "参加案内1通を、隣の部屋番号の方の郵便受けに配達したと連絡がありました。未開封のまま回収しました。")
        for title in ("発生した日時と場所", "対象となった情報", "経緯", "原因", "とった措置", "再発を防ぐ対策")
    )
    facts = IncidentFacts(
        "30-HP-0001-J-0001", DAY, MOMENT, PARTIES, CONTRACT, "参加案内1通の誤配", "事故のおそれ",
        "平成30年8月9日　10:15", "佐藤 恵", steps, ("特記事項19に基づく区への報告",), items, "指示のとおりにする。",
        CHECKPOINT,
    )  # fmt: skip
    return incident_pdf(facts)


def status() -> StatusFacts:
    desk = (("サインイン", 412), ("拒否されたサインイン", 3), ("画面の施錠", 1208))
    opened = (("佐藤 恵", 14, datetime(2018, 8, 3, 11, 20, tzinfo=JST)), ("𠮷野 健", 2, None))
    return StatusFacts(
        number="30-HP-0001-TJ01",
        period=PERIOD,
        head=(("契約の段階", "運用中"), ("参加者", "500人")),
        sections=(
            Section("保有する情報", grids=(filled(HELD, (("提供", 1000, 1250), ("収集", 141872, 2238))),)),
            Section("利用の記録", (("出典", "証跡台帳 第66号まで"),), (filled(DESK, desk), filled(OPENED, opened))),
            Section("異常の検知", grids=(filled(ALARMS, ()),)),
        ),
        **_OF_WARD,
    )


def audit_pack() -> bytes:
    checked = [("特記事項 2", "業務上知り得た内容を第三者に漏らさない", "誓約書 5人のうち5人。", "")] * 23
    taught = [(DAY, "佐藤 恵", "個人情報の取扱い", "個人情報の保護に関する法律")] * 20
    shown = [(line, MOMENT, "佐藤 恵", "サインイン", f"端末 {line}") for line in range(1, 61)]
    facts = PackFacts(
        number="30-HP-0001-KS01",
        period=PERIOD,
        status=status(),
        checklist=filled(CHECKLIST, checked),
        parts=(Section(TRAININGS.title, grids=(filled(TRAININGS, taught),)),),
        registers=(register_facts(6),),
        chain=filled(CHAIN, [("証跡台帳の全体（第1号から第66号）", "切れ目なし")]),
        ledger=filled(LEDGER, shown),
        **_OF_WARD,
    )
    return audit_pack_pdf(facts)


def roster() -> bytes:
    people = (
        ("D0001", "見本 花子"),
        ("D0002", "𠮷田 三郎"),
        ("D0003", "葛\U000e0100城 ふみ"),
        ("A0004", "髙橋 マリア"),
    )
    return roster_pdf(
        RosterFacts(
            title="受付名簿",
            programme=f"{PROGRAMME}　{YEAR}",
            author=PARTIES.contractor,
            created=MOMENT,
            serial="R-0007",
            stamp="R-0007　持出し 佐藤 恵　S-0142　平成30年8月9日 9:12",
            facts=(("目的", "測定会の受付"), ("運ぶ者", "佐藤 恵"), ("戻す時刻", "平成30年8月9日 17:00")),
            columns=(Column("通し番号", 30), Column("受付番号", 30), Column("氏名", COLUMNS_WIDTH - 60)),
            rows=tuple((f"R-0007-{place:03}", *people[place % 4]) for place in range(1, 61)),
        )
    )


def recovery_sheet() -> bytes:
    facts = RecoverySheetFacts(
        number="R-30-HP-0001-2", opens=f"契約 {CONTRACT}（{PROGRAMME}）の保管庫", for_office=False, generation=2,
        issued=DAY, created=MOMENT, office=PARTIES.contractor, made_by=PARTIES.signer,
        kept_at="本社2階 耐火金庫 上段", groups=code_groups(_SECRET), qr_text=qr_text(_SECRET, 2), replaces=1,
    )  # fmt: skip
    return recovery_sheet_pdf(facts)


def passphrase_slip() -> bytes:
    facts = SlipFacts(
        serial="R-2018-0031", recipient="新宿運送株式会社 西新宿営業所 山口 様", office=PARTIES.contractor,
        contact="03-0000-0000", created=MOMENT, due=date(2018, 9, 30), passphrase=passphrase_of(bytes(range(10))),
    )  # fmt: skip
    return passphrase_slip_pdf(facts)


def individual_erasure() -> bytes:
    facts = IndividualErasureFacts(
        number="30-HP-0001-KB01", requested_on=date(2018, 8, 6), reason="本人の申出", performed=MOMENT,
        operator="取扱者　佐藤 恵", entry=61, counts=(("提供", 1), ("収集", 214), ("作成", 12)), sheets=3, changed=5,
        **_OF_WARD,
    )  # fmt: skip
    return individual_erasure_pdf(facts)


def package_list() -> bytes:
    names = (("people", "参加者", 500), ("steps", "歩数", 141872), ("points", "ポイント", 5120))
    files = tuple(
        PackageFile(f"{key}-R-0012.csv", title, rows, rows * 61, f"{rows:064x}") for key, title, rows in names
    )
    stamp = "R-0012　新宿区 健康部　S-0142　平成30年8月9日 9:12"
    return package_list_pdf(PackageFacts(number="30-HP-0001-R-0012", stamp=stamp, files=files, **_OF_WARD))


def start_sheet() -> bytes:
    facts = StartSheetFacts(
        number="30-HP-0001 指定 第1号",
        certification="プライバシーマーク 第00000000号（平成32年5月31日まで）",
        place="東京都新宿区新宿9丁目88番7号 歩楽ビル3階 執務室",
        law="個人情報の保護に関する法律",
        staff=(
            StaffRow("取扱責任者", "業務部長", "田中 康夫", date(2018, 6, 1), date(2018, 6, 11), True),
            StaffRow("取扱者", "担当", "𠮷野 健", date(2018, 6, 1), None),
        ),
        keys=(SigningKey("証跡台帳の署名", "Ed25519", "7K2FQ-X310A-BCDEF-GHJKM-NPQRST", "walkdesk:key:7K2FQ"),),
        **_OF_WARD,
    )
    return start_sheet_pdf(facts)


def letters(paper: str, title: str, variant: str = "all", window: str = "naga3") -> Callable[[], bytes]:
    people = (letter(3, variant, paper), letter(4, variant, paper, name=_NAMES[1], building=""))
    return lambda: letters_pdf(people, meta(title, window))


PAPERS: Mapping[str, Callable[[], bytes]] = {
    "invitation_card": letters("invitation", "参加案内", "card"),
    "invitation_app": letters("invitation", "参加案内", "app"),
    "reminder": letters("reminder", "台紙のお知らせ", "card", "kaku2"),
    "prize_guide": letters("prize_guide", "景品案内"),
    "packing_slip": letters("packing_slip", "景品のお届けの書類"),
    "report": lambda: report_pdf(report()),
    "certificate": lambda: certificate_pdf(certificate()),
    "certificate_practice": lambda: certificate_pdf(replace(certificate(), mark=Mark.PRACTICE)),
    "returns": returns,
    "register": lambda: register_pdf(register_facts(14)),
    "incident": incident,
    "status_report": lambda: status_report_pdf(status()),
    "audit_pack": audit_pack,
    "roster": roster,
    "recovery_sheet": recovery_sheet,
    "passphrase_slip": passphrase_slip,
    "individual_erasure": individual_erasure,
    "package_list": package_list,
    "start_sheet": start_sheet,
    **CARD_PAPERS,
    **MAIL_PAPERS,
    **WARD_PAPERS,
}
"""Name to the function that makes the paper; the name is that of its picture."""

ORDER: Mapping[str, tuple[str, ...]] = {
    "report": (
        "新宿区長　様",
        "事業実施報告書",
        "実施期間",
        "1 参加者",
        "2 歩数と台紙",
        "3 景品",
        "4 個人情報の取扱い",
    ),
    "certificate": ("新宿区長　様", "委託契約", "方法", "保証区分", "この証明の対象外", "消去の手順", "証明の確かめ方"),
    "returns": ("返還・引渡し目録", "資料等", "参加者名簿", "申込書", "歩数", "台紙", "証跡台帳の照合値"),
    "register": ("紙媒体台帳", "1 一覧", "P-0001", "P-0014", "2 内容", "P-0001", "訂正の前は", "P-0014"),
    "incident": ("事故報告書", "件名", "1 報告の経過", "2 事故等の内容", "(1)", "(6)", "3 区の指示", "区の受領"),
    "status_report": ("取扱状況報告書", "1 保有する情報", "2 利用の記録", "サインイン", "𠮷野 健", "3 異常の検知"),
    "audit_pack": ("監査資料", "内容", "取扱状況報告書（特記事項14）", "取扱状況報告書", "点検表", "証跡台帳の抜粋"),
    "roster": (
        "受付名簿",
        "目的",
        "氏名",
        "R-0007-001",
        "𠮷田 三郎",
        "R-0007-002",
        "葛\U000e0100城 ふみ",
        "R-0007-060",
    ),
    "recovery_sheet": ("復旧用紙", "開けるもの", "50MJP", "8D9PZ", "何のための紙か", "捨て方", "封をした人"),
    "passphrase_slip": ("合言葉の紙", "000G8", "40R4P", "0M30D", "E2094", "切り取って", "渡す人の控え", "ジャーマン"),
    "individual_erasure": (
        "個別消去証明書",
        "申出",
        "方法",
        "保証区分",
        "消去したもの",
        "この証明の対象外",
        "区の確認",
    ),
    "package_list": ("電子データ目録", "people-R-0012.csv", "参加者", "500", "points-R-0012.csv", "照合値（SHA-256）"),
    "start_sheet": ("取扱責任者・取扱者報告書", "認証", "1 指定した者", "田中 康夫", "𠮷野 健", "2 署名に使う鍵"),
    **CARD_ORDER,
    **MAIL_ORDER,
    **WARD_ORDER,
}
"""What is read one after the other, by whichever reader; a paper without a line here is only read whole."""

PEOPLE: Mapping[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "letters": (lambda: letters_pdf([letter(1), letter(2, name=_NAMES[1])], meta()), _NAMES),
    "points_cards": (cards, CARD_NAMES),
    "envelopes": (lambda: envelopes("kaku2"), ENVELOPE_NAMES),
}
"""Files for several people with their names, in the order of their pages: each has a bookmark with the name."""

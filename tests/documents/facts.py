"""Invented facts of papers that name no participant: the same for the tests, the pictures and the figures."""

from __future__ import annotations

from datetime import date, datetime

from walkdesk.documents.certificate import CertificateFacts, DisposalRow, StepRow, SubjectRow, certificate_files
from walkdesk.documents.formal import Parties
from walkdesk.documents.report import AgeRow, ChannelRow, MonthRow, PrizeRow, ReleaseRow, ReportFacts, TrainingRow
from walkdesk.documents.sheet import Checkpoint
from walkdesk.domain.dates import JST

CONTRACTOR = "株式会社 歩楽事務センター"
ADDRESS = "東京都新宿区新宿9丁目88番7号 歩楽ビル3階"
MOMENT = datetime(2018, 6, 20, 10, 0, tzinfo=JST)
PARTIES = Parties("新宿区長", CONTRACTOR, ADDRESS, "取扱責任者　田中 康夫")
CHECKPOINT = Checkpoint(
    8412, "7K2FQX310ABCDEFGHJKMNPQRST", "walkdesk:checkpoint:office-1:8412:7K2FQX310ABCDEFGHJKMNPQRST"
)


def report() -> ReportFacts:
    """An invented 実績報告書."""
    return ReportFacts(
        number="30-HP-0001 報告 第1号",
        issued=date(2019, 3, 31),
        created=MOMENT,
        parties=PARTIES,
        contract="30-HP-0001",
        programme="健康ポイント事業",
        fiscal_year="平成30年度",
        period="平成30年7月1日から平成31年3月31日まで",
        channels=(ChannelRow("台紙", 250, 6, 238), ChannelRow("計", 250, 6, 238)),
        ages=(AgeRow("18〜29歳", "＊", "＊", 0, 9), AgeRow("計", 119, 125, 6, 250)),
        months=tuple(
            MonthRow(f"平成30年{month}月", 240, 239, 236, 6800 + month, None if month == 9 else 7421, 148210)
            for month in range(4, 13)
        ),
        prizes=(PrizeRow("商品券 500円分", 1000, 182, 181),),
        releases=(ReleaseRow("本人宛の送付", 4, 497, 0),),
        trainings=(TrainingRow(date(2018, 6, 11), "個人情報の保護と情報セキュリティ", 5),),
        incidents=(),
        checkpoint=CHECKPOINT,
    )


def certificate() -> CertificateFacts:
    """An invented 消去証明書."""
    return CertificateFacts(
        number="30-HP-0001",
        revision=1,
        issued=date(2019, 4, 3),
        created=datetime(2019, 4, 3, 14, 5, tzinfo=JST),
        parties=PARTIES,
        contract="30-HP-0001",
        programme="健康ポイント事業",
        fiscal_year="平成30年度",
        basis="特記事項 第11項・第12項",
        subjects=(SubjectRow("提供", "参加者名簿", 250, "人"), SubjectRow("作成", "ポイントの記録", 5120, "件")),
        summary="参加者 500人　歩数 141,872日分",
        return_receipt="平成31年3月25日　受領番号 新健収 第88号",
        method="暗号鍵の破棄と保管庫の上書き",
        steps=tuple(
            StepRow(datetime(2019, 4, 3, 14, 2, second, tzinfo=JST), what, 8406 + second)
            for second, what in enumerate(("消去の開始を記録", "鍵を破棄", "ファイルを削除", "残りを探索"))
        ),
        vault="30-HP-0001",
        vault_digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        vault_size=5242880,
        keys=(DisposalRow("契約鍵トークン K-02", 1, "上書き"),),
        copies=(DisposalRow("参加案内（印刷）", 497, "本人へ送付"),),
        verification=(("開錠の試み", "拒まれました"), ("見つかった残り", "0件")),
        verification_summary="残り 0件（見張りの語 40・頁 512）",
        result="適合",
        exceptions=(),
        grade="B",
        grade_reason="鍵を上書き・ディスク暗号化あり",
        not_covered=("画面の写真やメモ", "登録されていない鍵の写し", "休止ファイルとページファイル", "PCの時計"),
        operator="取扱者　髙橋 恵",
        verifier="副責任者　小林 直美",
        manager="田中 康夫",
        software="walkdesk 0.1.0",
        checkpoint=CHECKPOINT,
        fingerprint="7K2FQ-X310A-BCDEF-GHJKM-NPQRST",
        qr_text="walkdesk:certificate:30-HP-0001:1:7K2FQX310ABCDEFGHJKMNPQRST",
        attachments=certificate_files(b'{"kind":"walkdesk.certificate.1"}', b"s" * 64, b"-----BEGIN PUBLIC KEY-----\n"),
    )

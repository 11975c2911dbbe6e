"""Labels, envelopes, calibration sheets and the test page as their pictures were approved: invented people only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.documents.facts import MOMENT
from walkdesk.documents.calibration import CalibrationFacts, calibration_pdf
from walkdesk.documents.envelopes import Envelope, EnvelopeSender, envelopes_pdf
from walkdesk.documents.labels import Label, labels_pdf
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import PaperMeta
from walkdesk.documents.testpage import TestPageFacts, test_page_pdf
from walkdesk.domain.layouts import EnvelopeFormat, LabelFormat, Offset, WindowLayout
from walkdesk.resources.layouts import envelope_formats, label_formats, window_layouts

OFFICE, PRINTER, OFFSET = "株式会社 歩楽事務センター", "RICOH IM C3000", Offset(0.5, -1)
ENVELOPE_NAMES = ("𠮷田 三郎", "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス")

_PLAIN = Addressee("160-0023", "東京都新宿区西新宿9丁目7番1号", "グリーンタワー新宿 2301号室", "見本 花子", "")
_PEOPLE = (
    _PLAIN,
    replace(_PLAIN, name=ENVELOPE_NAMES[0], building=""),
    replace(_PLAIN, name=ENVELOPE_NAMES[1], address="東京都新宿区百人町9丁目77番88号"),
    replace(_PLAIN, building="コーポラティブハウス新大久保ヒルズガーデンレジデンス壱番館 サウスウィング 1234号室"),
    replace(_PLAIN, name="葛\U000e0100城 ふみ", address="東京都新宿区高田馬場9丁目8番7号"),
)


def labels(key: str, count: int = 22, start: int = 8) -> bytes:
    people = [replace(_PEOPLE[place % 5], number=f"D{place:04d}") for place in range(1, count + 1)]
    made = [Label(f"R-0007-{place:03d}", person) for place, person in enumerate(people, 1)]
    meta = PaperMeta("宛名ラベル", OFFICE, MOMENT)
    return labels_pdf(made, label_formats()[key], meta, start=start, stamp="S-0142 見本 健　平成30年8月9日 9:30")


def envelopes(key: str) -> bytes:
    people = [replace(person, number=f"D{place:04d}") for place, person in enumerate(_PEOPLE[1:3], 1)]
    sender = EnvelopeSender(
        OFFICE, "健康ポイント事業 事務局", "160-0022", "東京都新宿区新宿9丁目88番7号 歩楽ビル3階", "03-0000-0123"
    )
    made = [Envelope(f"R-0007-{place:03d}", person) for place, person in enumerate(people, 1)]
    return envelopes_pdf(made, envelope_formats()[key], sender, PaperMeta("封筒", OFFICE, MOMENT))


def calibration(layout: WindowLayout | LabelFormat | EnvelopeFormat, name: str) -> bytes:
    return calibration_pdf(CalibrationFacts(layout, name, PRINTER, OFFSET, OFFICE, MOMENT))


MAIL_PAPERS: Mapping[str, Callable[[], bytes]] = {
    "labels": lambda: labels("a4-24"),
    "envelopes": lambda: envelopes("naga3"),
    "calibration_window": lambda: calibration(window_layouts()["naga3"], "長形3号の窓付き封筒"),
    "calibration_labels": lambda: calibration(label_formats()["a4-18"], "A4 18面"),
    "calibration_envelope": lambda: calibration(envelope_formats()["naga3"], "長形3号の封筒"),
    "test_page": lambda: test_page_pdf(TestPageFacts(PRINTER, OFFSET, OFFICE, MOMENT)),
}

MAIL_ORDER: Mapping[str, tuple[str, ...]] = {
    "labels": ("160-0023", "𠮷田 三郎", "1枚目", "160-0023", "2枚目"),
    "envelopes": ("西新宿9丁目", "𠮷田 三郎", "160-0022", OFFICE, "R-0007-001", "百人町9丁目", "R-0007-002"),
    "calibration_window": ("160-0022", "見本 花子", "調整シート", "拡大も縮小もしない", "左右", "上下", PRINTER),
    "test_page": ("テストページ", "濃さの違い", "つながって見える", "つぶれずに読める", "三つとも", "使い方", PRINTER),
}

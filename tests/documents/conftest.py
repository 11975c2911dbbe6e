"""Invented people and papers, and the independent readers that the papers are read back with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.documents.facts import MOMENT, certificate, report
from walkdesk.documents.certificate import CertificateFacts
from walkdesk.documents.letters import Letter, LettersMeta, Office, Recipient, Terms, compose
from walkdesk.documents.report import ReportFacts
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.participants import Channel

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
TERMS = Terms(
    contract="30-HP-0001",
    programme="健康ポイント事業",
    period="平成30年7月1日から平成31年3月31日まで",
    points="1日2,000歩で10ポイント、以後2,000歩ごとに10ポイント（1日50ポイントまで）",
    prizes="1,000ポイントで500円分の商品券、3,000ポイントで歩数計などと交換できます。",
)


def run_tool(*command: str) -> str:
    """What a command line tool says; the test fails when it does not succeed."""
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Runs a PDF tool on bytes: ``tool(pdf, "pdftotext", "-raw", "{}", "-")``."""

    def run(pdf: bytes, *command: str) -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        return run_tool(*(part.replace("{}", str(path)) for part in command))

    return run


@pytest.fixture
def letters_meta() -> LettersMeta:
    return LettersMeta("30-HP-0001", "健康ポイント事業", date(2018, 6, 20), MOMENT, OFFICE)


@pytest.fixture
def make_letter() -> Callable[..., Letter]:
    """A letter to an invented person: ``make_letter(7, name="髙橋 ふみ子")``."""

    def make(place: int = 1, channel: Channel = Channel.CARD, **changed: str) -> Letter:
        person = {
            "serial": f"30-HP-0001 案内 第{place:05d}号",
            "number": f"{'D' if channel is Channel.CARD else 'A'}{place:04d}",
            "name": "見本 花子",
            "postcode": "160-0023",
            "address": f"東京都新宿区西新宿9丁目{place}番1号",
            "building": "グリーンタワー新宿 2301号室",
        } | changed
        wording = shipped_wording("invitation", "card" if channel is Channel.CARD else "app")
        return compose(Recipient(channel=channel, **person), wording, TERMS, OFFICE)

    return make


@pytest.fixture
def report_facts() -> ReportFacts:
    return report()


@pytest.fixture
def certificate_facts() -> CertificateFacts:
    return certificate()

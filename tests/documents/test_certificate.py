"""消去証明書: two pages, its files inside, and no claim that the grade does not carry."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pypdf
import pytest

from walkdesk.documents.certificate import CertificateFacts, DisposalRow, certificate_pdf, facts_of, statement
from walkdesk.domain.problem import Problem


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_certificate_shows_what_an_auditor_asks_for(certificate_facts: CertificateFacts) -> None:
    pdf = certificate_pdf(certificate_facts)
    text = text_of(pdf)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    for words in (
        "消去証明書",
        "特記事項 第11項・第12項",
        "新健収 第88号",
        "14:02:00〜14:02:03",
        "適合",
        "画面の写真やメモ",
        "区の確認",
        certificate_facts.vault_digest,
        "5,242,880",
        "8,409",
        "7K2FQ-X310A-BCDEF-GHJKM-NPQRST",
        "髙橋 恵",
    ):
        assert words in text


def test_the_files_inside_are_readable_by_two_readers(
    certificate_facts: CertificateFacts, tool: Callable[..., str], tmp_path: Path
) -> None:
    pdf = certificate_pdf(certificate_facts)
    attached = pypdf.PdfReader(io.BytesIO(pdf)).attachments
    assert attached == {one.name: [one.content] for one in certificate_facts.attachments}
    (tmp_path / "out").mkdir()
    tool(pdf, "pdfdetach", "-saveall", "-o", str(tmp_path / "out"), "{}")
    for one in certificate_facts.attachments:
        assert (tmp_path / "out" / one.name).read_bytes() == one.content


def test_the_files_inside_are_associated_with_the_document(certificate_facts: CertificateFacts) -> None:
    root = pypdf.PdfReader(io.BytesIO(certificate_pdf(certificate_facts))).trailer["/Root"]
    relations = {one.get_object()["/UF"]: one.get_object()["/AFRelationship"] for one in root["/AF"]}
    assert relations["certificate.json"] == "/Source"
    assert set(relations) == {"certificate.json", "certificate.json.sig", "office-key.pem"}


def test_the_certificate_is_sound_and_the_same_every_time(
    certificate_facts: CertificateFacts, tool: Callable[..., str]
) -> None:
    pdf = certificate_pdf(certificate_facts)
    assert "No syntax or stream encoding errors" in tool(pdf, "qpdf", "--check", "{}")
    assert certificate_pdf(certificate_facts) == pdf


@pytest.mark.parametrize(
    ("result", "grade", "claims"),
    [("適合", "A", True), ("適合", "B", True), ("適合", "C", False), ("例外あり", "A", False), ("不適合", "B", False)],
)
def test_only_a_conforming_grade_a_or_b_says_that_nothing_comes_back(result: str, grade: str, claims: bool) -> None:
    assert ("復元できない" in statement(result, grade)) is claims


def test_grade_c_never_says_irrecoverable(certificate_facts: CertificateFacts) -> None:
    weak = replace(certificate_facts, grade="C", grade_reason="トークンなし・ディスク暗号化なし")
    assert "復元" not in text_of(certificate_pdf(weak))
    with pytest.raises(Problem) as refused:
        certificate_pdf(replace(weak, grade_reason="復元不可能です"))
    assert refused.value.code == "papers.grade_claim"


def test_exceptions_stand_beside_the_result(certificate_facts: CertificateFacts) -> None:
    facts = replace(certificate_facts, result="例外あり", exceptions=("読めない場所 2か所",))
    assert "例外あり　読めない場所 2か所" in text_of(certificate_pdf(facts))


def test_many_copies_shrink_the_particulars_and_then_stop(certificate_facts: CertificateFacts) -> None:
    copies = tuple(DisposalRow(f"印刷物 {number}", number, "裁断") for number in range(16))
    pdf = certificate_pdf(replace(certificate_facts, copies=copies))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    with pytest.raises(Problem) as stopped:
        certificate_pdf(replace(certificate_facts, copies=copies * 6))
    assert stopped.value.code == "papers.too_long"


def test_a_plain_mapping_gives_the_same_certificate(certificate_facts: CertificateFacts) -> None:
    table = {name: getattr(certificate_facts, name) for name in asdict(certificate_facts)}
    assert facts_of(table) == certificate_facts
    with pytest.raises(ValueError, match="software"):
        facts_of({name: value for name, value in table.items() if name != "software"})

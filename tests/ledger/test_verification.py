from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from walkdesk.documents.attachments import Attachment, attach
from walkdesk.domain.problem import Problem
from walkdesk.ledger.attachments import attachments
from walkdesk.ledger.certificate import Certificate, SignedCertificate, sign_certificate
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.keys import fingerprint, public_pem, read_public_pem
from walkdesk.ledger.verification import Check, hold, verify_certificate, verify_pdf


@pytest.fixture(scope="module")
def signed(
    year: list[Entry], key: Ed25519PrivateKey, certify: Callable[..., Certificate]
) -> SignedCertificate:
    return sign_certificate(certify(year), key)


@pytest.fixture(scope="module")
def pdf(signed: SignedCertificate) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 100, "7 0 obj << /EF << /F 1 0 R >> >> endobj")
    carried = [
        Attachment("certificate.json", signed.document, "application/json"),
        Attachment("certificate.json.sig", signed.signature),
        Attachment("office-key.pem", signed.key, "application/x-pem-file"),
    ]
    attach(canvas._doc, carried, datetime(2019, 4, 2, tzinfo=UTC))
    canvas.save()
    return buffer.getvalue()


def failed(checks: tuple[Check, ...]) -> set[str]:
    return {check.code for check in checks if check.holds is False}


def test_a_genuine_certificate_holds_in_every_check(
    signed: SignedCertificate, year: list[Entry], key: Ed25519PrivateKey
) -> None:
    paper = checkpoint("office-1", year[-1])
    for typed in (paper.grouped(), paper.qr_text()):
        checks = verify_certificate(
            signed.document, signed.signature, signed.key, fingerprint(key.public_key()), typed
        )
        assert all(check.holds for check in checks) and len(checks) == 7


def test_without_paper_the_comparison_is_left_to_the_reader(signed: SignedCertificate) -> None:
    checks = verify_certificate(signed.document, signed.signature, signed.key)
    assert hold(checks)
    assert {check.code for check in checks if check.holds is None} == {"key", "checkpoint"}


def test_flipping_any_byte_of_the_certificate_or_its_signature_is_noticed(signed: SignedCertificate) -> None:
    for place in range(len(signed.document)):
        damaged = bytearray(signed.document)
        damaged[place] ^= 1
        assert "signature" in failed(verify_certificate(bytes(damaged), signed.signature, signed.key))
    for place in range(64):
        damaged = bytearray(signed.signature)
        damaged[place] ^= 1
        assert failed(verify_certificate(signed.document, bytes(damaged), signed.key)) == {"signature"}


def test_a_certificate_signed_anew_by_another_key_does_not_match_the_start_sheet(
    signed: SignedCertificate, key: Ed25519PrivateKey
) -> None:
    forger = Ed25519PrivateKey.generate()
    checks = verify_certificate(
        signed.document,
        forger.sign(signed.document),
        public_pem(forger.public_key()),
        fingerprint(key.public_key()),
    )
    assert failed(checks) == {"key", "named_key"}


def test_a_grade_that_does_not_follow_from_the_facts_is_noticed(
    year: list[Entry], key: Ed25519PrivateKey, certify: Callable[..., Certificate]
) -> None:
    better = sign_certificate(replace(certify(year), grade="A"), key)
    assert failed(verify_certificate(better.document, better.signature, better.key)) == {"judgement"}
    shorter = sign_certificate(replace(certify(year), evidence=certify(year).evidence[1:]), key)
    assert failed(verify_certificate(shorter.document, shorter.signature, shorter.key)) == {"order"}


def test_a_key_of_another_kind_is_a_problem(signed: SignedCertificate) -> None:
    elliptic = generate_private_key(SECP256R1()).public_key()
    for pem in (b"", b"x", elliptic.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)):
        with pytest.raises(Problem) as caught:
            verify_certificate(signed.document, signed.signature, pem)
        assert caught.value.code == "ledger.key_unreadable"


def test_our_own_pdf_carries_the_certificate(
    pdf: bytes, signed: SignedCertificate, key: Ed25519PrivateKey
) -> None:
    assert attachments(pdf) == {
        "certificate.json": signed.document,
        "certificate.json.sig": signed.signature,
        "office-key.pem": signed.key,
    }
    checks = verify_pdf(pdf)
    assert hold(checks) and checks[-1] == Check("pdf", None)
    assert verify_pdf(pdf, detached=key.sign(pdf))[-1] == Check("pdf", True)
    changed = pdf.replace(b"/Producer", b"/Produzer")
    assert failed(verify_pdf(changed, detached=key.sign(pdf))) == {"pdf"}


def test_a_pdf_that_another_library_wrote_with_plain_objects_is_read_too(signed: SignedCertificate) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("certificate.json", signed.document)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert attachments(buffer.getvalue()) == {"certificate.json": signed.document}


def test_a_pdf_without_the_files_or_with_two_of_a_name_is_refused(pdf: bytes) -> None:
    buffer = io.BytesIO()
    empty = Canvas(buffer)
    empty.save()
    with pytest.raises(Problem) as caught:
        verify_pdf(buffer.getvalue())
    assert caught.value.code == "verify.no_attachments"
    planted = (
        b"\n900 0 obj\n<< /Type /Filespec /F (certificate.json) /EF << /F 901 0 R >> >>\nendobj\n"
        b"901 0 obj\n<< /Type /EmbeddedFile /Length 2 >>\nstream\n{}\nendstream\nendobj\n"
    )
    with pytest.raises(Problem) as caught:
        verify_pdf(pdf + planted)
    assert caught.value.code == "verify.attachment_twice"


def test_a_stream_that_inflates_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 9)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Filespec /F (a) /EF << /F 2 0 R >> >>\nendobj\n2 0 obj\n"
    stream = f"<< /Type /EmbeddedFile /Filter /FlateDecode /Length {len(bomb)} >>\nstream\n".encode()
    data = head + stream + bomb + b"\nendstream\nendobj\n"
    assert attachments(data.replace(b"/Flate", b"/Other").replace(b"/Filter /OtherDecode ", b"")) == {
        "a": bomb
    }
    with pytest.raises(Problem) as caught:
        attachments(data)
    assert caught.value.code == "verify.unreadable"


@settings(max_examples=300)
@given(st.data())
def test_damaged_pdfs_raise_nothing_but_a_problem_and_never_pass_changed(
    pdf: bytes, signed: SignedCertificate, data: st.DataObject
) -> None:
    damaged = bytearray(pdf)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    with contextlib.suppress(Problem):
        if hold(verify_pdf(bytes(damaged))):
            assert attachments(bytes(damaged))["certificate.json"] == signed.document


@given(st.binary(max_size=300), st.binary(max_size=70), st.binary(max_size=100), st.booleans())
def test_random_bytes_raise_nothing_but_a_problem(
    signed: SignedCertificate, document: bytes, signature: bytes, pem: bytes, real_key: bool
) -> None:
    with contextlib.suppress(Problem):
        assert not hold(verify_certificate(document, signature, signed.key if real_key else pem))
    with contextlib.suppress(Problem):
        read_public_pem(b"-----BEGIN PUBLIC KEY-----\n" + pem + b"\n-----END PUBLIC KEY-----\n")
    with contextlib.suppress(Problem):
        attachments(b"%PDF-1.4 obj /EF << /F 1 0 R >> /F (a)" + document)

from __future__ import annotations

import importlib.util
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdesk.commands.verify import main
from walkdesk.documents.attachments import Attachment, attach
from walkdesk.ledger.certificate import STEPS, sign_certificate
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.ledger.export import export_ledger
from walkdesk.ledger.keys import fingerprint
from walkdesk.resources.texts import Texts


def _book() -> Any:
    path = Path(__file__).parents[1] / "ledger" / "conftest.py"
    spec = importlib.util.spec_from_file_location("walkdesk_tests_ledger_book", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BOOK = _book()
YEAR = BOOK.write_year()
FINGERPRINT = fingerprint(BOOK.KEY.public_key())
CHECKPOINT = checkpoint(BOOK.OFFICE, YEAR[-1]).grouped()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    signed = sign_certificate(BOOK.issue(YEAR), BOOK.KEY)
    (tmp_path / "certificate.json").write_bytes(signed.document)
    (tmp_path / "certificate.json.sig").write_bytes(signed.signature)
    (tmp_path / "office-key.pem").write_bytes(signed.key)
    (tmp_path / "ledger.jsonl").write_bytes(export_ledger(YEAR, BOOK.OFFICE, BOOK.KEY))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    names = ("certificate.json", "certificate.json.sig", "office-key.pem")
    carried = [Attachment(name, (tmp_path / name).read_bytes()) for name in names]
    attach(canvas._doc, carried, datetime(2019, 4, 2, tzinfo=UTC))
    canvas.save()
    (tmp_path / "certificate.pdf").write_bytes(buffer.getvalue())
    return tmp_path


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("name", ["certificate.json", "certificate.pdf", "ledger.jsonl"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_genuine_files_hold(folder: Path, name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    texts = Texts(language)
    assert main([str(folder / name), "--fingerprint", FINGERPRINT, f"--checkpoint={CHECKPOINT}"], texts) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 7
    assert all(texts.say("verify.mark.does_not_hold") not in line for line in lines)
    assert sum(line.startswith(texts.say("verify.mark.holds")) for line in lines) >= 6
    assert main([str(folder / name)], texts) == 0
    out = capsys.readouterr().out
    assert FINGERPRINT in out and out.splitlines()[-1] == texts.say("verify.all_hold_open")


def test_the_japanese_lines_hold_no_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(folder / "certificate.json")], Texts("ja"))
    out = capsys.readouterr().out
    assert "検証結果「適合」と保証区分「B」" in out
    assert not re.search(r"[a-z]+_[a-z]+|conforms", out)


@pytest.mark.parametrize("place", [1, 200, -2])
def test_one_changed_byte_does_not_hold(folder: Path, place: int, capsys: pytest.CaptureFixture[str]) -> None:
    flip(folder / "certificate.json", place)
    assert main([str(folder / "certificate.json")], Texts("ja")) == 1
    assert "［合いません］" in capsys.readouterr().out


def test_a_changed_ledger_does_not_hold(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"H-1"', b'"H-2"', 1))
    assert main([str(path)], Texts("ja")) == 1
    assert "署名が一致しません" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["certificate.json", "certificate.pdf", "ledger.jsonl"])
def test_another_fingerprint_or_checkpoint_does_not_hold(folder: Path, name: str) -> None:
    assert main([str(folder / name), "--fingerprint", "A" * 26], Texts("ja")) == 1
    assert main([str(folder / name), "--checkpoint", "A" * 26], Texts("ja")) == 1


def test_the_pdf_says_what_its_signatures_do_not_cover(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "certificate.pdf")], Texts("ja")) == 0
    assert "印刷されるページの文字は守られません" in capsys.readouterr().out
    pdf = folder / "certificate.pdf"
    (folder / "certificate.pdf.sig").write_bytes(BOOK.KEY.sign(pdf.read_bytes()))
    assert main([str(pdf)], Texts("ja")) == 0
    assert "PDF全体は" in capsys.readouterr().out
    flip(pdf, -30)
    assert main([str(pdf)], Texts("ja")) == 1


def test_what_cannot_be_read_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "garbage.pdf").write_bytes(bytes(range(256)))
    (folder / "other.docx").write_bytes(b"PK")
    (folder / "lonely.json").write_bytes(b"{}")
    (folder / "folder.json").mkdir()
    for name in (
        "empty.jsonl",
        "garbage.pdf",
        "other.docx",
        "lonely.json",
        "folder.json",
        "none.json",
        "a\0b.json",
    ):
        for language in ("ja", "en"):
            assert main([str(folder / name)], Texts(language)) == 2, name
            assert len(capsys.readouterr().out.splitlines()) == 1
    (folder / "office-key.pem").unlink()
    assert main([str(folder / "certificate.json")], Texts("ja")) == 2


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--fingerprint"], ["--unknown", "a"]])
def test_a_wrong_call_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments, Texts("ja")) == 2
    assert "--help" in capsys.readouterr().out
    assert main(["--help"], Texts("ja")) == 0


def test_control_characters_of_a_forged_file_do_not_reach_the_console(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = sign_certificate(BOOK.issue(YEAR, "\x1b[2J消"), BOOK.KEY)
    (folder / "certificate.json").write_bytes(signed.document)
    (folder / "certificate.json.sig").write_bytes(signed.signature)
    assert main([str(folder / "certificate.json")], Texts("ja")) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_both_languages_have_every_sentence() -> None:
    japanese, english = Texts("ja").keys(), Texts("en").keys()
    rooms = ("verify.", "ledger.")
    assert {key for key in japanese if key.startswith(rooms)} == {key for key in english if key.startswith(rooms)}


def _source() -> str:
    root = Path(__file__).parents[2] / "walkdesk"
    files = [*(root / "ledger").glob("*.py"), root / "commands" / "verify.py"]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_in_the_code_has_its_sentence_and_the_values_for_it(language: str) -> None:
    texts = Texts(language)
    raised = re.findall(r'Problem\(\s*"((?:ledger|verify)\.[a-z_]+)"([^\n]*)', _source())
    raised += [(f"ledger.missing_{step}", "") for step in STEPS]
    assert len(raised) > 40
    for code, values in raised:
        room, _, name = code.partition(".")
        given = set(re.findall(r"(\w+)=", values))
        if code == "verify.attachment_twice" or "name=" in values:
            given.add("name")
        texts.say(f"{room}.problem.{name}", **dict.fromkeys(given, "x"))  # a missing value is a KeyError
    for name in ("not_found", "no_signature", "no_key"):
        assert f"verify.problem.{name}" in {*texts.keys()}


def test_every_check_has_a_sentence_for_each_of_its_outcomes() -> None:
    keys = Texts("ja").keys()
    checks = re.findall(r'Check\("([a-z_]+)", (True|False|None|\w)', _source())
    checks += [(code, outcome) for code in ("gap", "link", "signatures") for outcome in ("True", "False")]
    assert len(checks) > 20
    for code, outcome in checks:
        forms = {"True": [""], "False": ["_wrong"], "None": ["_open"]}.get(outcome, ["", "_wrong"])
        for form in forms:
            assert f"verify.check.{code}{form}" in keys, code + form

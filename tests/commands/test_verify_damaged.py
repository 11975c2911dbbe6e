"""``walkdesk verify`` on files damaged in every way: a sentence and 1 or 2, no traceback, nothing overwritten."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.damage import damaged, replaced
from walkdesk.commands.verify import main
from walkdesk.documents.attachments import Attachment, attach
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.certificate import JSON_NAME, KEY_NAME, SIGNATURE_NAME, sign_certificate
from walkdesk.ledger.export import export_ledger
from walkdesk.resources.texts import Texts

PDF, LEDGER = "certificate.pdf", "ledger.jsonl"

anyhow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _book() -> Any:
    path = Path(__file__).parents[1] / "ledger" / "conftest.py"
    spec = importlib.util.spec_from_file_location("walkdesk_tests_ledger_book", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BOOK = _book()
YEAR = BOOK.write_year()


def _files() -> dict[str, bytes]:
    signed = sign_certificate(BOOK.issue(YEAR), BOOK.KEY)
    files = {JSON_NAME: signed.document, SIGNATURE_NAME: signed.signature, KEY_NAME: signed.key}
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    attach(
        canvas._doc, [Attachment(name, content) for name, content in files.items()], datetime(2019, 4, 2, tzinfo=UTC)
    )
    canvas.save()
    pdf = buffer.getvalue()
    ledger = export_ledger(YEAR, BOOK.OFFICE, BOOK.KEY)
    return {**files, PDF: pdf, f"{PDF}.sig": BOOK.KEY.sign(pdf), LEDGER: ledger}


FILES = _files()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("delivered")


def verified(folder: Path, opened: str, changes: dict[str, bytes], language: str = "ja") -> int:
    """The exit code for the delivered files with changes; sentences are printed, and every file keeps its bytes."""
    files = FILES | changes
    for name, content in files.items():
        (folder / name).write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(folder / opened)], Texts(language))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    lines = out.getvalue().splitlines()
    assert lines and all(lines) and err.getvalue() == "" and "Traceback" not in out.getvalue()
    assert "\x1b" not in out.getvalue() and (code != 2 or len(lines) == 1)
    return code


def test_the_delivered_files_hold(folder: Path) -> None:
    assert [verified(folder, name, {}) for name in (JSON_NAME, PDF, LEDGER)] == [0, 0, 0]


@anyhow
@given(data=st.data(), language=st.sampled_from(["ja", "en"]))
@pytest.mark.parametrize(
    ("opened", "name"),
    [
        (JSON_NAME, JSON_NAME),
        (JSON_NAME, SIGNATURE_NAME),
        (JSON_NAME, KEY_NAME),
        (PDF, PDF),
        (PDF, f"{PDF}.sig"),
        (LEDGER, LEDGER),
    ],
)
def test_a_damaged_file_does_not_hold(folder: Path, opened: str, name: str, data: st.DataObject, language: str) -> None:
    raw = data.draw(damaged(FILES[name]))
    code = verified(folder, opened, {name: raw}, language)
    if name == KEY_NAME:  # the PEM's line ends and what stands around it are not the key
        assert code in (0, 1, 2)
    else:
        assert code in (1, 2) or raw == FILES[name]


@anyhow
@given(document=replaced(json.loads(FILES[JSON_NAME])), signs=st.booleans(), language=st.sampled_from(["ja", "en"]))
def test_a_certificate_with_another_value_is_checked_or_refused(
    folder: Path, document: Any, signs: bool, language: str
) -> None:
    try:
        raw = canonical(document)
    except ValueError:
        raw = json.dumps(document).encode()
    changes = {JSON_NAME: raw, SIGNATURE_NAME: BOOK.KEY.sign(raw)} if signs else {JSON_NAME: raw}
    code = verified(folder, JSON_NAME, changes, language)
    assert signs or code in (1, 2) or raw == FILES[JSON_NAME]


@anyhow
@given(data=st.data(), language=st.sampled_from(["ja", "en"]))
def test_a_ledger_with_another_value_is_checked_or_refused(folder: Path, data: st.DataObject, language: str) -> None:
    lines = FILES[LEDGER].splitlines()
    place = data.draw(st.just(0) | st.integers(0, len(lines) - 1))
    record = data.draw(replaced(json.loads(lines[place])))
    if isinstance(record, dict) and data.draw(st.booleans()):
        record.pop("signature", None)
        with contextlib.suppress(ValueError):
            record["signature"] = BOOK.KEY.sign(canonical(record)).hex()
    with contextlib.suppress(ValueError):
        lines[place] = canonical(record)
    assert verified(folder, LEDGER, {LEDGER: b"\n".join(lines) + b"\n"}, language) in (0, 1, 2)

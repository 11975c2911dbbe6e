"""Invented people and papers, and the independent readers that the papers are read back with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.facts import certificate, report
from tests.documents.letter_facts import letter, meta
from walkdesk.documents.certificate import CertificateFacts
from walkdesk.documents.letters import Letter, LettersMeta
from walkdesk.documents.report import ReportFacts


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
    return meta()


@pytest.fixture
def make_letter() -> Callable[..., Letter]:
    """A letter to an invented person: ``make_letter(7, name="髙橋 ふみ子")``."""
    return letter


@pytest.fixture
def report_facts() -> ReportFacts:
    return report()


@pytest.fixture
def certificate_facts() -> CertificateFacts:
    return certificate()

"""A paper that may leave freely (figures, lists of counts): onto paper or into a file that the person chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import PaperBytes
from walkdesk.ui.language import tr


def choose_file(parent: QWidget, title: str, file_name: str, kinds: str) -> Path | None:
    """Asks where a file should go; ``None`` when the person thinks better of it."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / file_name), kinds)
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Asks for a folder; ``None`` when the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(chosen) if chosen else None


def write_file(path: Path, data: bytes) -> None:
    """Writes a file; ``Problem("papers.not_written")`` when the disk or the medium does not take it."""
    try:
        path.write_bytes(data)
    except OSError:
        raise Problem("papers.not_written", name=path.name) from None


def pdf_kind() -> str:
    """The filter of a save dialog."""
    return tr("papers.pdf_kind")


def choose_pdf(parent: QWidget, paper: PaperBytes) -> Path | None:
    """Asks where a paper should go."""
    return choose_file(parent, tr("papers.save_title"), paper.file_name, pdf_kind())

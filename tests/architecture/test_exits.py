"""One module of the window writes files and prints, and only the services make what it takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "walkdesk"
EXITS = "ui/out/exits.py"
FORBIDDEN = frozenset(
    [
        "getSaveFileName",
        "getSaveFileUrl",
        "saveFileContent",
        "getExistingDirectory",
        "write_bytes",
        "write_text",
        "QPrinter",
        "QPrintDialog",
        "QPrintPreviewDialog",
        "QPdfWriter",
        "QPrinterInfo",
        "QProcess",
        "QSaveFile",
        "QFile",
        "QTemporaryFile",
        "QDrag",
        "setMimeData",
        "QDesktopServices",
        "QTextDocumentWriter",
        "QImageWriter",
        "startDetached",
        "NamedTemporaryFile",
        "mkstemp",
        "copyfile",
        "copyfileobj",
        "QSvgGenerator",
        "QPicture",
    ]
)
"""Names by which bytes get out of a window: into a file, to a printer, to another program."""
OPENED = {"open", "fdopen"}
CLIP = {"clipboard", "QClipboard"}
MODULES = frozenset(
    [
        "subprocess",
        "socket",
        "shutil",
        "tempfile",
        "ctypes",
        "urllib",
        "http",
        "smtplib",
        "PySide6.QtPrintSupport",
        "PySide6.QtNetwork",
    ]
)
ALLOWED = {
    "ui/shell/clipboard.py": {"QClipboard", "setMimeData"},  # the guard of the clipboard
    "ui/shell/program.py": {"clipboard"},  # gives the clipboard to its guard
    "ui/shell/away.py": {"import ctypes"},  # asks Windows how long nobody touched the keyboard
}


def ways_out(source: str) -> Iterator[str]:
    """What a source uses to get bytes out of the window."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (f"import {one.name}" for one in node.names if one.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            if node.module in MODULES:
                yield f"import {node.module}"
            yield from (one.name for one in node.names if one.name in FORBIDDEN | CLIP)
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN | CLIP:
            yield node.attr
        elif isinstance(node, ast.Call):
            yield from _opens(node)


def _opens(call: ast.Call) -> Iterator[str]:
    """A file opened for anything but reading; ``save`` of a picture with a path is one too."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in OPENED:
        given = [*call.args, *(word.value for word in call.keywords)]
        modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if any(set(mode) & set("wax+") and set(mode) <= set("rwaxbt+") for mode in modes):
            yield f"{name} for writing"
    on_image = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call)
    if name == "save" and (call.args or on_image):
        yield "save"


def sources(folder: str) -> list[Path]:
    return sorted((PACKAGE / folder).rglob("*.py"))


def test_only_the_exits_write_print_and_only_the_guard_touches_the_clipboard() -> None:
    found = {}
    for path in sources("ui"):
        name = path.relative_to(PACKAGE).as_posix()
        ways = set(ways_out(path.read_text(encoding="utf-8")))
        ways -= ALLOWED.get(name, set())
        if ways and name != EXITS:
            found[name] = sorted(ways)
    assert found == {}


PLANTED = (
    "QFileDialog.getSaveFileName(None)",
    "from PySide6.QtPrintSupport import QPrinter",
    "path.write_bytes(data)",
    "open(path, 'wb')",
    "path.open(mode='a')",
    "QGuiApplication.clipboard().setText(name)",
    "from PySide6.QtGui import QClipboard",
    "import subprocess",
    "self.grab().save(path)",
    "QPdfWriter(path)",
    "from PySide6.QtCore import QSaveFile",
)


@pytest.mark.parametrize("line", PLANTED)
def test_a_planted_way_out_is_found(line: str) -> None:
    if line == "QPdfWriter(path)":
        line = f"from PySide6.QtGui import QPdfWriter\n{line}"
    assert set(ways_out(line))


@pytest.mark.parametrize("line", ["path.open('rb')", "path.read_bytes()", "form.save.clicked", "field.setText(name)"])
def test_reading_and_showing_is_no_way_out(line: str) -> None:
    assert not set(ways_out(line))


def _makes(source: str, kinds: set[str]) -> set[str]:
    made = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            made |= {name} & kinds
            if name == "replace" and isinstance(node.func, ast.Name):
                made.add("replace")  # dataclasses.replace makes one of its argument's class
    return made


def test_only_the_gate_makes_what_was_released() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources(".")
        if "Released" in _makes(path.read_text(encoding="utf-8"), {"Released"})
    }
    assert makers == {"services/gate.py"}


def test_no_window_makes_what_an_exit_takes() -> None:
    kinds = {"FreePaper", "FreeFile", "Released", "ScreenPaper", "PaperBytes"}
    for path in sources("ui"):
        assert not _makes(path.read_text(encoding="utf-8"), kinds) & kinds, path


def test_only_the_gate_calls_the_makers_of_a_content() -> None:
    callers = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources("services")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "makers"
    }
    assert callers == {"services/gate.py"}


def test_only_the_gate_seals() -> None:
    callers = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources("services")
        if "seal_files" in _makes(path.read_text(encoding="utf-8"), {"seal_files"})
    }
    assert callers == {"services/gate.py"}

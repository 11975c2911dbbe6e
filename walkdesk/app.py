"""Wiring: which command was asked for, and how window and room come together."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from walkdesk import __version__
from walkdesk.domain.problem import Problem
from walkdesk.resources.texts import LANGUAGES, Texts


def main(arguments: Sequence[str]) -> int:
    """``walkdesk [demo|verify|doctor]``; without a command the window."""
    if arguments and arguments[0] == "--room":
        from walkdesk.room.__main__ import main as room

        return room(arguments[1:])
    if arguments and arguments[0] == "--signing":
        from walkdesk.room.signing import main as signing

        return signing(arguments[1:])
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command == "verify":
        from walkdesk.commands.verify import main as verify

        return verify(rest, Texts(_language(rest)))
    if command == "demo":
        from walkdesk.commands.demo.command import main as demo

        return demo(rest, Texts(_language(rest)))
    options = _options().parse_args([part for part in arguments if part != "doctor"])
    if command == "doctor":
        from walkdesk.commands.doctor import main as doctor

        return doctor(options.office, Texts(options.language), datetime.now().date())  # noqa: DTZ005
    return _window(options)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="walkdesk", description="ウォークデスク")
    parser.add_argument("--version", action="version", version=f"walkdesk {__version__}")
    parser.add_argument("--office", type=Path, default=default_office(), help="事務所のフォルダー")
    parser.add_argument("--tokens", type=Path, action="append", default=[], help="契約鍵トークンを探すフォルダー")
    parser.add_argument("--language", choices=LANGUAGES, default="ja")
    parser.add_argument("--scheme", choices=("system", "light", "dark", "contrast"), default="system")
    return parser


def _language(arguments: list[str]) -> str:
    """Takes ``--language`` out of a command's own arguments."""
    if "--language" in arguments:
        place = arguments.index("--language")
        chosen = arguments[place + 1 : place + 2]
        del arguments[place : place + 2]
        if chosen and chosen[0] in LANGUAGES:
            return chosen[0]
    return "ja"


def default_office() -> Path:
    """The platform's data folder; ``--office`` names another."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "walkdesk" / "office"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local/share"))) / "walkdesk" / "office"


def is_practice(office: Path) -> bool:
    """Whether the office's card says that its people are invented: the ribbon must be there before the room is."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # the room says what is wrong with a damaged card
        return bool(json.loads((office / "office.json").read_bytes()).get("practice"))
    return False


def _window(options: argparse.Namespace) -> int:
    # Only the window needs Qt: commands start without it.
    from PySide6.QtWidgets import QApplication

    from walkdesk.ui import language
    from walkdesk.ui.look.theme import Scheme, apply
    from walkdesk.ui.shell.program import Program, room_starter
    from walkdesk.ui.shell.signing import signing_starter
    from walkdesk.ui.shell.window import MainWindow

    application = QApplication(sys.argv[:1])
    application.setApplicationName("walkdesk")
    language.use(options.language)
    try:
        apply(application, Scheme(options.scheme))
    except Problem as problem:
        sys.stderr.write(language.sentence(problem) + "\n")
        return 2
    window = MainWindow(
        clock=lambda: datetime.now().astimezone(),
        practice=is_practice(options.office),
        version=__version__,
    )
    program = Program(
        window,
        room_starter(options.office, options.tokens),
        (options.office / "office.json").exists(),
        signing_starter(options.office),
    )
    program.show_door()
    window.show()
    application.processEvents()
    # The door is seen by now, and nothing was typed yet: what only matters from here on is loaded behind it.
    from walkdesk.room.hardening import no_core_dumps

    no_core_dumps()
    program.open_room()
    # The desks are a third of the program.
    from walkdesk.ui.desks import DESKS
    from walkdesk.ui.shell.away import Away

    window.use_desks(DESKS)
    away = Away(window, program)
    away.leaving.connect(program.leave)
    code = application.exec()
    program.close()
    return code

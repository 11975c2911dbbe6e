"""Makes an office whose keys and password no other process has ever held, for the search of memories.

``python -m tests.room.secret_office FOLDER``: FOLDER/office and FOLDER/usb with one staffed contract, a copy of both in
FOLDER/copy, and the password of everybody, made by chance, in FOLDER/password.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from pathlib import Path

from tests import conftest
from walkdesk.messages.contracts import OpenContract
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform


def main() -> int:
    """One office."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    conftest.PASSWORD = secrets.token_hex(16)  # no capitals: typed without Shift they would look like Caps Lock
    office = conftest.Office(folder)
    session = conftest.set_up(office)
    conftest.staffed(session)
    conftest.prepared(session, office.tokens)
    perform(session, OpenContract())
    perform(session, SignOut())
    office.close()
    for name in ("office", "usb"):
        shutil.copytree(folder / name, folder / "copy" / name)
    (folder / "password").write_text(conftest.PASSWORD, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

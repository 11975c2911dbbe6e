"""What somebody who can write to the disk may do to an office, and what two moments of one office they do it with.

``Evening`` is an office folder as it was on one evening: ``old`` is earlier than ``new`` by some saved days. Each kind
of tampering gets a fresh copy of ``new``, or of ``mid``: the files as a loss of power leaves them, with a full log.
"""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session as OrmSession
from sqlcipher3 import dbapi2

from tests.conftest import PASSWORD, Office
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.ledger.chain import append
from walkdesk.ledger.entry import Entry
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import RecordTraining
from walkdesk.messages.reception import CorrectParticipant
from walkdesk.services.access import OFFICE_SCOPE, open_slot
from walkdesk.services.perform import perform
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.office import OfficeBook

PAGE = 4096
_LOG_HEAD, _FRAME_HEAD = 32, 24
JULY = "2018-07"


@dataclass(frozen=True, slots=True)
class Evening:
    """Four images of one office folder, and its token's folder beside each."""

    old: Path
    """An evening earlier, closed in good order."""
    new: Path
    """Now, closed in good order."""
    mid: Path
    """Now, after a loss of power: everything saved is in the log, the file itself is of the day before."""
    owed: Path
    """As ``mid``, with the book of one commit earlier: the seal of the last commit was never written."""
    contract: str
    book_key: bytes


def make_evening(office: Office, folder: Path) -> Evening:
    """Plays three days at the card desk and takes the images."""

    def keep(name: str) -> Path:
        shutil.copytree(office.folder.path.parent, folder / name)
        return folder / name

    session = office.door()
    perform(session, SignIn("S-0142", PASSWORD))
    contract = session.contract
    assert contract is not None
    perform(session, OpenCard("D0001", JULY))
    for day in range(1, 10):
        perform(session, SaveDay("D0001", JULY, day, DayState.KEYED, 3000 + day))
    perform(session, SignOut())
    old = keep("old")
    session = office.sign_in("S-0001")
    perform(session, CorrectParticipant("D0001", "address", "東京都新宿区片町2番2号", "本人の申出"))
    for day in range(1, 20):
        perform(session, OpenCard("D0001", JULY))
        perform(session, SaveDay("D0001", JULY, day, DayState.KEYED, 5000 + day, confirmed=True))
    perform(session, RecordTraining(("S-0142",), session.now.date(), "年度途中の確認"))
    assert session.keys is not None
    book_key = open_slot(office.folder.slots, OFFICE_SCOPE, "S-0001", session.keys, None)
    before = {path: path.read_bytes() for path in office.folder.path.glob("office.db*")}
    perform(session, SaveDay("D0001", JULY, 20, DayState.KEYED, 7777, confirmed=True))
    mid, owed = keep("mid"), keep("owed")
    for path in (owed / "office").glob("office.db*"):
        path.unlink()
    for path, data in before.items():
        (owed / "office" / path.name).write_bytes(data)
    for image in (mid, owed):
        for index in image.rglob("*-shm"):
            index.unlink()
    perform(session, SignOut())
    return Evening(old, keep("new"), mid, owed, contract, book_key)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: a copy of an image, and the images to take other pieces from."""

    evening: Evening
    office: Office
    random: Random
    turn: int

    @property
    def vault(self) -> Path:
        return self.office.folder.vault(self.evening.contract)

    @property
    def log(self) -> Path:
        return self.vault.with_name("vault.db-wal")

    def old(self, path: Path) -> Path:
        """The same file on the evening before."""
        return self.evening.old / path.relative_to(self.office.folder.path.parent)


def noticed(office: Office) -> str:
    """The code of the problem that a person meets who signs in and goes to work; empty where nobody notices."""
    session = office.door()
    try:
        perform(session, SignIn("S-0142", PASSWORD))
        if session.waiting is not None:
            return session.waiting
        perform(session, OpenCard("D0001", JULY))
    except Problem as problem:
        return problem.code
    finally:
        session.close()
    return ""


def _flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def _pages(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[at : at + PAGE] for at in range(0, len(data), PAGE)]


def flip_bit_in_page(attempt: Attempt) -> None:
    """One bit of one page of the vault; which page goes round, so that with enough tries each has its turn."""
    count = attempt.vault.stat().st_size // PAGE
    page = attempt.turn % count
    _flip(attempt.vault, page * PAGE + attempt.random.randrange(PAGE), attempt.random.randrange(8))


def flip_bit_in_book(attempt: Attempt) -> None:
    """One bit of one page of the office book."""
    book = attempt.office.folder.book
    _flip(book, attempt.random.randrange(book.stat().st_size), attempt.random.randrange(8))


def swap_pages(attempt: Attempt) -> None:
    """Two pages of the vault change places."""
    pages = _pages(attempt.vault)
    one, other = attempt.random.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    attempt.vault.write_bytes(b"".join(pages))


def old_page(attempt: Attempt) -> None:
    """One page of the vault as it was the evening before; each of them is of this vault and this key."""
    pages, old = _pages(attempt.vault), _pages(attempt.old(attempt.vault))
    place = attempt.random.choice([i for i in range(min(len(pages), len(old))) if pages[i] != old[i]])
    pages[place] = old[place]
    attempt.vault.write_bytes(b"".join(pages))


def old_file(attempt: Attempt) -> None:
    """The whole vault as it was the evening before."""
    shutil.copy(attempt.old(attempt.vault), attempt.vault)


def cut_last_page(attempt: Attempt) -> None:
    """The end of the vault is missing, by a whole page or a part of one."""
    size = attempt.vault.stat().st_size
    with attempt.vault.open("r+b") as file:
        file.truncate(size - attempt.random.choice([PAGE, attempt.random.randrange(1, PAGE)]))


def cut_log(attempt: Attempt) -> None:
    """The log ends earlier by at least one commit; the file is of the day before."""
    ends = _commits(attempt.log)
    with attempt.log.open("r+b") as file:
        file.truncate(_LOG_HEAD + attempt.random.choice([0, *ends[:-1]]) * (_FRAME_HEAD + PAGE))


def remove_log(attempt: Attempt) -> None:
    """The whole log is gone."""
    attempt.log.unlink()


def old_page_in_log(attempt: Attempt) -> None:
    """One frame of the log carries an older version of its page, and all its checksums are right."""
    data = bytearray(attempt.log.read_bytes())
    frames = (len(data) - _LOG_HEAD) // (_FRAME_HEAD + PAGE)
    versions: dict[int, list[int]] = {}
    for frame in range(frames):
        versions.setdefault(int.from_bytes(_frame(data, frame)[:4], "big"), []).append(frame)
    place = attempt.random.choice([seen for seen in versions.values() if len(seen) > 1])
    source, target = attempt.random.choice(place[:-1]), place[-1]
    at, start = _at(target) + _FRAME_HEAD, _at(source) + _FRAME_HEAD
    data[at : at + PAGE] = data[start : start + PAGE]
    attempt.log.write_bytes(_with_checksums(data, frames))


def accounts_rolled_back(attempt: Attempt) -> None:
    """``accounts.db`` as it was before somebody's account changed."""
    accounts = AccountsFile(attempt.office.folder.accounts)
    gone = attempt.random.choice([one.staff_number for one in accounts.all() if one.staff_number != "S-0142"])
    accounts.remove(gone)
    accounts.close()


def ledger_cut(attempt: Attempt) -> None:
    """The last entries are gone from the ledger: by somebody who has the book's key."""
    with _book(attempt) as book:
        last = book.execute("SELECT max(sequence) FROM ledger").fetchone()[0]
        book.execute("DELETE FROM ledger WHERE sequence > ?", (last - attempt.random.randrange(1, last),))


def ledger_edited(attempt: Attempt) -> None:
    """One entry of the ledger says something else."""
    with _book(attempt) as book:
        last = book.execute("SELECT max(sequence) FROM ledger").fetchone()[0]
        column = attempt.random.choice(["at = '2018-05-14T09:00:00+09:00'", "account = 'S-0150'", "event = 'refused'"])
        book.execute(f"UPDATE ledger SET {column} WHERE sequence = ?", (attempt.random.randrange(1, last),))


def ledger_rewritten(attempt: Attempt) -> None:
    """The last entries are written anew, with right links and signed with the office's own key."""
    folder = attempt.office.folder
    book = OfficeBook.open(folder.book, attempt.evening.book_key)
    with book.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar_one()
    keep = attempt.random.randrange(1, rows)
    key: Ed25519PrivateKey = book.key
    with OrmSession(book.engine) as office:
        entries = list(book.entries(office))
    book.close()
    last: Entry = entries[keep - 1]
    with _book(attempt) as raw:
        raw.execute("DELETE FROM ledger WHERE sequence > ?", (keep,))
        for entry in entries[keep:]:
            reason = {"reason": "rewritten"} if entry is entries[keep] else {}
            facts = {**entry.facts, **reason}
            last = append(
                last, key, at=entry.at, account=entry.account, event=entry.event, contract=entry.contract, facts=facts
            )
            raw.execute(
                "INSERT INTO ledger (sequence, at, account, event, contract, facts, previous, signature)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (last.sequence, entry.at.isoformat(), last.account, last.event, last.contract, json.dumps(facts),
                 last.previous, last.signature),
            )  # fmt: skip


def vault_and_book_replaced(attempt: Attempt) -> None:
    """The whole folder as it was the evening before: everything in it agrees. The token was in the safe."""
    folder = attempt.office.folder.path
    shutil.rmtree(folder)
    shutil.copytree(attempt.evening.old / folder.name, folder)


def book_replaced(attempt: Attempt) -> None:
    """The office book alone as it was the evening before."""
    folder = attempt.office.folder
    shutil.copy(attempt.old(folder.book), folder.book)


def slots_replaced(attempt: Attempt) -> None:
    """A slot file that names somebody else as the granter, or carries another person's slot."""
    folder = attempt.office.folder
    path = attempt.random.choice([folder.slots, folder.vault_slots(attempt.evening.contract)])
    data = path.read_bytes()
    for place in range(0, len(data), 64 * 1024):
        _flip(path, place + attempt.random.randrange(600), attempt.random.randrange(8))


ON_NEW: tuple[Callable[[Attempt], None], ...] = (
    flip_bit_in_page,
    flip_bit_in_book,
    swap_pages,
    old_page,
    old_file,
    cut_last_page,
    accounts_rolled_back,
    ledger_cut,
    ledger_edited,
    ledger_rewritten,
    vault_and_book_replaced,
    book_replaced,
    slots_replaced,
)
ON_MID: tuple[Callable[[Attempt], None], ...] = (cut_log, remove_log, old_page_in_log)
ON_OWED: tuple[Callable[[Attempt], None], ...] = (old_page_in_log,)


class _book:  # noqa: N801 - reads as a word of the sentence
    """The office book's database, bare, for somebody who has its key."""

    def __init__(self, attempt: Attempt) -> None:
        self._connection = dbapi2.connect(str(attempt.office.folder.book), isolation_level=None)
        self._connection.execute(f"PRAGMA key = \"x'{attempt.evening.book_key.hex()}'\"")

    def __enter__(self) -> dbapi2.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _at(frame: int) -> int:
    return _LOG_HEAD + frame * (_FRAME_HEAD + PAGE)


def _frame(data: bytearray, frame: int) -> bytes:
    return bytes(data[_at(frame) : _at(frame) + _FRAME_HEAD])


def _commits(log: Path) -> list[int]:
    """After how many frames each commit ends."""
    data = bytearray(log.read_bytes())
    frames = (len(data) - _LOG_HEAD) // (_FRAME_HEAD + PAGE)
    return [frame + 1 for frame in range(frames) if int.from_bytes(_frame(data, frame)[4:8], "big")]


def _with_checksums(data: bytearray, frames: int) -> bytes:
    """The log with the checksums that its frames must have (https://sqlite.org/walformat.html, section 4)."""
    order = ">" if data[3] & 1 else "<"
    first, second = struct.unpack(">II", data[24:32])
    for frame in range(frames):
        at = _at(frame)
        for piece in (data[at : at + 8], data[at + _FRAME_HEAD : at + _FRAME_HEAD + PAGE]):
            words = struct.unpack(f"{order}{len(piece) // 4}I", piece)
            for x, y in zip(words[::2], words[1::2], strict=True):
                first = (first + x + second) & 0xFFFFFFFF
                second = (second + y + first) & 0xFFFFFFFF
        data[at + 16 : at + 24] = struct.pack(">II", first, second)
    return bytes(data)

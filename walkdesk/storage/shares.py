"""The contract's share (契約鍵): the half of the key that does not lie on this PC's disk, behind one interface.

A contract says which kind it has (``share_kind``) with the kind's own mark and name; nothing above this module knows
what a kind does with them. Another kind (a TPM, a smart card) is a class here and a line in ``KINDS``.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from walkdesk.domain.problem import Problem
from walkdesk.storage.tokens import Token, find_tokens, token_file, token_files, write_token
from walkdesk.storage.wiping import overwrite, overwrite_and_remove, sync_folder

NONE, TOKEN = "none", "token"
_NOTE_BYTES = 4096
"""A note fills its file, because small files may lie inside a directory record where overwriting does not reach."""


class ContractShare(Protocol):
    """契約鍵 of one contract, wherever it lies."""

    kind: ClassVar[str]

    @property
    def mark(self) -> str:
        """What finds this very share again, in the kind's own words; empty where there is none."""

    @property
    def name(self) -> str:
        """What people call it (``K-02``); empty where there is none."""

    def read(self) -> bytes | None:
        """The share, ``None`` where the contract has none, or ``Problem`` where it is not here or cannot be read."""

    def here(self) -> bool:
        """Whether it can be read now."""

    def overwrite(self) -> bool:
        """Overwrites it where it lies and reads it back; ``False`` where there is nothing to overwrite.

        What is left shows, until ``remove``, that it was there: an interrupted erasure goes on from that.
        """

    def remove(self) -> None:
        """Takes away what ``overwrite`` left. Once more does nothing."""

    def keep(self, note: bytes) -> bool:
        """Lays the ledger's newest checkpoint beside the share; ``False`` where that is not possible now."""

    def kept(self) -> bytes | None:
        """The note that lies beside the share, or ``None``."""


class ShareKind(Protocol):
    """One kind of share: how a contract's share is found, and how a new one is made."""

    def __call__(self, mark: str, name: str, media: Sequence[Path]) -> ContractShare: ...

    def make(self, place: str, name: str) -> tuple[str, bytes | None]:
        """Makes a new share at a place; its mark and its bytes."""


@dataclass(frozen=True, slots=True)
class NoShare:
    """A contract whose key needs no second half: its slots alone open it."""

    mark: str = ""
    name: str = ""
    media: Sequence[Path] = ()
    kind: ClassVar[str] = NONE

    @classmethod
    def make(cls, place: str, name: str) -> tuple[str, bytes | None]:
        """There is nothing to make."""
        return "", None

    def read(self) -> bytes | None:
        """There is none."""
        return None

    def here(self) -> bool:
        """Nothing is missing."""
        return True

    def overwrite(self) -> bool:
        """There is nothing to overwrite."""
        return False

    def remove(self) -> None:
        """There is nothing to remove."""

    def keep(self, note: bytes) -> bool:
        """There is no place for a note."""
        return False

    def kept(self) -> bytes | None:
        """There is no note."""
        return None


@dataclass(frozen=True, slots=True)
class TokenShare:
    """A share on a removable token that must be in a reader; found by its id, on whatever drive it is today."""

    mark: str
    name: str
    media: Sequence[Path]
    kind: ClassVar[str] = TOKEN

    @classmethod
    def make(cls, place: str, name: str) -> tuple[str, bytes | None]:
        """A new token file on a medium."""
        token = write_token(Path(place), secrets.token_hex(6), name)
        return token.token_id, token.share

    def read(self) -> bytes | None:
        """The share from the token with this id; ``Problem`` where it is not here, or here and unreadable."""
        found = self._readable()
        if found:
            return found[0].share
        if any(path.name == token_file(self.mark) for path in token_files(self.media)):
            raise Problem("storage.token_damaged", name=self.name)
        raise Problem("door.token_missing", name=self.name)

    def here(self) -> bool:
        """Whether the token is in a reader and can be read."""
        return bool(self._readable())

    def overwrite(self) -> bool:
        """Every file of this token on the media that are here."""
        files = self._files()
        if not files:
            raise Problem("erasure.token_needed", name=self.name)
        own = [file for file in files if file.name == token_file(self.mark)]
        for file in files:
            # A renamed copy could not be found again by what is left of it: it goes at once, the other shows the way.
            if own and file not in own:
                overwrite_and_remove(file)
            else:
                overwrite(file)
        if self.here():
            raise Problem("storage.overwrite_failed", name=files[0].name)
        return True

    def remove(self) -> None:
        """The token's files and the notes beside them."""
        for root in self.media:
            overwrite_and_remove(self._note(root))
        for file in self._files():
            overwrite_and_remove(file)

    def keep(self, note: bytes) -> bool:
        """Overwritten in place and synced. A medium that is full or protected keeps the note it had."""
        kept = False
        for token in self._readable():
            with contextlib.suppress(OSError):
                note_file = self._note(token.path.parent)
                note_file.touch(mode=0o600)
                with note_file.open("r+b", buffering=0) as file:
                    file.write(note.ljust(_NOTE_BYTES))
                    os.fsync(file.fileno())
                sync_folder(token.path.parent)
                kept = True
        return kept

    def kept(self) -> bytes | None:
        """The newest note beside a token of this id."""
        for token in self._readable():
            with contextlib.suppress(OSError), self._note(token.path.parent).open("rb") as file:
                return file.read(_NOTE_BYTES).rstrip()
        return None

    def _readable(self) -> list[Token]:
        return [token for token in find_tokens(self.media) if token.token_id == self.mark]

    def _note(self, folder: Path) -> Path:
        return folder / Path(token_file(self.mark)).with_suffix(".checkpoint")

    def _files(self) -> list[Path]:
        """The token's files on the media that are here, readable or overwritten."""
        named = [root / token_file(self.mark) for root in self.media]
        return sorted({*(token.path for token in self._readable()), *(path for path in named if path.is_file())})


KINDS: dict[str, ShareKind] = {NONE: NoShare, TOKEN: TokenShare}
"""Every kind of share by the word that a contract keeps for it."""


def find_share(kind: str, mark: str, name: str, media: Sequence[Path]) -> ContractShare:
    """The share of a contract; ``Problem`` for a kind that only another program knows."""
    found = KINDS.get(kind)
    if found is None:
        raise Problem("storage.share_unknown", name=name or kind)
    return found(mark, name, media)

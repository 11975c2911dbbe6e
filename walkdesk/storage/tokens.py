"""Tokens (契約鍵トークン): the file that holds a contract's share on a removable medium, in the safe at night.

A token is found by its id on whatever drive it is today, never by a drive letter.
"""

from __future__ import annotations

import json
import os
import string
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from walkdesk.domain.problem import Problem
from walkdesk.storage.keys import KEY_BYTES

_PATTERN = "walkdesk-token-*.json"
_LONGEST = 64 * 1024
_LABEL = 1024
"""The first bytes of a token's file: who it is, without the share. At the door nothing more of it is read."""
_FILE = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """契約鍵トークン: its id, the name on its tag (``K-02``), the share, and where it was found."""

    token_id: str
    name: str
    share: bytes = field(repr=False)
    path: Path


def removable_roots() -> tuple[Path, ...]:
    """Where this PC mounts removable media."""
    if sys.platform == "win32":
        return tuple(Path(f"{letter}:/") for letter in string.ascii_uppercase[3:] if Path(f"{letter}:/").exists())
    parents = [Path("/media"), Path("/run/media"), Path("/mnt")]
    found = [child for parent in parents for child in _folders(parent)]
    nested = [child for folder in found for child in _folders(folder)]
    return tuple(sorted({*found, *nested}))


def find_tokens(roots: Sequence[Path]) -> tuple[Token, ...]:
    """Every readable token on the media that are here now; damaged files are passed over."""
    tokens = []
    for path in token_files(roots):
        token = _read(path)
        if token is not None:
            tokens.append(token)
    return tuple(tokens)


def token_names(roots: Sequence[Path]) -> tuple[str, ...]:
    """The names of the tokens that are here, without taking a share into the memory of a room that nobody is in."""
    names = (_name(path) for path in token_files(roots))
    return tuple(name for name in names if name is not None)


def write_token(folder: Path, token_id: str, name: str) -> Token:
    """Makes a new token with a fresh random share; it never overwrites one."""
    token = Token(token_id, name, os.urandom(KEY_BYTES), folder / token_file(token_id))
    label = json.dumps({"format": 1, "id": token_id, "name": name}).encode()[:-1] + b","
    share = b'"share": "' + b64encode(token.share) + b'"}'
    # Padded, because small files may lie inside a directory record where overwriting does not reach them.
    body = (label.ljust(_LABEL) + share).ljust(_FILE)
    try:
        descriptor = os.open(token.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            file.write(body)
            os.fsync(file.fileno())
    except OSError:
        raise Problem("storage.token_not_written", folder=str(folder)) from None
    return token


def _read(path: Path) -> Token | None:
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_LONGEST))
        share = b64decode(data["share"], validate=True)
        token_id, name = str(data["id"]), str(data["name"])
        f"{token_id}{name}".encode()  # half a character (a lone surrogate) could be shown nowhere
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Token(token_id, name, share, path) if len(share) == KEY_BYTES else None


def _name(path: Path) -> str | None:
    """The name on a token's label; ``None`` where the file is damaged."""
    try:
        with path.open("rb", buffering=0) as file:
            label = file.read(_LABEL).rstrip()
        data = json.loads(label.removesuffix(b",") + b"}" if label.endswith(b",") else label)
        name = str(data["name"])
        name.encode()  # as below
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return name


def token_file(token_id: str) -> str:
    """The name of a token's file."""
    return f"walkdesk-token-{token_id}.json"


def token_files(roots: Iterable[Path]) -> list[Path]:
    """Everything on these media that is named as a token, whole or not."""
    files: set[Path] = set()
    for root in roots:
        try:
            files.update(root.glob(_PATTERN))
        except OSError:  # a medium pulled out while we look is simply not here
            continue
    return sorted(files)


def _folders(folder: Path) -> list[Path]:
    try:
        return [child for child in folder.iterdir() if child.is_dir()]
    except OSError:  # another user's mount point
        return []

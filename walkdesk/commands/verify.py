"""``walkdesk verify FILE``: check a certificate or an exported ledger without an office, one line a check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import KEY_NAME
from walkdesk.ledger.export import KIND as EXPORT_KIND
from walkdesk.ledger.export import LARGEST
from walkdesk.ledger.verification import Check, hold, verify_certificate, verify_ledger_export, verify_pdf
from walkdesk.resources.texts import Texts

HOLDS = 0
DOES_NOT_HOLD = 1
UNREADABLE = 2

_OPTIONS = ("--fingerprint", "--checkpoint")


@dataclass(frozen=True, slots=True)
class _Request:
    file: Path
    fingerprint: str | None
    checkpoint: str | None


def main(arguments: Sequence[str], texts: Texts) -> int:
    """Check the file and print one line a check: 0 everything holds, 1 something does not, 2 it cannot be
    read.
    """
    if hasattr(sys.stdout, "reconfigure"):  # a console of another code page must not end the check
        sys.stdout.reconfigure(errors="replace")
    if "--help" in arguments or "-h" in arguments:
        print(texts.say("verify.usage"))
        return HOLDS
    try:
        request = _request(arguments)
        checks = _checks(request)
    except Problem as problem:
        print(_shown(texts.problem(problem)))
        return UNREADABLE
    for check in checks:
        print(_line(check, texts))
    holds = hold(checks)
    is_open = any(check.holds is None for check in checks)
    outcome = ("all_hold_open" if is_open else "all_hold") if holds else "not_all_hold"
    print(texts.say(f"verify.{outcome}"))
    return HOLDS if holds else DOES_NOT_HOLD


def _request(arguments: Sequence[str]) -> _Request:
    files: list[str] = []
    options: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in _OPTIONS:
            given = value if equals else next(rest, None)
            if given is None:
                raise Problem("verify.usage_wrong")
            options[name] = given
        elif argument.startswith("--"):
            raise Problem("verify.usage_wrong")
        else:
            files.append(argument)
    if len(files) != 1:
        raise Problem("verify.usage_wrong")
    return _Request(Path(files[0]), options.get("--fingerprint"), options.get("--checkpoint"))


def _checks(request: _Request) -> tuple[Check, ...]:
    data = _read(request.file, "verify.not_found")
    suffix = request.file.suffix.lower()
    if b"%PDF-" in data[:1024] or suffix == ".pdf":
        beside = request.file.with_name(request.file.name + ".sig")
        detached = _read(beside, "verify.not_found") if beside.is_file() else None
        return verify_pdf(data, request.fingerprint, request.checkpoint, detached)
    if suffix == ".jsonl" or f'"kind":"{EXPORT_KIND}"'.encode() in data[:8192].partition(b"\n")[0]:
        return verify_ledger_export(data, request.fingerprint, request.checkpoint)
    if suffix != ".json":
        raise Problem("verify.unknown_file")
    signature = _read(request.file.with_name(request.file.name + ".sig"), "verify.no_signature")
    pem = _read(request.file.with_name(KEY_NAME), "verify.no_key")
    return verify_certificate(data, signature, pem, request.fingerprint, request.checkpoint)


def _read(path: Path, missing: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (FileNotFoundError, ValueError):  # a name with a null character raises ValueError
        raise Problem(missing, name=_shown(path.name)) from None
    except OSError:
        raise Problem("verify.cannot_open", name=_shown(path.name)) from None
    if len(data) > LARGEST:
        raise Problem("verify.too_large")
    return data


def _line(check: Check, texts: Texts) -> str:
    mark, form = {True: ("holds", ""), False: ("does_not_hold", "_wrong"), None: ("for_you", "_open")}[check.holds]
    values = {
        key: _named(key, value, texts) if isinstance(value, str) else value for key, value in check.values.items()
    }
    sentence = texts.say(f"verify.check.{check.code}{form}", **values)
    return f"{texts.say('verify.mark.' + mark)}  {sentence}"


def _named(key: str, value: str, texts: Texts) -> str:
    """A value as people read it: the code of a result by its name, everything else without control
    characters.
    """
    name = f"ledger.certificate.{key}.{value}"
    return texts.say(name) if name in frozenset(texts.keys()) else _shown(value)


def _shown(text: str) -> str:
    """The text without characters that could move the cursor or colour the console."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)

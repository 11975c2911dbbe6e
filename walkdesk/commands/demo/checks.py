"""What the practice year leaves, held against what it should leave: one line a check."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from walkdesk.commands.demo.checks_posted import check_posted
from walkdesk.commands.demo.finding import Finding
from walkdesk.commands.demo.folder import CERTIFICATE, LEDGER, PAPER_SIGNATURE, DemoFolder
from walkdesk.commands.demo.search import SearchResult, files_below, patterns_of, search_files, words_of
from walkdesk.commands.demo.stage import KEYED_MONTH, NoCamera, Stage, YearFacts
from walkdesk.commands.verify import DOES_NOT_HOLD, HOLDS, UNREADABLE
from walkdesk.commands.verify import main as verify
from walkdesk.domain.contract import ContractState
from walkdesk.ledger.certificate import JSON_NAME, KEY_NAME, SIGNATURE_NAME
from walkdesk.resources.texts import Texts

SHOWN = 3
"""So many of the files in which somebody was found are named."""
_CARRIED = b"/EmbeddedFile\n"
_COMMENT = 12
"""A byte of the comment with which a PDF begins: no attachment, no page, only the whole file has it."""
"""The mark of a stream that carries a file, as our papers write it."""


def check_year(stage: Stage, texts: Texts, started: float) -> Iterator[Finding]:
    """Every check, in the order in which it is shown. ``started`` is the file time at which the year began."""
    yield from _people(stage)
    yield from _papers(stage.folder, stage.facts)
    yield from check_posted(stage)
    yield _screens(stage)
    yield from _certificate(stage.folder, stage.facts, texts)
    yield from _nothing_left(stage.folder)
    yield from check_names(stage, started)


def _people(stage: Stage) -> Iterator[Finding]:
    facts, people = stage.facts, stage.population
    wrong = [taken.delivery.file_name for taken in facts.taken if not taken.agrees]
    yield Finding("imports", bool(facts.taken) and not wrong, {"count": len(facts.taken), "wrong": len(wrong)})
    page = facts.page
    found = (0, 0, 0, 0) if page is None else (page.total, page.card, page.app, page.doubtful)
    yield Finding(
        "people",
        found == (len(people.everybody), len(people.card), len(people.app), 0),
        dict(zip(("count", "card", "app", "doubtful"), found, strict=True)),
    )
    yield Finding(
        "cards",
        (facts.cards_done, facts.days_keyed) == (len(people.card), len(people.card) * KEYED_MONTH.days),
        {"month": str(KEYED_MONTH), "count": facts.cards_done, "days": f"{facts.days_keyed:,}"},
    )
    letters = sum(len(posted.serials) for posted in facts.posted if posted.path.stem == "参加案内")
    yield Finding("second_person", "releases.own_request" in facts.refusals)
    yield Finding(
        "everyone",
        letters == len(people.everybody),
        {"count": letters, "stopped": len(people.everybody) - letters},
    )
    yield Finding("prizes", facts.shipped > 0 and facts.requested == facts.shipped, {"count": facts.shipped})


def _papers(folder: DemoFolder, facts: YearFacts) -> Iterator[Finding]:
    for path in (*facts.papers, folder.path / CERTIFICATE):
        yield Finding("paper", _is_pdf(path), {"name": path.name})


def _screens(stage: Stage) -> Finding:
    pictures = [path for path in stage.folder.screens.iterdir() if path.read_bytes().startswith(b"\x89PNG")]
    troubles = stage.camera.troubles
    values = {"count": len(pictures), "troubles": ", ".join(dict.fromkeys(troubles)) or 0}
    return Finding("screens", not troubles and bool(pictures) is not isinstance(stage.camera, NoCamera), values)


def _is_pdf(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] and len(data) > 2_000


def _certificate(folder: DemoFolder, facts: YearFacts, texts: Texts) -> Iterator[Finding]:
    yield Finding("verified", _verified(folder.path / CERTIFICATE, texts) == HOLDS, {"name": CERTIFICATE})
    yield Finding("verified", _verified(folder.path / JSON_NAME, texts) == HOLDS, {"name": JSON_NAME})
    yield Finding("changed", _changed_is_refused(folder, texts), {"name": CERTIFICATE})
    yield Finding("verified", _verified(folder.path / LEDGER, texts) == HOLDS, {"name": LEDGER})
    checks = facts.checks
    failed = -1 if checks is None else sum(check.holds is False for check in checks.checks)
    yield Finding(
        "auditor",
        failed == 0 and facts.state == ContractState.ACKNOWLEDGED.value,
        {"number": "" if checks is None else checks.number, "grade": "" if checks is None else checks.grade},
    )


def _verified(path: Path, texts: Texts) -> int:
    """What ``walkdesk verify`` says about a file; its own lines are not shown here."""
    with contextlib.redirect_stdout(io.StringIO()):
        return verify([str(path)], texts)


def _changed_is_refused(folder: DemoFolder, texts: Texts) -> bool:
    """Copies with one byte changed are refused; they are gone again afterwards.

    In one PDF the byte lies in the signed data that it carries, in the other outside of it, where only the signature
    over the whole paper sees it.
    """
    with tempfile.TemporaryDirectory(prefix="walkdesk-") as name:
        place = Path(name)
        for part in (CERTIFICATE, PAPER_SIGNATURE, JSON_NAME, SIGNATURE_NAME, KEY_NAME):
            (place / part).write_bytes((folder.path / part).read_bytes())
        outside = place / f"outside-{CERTIFICATE}"
        outside.write_bytes((folder.path / CERTIFICATE).read_bytes())
        (place / f"outside-{PAPER_SIGNATURE}").write_bytes((folder.path / PAPER_SIGNATURE).read_bytes())
        _change_byte(outside, 0, at=_COMMENT)
        _change_byte(place / JSON_NAME, 0)
        _change_byte(place / CERTIFICATE, (place / CERTIFICATE).read_bytes().find(_CARRIED))
        refused = {part: _verified(place / part, texts) for part in (JSON_NAME, CERTIFICATE, outside.name)}
    return (
        refused[JSON_NAME] == refused[outside.name] == DOES_NOT_HOLD
        and refused[CERTIFICATE] in (DOES_NOT_HOLD, UNREADABLE)
    )


def _change_byte(path: Path, after: int, at: int | None = None) -> None:
    """Changes one byte: ``at`` a place, or in the middle of the stream that begins after one, or of the whole file."""
    data = bytearray(path.read_bytes())
    first = data.find(b"stream", after) if after else 0
    last = data.find(b"endstream", first) if after else len(data)
    data[(first + last) // 2 if at is None else at] ^= 1
    path.write_bytes(bytes(data))


def _nothing_left(folder: DemoFolder) -> Iterator[Finding]:
    contracts = [path for path in (folder.office / "contracts").rglob("*") if path.is_file()]
    yield Finding("vault_gone", folder.office.is_dir() and not contracts)
    yield Finding("token_gone", not any(folder.usb.iterdir()))
    yield Finding("deliveries_gone", not any((*folder.from_ward.iterdir(), *folder.from_app.iterdir())))


def check_names(stage: Stage, started: float) -> Iterator[Finding]:
    """Nobody is named in the office, nor in what changed in the temporary and the home folder since the start."""
    folder = stage.folder
    patterns = patterns_of(words_of(stage.population.named))
    inside = search_files(patterns, files_below(folder.path, but=(folder.papers, folder.screens)))
    yield Finding("search_sees", stage.facts.seen > 0, {"count": stage.facts.seen})
    yield _search_finding("names_office", inside, folder.path)
    outside = sorted({Path(tempfile.gettempdir()).resolve(), Path.home().resolve()})
    for place in outside:
        others = (one for one in outside if one != place)
        files = files_below(place, but=(folder.path, *others), since=started)
        yield _search_finding("names_outside", search_files(patterns, files), place)


def _search_finding(code: str, result: SearchResult, place: Path) -> Finding:
    first = "".join(f" {path}" for path in result.found[:SHOWN])
    values = {
        "place": str(place),
        "count": result.searched,
        "found": f"{len(result.found)}{first}",
        "unread": len(result.unread),
    }
    return Finding(code, not result.found, values)

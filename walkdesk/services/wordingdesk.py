"""The wording tab of the papers desk: versions to read, one to write, its page before anybody gets it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from walkdesk.documents.typeface import unprintable, unprintable_problem
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.papers import PAPERS, PaperKind, paper_kind
from walkdesk.domain.people import MANAGERS, STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import LONGEST_VERSION, ROW, Wording, WordingFault, faults, legible
from walkdesk.messages.common import Done, ProblemNote
from walkdesk.messages.releases import StoppedRow
from walkdesk.messages.wordings import (
    CheckWording,
    LookAtWordings,
    OpenedWording,
    OpenWording,
    PartFault,
    PartKind,
    PlaceholderRow,
    PreviewWording,
    SaveWording,
    WordingBoard,
    WordingCheck,
    WordingPart,
    WordingPreview,
    WordingRow,
    WordingVersion,
)
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.paperwork import JAPANESE, digest, screen_paper
from walkdesk.services.participants import names_nobody
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work, programme_of
from walkdesk.services.wordings import SHIPPED, saved_versions, wording_numbered, wording_of
from walkdesk.services.wordingsamples import SAMPLES, example_values
from walkdesk.storage.office_tables import WordingRecord

MOST_STOPPED = 50
"""So many of those whose page stops are listed; the others are counted."""
_SHORT = 40
"""Letters of a shipped part that has a single line: it stays one."""
_STEP = 20


def look_at_wordings(work: Work, message: LookAtWordings) -> WordingBoard:
    """The papers of the programme with the version that each one has now."""
    rows = [_row(work, kind, variant) for kind in _papers(work) for variant in kind.variants]
    return WordingBoard(tuple(rows), work.member.role in MANAGERS)


def open_wording(work: Work, message: OpenWording) -> OpenedWording:
    """One version with its parts, the placeholders of its paper, and the other versions."""
    kind = _paper(work, message.paper, message.variant)
    versions = _versions(work, kind.key, message.variant)
    number = versions[0].number if message.number is None else message.number
    wording = wording_numbered(work, kind.key, message.variant, number)
    values = example_values(work, kind.key, message.variant)
    return OpenedWording(
        paper=kind.key,
        variant=message.variant,
        number=number,
        version=wording.version,
        parts=_parts(wording),
        placeholders=tuple(PlaceholderRow(name, values[name]) for name in kind.placeholders),
        versions=versions,
        personal=kind.personal,
        next_version=_next_version(work, versions),
        may_save=work.member.role in MANAGERS,
    )


def preview_wording(work: Work, message: PreviewWording) -> WordingPreview:
    """The page as it would be printed. A placeholder that does not exist stands on it as it was written."""
    kind = _paper(work, message.paper, message.variant)
    wording = Wording(kind.key, message.variant, message.version, message.parts)
    found = tuple(_faults(work, kind, wording))
    if any(not fault.part for fault in found):
        return WordingPreview(None, _noted(found), ProblemNote.of(found[0].problem))
    try:
        pdf = SAMPLES[kind.key].draw(work, legible(wording, kind.placeholders), message.number)
    except Problem as problem:
        return WordingPreview(None, _noted(found), ProblemNote.of(problem))
    title = JAPANESE.say("wordings.preview_title", paper=JAPANESE.say(f"wordings.paper.{kind.key}"))
    return WordingPreview(screen_paper(title, "mihon.pdf", pdf), _noted(found))


def check_wording(work: Work, message: CheckWording) -> WordingCheck:
    """Everyone who would get the paper: whose placeholder is empty, whose page overflows."""
    kind = _paper(work, message.paper, message.variant)
    wording = Wording(kind.key, message.variant, "", message.parts)
    for fault in _faults(work, kind, wording):
        raise fault.problem
    everyone, people, stopped = SAMPLES[kind.key].people, 0, []
    for people, (to, problem) in enumerate(everyone(work, wording) if everyone else (), 1):
        if people % _STEP == 0:
            work.progress(people, 0)
        if problem is not None:
            stopped.append(StoppedRow(to.person.number, to.person.name, ProblemNote.of(problem)))
    return WordingCheck(people, len(stopped), tuple(stopped[:MOST_STOPPED]))


@evidenced
def save_wording(work: Work, message: SaveWording) -> Done:
    """Adds a version; the text lies in the office book and outlives the vault, so it names nobody."""
    kind = _paper(work, message.paper, message.variant)
    version = _version_name(work, message)
    parts = tuple((key, _tidy(text)) for key, text in message.parts)
    wording = Wording(kind.key, message.variant, version, parts)
    for fault in _faults(work, kind, wording):
        raise fault.problem
    if parts == wording_of(work, kind.key, message.variant).parts:
        raise Problem("wordings.nothing_changed")
    number = _versions(work, kind.key, message.variant)[0].number + 1
    work.office.add(
        WordingRecord(
            contract=work.contract.contract,
            paper=kind.key,
            variant=message.variant,
            number=number,
            version=version,
            parts=[list(part) for part in parts],
            saved_by=work.member.staff_number,
            saved_at=work.now,
        )
    )
    entry = work.record(
        "wording_saved",
        paper=kind.key,
        variant=message.variant,
        version_number=number,
        name=version,
        digest=wording_digest(wording),
    )
    return Done({"version": version, "number": number}, entry)


def wording_digest(wording: Wording) -> str:
    """SHA-256 over version and parts of a wording, in the one spelling that JSON has for them (UTF-8, no spaces)."""
    exact = json.dumps([wording.version, wording.parts], ensure_ascii=False, separators=(",", ":"))
    return digest(exact.encode())


def _papers(work: Work) -> Iterator[PaperKind]:
    programme = programme_of(work.contract)
    return (kind for kind in PAPERS.values() if programme in kind.programmes)


def _paper(work: Work, paper: str, variant: str) -> PaperKind:
    kind = paper_kind(paper, variant)
    if kind not in _papers(work):
        raise Problem("papers.unknown_paper", paper=paper)
    return kind


def _row(work: Work, kind: PaperKind, variant: str) -> WordingRow:
    newest = _versions(work, kind.key, variant)[0]
    return WordingRow(kind.key, variant, newest.version, newest.number, newest.saved_by, newest.saved_at)


def _versions(work: Work, paper: str, variant: str) -> tuple[WordingVersion, ...]:
    """Newest first; the shipped one is the last and always there."""
    saved = [
        WordingVersion(one.number, one.version, person_name(work, one.saved_by)[0], one.saved_at)
        for one in saved_versions(work, paper, variant)
    ]
    return (*saved, WordingVersion(SHIPPED, shipped_wording(paper, variant).version))


def _next_version(work: Work, versions: Sequence[WordingVersion]) -> str:
    """平成30年度 第2版, unless somebody called a version so."""
    taken = {one.version for one in versions}
    place = len(versions) + 1
    while (name := _edition(work, place)) in taken:
        place += 1
    return name


def _edition(work: Work, place: int) -> str:
    return JAPANESE.say("wordings.edition", year=fiscal_year_name(work.contract.year), place=place)


def _parts(wording: Wording) -> tuple[WordingPart, ...]:
    shipped = shipped_wording(wording.paper, wording.variant)
    return tuple(WordingPart(key, part_kind(key, shipped[key]), text) for key, text in wording.parts)


def part_kind(key: str, shipped: str) -> PartKind:
    """How a part is written: its key and its shipped text say it."""
    if key.endswith("title") or ("\n" not in shipped and len(shipped) <= _SHORT):
        return PartKind.LINE
    return PartKind.ROWS if all(ROW in line for line in shipped.splitlines()) else PartKind.TEXT


def _faults(work: Work, kind: PaperKind, wording: Wording) -> Iterator[WordingFault]:
    """Everything that keeps a wording from being saved, part by part."""
    shipped = shipped_wording(kind.key, wording.variant)
    yield from faults(wording, kind.placeholders, shipped)
    for key, text in wording.parts:
        missing = unprintable(text)
        if missing:
            yield WordingFault(key, unprintable_problem(missing[0]))
        if "\n" in text.strip() and part_kind(key, shipped[key]) is PartKind.LINE:
            yield WordingFault(key, Problem("wordings.one_line"))
        if part_kind(key, shipped[key]) is PartKind.ROWS:
            yield from _row_faults(key, wording)
    yield from _names(work, wording)


def _row_faults(key: str, wording: Wording) -> Iterator[WordingFault]:
    for place, line in enumerate(wording[key].splitlines(), 1):
        label, between, value = line.partition(ROW)
        if line.strip() and not (between and label.strip() and value.strip()):
            yield WordingFault(key, Problem("wordings.row", line=place))
            return


def _names(work: Work, wording: Wording) -> Iterator[WordingFault]:
    """The parts in which a participant's name stands. All are held against the vault at once, then one by one."""
    whole = "\n".join((wording.version, *(text for _, text in wording.parts)))
    if _names_nobody(work, whole):
        return
    for key, text in (("", wording.version), *wording.parts):
        if not _names_nobody(work, text):
            yield WordingFault(key, Problem("wordings.names_somebody"))


def _names_nobody(work: Work, text: str) -> bool:
    try:
        names_nobody(work, text)
    except Problem:
        return False
    return True


def _version_name(work: Work, message: SaveWording) -> str:
    """The name of a new version: one line, printable, and of the same paper and variant nobody's yet."""
    version = " ".join(message.version.split())
    if not 0 < len(version) <= LONGEST_VERSION or not version.isprintable():
        raise Problem("wordings.version_form", limit=LONGEST_VERSION)
    missing = unprintable(version)
    if missing:
        raise unprintable_problem(missing[0])
    if any(one.version == version for one in _versions(work, message.paper, message.variant)):
        raise Problem("wordings.version_taken", version=version)
    return version


def _tidy(text: str) -> str:
    """Without blanks at the ends of the text and of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _noted(found: Sequence[WordingFault]) -> tuple[PartFault, ...]:
    return tuple(PartFault(fault.part, ProblemNote.of(fault.problem)) for fault in found)


_STATES = frozenset({ContractState.PREPARING, ContractState.OPEN})

ACTIONS = table(
    Action(LookAtWordings, look_at_wordings, STAFF, _STATES),
    Action(OpenWording, open_wording, STAFF, _STATES),
    Action(PreviewWording, preview_wording, STAFF, _STATES),
    Action(CheckWording, check_wording, STAFF, _STATES),
    Action(SaveWording, save_wording, MANAGERS, _STATES, "wording_saved", areas("papers")),
)

"""What was posted, held against the register: how many, whose, in which wording, and that every name reads back."""

from __future__ import annotations

from collections.abc import Iterator

from walkdesk.commands.demo.finding import Finding
from walkdesk.commands.demo.reading import ReadPaper, read_paper
from walkdesk.commands.demo.stage import Posted, Stage
from walkdesk.domain.releases import Outcome
from walkdesk.messages.releases import ReleaseRow


def check_posted(stage: Stage) -> Iterator[Finding]:
    """Batch by batch; then the sheet that was printed once more, the new wording, and the register as a whole."""
    facts = stage.facts
    known = {row.release: row for row in facts.register}
    people = {person.name for person in stage.population.everybody}
    fresh = None
    for posted in facts.posted:
        paper = read_paper(posted.path)
        yield _counted(posted, paper, known.get(posted.release))
        yield _named(posted, paper, people)
        if facts.wording in posted.versions:
            fresh = _worded(posted, paper, facts.wording)
    yield fresh or Finding("wording", False, {"name": "", "version": facts.wording, "wrong": 0})
    if facts.reprinted is not None:
        paper = read_paper(facts.reprinted.path)
        yield _counted(facts.reprinted, paper, None)
        yield _named(facts.reprinted, paper, people)
    closed = [row for row in facts.register if row.closed_on is not None and row.outcome is Outcome.POSTED]
    again = sum(row.reprinted for row in facts.register)
    holds = len(closed) == len(facts.register) == len(facts.posted) and again == 1
    yield Finding("register", holds, {"count": len(facts.register), "again": again})


def _counted(posted: Posted, paper: ReadPaper, row: ReleaseRow | None) -> Finding:
    """As many pages as people, or as sheets of labels; every serial on its page and on no other; as the register says.

    ``row`` is the register's line; a single sheet that is printed again has none of its own.
    """
    pages = -(-(posted.start - 1 + len(posted.serials)) // posted.places)
    faults = [posted.pages != pages, len(paper.pages) != pages, not posted.serials]
    faults.append(row is not None and row.sheets != len(posted.serials))
    if posted.places == 1:
        faults += [serial not in page for serial, page in zip(posted.serials, paper.pages, strict=False)]
        faults.append(sum(page.count(f"{posted.release}-") for page in paper.pages) != len(posted.serials))
    values = {"name": posted.path.name, "count": len(posted.serials), "pages": len(paper.pages), "wrong": sum(faults)}
    return Finding("posted", not any(faults), values)


def _named(posted: Posted, paper: ReadPaper, people: set[str]) -> Finding:
    """Each name, as the person writes it, on the page on which it must stand."""
    wrong = 0
    for place, name in enumerate(posted.names):
        page = (posted.start - 1 + place) // posted.places
        found = page < len(paper.pages) and "".join(name.split()) in paper.pages[page]
        wrong += not found or name not in people
    holds = not wrong and bool(posted.names) and paper.embedded
    return Finding("names", holds, {"name": posted.path.name, "wrong": wrong})


def _worded(posted: Posted, paper: ReadPaper, version: str) -> Finding:
    """Every page says in which version of the wording it is."""
    wrong = sum("".join(version.split()) not in page for page in paper.pages)
    wrong += sum(one != version for one in posted.versions)
    return Finding("wording", not wrong, {"name": posted.path.name, "version": version, "wrong": wrong})

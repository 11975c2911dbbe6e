"""区への文書・用紙: the papers that tell of no participant, as data: clause, ledger event, choice.

The table ``WARD_PAPERS`` is the whole of it; the desk lists it row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class WardPaper(StrEnum):
    """The papers."""

    START_SHEET = "start_sheet"
    """取扱責任者・取扱者報告書."""
    TRAINING_RECORD = "training_record"
    """教育実施記録."""
    STATUS_REPORT = "status_report"
    """取扱状況報告書."""
    INSPECTION_SHEET = "inspection_sheet"
    """立入り調査票."""
    AUDIT_PACK = "audit_pack"
    """監査資料."""
    INCIDENT_REPORT = "incident_report"
    """事故報告書."""
    REGISTER = "register"
    """台帳の印刷."""
    YEAR_REPORT = "year_report"
    """事業実施報告書."""
    CERTIFICATE = "certificate"
    """消去証明書."""
    APPLICATION = "application"
    """参加申込書."""


class Group(StrEnum):
    """Under which heading a paper stands."""

    WARD = "ward"
    """区への文書."""
    FORM = "form"
    """申込用紙."""


class Choice(StrEnum):
    """What is chosen beside a paper before it is made."""

    NONE = "none"
    YEAR = "year"
    INSPECTION = "inspection"
    INCIDENT = "incident"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class WardPaperKind:
    """One paper. ``event``: what its making leaves in the ledger. ``desk``: the desk that has more of it, or "".

    ``here``: it can be made on the papers desk; otherwise its own desk makes it.
    """

    paper: WardPaper
    clauses: tuple[int, ...]
    event: str
    group: Group = Group.WARD
    choice: Choice = Choice.NONE
    desk: str = ""
    here: bool = True


WARD_PAPERS: Mapping[WardPaper, WardPaperKind] = {
    kind.paper: kind
    for kind in (
        WardPaperKind(WardPaper.START_SHEET, (13,), "ward_paper_made", desk="contracts"),
        WardPaperKind(WardPaper.TRAINING_RECORD, (18,), "ward_paper_made", choice=Choice.YEAR, desk="people"),
        WardPaperKind(WardPaper.STATUS_REPORT, (14,), "status_report_made", desk="audit_reports"),
        WardPaperKind(
            WardPaper.INSPECTION_SHEET, (15, 16, 17), "ward_paper_made", choice=Choice.INSPECTION, desk="registers"
        ),
        WardPaperKind(WardPaper.AUDIT_PACK, (15, 16, 17), "audit_pack_made", desk="audit_reports", here=False),
        WardPaperKind(
            WardPaper.INCIDENT_REPORT, (19,), "incident_report_made", choice=Choice.INCIDENT, desk="registers"
        ),
        WardPaperKind(
            WardPaper.REGISTER,
            (4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17, 19, 20),
            "register_printed",
            choice=Choice.REGISTER,
            desk="registers",
        ),
        WardPaperKind(WardPaper.YEAR_REPORT, (), "report_made", desk="papers"),
        WardPaperKind(WardPaper.CERTIFICATE, (12,), "certificate_issued", desk="closeout", here=False),
        WardPaperKind(WardPaper.APPLICATION, (3, 4, 5), "form_made", Group.FORM),
    )
}
"""Every paper in the order of the list."""


def clause_words(clauses: tuple[int, ...]) -> str:
    """Clauses as people write them: ``15〜17``, ``3・5``, ``4〜11・19``; "" for none."""
    runs: list[list[int]] = []
    for clause in clauses:
        if runs and clause == runs[-1][-1] + 1:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return "・".join(str(run[0]) if len(run) == 1 else f"{run[0]}〜{run[-1]}" for run in runs)

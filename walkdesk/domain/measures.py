"""立入り調査: the measures of both council papers, and the clauses that an inspection looks at (clauses 15 to 17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from walkdesk.domain.participants import Programme
from walkdesk.domain.registers import FieldKind, RegisterField, RegisterRule


class Source(StrEnum):
    """Where a measure stands."""

    OPERATION = "operation"
    """【運用上の対策】 of the contractor."""
    SYSTEM = "system"
    """【システム上の対策】 of the contractor."""
    CLAUSE = "clause"
    """特記事項."""


class Finding(StrEnum):
    """How one line was found."""

    FITS = "fits"
    """適."""
    IMPROVE = "improve"
    """要改善."""
    NOT_APPLICABLE = "not_applicable"
    """対象外."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the checklist: its key in the texts, and where it stands in the paper."""

    key: str
    source: Source
    number: int


def _measures(source: Source, keys: str) -> tuple[Measure, ...]:
    return tuple(Measure(key, source, number) for number, key in enumerate(keys.split(), start=1))


_CLAUSES = tuple(Measure(f"clause_{number}", Source.CLAUSE, number) for number in (*range(2, 11), 12, 13, 14, 18, 19))

MEASURES: Mapping[Programme, tuple[Measure, ...]] = {
    Programme.HEALTH_POINTS: (
        *_measures(Source.OPERATION, "designate no_carrying password cabinet"),
        *_measures(Source.SYSTEM, "encrypted_traffic watched_server firewall app_login staff_training"),
        *_CLAUSES,
    ),
    Programme.CITY_WALK: (
        *_measures(Source.OPERATION, "designate roster_carrying password cabinet training_first erase_after_report"),
        *_measures(Source.SYSTEM, "encrypted_traffic watched_server firewall pc_login staff_training"),
        *_CLAUSES,
    ),
}
"""The checklist of each programme: what its council paper asks of the contractor, then the clauses."""


def status_field(measure: Measure) -> str:
    """The key under which an entry keeps how a line was found."""
    return f"status_{measure.key}"


def evidence_field(measure: Measure) -> str:
    """The key under which an entry keeps what was seen."""
    return f"evidence_{measure.key}"


def checklist_fields(programme: Programme) -> tuple[RegisterField, ...]:
    """The fields of the checklist: a finding for every line, with the evidence."""
    fields = []
    for measure in MEASURES[programme]:
        choices = tuple(finding.value for finding in Finding)
        fields.append(RegisterField(status_field(measure), FieldKind.CHOICE, required=True, choices=choices))
        fields.append(RegisterField(evidence_field(measure), FieldKind.LINE))
    return tuple(fields)


def field_of(rule: RegisterRule, key: str) -> RegisterField:
    """The field of a key, of the register or of a checklist; ``KeyError`` for one that neither has."""
    checklists = (field for programme in MEASURES for field in checklist_fields(programme))
    known = {field.key: field for field in (*checklists, *rule.fields)}
    return known[key]


def found(programme: Programme, values: Mapping[str, str]) -> dict[str, int]:
    """How many lines were found how."""
    counts = {finding.value: 0 for finding in Finding}
    for measure in MEASURES[programme]:
        finding = values.get(status_field(measure), "")
        if finding in counts:
            counts[finding] += 1
    return counts

"""What can leave: one registry. A new content is a module and a line here."""

from __future__ import annotations

from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import RULES, ReleaseKind, check_columns
from walkdesk.services.contents.base import Content, Plan
from walkdesk.services.contents.courier import COURIER_LIST
from walkdesk.services.contents.envelopes import ENVELOPES
from walkdesk.services.contents.labels import ADDRESS_LABELS
from walkdesk.services.contents.package import RETURN_PACKAGE
from walkdesk.services.contents.personal import PERSONAL_CONTENTS
from walkdesk.services.contents.rosters import CONTACT_LIST, INSURANCE_ROSTER, RECEPTION_ROSTER
from walkdesk.services.session import Work

CONTENTS: dict[str, Content] = {
    content.key: content
    for content in (
        *PERSONAL_CONTENTS,
        ADDRESS_LABELS,
        ENVELOPES,
        COURIER_LIST,
        INSURANCE_ROSTER,
        RECEPTION_ROSTER,
        CONTACT_LIST,
        RETURN_PACKAGE,
    )
}
"""Every content by its key."""


def content_of(key: str, kind: ReleaseKind) -> Content:
    """The content, if it may leave by this kind and shows nothing that its receiver does not need; else ``Problem``."""
    content = CONTENTS.get(key)
    if content is None or kind not in content.kinds:
        raise Problem("releases.unknown_content")
    check_columns(RULES[kind], content.columns)
    return content


def plan_of(work: Work, content: Content, audience: str, number: str = "") -> Plan:
    """What of a content would leave now; with a ``number`` only what goes to that person."""
    if audience not in content.audiences(work):
        raise Problem("papers.audience", audience=audience)
    if not number:
        return content.plan(work, audience)
    if content.plan_one is None:
        raise Problem("papers.not_for_one")
    return content.plan_one(work, audience, number)


def contents_for(kind: ReleaseKind, programme: Programme) -> tuple[Content, ...]:
    """The contents of a programme that may leave by a kind."""
    return tuple(one for one in CONTENTS.values() if kind in one.kinds and programme in one.programmes)

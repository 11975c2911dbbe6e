"""下書き: what a person typed and had not saved when the window locked, kept in the vault until it is.

A draft is nobody's record: it has no origin, is in no count and in no history, and belongs to the person who typed it.
The trail knows that it changed, not what it said.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from walkdesk.domain.contract import WITH_VAULT
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.drafts import Draft, DraftField, Drafts, SaveDraft, TakeDrafts
from walkdesk.services.actions import Action, table
from walkdesk.services.session import Work
from walkdesk.storage.vault_tables import Draft as DraftRecord

LONGEST = 20_000
"""Letters of one draft; the longest form has a twentieth of it."""


def save_draft(work: Work, message: SaveDraft) -> Done:
    """Keeps the draft of this person on one desk, or takes it away when there is nothing typed any more.

    ``Problem("drafts.too_long")`` where it is longer than any form.
    """
    letters = sum(len(field.name) + len(field.text) + len(field.before) for field in message.fields)
    if letters > LONGEST or len(message.desk) > LONGEST:
        raise Problem("drafts.too_long", letters=LONGEST)
    kept = work.vault.get(DraftRecord, (work.member.staff_number, message.desk))
    if not message.fields:
        if kept is not None:
            work.vault.delete(kept)
        return Done()
    if kept is None:
        kept = DraftRecord(staff_number=work.member.staff_number, desk=message.desk)
        work.vault.add(kept)
    kept.place = {"place": dict(message.place), "focus": message.focus, "cursor": message.cursor}
    kept.fields = {field.name: [field.text, field.before] for field in message.fields}
    kept.at = work.now
    return Done()


def take_drafts(work: Work, message: TakeDrafts) -> Drafts:
    """The drafts of this person and of nobody else, newest first."""
    mine = select(DraftRecord).where(DraftRecord.staff_number == work.member.staff_number)
    found = work.vault.scalars(mine.order_by(DraftRecord.at.desc()))
    return Drafts(work.contract.contract, tuple(_draft(kept) for kept in found))


def _draft(kept: DraftRecord) -> Draft:
    place: dict[str, Any] = kept.place
    fields = tuple(DraftField(name, text, before) for name, (text, before) in kept.fields.items())
    return Draft(kept.desk, place["place"], fields, place["focus"], place["cursor"], kept.at)


ACTIONS = table(
    Action(SaveDraft, save_draft, STAFF, WITH_VAULT, untrained=True),
    Action(TakeDrafts, take_drafts, STAFF, WITH_VAULT, untrained=True),
)
"""No event: the trail has each change of a draft, without its values. No areas: no other screen shows it. Also before
this year's training: the page on which it is recorded keeps what is typed there."""

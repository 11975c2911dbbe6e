"""Approval at the same PC: the requester keeps the place, and the approver signs in a room of their own.

This room has the office; it says what may be signed, counts the try at the door, and keeps what comes back. The
password goes to the other room alone.
"""

from __future__ import annotations

from sqlalchemy import select

from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.people import STAFF, check_second_person
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import STATES, ReleaseState, next_release_state
from walkdesk.messages.common import Done
from walkdesk.messages.countersign import (
    Approver,
    Approvers,
    AskToSign,
    Countersign,
    ListApprovers,
    Statement,
)
from walkdesk.services.account import lockout_of
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.counterparts import may_second
from walkdesk.services.manifests import release_statement
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.releases import approve, release_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import PersonRecord, TrainingRecord


def list_approvers(work: Work, message: ListApprovers) -> Approvers:
    """Everybody who may approve a release and has this year's training, but who asked for it."""
    record = release_of(work, message.release)
    people = work.office.scalars(select(PersonRecord).order_by(PersonRecord.staff_number))
    return Approvers(
        tuple(
            Approver(one.staff_number, one.name, one.post)
            for one in people
            if one.staff_number != record.requested_by
            and may_second(work, one.staff_number, record.contract)
            and _trained(work, one.staff_number)
        )
    )


@evidenced
def ask_to_sign(work: Work, message: AskToSign) -> Statement:
    """What this person would sign; refused for the requester's own number and for whoever may not approve.

    From here the try counts at the door, until ``countersign`` brings a signature.
    """
    record = release_of(work, message.release)
    approver = message.staff_number.strip()
    lockout = lockout_of(work)
    lockout.admit(approver)
    check_second_person(record.requested_by, approver, may_second(work, approver, record.contract))
    next_release_state(ReleaseState(record.state), ReleaseState.APPROVED)
    if not _trained(work, approver):
        raise Problem("door.not_trained")
    lockout.begin_try(approver)
    work.session.approver_tries[approver] = lockout
    name, post = person_name(work, approver)
    return Statement(release_statement(record, approver), approver, name, post)


@evidenced
def countersign(work: Work, message: Countersign) -> Done:
    """Keeps the approval that another room signed. Without a signature the password was wrong; that stays counted."""
    record = release_of(work, message.release)
    lockout = work.session.approver_tries.pop(message.staff_number, None)
    if lockout is None:
        raise Problem("releases.not_asked")
    if not message.signature:
        lockout.wrong(message.staff_number)
        raise Problem("door.wrong_password")
    done = approve(work, record, message.staff_number, message.signature)
    lockout.right()
    lockout.came_in(message.staff_number)
    return done


def _trained(work: Work, staff_number: str) -> bool:
    own = select(TrainingRecord.id).where(TrainingRecord.staff_number == staff_number)
    return work.office.scalars(own.where(TrainingRecord.fiscal_year == fiscal_year(work.today))).first() is not None


_AREAS = areas("releases", "papers", "today", "closeout")

ACTIONS = table(
    Action(ListApprovers, list_approvers, STAFF, STATES),
    Action(AskToSign, ask_to_sign, STAFF, STATES),
    Action(Countersign, countersign, STAFF, STATES, "release_approved", _AREAS),
)

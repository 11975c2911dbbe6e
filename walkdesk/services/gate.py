"""The gate: the only place that turns an approved manifest and the vault into bytes that may leave (design chapter 7).

Default is no. Whoever wants bytes with participants' data out of this program comes through ``let_out``: it looks at
kind, state, programme, second person's signature, receiver, consent, carrier, lock-bag and hour, and that the vault
still holds what was approved; it makes the bytes, seals those that leave as a file, and writes the evidence.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from walkdesk.documents.pages import only_pages
from walkdesk.documents.passphrase_slip import SlipFacts, passphrase_slip_pdf
from walkdesk.domain.contract import ContractState
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.pageranges import by_volume
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import (
    Need,
    ReleaseKind,
    ReleaseState,
    Rule,
    Way,
    check_kind,
    check_leaving,
    due_day,
    next_release_state,
)
from walkdesk.exchange.sealed_page import SealedFile, SealFacts, generate_passphrase, seal_files
from walkdesk.messages.common import FreePaper
from walkdesk.messages.releases import Released
from walkdesk.resources.container import sealed_page_template
from walkdesk.services.contents import content_of
from walkdesk.services.contents.base import Made, Part, Stamp
from walkdesk.services.counterparts import check_standing, recipient_words
from walkdesk.services.manifests import check_signed, check_unchanged, parts_of
from walkdesk.services.paperwork import JAPANESE, digest, mark_of, page_count, paper, sender_of
from walkdesk.services.session import Work, programme_of
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ReleaseSheet

NOWHERE = PrintOn()


def let_out(work: Work, record: ReleaseRecord, way: str, bag_checked: bool = False, on: PrintOn = NOWHERE) -> Released:
    """Lets an approved release out, once; else ``Problem``, and the register stays as it is.

    The file is made first, because the ledger entry holds its digest; the bytes go out only with the answer, which
    ``perform`` gives after the entry and the register's new state are on disk.
    """
    contract = work.contract
    kind = ReleaseKind(record.kind)
    rule = check_kind(kind, programme_of(contract), ContractState(contract.state))
    state = next_release_state(ReleaseState(record.state), ReleaseState.RELEASED)
    if work.member.role not in rule.requesters:
        raise Problem("releases.wrong_role", kind=kind.value)
    chosen = check_leaving(rule, way, bag_checked, record.due_at, work.now)
    check_signed(work, record)
    check_standing(work, rule, record)
    parts = parts_of(work, record)
    check_unchanged(work, record, parts)
    released, data = _make(work, record, rule, chosen, parts, on)
    work.because("", record.release)
    work.vault.execute(
        update(ReleaseSheet).where(ReleaseSheet.release == record.release).values(released_on=work.today)
    )
    record.state, record.way, record.taken_by = state.value, chosen.value, work.member.staff_number
    record.released_at, record.due = work.now, due_day(rule, work.today, record.due_at)
    record.bag_checked, record.digest = bag_checked and Need.BAG in rule.needs, bytes.fromhex(data)
    record.printer, record.layout, record.start = on.printer, on.layout, on.start
    work.record(
        "released",
        record.contract,
        release=record.release,
        kind=record.kind,
        count=record.sheets,
        pages=released.pages,
        digest=data,
        serial_first=1,
        serial_last=record.sheets,
        receiver=record.recipient or None,
        basis=record.basis or None,
        carrier=record.carrier or None,
        bag_checked=True if record.bag_checked else None,
        way=chosen.value,
        due=record.due.isoformat(),
        must_return=Need.CARRIER in rule.needs,
        letter=record.paper,
        sealed=chosen is Way.FILE,
    )
    return released


def let_out_again(
    work: Work, record: ReleaseRecord, choose: Callable[[int], tuple[int, ...]]
) -> tuple[Released, tuple[int, ...], str]:
    """Lets single pages of a printed release out once more; with them their numbers and the SHA-256 of the bytes.

    Everything that was looked at when it left is looked at again. ``choose`` gets the number of all pages, and says
    which are meant. The caller writes the evidence; the register stays as it is.
    """
    contract = work.contract
    rule = check_kind(ReleaseKind(record.kind), programme_of(contract), ContractState(contract.state))
    if record.state != ReleaseState.RELEASED.value or record.way != Way.PRINT.value:
        raise Problem("printing.reprint_state", release=record.release)
    if work.member.role not in rule.requesters:
        raise Problem("releases.wrong_role", kind=record.kind)
    check_leaving(rule, record.way, record.bag_checked, record.due_at, work.now)
    check_signed(work, record)
    check_standing(work, rule, record)
    parts = parts_of(work, record)
    try:
        check_unchanged(work, record, parts)
    except Problem:
        raise Problem("printing.reprint_changed", release=record.release) from None
    on = PrintOn(record.printer, record.layout, record.start)
    whole, _ = _make(work, record, rule, Way.PRINT, parts, on)
    pages = choose(whole.pages)
    first, *further = _some_pages((whole.data, *whole.further), pages)
    title = JAPANESE.say("printing.reprinted_title", release=record.release)
    out = Released(record.release, title, whole.file_name, Way.PRINT, first, len(pages), further=tuple(further))
    return out, pages, digest(b"".join((first, *further)))


def _some_pages(volumes: tuple[bytes, ...], pages: tuple[int, ...]) -> list[bytes]:
    """These pages, counted through all volumes, as volumes again."""
    parts = by_volume(pages, map(page_count, volumes))
    return [only_pages(volume, here) for volume, here in zip(volumes, parts, strict=True) if here]


def stamp_of(work: Work, record: ReleaseRecord) -> Stamp:
    """Serial, receiver, account and time, as every page and file shows them."""
    at = f"{work.now:%Y-%m-%d %H:%M}"
    receiver = contract_ward(work) if record.kind == ReleaseKind.RETURN.value else recipient_words(work, record)
    return Stamp(record.release, receiver, f"{work.member.staff_number} {work.member.name}", at)


def contract_ward(work: Work) -> str:
    """The ward as a receiver."""
    return f"{work.contract.ward}（{work.contract.ward_department}）"


def _make(
    work: Work, record: ReleaseRecord, rule: Rule, way: Way, parts: tuple[Part, ...], on: PrintOn
) -> tuple[Released, str]:
    """What leaves, and the SHA-256 of its bytes, volume after volume."""
    content = content_of(record.paper, rule.kind)
    if way not in content.makers:
        raise Problem("releases.way", way=way.value)
    stamp = stamp_of(work, record)
    made = content.makers[way](work, record, parts, stamp, on)
    name = JAPANESE.say(f"releases.paper.{record.paper}")
    title = JAPANESE.say("releases.released_title", release=record.release, paper=name)
    if way is Way.PRINT:
        first, *others = made.files
        further = tuple(file.data for file in others)
        out = Released(record.release, title, first.name, way, first.data, made.pages, further=further)
    else:
        out = _sealed(work, record, rule, made, stamp, title)
    return out, digest(b"".join((out.data, *out.further)))


def _sealed(work: Work, record: ReleaseRecord, rule: Rule, made: Made, stamp: Stamp, title: str) -> Released:
    """One page that opens itself, and the slip with its passphrase."""
    sender = sender_of(work)
    passphrase = generate_passphrase()
    due = due_day(rule, work.today, record.due_at)
    facts = SealFacts(
        serial=record.release,
        sender=sender.name,
        contact=sender.phone,
        recipient=stamp.recipient or JAPANESE.say("releases.to_persons"),
        made=work.now,
        due=due,
        purpose=record.purpose,
        account=stamp.account,
        contract=work.contract.number,
    )
    files = [SealedFile(file.name, file.media_type, file.data) for file in made.files]
    page = seal_files(sealed_page_template(), files, facts, passphrase)
    slip = _slip(work, facts, passphrase)
    return Released(record.release, title, f"{record.release}.html", Way.FILE, page, made.pages, passphrase, slip)


def _slip(work: Work, facts: SealFacts, passphrase: str) -> FreePaper:
    """合言葉 on paper: it goes another way than the file, and names no participant."""
    slip = SlipFacts(
        facts.serial, facts.recipient, facts.sender, facts.contact, facts.made, facts.due, passphrase, mark_of(work)
    )
    title = JAPANESE.say("releases.slip_title", release=facts.serial)
    return paper(title, f"aikotoba-{facts.serial}.pdf", passphrase_slip_pdf(slip))

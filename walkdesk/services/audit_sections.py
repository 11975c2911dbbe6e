"""The parts of the 取扱状況報告書 (clause 14), filled from the office book and the ledger. No vault is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from walkdesk.documents.grids import Cell, Grid, filled
from walkdesk.documents.status_report import (
    ACCESS,
    ALARMS,
    DESK,
    HELD,
    IMPORTS,
    ITEMS,
    LINES,
    OPENED,
    OUTSIDE,
    REGISTERS,
    REKEYED,
    RELEASES,
    SHEETS,
    STAFF,
    Section,
)
from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.disclosure import shown
from walkdesk.domain.participants import PERMITTED_ITEMS, Origin, PermittedItem, Programme
from walkdesk.domain.recovery import OFFICE_SCOPE
from walkdesk.domain.registers import REGISTERS as RULES
from walkdesk.domain.registers import EntryState, Register
from walkdesk.domain.releases import ReleaseState
from walkdesk.ledger.entry import NOBODY, Entry
from walkdesk.ledger.keys import fingerprint
from walkdesk.messages.registers import EntryRow
from walkdesk.services.audit_facts import HIDDEN, View, door_counts, held, token_words
from walkdesk.services.counterparts import recipient_words
from walkdesk.services.paperwork import JAPANESE
from walkdesk.services.people import person_name
from walkdesk.services.registerpapers import title_of
from walkdesk.services.releases import overdue
from walkdesk.services.session import Work
from walkdesk.services.sheets import NO_PAPER_LEFT
from walkdesk.storage.office_tables import RecoverySheetRecord

_GONE = frozenset({ContractState.ERASED.value, ContractState.ACKNOWLEDGED.value})
_SUMS = {"participants": "参加者（人）", "step_days": "歩数の記録（日分）"}
_REASONS = {"role": "権限がない", "state": "契約の段階が違う", "training": "教育の記録がない"}


def sections(view: View) -> tuple[Section, ...]:
    """All parts, in the order of the paper."""
    return (
        _held(view),
        _staff(view),
        Section("利用権限", grids=(filled(ACCESS, _access(view)),)),
        Section("利用の記録", grids=(filled(DESK, _desk(view)), filled(OPENED, _opened(view)))),
        Section("個人情報の取込み", grids=(filled(IMPORTS, _imports(view)),)),
        Section("提供・持出し", grids=(filled(RELEASES, _releases(view)), filled(OUTSIDE, _outside(view)))),
        _registers(view),
        _keys(view),
        Section("異常の検知", grids=(filled(ALARMS, _alarms(view)),)),
        _ledger(view),
    )


def _held(view: View) -> Section:
    found = held(view)
    items = filled(ITEMS, _items(view))
    if found is None:
        return Section("保有する個人情報", grids=(filled(HELD, ()), items))
    entry, counts = found
    source = f"証跡台帳 第{entry.sequence:,}号（{_event(entry)}、{japanese_date(entry.at.date())}）"
    fields = [("数の出典", source)]
    if view.contract.state in _GONE and view.contract.erased_on is not None:
        gone = f"{japanese_date(view.contract.erased_on)}に消去しました。下の数は、消去する前のものです。"
        fields.append(("いまの状態", gone))
    for kind, label in _SUMS.items():
        if kind in counts:
            fields.append((label, _text(counts[kind])))
    rows = [
        (
            JAPANESE.say(f"reception.origin.{origin.value}"),
            _count(counts.get(origin.value, 0)),
            _count(counts[f"{origin.value}_paper"]) if f"{origin.value}_paper" in counts else None,
        )
        for origin in Origin
    ]
    note = "「＊」は5未満の数です。紙の枚数は、報告書の提出の後に数えます。"
    return Section("保有する個人情報", tuple(fields), (filled(HELD, rows, note), items))


def _items(view: View) -> Iterator[tuple[Cell, ...]]:
    allowed = PERMITTED_ITEMS[Programme(view.contract.programme)]
    for item in PermittedItem:
        ways = [item in allowed.get(origin, ()) for origin in (Origin.PROVIDED, Origin.COLLECTED)]
        if any(ways):
            yield (JAPANESE.say(f"reception.item.{item.value}"), *("○" if way else None for way in ways))


def _staff(view: View) -> Section:
    contract = view.contract
    reported = "まだ報告していません"
    if contract.designation_reported_on is not None:
        reported = f"{japanese_date(contract.designation_reported_on)}　{contract.designation_reference}"
    rows = [
        (
            JAPANESE.say(f"papers.role.{one.role.value}") if one.role else None,
            one.person.post,
            one.person.name,
            one.designated_on,
            one.person.sworn_on,
            one.trained_on,
            "○" if one.person.may_approve else None,
        )
        for one in view.designated
    ]
    return Section("従事者（特記事項13・18）", (("区への報告", reported),), (filled(STAFF, rows),))


def _access(view: View) -> Iterator[tuple[Cell, ...]]:
    for entry in view.of("account_granted", "access_renewed", "account_closed", "person_changed"):
        person = str(entry.facts.get("person") or entry.facts.get("staff") or "")
        vault = entry.event == "account_granted" and "generation" in entry.facts
        scope = "契約の保管庫" if vault else "アカウント"
        yield entry.at, _event(entry), scope, _name(view.work, person), _name(view.work, entry.account)


def _desk(view: View) -> Iterator[tuple[Cell, ...]]:
    door = door_counts(view)
    yield "サインイン", len(view.of("signed_in"))
    yield (
        "サインインの拒否（番号かパスワードが違うなど）",
        door.get("sign_in_refused", 0) + len(view.of("sign_in_refused")),
    )
    yield "続けて間違えたための締出し", door.get("account_locked", 0)
    yield "画面の施錠", len(view.of("locked"))
    refused = Counter(_REASONS.get(str(entry.facts.get("reason")), "そのほか") for entry in view.of("refused"))
    for reason in (*_REASONS.values(), "そのほか"):
        yield f"操作の拒否（{reason}）", refused[reason]
    yield "非表示情報の閲覧", len(view.of("masked_data_opened"))
    yield "パスワードの変更", len(view.of("password_changed"))


def _opened(view: View) -> Iterator[tuple[Cell, ...]]:
    entries = view.of("masked_data_opened")
    for account in sorted({entry.account for entry in entries}):
        own = [entry for entry in entries if entry.account == account]
        yield _name(view.work, account), len(own), own[-1].at


def _imports(view: View) -> Iterator[tuple[Cell, ...]]:
    for entry in view.of("import_committed"):
        facts = entry.facts
        yield (
            entry.at,
            JAPANESE.say(f"imports.kind_{facts['source']}") if facts.get("source") else None,
            JAPANESE.say(f"reception.channel.{facts['channel']}") if facts.get("channel") else None,
            JAPANESE.say(f"reception.origin.{facts['origin']}") if facts.get("origin") else None,
            _count(facts.get("accepted", 0)),
            _count(facts.get("refused", 0)),
        )


def _releases(view: View) -> Iterator[tuple[Cell, ...]]:
    out, waiting = view.let_out(), view.waiting()
    for kind in sorted({one.kind for one in (*out, *waiting)}):
        left = [one for one in out if one.kind == kind]
        yield (
            JAPANESE.say(f"releases.kind.{kind}"),
            len(left),
            _count(sum(one.sheets for one in left)),
            sum(one.kind == kind for one in waiting),
            sum(one.kind == kind and overdue(view.work, one) for one in waiting),
        )


def _outside(view: View) -> Iterator[tuple[Cell, ...]]:
    for one in view.waiting():
        state = JAPANESE.say(f"releases.state.{ReleaseState(one.state).value}")
        receiver = recipient_words(view.work, one) or "本人"
        late = "期限超過" if overdue(view.work, one) else state
        yield one.release, JAPANESE.say(f"releases.kind.{one.kind}"), receiver, one.due, late


def _registers(view: View) -> Section:
    states = [_register_row(view, register) for register in RULES]
    lists = [
        Grid(register_name(register), LINES.columns, tuple(_line(row) for row in view.lines(register)))
        for register in RULES
        if view.lines(register)
    ]
    note = "状態は作成した日のものです。内容は、期間の中で継続していたものを並べています。"
    return Section("台帳（特記事項4〜11・15〜20）", grids=(filled(REGISTERS, states), *lists), note=note)


def _register_row(view: View, register: Register) -> tuple[Cell, ...]:
    rows = view.registers[register]
    return (
        register_name(register),
        sum(row.closed_on is None for row in rows),
        sum(row.state is EntryState.OVERDUE for row in rows),
        sum(row.closed_on is not None for row in rows),
        sum(view.holds(row.opened_on) for row in rows),
    )


def _line(row: EntryRow) -> tuple[Cell, ...]:
    return row.entry, title_of(row), row.opened_on, row.due, JAPANESE.say(f"registers.state.{row.state.value}")


def register_name(register: Register) -> str:
    """``紙媒体``."""
    return JAPANESE.say(f"registers.name.{register.value}")


def _keys(view: View) -> Section:
    work, contract = view.work, view.contract
    scopes = {OFFICE_SCOPE: "事務所", contract.contract: contract.number}
    query = select(RecoverySheetRecord).where(RecoverySheetRecord.scope.in_(scopes))
    sheets = [
        (
            scopes[one.scope],
            one.generation,
            one.made_at.date(),
            one.kept_at,
            one.tested_on,
            "用紙なし" if one.disposal in NO_PAPER_LEFT else "効力なし" if one.disposal else "有効",
        )
        for one in work.office.scalars(query.order_by(RecoverySheetRecord.made_at))
    ]
    renewed = [
        (entry.at, _whole(entry.facts.get("generation")), _name(work, entry.account), _whole(entry.facts.get("slots")))
        for entry in view.of("rekeyed")
    ]
    moves = view.of("token_out", "token_back")
    fields = (
        ("契約鍵（媒体）", token_words(view) or "使っていません"),
        ("鍵の世代", f"第{contract.generation}世代"),
        ("契約鍵の出し入れ", f"{len(moves):,}回"),
        ("復旧用紙による開錠", f"{len(view.of('opened_with_sheet', 'recovered_with_sheet')):,}回"),
    )
    return Section("鍵", fields, (filled(SHEETS, sheets), filled(REKEYED, renewed)))


def _alarms(view: View) -> Iterator[tuple[Cell, ...]]:
    for entry in view.of("alarm"):
        yield entry.sequence, entry.at, str(entry.facts.get("kind", ""))


def _ledger(view: View) -> Section:
    span = "–" if not view.entries else f"第{view.entries[0].sequence:,}号〜第{view.entries[-1].sequence:,}号"
    fields = (
        ("期間の記録", f"{len(view.entries):,}件（{span}、この契約と事務所全体のもの）"),
        ("つながりの検査", chain_words(view)),
        ("署名鍵の指紋", fingerprint(view.work.book.key.public_key())),
    )
    return Section("証跡台帳", fields)


def chain_words(view: View) -> str:
    """What the check of the whole chain found."""
    if view.chain.holds:
        return f"全{view.chain.count:,}件のつながりと署名を確かめ、切れ目はありませんでした"
    return f"第{view.chain.faults[0].sequence:,}号で、つながりか署名が合いません"


def _event(entry: Entry) -> str:
    return JAPANESE.say(f"ledger.event.{entry.event}")


def _name(work: Work, number: str) -> str:
    """Post and name of a staff number."""
    if number in ("", NOBODY):
        return "プログラム"
    name, post = person_name(work, number)
    return f"{post}　{name}".strip()


def _count(number: object) -> Cell:
    """A count of people or of what is about them, as it may be published."""
    if not isinstance(number, int):
        return None
    told = shown(number)
    return HIDDEN if told is None else told


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(number: int) -> str:
    told = _count(number)
    return f"{told:,}" if isinstance(told, int) else HIDDEN

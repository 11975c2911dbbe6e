"""The closed list of what the ledger records, by desk. A new event is a row here and its name in
``ledger.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from walkdesk.ledger.canonical import Value
from walkdesk.ledger.facts import KINDS, fits


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: its code, its Japanese name, the facts it may hold, and whether it is about a contract."""

    name: str
    japanese: str
    facts: frozenset[str]
    of_contract: bool


def _row(name: str, japanese: str, facts: str = "", *, of_contract: bool = False) -> EventRow:
    keys = frozenset(facts.split()) | {"reason"}
    if not keys <= KINDS.keys():
        raise ValueError(f"{name}: facts without a kind: {sorted(keys - KINDS.keys())}")
    return EventRow(name, japanese, keys, of_contract)


def _of_contract(name: str, japanese: str, facts: str = "") -> EventRow:
    return _row(name, japanese, facts, of_contract=True)


OFFICE = (
    _row(
        "office_set_up",
        "事務所の設定",
        "office version fingerprint pades_fingerprint language practice attested_by name contractor",
    ),
    _row("practice_date_set", "練習用の日付の変更", "day"),
    _row("clock_stepped_back", "時計の逆行", "before seconds"),
    _row("effect_missing", "記録後の処理の未完了", "sequence event action"),
    _row("door_events_taken", "サインイン前の記録の取込み", "count first last head counts repaired faults"),
    _row("ledger_exported", "証跡台帳の書出し", "count first last head checkpoint digest receiver"),
    _row("alarm", "異常の検知", "kind sequence counter expected event head count digest faults"),
)

ACCESS = (
    _row("signed_in", "サインイン", "role share session token_present token"),
    _row("signed_out", "サインアウト", "role session seconds counts"),
    _row("sign_in_refused", "サインインの拒否", "tries staff"),
    _row("refused", "操作の拒否", "action role state"),
    _row("locked", "画面の施錠", "session seconds counts"),
    _row("masked_data_opened", "非表示情報の閲覧", "purpose basis screen item count"),
    _row("token_out", "契約鍵の持出し", "token generation"),
    _row("token_read", "契約鍵の読取り", "token generation"),
    _row("token_back", "契約鍵の返却", "token generation seconds"),
)

KEYS = (
    _row("recovery_sheet_made", "復旧用紙の作成", "kind generation place"),
    _row("recovery_sheet_tested", "復旧用紙の試験", "kind generation"),
    _row("recovery_sheet_closed", "復旧用紙の終了", "kind generation disposition witness"),
    _row("recovered_with_sheet", "復旧用紙による再設定", "person staff generation"),
    _of_contract("opened_with_sheet", "復旧用紙による開錠", "generation"),
    _of_contract("rekey_begun", "契約鍵の更新の開始", "generation share token slots"),
    _of_contract("rekeyed", "契約鍵の更新", "generation share share_disposal token slots staff_list"),
    _of_contract("rekey_taken_back", "契約鍵の更新の取消", "generation share token"),
)

PEOPLE = (
    _row("person_registered", "業務従事者の登録", "person name post role staff basis"),
    _row(
        "account_granted",
        "利用権限の付与",
        "person staff role may_approve fingerprint generation basis name post checks signature",
    ),
    _row("person_changed", "業務従事者の変更", "person post may_approve basis"),
    _row("account_closed", "利用権限の終了", "person staff role generation day basis count"),
    _row("password_changed", "パスワードの変更", "staff"),
    _row("access_renewed", "利用権限の再設定", "person staff role generation basis count"),
    _row("oath_recorded", "誓約の記録", "staff_list day after_end count"),
    _row("law_made_known", "法律の周知の記録", "staff_list day law count"),
    _row("training_recorded", "研修の記録", "person staff_list year day content law count"),
    _row("designation_reported", "指定の区への報告", "day receiver receipt reference count staff_list"),
)

CONTRACTS = (
    _of_contract(
        "contract_prepared",
        "委託契約の準備",
        "number name programme year start end ward contractor certification certification_until place",
    ),
    _of_contract("items_confirmed", "情報項目の確認", "items count digest basis reference"),
    _of_contract("contract_opened", "委託契約の開始", "start end day checks items vault generation counts"),
    _of_contract("seal", "封印", "counter trail_sequence trail_head counts"),
    _of_contract("individual_erasure_begun", "個別消去の開始", "number day counts"),
    _of_contract("individual_erasure", "個別消去", "number day counts sequence changed trail_sequence"),
    _of_contract("individual_certificate_made", "個別消去証明書の作成", "number digest checkpoint pages"),
    _of_contract(
        "import_committed",
        "取込みの確定",
        "batch source channel origin month count accepted refused confirmed digest counts",
    ),
    _of_contract("point_rule_set", "ポイント付与基準の設定", "rule version_number year start digest"),
    _of_contract("prize_changed", "景品の変更", "prize stock points changed name"),
    _of_contract("wording_saved", "文面の保存", "paper variant version_number name digest"),
)

RELEASES = (
    _of_contract(
        "release_requested",
        "提供・持出しの申請",
        "release kind purpose receiver count digest due basis carrier columns letter batch month",
    ),
    _of_contract("release_approved", "提供・持出しの承認", "release kind approver digest count signature"),
    _of_contract("release_refused_by_approver", "提供・持出しの不承認", "release kind approver"),
    _of_contract(
        "released",
        "提供・持出し",
        "release kind count pages digest serial serial_first serial_last receiver basis carrier bag_checked way due"
        " must_return letter sealed",
    ),
    _of_contract("sheets_reprinted", "刷り直し", "release kind count sheet_list content disposition digest"),
    _of_contract("release_closed", "提供・持出しの完了", "release kind disposition day receipt count"),
)

REGISTERS = (
    _row("register_entered", "台帳の記入", "register entry day due counts"),
    _row("register_changed", "台帳の追記・訂正", "register entry columns due source counts"),
    _row("register_closed", "台帳の終了", "register entry day disposition counts"),
    _row("register_printed", "台帳の印刷", "register count digest checkpoint pages"),
    _of_contract("inspection_recorded", "立入り調査の記録", "entry day year counts"),
    _row("incident_reported", "事故の報告", "entry step day receiver receipt counts"),
    _row("incident_report_made", "事故報告書の作成", "entry digest checkpoint pages counts"),
)

CLOSEOUT = (
    _of_contract("report_made", "報告書の作成", "report number month digest checkpoint counts pages"),
    _of_contract("ward_paper_made", "区への文書の作成", "paper number entry year fingerprint digest checkpoint pages"),
    _of_contract("form_made", "申込用紙の作成", "paper name digest pages"),
    _of_contract("status_report_made", "取扱状況報告書の作成", "number start end digest checkpoint pages"),
    _of_contract("audit_pack_made", "監査資料の作成", "number start end digest pdf_digest count checkpoint pages"),
    _of_contract("report_delivered", "報告書の提出", "report number day receiver receipt digest"),
    _of_contract("return_recorded", "返還等の記録", "origin medium disposition item count day receiver receipt basis"),
    _of_contract("contract_returned", "返還の完了", "day counts receiver receipt"),
    _of_contract("erasure_approved", "消去の承認", "approver role digest signature"),
    _of_contract(
        "erasure_intent",
        "消去の開始",
        "vault vault_digest vault_size counts device device_serial storage disk_encrypted place version"
        " copies watchwords pages",
    ),
    _of_contract(
        "keys_destroyed",
        "鍵の破棄",
        "share share_disposal slots slots_readable unlock_refused keys witness generation",
    ),
    _of_contract("files_removed", "ファイルの消去", "files bytes files_left"),
    _of_contract("erasure_verified", "消去の検証", "hunt watchwords pages places unread hits hits_left verifier files"),
    _of_contract(
        "certificate_issued",
        "消去証明書の発行",
        "number certificate_digest pdf_digest result grade checkpoint version_number",
    ),
    _of_contract("erasure_acknowledged", "区の確認", "number day officer post digest receipt certificate_digest"),
)


def _by_name(*desks: Iterable[EventRow]) -> dict[str, EventRow]:
    rows = [row for desk in desks for row in desk]
    table = {row.name: row for row in rows}
    if len(table) != len(rows):
        raise ValueError("an event stands twice in the list")
    return table


EVENTS: Final[Mapping[str, EventRow]] = _by_name(OFFICE, ACCESS, KEYS, PEOPLE, CONTRACTS, RELEASES, REGISTERS, CLOSEOUT)
"""Every event by its code."""


def check_event(event: str, contract: str | None, facts: Mapping[str, Value]) -> None:
    """Refuse with ``ValueError`` what the list does not allow. The message names keys, never values."""
    row = EVENTS.get(event)
    if row is None:
        raise ValueError("the event is not in the list of events")
    if row.of_contract and contract is None:
        raise ValueError(f"{event} is about a contract")
    if not facts.keys() <= row.facts:
        raise ValueError(f"{event} may not hold {sorted(facts.keys() - row.facts)}")
    wrong = sorted(key for key, value in facts.items() if not fits(key, value))
    if wrong:
        raise ValueError(f"{event}: not of their kind: {wrong}")

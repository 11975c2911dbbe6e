"""What the program's own records say about each measure of the council papers, and where they say nothing.

A sentence states counts and days from the records. Whether the measure is kept is for the inspector to find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from walkdesk.domain.dates import japanese_date


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Counts and days of one contract and period. None of them is about a participant."""

    managers: int
    handlers: int
    reported_on: date | None
    reference: str
    sworn: int
    """Designated people whose oath binds after the end of the work too."""
    law_told: int
    trained: int
    trained_first: int
    """Designated people trained before they were designated, or on that day."""
    law: str
    sign_ins: int
    refused_sign_ins: int
    lockouts: int
    locks: int
    refused_actions: int
    opened: int
    accounts_closed: int
    releases: int
    carried: int
    carried_open: int
    bags: int
    """Releases in which a lock-bag was checked."""
    approved: int
    refused_releases: int
    free_carries: int
    """Entries of the register of 持出し that people made themselves."""
    recipients: int
    recipients_valid: int
    consents: int
    papers_open: int
    papers_closed: int
    copies_open: int
    items: int
    items_confirmed_on: date | None
    imports: int
    certificate: str
    erased_on: date | None
    individual_erasures: int
    status_reports: int
    incidents: int
    incidents_told: int
    inspections: int
    token: str
    """How the token lies today, in words; empty without one."""

    @property
    def designated(self) -> int:
        """取扱責任者・取扱者 together."""
        return self.managers + self.handlers


def evidence(measure: str, facts: EvidenceFacts) -> str:
    """What the records say about a measure of ``domain.measures``; ``KeyError`` for one that it does not have."""
    return _SENTENCES[measure](facts)


def _designate(facts: EvidenceFacts) -> str:
    told = "区への報告の記録はありません。"
    if facts.reported_on is not None:
        told = f"{japanese_date(facts.reported_on)}に区へ報告（{facts.reference}）。"
    return f"取扱責任者等 {facts.managers}人、取扱者 {facts.handlers}人を指定。{told}"


def _carrying(facts: EvidenceFacts) -> str:
    return (
        f"承認を経た運び出し {facts.carried}回"
        f"（うち施錠付きカバンの確認 {facts.bags}回、未完了 {facts.carried_open}件）。"
        f"持出し台帳への記入 {facts.free_carries}件。"
    )


def _password(facts: EvidenceFacts) -> str:
    return (
        f"一人ずつのIDとパスワードでサインイン {facts.sign_ins}回、拒否 {facts.refused_sign_ins}回、"
        f"締出し {facts.lockouts}回、画面の施錠 {facts.locks}回。"
    )


def _cabinet(facts: EvidenceFacts) -> str:
    return (
        f"紙媒体台帳に継続中 {facts.papers_open}件、終了 {facts.papers_closed}件。"
        "鍵を持つ者は取扱責任者等だけを選べます。施錠そのものは記録から言えません。"
    )


def _training(facts: EvidenceFacts) -> str:
    return (
        f"指定した {facts.designated}人のうち、教育の記録がある者 {facts.trained}人、"
        f"指定の日までに教育を受けた者 {facts.trained_first}人。"
    )


def _erasure(facts: EvidenceFacts) -> str:
    single = f"個別消去 {facts.individual_erasures}件。" if facts.individual_erasures else ""
    if facts.erased_on is None:
        return f"契約全体の消去の記録は、まだありません。{single}"
    return f"{japanese_date(facts.erased_on)}に消去。消去証明書 {facts.certificate or '未発行'}。{single}"


def _access(facts: EvidenceFacts) -> str:
    return (
        f"{_password(facts)}権限のない操作の拒否 {facts.refused_actions}回、非表示情報の閲覧 {facts.opened}回、"
        f"利用権限の終了 {facts.accounts_closed}件。"
    )


def _traffic(facts: EvidenceFacts) -> str:
    return (
        "このプログラムは通信をしません。保管庫は暗号化し、外へ出すファイルも暗号化しています。"
        "ほかの仕組みの通信は記録から言えません。"
    )


def _not_here(facts: EvidenceFacts) -> str:
    return "記録から言えません（このプログラムはサーバーを持たず、通信をしません）。"


def _oath(facts: EvidenceFacts) -> str:
    return f"契約の終了後も守る誓約の記録がある者 {facts.sworn}人（指定した {facts.designated}人のうち）。"


def _items(facts: EvidenceFacts) -> str:
    day = facts.items_confirmed_on
    confirmed = "確認の記録はありません。" if day is None else f"{japanese_date(day)}に確認。"
    return f"審議会の資料にある情報項目 {facts.items}種類だけを保管できます。{confirmed}"


def _collected(facts: EvidenceFacts) -> str:
    return (
        f"取込み {facts.imports}回。一件ごとに由来（提供・収集）を残しています。"
        "本人への明示は、申込書と案内で確かめてください。"
    )


def _provided(facts: EvidenceFacts) -> str:
    return (
        f"提供・持出し {facts.releases}回は、どれも別の者の承認を経たものです（不承認 {facts.refused_releases}件）。"
        f"提供先台帳 {facts.recipients}件（承諾が有効なもの {facts.recipients_valid}件）。"
    )


def _kept(facts: EvidenceFacts) -> str:
    token = f"契約鍵：{facts.token}。" if facts.token else "契約鍵（媒体）は使っていません。"
    return f"電子の情報は暗号化した保管庫だけに置いています。{token}{_cabinet(facts)}"


def _copies(facts: EvidenceFacts) -> str:
    return f"複製・印刷物台帳に継続中 {facts.copies_open}件。区の指示・承諾の台帳 {facts.consents}件。"


def _subcontract(facts: EvidenceFacts) -> str:
    return f"利用権限は指定した {facts.designated}人のものだけです。再委託がないことは、記録だけからは言えません。"


def _reports(facts: EvidenceFacts) -> str:
    return f"この期間に取扱状況報告書を {facts.status_reports}回作成。立入り調査の記録 {facts.inspections}件。"


def _law(facts: EvidenceFacts) -> str:
    return f"{_training(facts)}「{facts.law}」を周知した記録がある者 {facts.law_told}人。"


def _incidents(facts: EvidenceFacts) -> str:
    if not facts.incidents:
        return "この期間に、事故等の台帳への記入はありません。"
    return f"事故等の記入 {facts.incidents}件、うち区へ知らせた記録があるもの {facts.incidents_told}件。"


_SENTENCES: Mapping[str, Callable[[EvidenceFacts], str]] = {
    "designate": _designate,
    "no_carrying": _carrying,
    "roster_carrying": _carrying,
    "password": _password,
    "cabinet": _cabinet,
    "training_first": _training,
    "erase_after_report": _erasure,
    "encrypted_traffic": _traffic,
    "watched_server": _not_here,
    "firewall": _not_here,
    "app_login": _not_here,
    "pc_login": _access,
    "staff_training": _law,
    "clause_2": _oath,
    "clause_3": _items,
    "clause_4": _collected,
    "clause_5": _items,
    "clause_6": _carrying,
    "clause_7": _provided,
    "clause_8": _kept,
    "clause_9": _copies,
    "clause_10": _subcontract,
    "clause_12": _erasure,
    "clause_13": _designate,
    "clause_14": _reports,
    "clause_18": _law,
    "clause_19": _incidents,
}

"""The table of desks: one line each, in the order of the rail. A new desk adds its line here."""

from __future__ import annotations

from walkdesk.ui.account.page import AccountPage
from walkdesk.ui.audit.certificate import CertificatePage
from walkdesk.ui.audit.ledger import LedgerPageView
from walkdesk.ui.audit.page import AuditPage
from walkdesk.ui.audit.reports import AuditReportsPage
from walkdesk.ui.cards.page import CardsPage
from walkdesk.ui.closeout.page import CloseOutPage
from walkdesk.ui.contracts.page import ContractsPage
from walkdesk.ui.imports.page import ImportsPage
from walkdesk.ui.keys.page import KeysPage
from walkdesk.ui.papers.page import PapersPage
from walkdesk.ui.people.page import PeoplePage
from walkdesk.ui.prizes.page import PrizesPage
from walkdesk.ui.reception.page import ReceptionPage
from walkdesk.ui.registers.page import RegistersPage
from walkdesk.ui.releases.page import ReleasesPage
from walkdesk.ui.shell.desks import AUDITOR, HANDLER, MANAGER, Desk
from walkdesk.ui.today.page import TodayPage

STAFF = HANDLER | MANAGER
EVERYBODY = STAFF | AUDITOR

DESKS: tuple[Desk, ...] = (
    Desk("today", "calendar", "shell.desk.today", TodayPage, STAFF),
    Desk("reception", "people", "shell.desk.reception", ReceptionPage, STAFF),
    Desk("imports", "download", "shell.desk.imports", ImportsPage, STAFF, in_rail=False),
    Desk("cards", "sheet", "shell.desk.cards", CardsPage, STAFF),
    Desk("prizes", "gift", "shell.desk.prizes", PrizesPage, STAFF),
    Desk("papers", "document", "shell.desk.papers", PapersPage, STAFF),
    Desk("releases", "case-lock", "shell.desk.releases", ReleasesPage, STAFF),
    Desk("registers", "book", "shell.desk.registers", RegistersPage, STAFF, in_rail=False, shortcut="Alt+0"),
    Desk("contracts", "contract", "shell.desk.contracts", ContractsPage, STAFF),
    Desk("keys", "key", "shell.desk.keys", KeysPage, STAFF, in_rail=False),
    Desk("audit_reports", "document", "shell.desk.audit_reports", AuditReportsPage, MANAGER, in_rail=False),
    Desk("people", "person", "shell.desk.people", PeoplePage, STAFF, untrained=True),
    Desk("account", "person", "shell.desk.account", AccountPage, EVERYBODY, in_rail=False),
    Desk("closeout", "shield-x", "shell.desk.closeout", CloseOutPage, STAFF),
    Desk("audit", "list", "shell.desk.audit", AuditPage, AUDITOR),
    Desk("certificate", "medal", "shell.desk.certificate", CertificatePage, AUDITOR),
    Desk("ledger", "book", "shell.desk.ledger", LedgerPageView, AUDITOR),
    Desk("audit_reports", "document", "shell.desk.audit_reports", AuditReportsPage, AUDITOR),
    Desk("registers", "inbox", "shell.desk.registers", RegistersPage, AUDITOR),
)

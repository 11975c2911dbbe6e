"""What holds for every page: names, Tab, no stray windows, both languages, every scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, register, walk
from tests.ui.reach import nameless, unreached
from walkdesk.messages.prizes import RequestPrize, SetPrize
from walkdesk.messages.releases import RequestLetters
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui import language
from walkdesk.ui.account.page import AccountPage
from walkdesk.ui.audit.certificate import CertificatePage
from walkdesk.ui.audit.ledger import LedgerPageView
from walkdesk.ui.audit.page import AuditPage
from walkdesk.ui.cards.page import CardsPage
from walkdesk.ui.closeout.page import CloseOutPage
from walkdesk.ui.look import theme
from walkdesk.ui.papers.page import PapersPage
from walkdesk.ui.people.page import PeoplePage
from walkdesk.ui.prizes.page import PrizesPage
from walkdesk.ui.registers.page import RegistersPage
from walkdesk.ui.releases.page import ReleasesPage

PAGES = (
    (CardsPage, {}),
    (CardsPage, {"number": "D0118", "month": "2018-07", "day": 3}),
    (PrizesPage, {}),
    (PapersPage, {}),
    (PapersPage, {"tab": "wording"}),
    (PapersPage, {"tab": "report"}),
    (PapersPage, {"tab": "ward"}),
    (PapersPage, {"tab": "printing"}),
    (ReleasesPage, {}),
    (RegistersPage, {}),
    (RegistersPage, {"register": "incidents", "form": "new"}),
    (CloseOutPage, {}),
    (PeoplePage, {}),
    (PeoplePage, {"view": "oath"}),
    (AccountPage, {}),
    (AuditPage, {}),
    (CertificatePage, {}),
    (LedgerPageView, {}),
)
NAMES = [f"{page.__name__}-{'-'.join(place)}" for page, place in PAGES]


class Windows(QObject):
    """Every widget that shows as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    """Watches the application."""
    watch = Windows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def filled(office: Office) -> None:
    session = office.sign_in("S-0001", AUGUST)
    register(session)
    walk(session)
    perform(session, SetPrize("TOWEL", "タオル", 20, 5))
    perform(session, RequestPrize("D0118", "TOWEL"))
    perform(session, RequestLetters("all", "参加案内の送付"))


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """The manager in August, with something on every desk."""
    return office_after(filled).sign_in("S-0001")


@pytest.mark.parametrize(("page", "place"), PAGES, ids=NAMES)
def test_every_part_has_names_and_is_reached_with_tab(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], page: Any, place: dict[str, Any]
) -> None:
    shown = visit(page, context_for(desk), **place)
    assert nameless(shown) == []
    assert unreached(shown) == []
    assert not shown.context.room.refused


@pytest.mark.parametrize(("page", "place"), PAGES, ids=NAMES)
def test_a_page_is_one_window_and_fits_a_small_one(
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    windows: Windows,
    qtbot: Any,
    page: Any,
    place: dict[str, Any],
) -> None:
    shown = visit(page, context_for(desk), **place)
    assert set(windows.seen) == {page.__name__}
    # 1024 by 700 with the bars, the rail and the practice ribbon taken off.
    host = QWidget()
    qtbot.addWidget(host)
    host.setMinimumSize(940, 578)
    QVBoxLayout(host).addWidget(shown)
    host.layout().setContentsMargins(0, 0, 0, 0)
    host.resize(940, 578)
    host.show()
    try:
        qtbot.waitUntil(lambda: (shown.width(), shown.height()) == (940, 578))
        # What gives way in a small window does so with the next layout.
        qtbot.waitUntil(lambda: shown.minimumSizeHint().width() <= 940)
        qtbot.waitUntil(lambda: shown.minimumSizeHint().height() <= 578)
    finally:
        shown.setParent(None)


@pytest.mark.parametrize(("page", "place"), PAGES, ids=NAMES)
def test_a_page_speaks_english_and_draws_in_every_scheme(
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    qapp: QApplication,
    page: Any,
    place: dict[str, Any],
) -> None:
    language.use("en")
    shown = visit(page, context_for(desk), **place)
    for scheme in (theme.Scheme.DARK, theme.Scheme.CONTRAST):
        theme.apply(qapp, scheme)
        assert not shown.grab().isNull()
    assert not shown.context.room.refused

"""提供・持出し: request, the second person's signature, out of the door, and what became of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.releases import (
    ListReleases,
    Manifest,
    Released,
    ReleaseRegister,
    ShowManifest,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.notes import EmptyState, ProgressLine
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, page_column, scrolling
from walkdesk.ui.releases.closing import Closing
from walkdesk.ui.releases.deciding import Deciding
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.releases.passphrase import PassphrasePanel
from walkdesk.ui.releases.register import ROWS, ManifestView, RegisterTable
from walkdesk.ui.releases.requesting import Requesting
from walkdesk.ui.releases.taking import Taking
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.sideform import SideForm

_SIDE = 400


class ReleasesPage(Page):
    """The register at the left; at the right the release under the keyboard with what can be done with it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._wanted = self._form_wanted = ""
        self._new = OutlineButton(tr("releases.new"), "releases_new", key="F2", icon="plus")
        self._registers = OutlineButton(tr("registers.to_desk"), "releases_registers", cap="Alt+0", icon="book")
        self._head = PageHead(tr("releases.title"), buttons=(self._registers, self._new))
        self.table = RegisterTable()
        self.details = ReleaseDetails()
        self.manifest = ManifestView()
        self.passphrase = PassphrasePanel(context)
        self._progress = ProgressLine("releases_progress")
        self.taking = Taking(context, self.details, self._progress, self.table.release, self)
        self.requesting = Requesting(context, self.taking.refused, self)
        self.deciding = Deciding(context, self.details, self.table.release, self.taking.refused, self)
        self.closing = Closing(context, self.details, self.table.release, self)
        self.request_form, self.close_form = self.requesting.form, self.closing.form
        self.refuse_form, self.countersign_form = self.deciding.refuse_form, self.deciding.countersign_form
        self._forms: tuple[SideForm, ...] = (
            *(self.refuse_form, self.close_form, self.request_form, self.countersign_form),
            *(self.taking.print_form, self.taking.reprint_form),
        )
        self._side = QStackedWidget()
        self._areas: dict[QWidget, QWidget] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(14)
        sheet = Sheet("releases_sheet", tight=True, spacing=0)
        button = PrimaryButton(tr("releases.to_papers"), "releases_to_papers")
        button.clicked.connect(lambda: self.context.go("papers", tab="letters"))
        self._empty = EmptyState("case-lock", tr("releases.empty"), button, "releases_empty")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        sheet.body.addWidget(self._lists, 1)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(sheet, 1)
        left.addWidget(self.manifest, 1)
        self.manifest.show_manifest(None)
        left.addWidget(self._progress)
        row.addLayout(left, 1)
        for widget in (self.details, *self._forms, self.passphrase):
            # Each scrolls by itself: what a kind needs may be more than a small window holds.
            self._areas[widget] = scrolling(widget, f"{widget.objectName()}_area")
            self._side.addWidget(self._areas[widget])
        self._side.setFixedWidth(_SIDE)
        row.addWidget(self._side)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._new.clicked.connect(lambda: self.requesting.begin())
        self._registers.clicked.connect(lambda: self.context.go("registers"))
        self.table.current_changed.connect(lambda _key: self._show_current())
        self.table.opened.connect(lambda _key: self.details.focus_first())
        self.manifest.wanted.connect(self._turn_manifest)
        self.passphrase.done.connect(self._back)
        for step in (self.requesting, self.deciding, self.taking, self.closing):
            step.form_wanted.connect(self._open)
        self.requesting.form_wanted.connect(lambda _form: self.manifest.show_manifest(None))
        self.requesting.requested.connect(self._go_to)
        self.deciding.decided.connect(self._load)
        self.taking.taken.connect(self._load)
        self.taking.passphrase_wanted.connect(self._show_passphrase)
        self.taking.form_done.connect(lambda: self._turn_to(self.details))
        self.closing.closed.connect(self._closed)
        for form in self._forms:
            form.cancelled.connect(self._back)

    # What is there

    def enter(self, **place: Any) -> None:
        """``release`` is the number of one to look at; ``form`` opens its ``refuse`` or ``close``, or a ``request``;
        ``kind`` is what the request would be.
        """
        self._wanted = str(place.get("release") or "")
        self._form_wanted = str(place.get("form") or "")
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._form_wanted == "request":
            self.requesting.begin(str(place.get("kind") or ""))

    def place(self) -> dict[str, Any]:
        """The release under the keyboard, and the form that is open for it."""
        row = self.table.release()
        seen = self._seen()
        if seen is self.request_form:
            return {"form": "request", "kind": self.request_form.kind.chosen()}
        if row is None:
            return {}
        form = "refuse" if seen is self.refuse_form else "close" if seen is self.close_form else ""
        return {"release": row.release, "form": form} if form else {"release": row.release}

    def changed(self, changes: Any) -> None:
        """Another person's step, or a person's data that a manifest shows."""
        if changes.areas & {"releases", "contracts"} and self.is_here():
            self._load()

    def _load(self) -> None:
        self.context.room.ask(ListReleases(), self._show)

    def _show(self, register: ReleaseRegister) -> None:
        facts = tr("releases.facts", waiting=register.waiting, out=register.out)
        late = tr("releases.facts_overdue", count=register.overdue) if register.overdue else ""
        self._head.show_facts(f"{facts}{late}")
        self.context.badge("releases", register.waiting + register.out)
        self._lists.setCurrentWidget(self.table if register.releases else self._empty)
        self.table.show_releases(register.releases)
        if self._wanted:
            self.table.select(self._wanted)
            self._wanted = ""
        elif self.table.current() is None and register.releases:
            self.table.select(register.releases[0].release)
        self._show_current()
        form, self._form_wanted = self._form_wanted, ""
        button = {"refuse": self.details.refuse, "close": self.details.close_it}.get(form)
        if button is not None and button.isVisibleTo(self.details):
            button.click()

    def _turn_to(self, widget: QWidget) -> None:
        self._side.setCurrentWidget(self._areas[widget])

    def _seen(self) -> QWidget:
        """What stands at the right."""
        return next(widget for widget, area in self._areas.items() if area is self._side.currentWidget())

    def _show_current(self) -> None:
        if self._seen() in (self.passphrase, self.request_form):
            return  # whoever notes a passphrase or fills in a request is not disturbed
        row = self.table.release()
        self._turn_to(self.details)
        way = None if row is None else self.taking.way_of(row.release)
        self.details.show_release(row, self.context.person.number, way)
        self.details.say("" if row is None else self.taking.problem_of(row.release))
        self.manifest.show_manifest(None)
        if row is not None and row.state in (ReleaseState.REQUESTED, ReleaseState.APPROVED):
            self._ask_manifest(row.release, "", 0)

    def _ask_manifest(self, release: str, part: str, offset: int) -> None:
        question = ShowManifest(release, part, offset, ROWS)
        self.context.room.ask(question, self._show_manifest, self.details.no_manifest)

    def _turn_manifest(self, part: str, offset: int) -> None:
        row = self.table.release()
        if row is not None:
            self._ask_manifest(row.release, part, offset)

    def _show_manifest(self, manifest: Manifest) -> None:
        row = self.table.release()
        if row is not None and row.release == manifest.release:
            self.details.show_hash(manifest)
            self.manifest.show_manifest(manifest)

    def _back(self) -> None:
        self._turn_to(self.details)
        self._show_current()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def _open(self, form: SideForm) -> None:
        self._turn_to(form)
        form.begin()

    def _go_to(self, release: str) -> None:
        """To a release that was asked for just now."""
        self._wanted = release
        self._turn_to(self.details)
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_passphrase(self, released: Released) -> None:
        self.passphrase.show_released(released)
        self._turn_to(self.passphrase)

    def _closed(self, release: str) -> None:
        self.taking.forget(release)
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

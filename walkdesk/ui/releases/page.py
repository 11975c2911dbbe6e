"""提供・持出し: request, the second person's signature, out of the door, and what became of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.releases import RULES, Need, ReleaseState, outcomes_of
from walkdesk.messages.common import Done
from walkdesk.messages.releases import (
    ApproveRelease,
    ListReleases,
    LookAtRequest,
    Manifest,
    PlanRelease,
    Released,
    ReleaseRegister,
    ReleaseRow,
    RequestChoices,
    ShowManifest,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.notes import EmptyState, ProgressLine
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, page_column, scrolling
from walkdesk.ui.releases.countersign import CountersignForm, Countersigning
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.releases.forms import CloseForm, RefuseForm
from walkdesk.ui.releases.passphrase import PassphrasePanel
from walkdesk.ui.releases.register import ROWS, ManifestView, RegisterTable
from walkdesk.ui.releases.request import RequestForm
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
        self.refuse_form, self.close_form, self.request_form = RefuseForm(), CloseForm(), RequestForm()
        self.passphrase = PassphrasePanel(context)
        self.countersign_form = CountersignForm()
        self._countersigning = Countersigning(context, self.countersign_form, self._approved)
        self._progress = ProgressLine("releases_progress")
        self.taking = Taking(context, self.details, self._progress, self.table.release, self)
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
        self._new.clicked.connect(self._begin_request)
        self._registers.clicked.connect(lambda: self.context.go("registers"))
        self.table.current_changed.connect(lambda _key: self._show_current())
        self.table.opened.connect(lambda _key: self.details.focus_first())
        details = self.details
        details.approve.clicked.connect(self._approve)
        details.countersign.clicked.connect(self._begin_countersigning)
        details.refuse.clicked.connect(self._begin_refusal)
        self.taking.taken.connect(self._load)
        self.taking.passphrase_wanted.connect(self._show_passphrase)
        details.close_it.clicked.connect(self._begin_closing)
        self.manifest.wanted.connect(self._turn_manifest)
        self.refuse_form.submitted.connect(self._refuse)
        self.close_form.submitted.connect(self._close)
        self.request_form.submitted.connect(self._request)
        self.request_form.plan_wanted.connect(self._plan)
        self.passphrase.done.connect(self._back)
        self.taking.form_wanted.connect(self._open)
        self.taking.form_done.connect(lambda: self._turn_to(self.details))
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
            self._begin_request(str(place.get("kind") or ""))

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

    def _current(self) -> ReleaseRow:
        row = self.table.release()
        assert row is not None
        return row

    def _back(self) -> None:
        self._turn_to(self.details)
        self._show_current()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # The request

    def _begin_request(self, kind: str = "") -> None:
        def show(choices: RequestChoices) -> None:
            self.request_form.show_choices(choices, kind)
            self.manifest.show_manifest(None)
            self._open(self.request_form)

        self.context.room.ask(LookAtRequest(), show, self.taking.refused)

    def _plan(self, question: PlanRelease) -> None:
        self.context.room.ask(question, self.request_form.show_plan, self.request_form.show_refusal)

    def _request(self) -> None:
        message = self.request_form.message()
        if message is not None:
            self.context.room.ask(message, self._requested, self.request_form.form.show_problem)

    def _requested(self, done: Done) -> None:
        self._wanted = str(done.facts["release"])
        self.context.say(tr("releases.requested", ledger=done.ledger, **done.facts))
        self._turn_to(self.details)
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # The second person

    def _approve(self) -> None:
        self.details.say("")
        self.context.room.ask(ApproveRelease(self._current().release), self._approved, self.taking.refused)

    def _approved(self, done: Done) -> None:
        self.context.say(tr("releases.approved", ledger=done.ledger, **done.facts))
        self._load()

    def _begin_countersigning(self) -> None:
        row, form = self._current(), self.countersign_form
        self.details.say("")
        self._countersigning.begin(row.release, row.sheets, lambda: self._open(form), self.taking.refused)

    def _begin_refusal(self) -> None:
        self.refuse_form.show_release(self._current().release)
        self._open(self.refuse_form)

    def _open(self, form: SideForm) -> None:
        self._turn_to(form)
        form.begin()

    def _refuse(self) -> None:
        message = self.refuse_form.message()
        if message is not None:
            self.context.room.ask(message, self._refusal_kept, self.refuse_form.form.show_problem)

    def _refusal_kept(self, done: Done) -> None:
        self.context.say(tr("releases.refused_now", **done.facts))
        self._load()

    def _show_passphrase(self, released: Released) -> None:
        self.passphrase.show_released(released)
        self._turn_to(self.passphrase)

    # What became of it

    def _begin_closing(self) -> None:
        row = self._current()
        receipt = row.state is ReleaseState.RELEASED and Need.RECEIPT in RULES[row.kind].needs
        self.close_form.show_release(row.release, outcomes_of(row.kind, row.state), receipt)
        self._open(self.close_form)

    def _close(self) -> None:
        message = self.close_form.message()
        if message is not None:
            self.context.room.ask(message, self._closed, self.close_form.form.show_problem)

    def _closed(self, done: Done) -> None:
        release = str(done.facts["release"])
        self.taking.forget(release)
        self.context.say(tr("releases.closed", release=release))
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

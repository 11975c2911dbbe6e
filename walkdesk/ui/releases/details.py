"""One release: what, who, why, to whom, and the buttons of its state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import RULES, Need, ReleaseState, Way, outcomes_of
from walkdesk.messages.releases import Manifest, ReleaseRow
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.lists import comma
from walkdesk.ui.look.parts.buttons import Button, OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.chips import Chip
from walkdesk.ui.look.parts.edits import CheckBox
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.text import Label, Paragraph, detail
from walkdesk.ui.look.tokens import LABEL
from walkdesk.ui.releases.register import due_words, state_mark
from walkdesk.ui.words import moment, short_day

_FACTS = (
    *("kind", "paper", "purpose", "columns", "recipient", "basis", "carrier", "due"),
    *("requested", "approved", "released", "reprinted", "closed"),
)
_ALWAYS = frozenset({"kind", "paper", "purpose", "columns", "requested"})


class ReleaseDetails(Sheet):
    """The release under the keyboard. The page connects the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("releases_details", spacing=8, parent=parent)
        self._chip = Chip("circle", "", name="releases_state")
        self._title = SheetHead(tr("releases.details"), right=(self._chip,))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(1)
        self._facts.setColumnStretch(1, 1)
        self._names: dict[str, Label] = {}
        self._words: dict[str, Paragraph] = {}
        self._hash = Paragraph("", LABEL, "ink2", name="releases_hash")
        self._hint = Note("releases_hint")
        self._note = Note("releases_problem")
        self.bag = CheckBox(tr("releases.bag"), "releases_bag")
        self.countersign = PrimaryButton(
            tr("releases.countersign.button"), "releases_countersign_button", key="F6", icon="stamp"
        )
        self.approve = PrimaryButton(tr("releases.approve"), "releases_approve", key="F4", icon="stamp")
        self.refuse = OutlineButton(tr("releases.refuse_button"), "releases_refuse_button", key="F7")
        self.print = OutlineButton(tr("releases.print"), "releases_print", key="Ctrl+P", icon="printer")
        self.save = OutlineButton(tr("releases.save"), "releases_save", key="Ctrl+S", icon="download")
        self.reprint = OutlineButton(tr("printing.reprint.button"), "releases_reprint", key="F8", icon="printer")
        self.close_it = OutlineButton(tr("releases.close_button"), "releases_close_button", key="F9")
        self._lay_out()
        self.show_release(None, "", None)

    def _lay_out(self) -> None:
        self.body.addWidget(self._title)
        for line, key in enumerate(_FACTS):
            name = detail(tr(f"releases.fact.{key}"))
            words = Paragraph("", LABEL, "ink", name=f"releases_fact_{key}")
            self._facts.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, line, 1)
            self._names[key], self._words[key] = name, words
        self.body.addLayout(self._facts)
        self.body.addWidget(self._hash)
        self.body.addStretch(1)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._note)
        self.body.addWidget(self.bag)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons():
            buttons.addWidget(button)
        self.body.addLayout(buttons)

    def _buttons(self) -> tuple[Button, ...]:
        return (self.countersign, self.approve, self.refuse, self.print, self.save, self.reprint, self.close_it)

    def show_release(self, row: ReleaseRow | None, me: str, taken: Way | None) -> None:
        """Another release. ``taken``: the way by which its bytes came here, so that they can go that way once more."""
        self.say("")
        self.show_hash(None)
        self._chip.setVisible(row is not None)
        self._title.show_facts("" if row is None else row.release)
        self.bag.setChecked(False)
        if row is None:
            for button in (*self._buttons(), self.bag):
                button.setVisible(False)
            self._show_facts({})
            self._hint.say("")
            return
        waiting = row.state is ReleaseState.REQUESTED
        mine = row.mine or row.requested_by_number == me
        self.countersign.setVisible(waiting and mine)
        self.approve.setVisible(waiting and not mine)
        self.refuse.setVisible(waiting and not mine)
        ways = RULES[row.kind].ways if row.state is ReleaseState.APPROVED else frozenset({taken})
        self.print.setVisible(Way.PRINT in ways)
        self.save.setVisible(Way.FILE in ways)
        self.reprint.setVisible(row.state is ReleaseState.RELEASED and row.way == Way.PRINT.value)
        self.bag.setVisible(row.state is ReleaseState.APPROVED and Need.BAG in RULES[row.kind].needs)
        self.close_it.setVisible(bool(outcomes_of(row.kind, row.state)))
        mark = state_mark(row)
        self._chip.show_state(mark.icon, mark.word, mark.kind)
        withdrawn = row.state is not ReleaseState.RELEASED
        self.close_it.say(tr("releases.withdraw_button" if withdrawn else "releases.close_button"))
        self._hint.say(tr("releases.own_hint") if waiting and mine else "", "ink2", "info")
        self._show_facts(_facts_of(row))

    def _show_facts(self, facts: dict[str, str]) -> None:
        for key in _FACTS:
            words = facts.get(key, "")
            shown = bool(words) or key in _ALWAYS
            self._names[key].setVisible(shown)
            self._words[key].setVisible(shown)
            self._words[key].say(words or "－")

    def show_hash(self, manifest: Manifest | None) -> None:
        """The beginning of the hash that the approver signs."""
        self._hash.setVisible(manifest is not None)
        if manifest is not None:
            short = " ".join(manifest.sha256[start : start + 4] for start in range(0, 16, 4))
            self._hash.say(tr("releases.hash", hash=f"{short} …"))

    def no_manifest(self, problem: Problem) -> None:
        """The rows cannot be shown any more, and why."""
        self._hint.say(sentence(problem), "ink2", "info")

    def say(self, text: str) -> None:
        """A problem above the buttons; empty takes it away."""
        self._note.say(text)

    def problem(self) -> str:
        """What stands above the buttons."""
        return self._note.text()

    def hint(self) -> str:
        """What stands above the problem: why a button is not there."""
        return self._hint.text()

    def focus_first(self) -> None:
        """The keyboard onto the first button of the state."""
        for button in (self.approve, self.print, self.save, self.reprint, self.close_it):
            if button.isVisible():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def _facts_of(row: ReleaseRow) -> dict[str, str]:
    closed = "" if row.closed_on is None else short_day(row.closed_on)
    return {
        "kind": tr(f"releases.kind.{row.kind.value}"),
        "paper": tr("releases.paper_sheets", paper=tr(row.paper), sheets=row.sheets),
        "purpose": row.purpose,
        "columns": comma().join(tr(f"releases.column.{column}") for column in row.columns),
        "recipient": row.recipient,
        "basis": row.basis,
        "carrier": row.carrier,
        "due": due_words(row),
        "requested": f"{moment(row.requested_at)}　{row.requested_by}",
        "approved": "" if row.approved_at is None else f"{moment(row.approved_at)}　{row.approved_by}",
        "released": "" if row.released_at is None else moment(row.released_at),
        "reprinted": tr("printing.reprint.times", count=row.reprinted) if row.reprinted else "",
        "closed": "　".join(part for part in (closed, row.note) if part),
    }

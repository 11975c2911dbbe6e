"""What can be done with a release: approve, refuse, take out, close."""

from __future__ import annotations

from collections.abc import Sequence

from walkdesk.domain.releases import Outcome
from walkdesk.messages.releases import CloseRelease, RefuseRelease
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.edits import ComboBox, DateField, LineEdit
from walkdesk.ui.sideform import SideForm


class RefuseForm(SideForm):
    """The second person does not approve, and says why."""

    def __init__(self) -> None:
        super().__init__(
            "releases_refuse",
            tr("releases.refuse.title"),
            tr("releases.refuse.save"),
            icon="cross",
            codes={"releases.reason": "releases_reason", "releases.names": "releases_reason"},
        )
        self.reason = self.add(tr("releases.refuse.reason"), LineEdit("releases_reason", max_length=80))
        self._release = ""

    def show_release(self, release: str) -> None:
        """The release that would be refused."""
        self._release = release
        self.reason.clear()
        self.say(tr("releases.refuse.text", release=release))

    def message(self) -> RefuseRelease | None:
        """What is asked for; ``None`` after a problem was shown."""
        self.form.clear_problems()
        if not self.form.filled("releases_reason"):
            return None
        return RefuseRelease(self._release, self.reason.text().strip())


class CloseForm(SideForm):
    """投函, 裁断, 取下げ: what became of it."""

    def __init__(self) -> None:
        super().__init__(
            "releases_close",
            tr("releases.close.title"),
            tr("releases.close.save"),
            icon="check-circle",
            codes={
                "releases.closing_day": "releases_on",
                "releases.receipt": "releases_receipt",
                "releases.note": "releases_remark",
                "releases.names": "releases_remark",
            },
        )
        self.outcome = self.add(tr("releases.close.outcome"), ComboBox("releases_outcome"))
        self.on = self.add(tr("releases.close.on"), DateField("releases_on"))
        self.receipt = self.add(tr("releases.close.receipt"), LineEdit("releases_receipt", max_length=80))
        self.remark = self.add(
            tr("releases.close.note"), LineEdit("releases_remark", max_length=80), hint=tr("releases.close.note_hint")
        )
        self._release = ""

    def show_release(self, release: str, outcomes: Sequence[Outcome], receipt: bool = False) -> None:
        """The release that would be closed, how it can be, and whether a receipt belongs to it."""
        self._release = release
        self.show_field(self.receipt, receipt)
        self.receipt.clear()
        self.outcome.offer((outcome.value, tr(f"releases.outcome.{outcome.value}")) for outcome in outcomes)
        self.on.clear()
        self.remark.clear()
        self.say(tr("releases.close.text", release=release))

    def message(self) -> CloseRelease | None:
        """What is asked for; ``None`` after a problem was shown."""
        self.form.clear_problems()
        on = self.form.day("releases_on")
        if on is None:
            return None
        outcome, note = Outcome(self.outcome.chosen()), self.remark.text().strip()
        return CloseRelease(self._release, outcome, on, note, self.receipt.text().strip())

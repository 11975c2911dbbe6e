"""A request: its kind, and only the fields that this kind needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from PySide6.QtCore import Signal

from walkdesk.domain.dates import JST
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import RULES, Need, ReleaseKind
from walkdesk.messages.releases import Choice, KindChoice, PlanRelease, ReleasePlan, RequestChoices, RequestRelease
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.edits import ComboBox, DateField, LineEdit
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.sideform import SideForm
from walkdesk.ui.words import audience_words

_CODES = {
    "releases.purpose": "releases_request_purpose",
    "releases.names": "releases_request_purpose",
    "releases.recipient": "releases_request_recipient",
    "releases.basis": "releases_request_basis",
    "releases.carrier": "releases_request_carrier",
    "releases.wrong_carrier": "releases_request_carrier",
    "releases.unknown_carrier": "releases_request_carrier",
    "releases.due_at_form": "releases_request_time",
    "releases.due_at": "releases_request_day",
}


class RequestForm(SideForm):
    """The form. ``plan_wanted`` asks how much of the chosen content would leave now."""

    plan_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            "releases_request", tr("releases.request.title"), tr("releases.request.save"), icon="case-lock",
            codes=_CODES,
        )  # fmt: skip
        self._choices = RequestChoices((), (), ())
        self.kind = self.add(tr("releases.request.kind"), ComboBox("releases_request_kind"))
        self.content = self.add(tr("releases.request.content"), ComboBox("releases_request_content"))
        self.audience = self.add(tr("releases.request.audience"), ComboBox("releases_request_audience"))
        example = tr("releases.request.purpose_example")
        self.purpose = self.add(
            tr("releases.request.purpose"), LineEdit("releases_request_purpose", example, max_length=80)
        )
        self.recipient = self.add(tr("releases.request.recipient"), ComboBox("releases_request_recipient"))
        self.basis = self.add(tr("releases.request.basis"), ComboBox("releases_request_basis"))
        self.carrier = self.add(tr("releases.request.carrier"), ComboBox("releases_request_carrier"))
        self.day = DateField("releases_request_day")
        hour = tr("releases.request.due_time_example")
        self.time = LineEdit("releases_request_time", hour, max_length=5)
        self.add_beside((tr("releases.request.due_day"), self.day), (tr("releases.request.due_time"), self.time))
        self._ready = Paragraph("", DETAIL, "ink", name="releases_request_ready")
        self.put(self._ready)
        self.kind.activated.connect(lambda _index: self._choose_kind())
        self.content.activated.connect(lambda _index: self._choose_content())
        self.audience.activated.connect(lambda _index: self._plan())

    def show_choices(self, choices: RequestChoices, kind: str = "") -> None:
        """What can be asked for now; ``kind`` is chosen first."""
        self._choices = choices
        self.kind.offer((one.kind.value, tr(f"releases.kind.{one.kind.value}")) for one in choices.kinds)
        self.kind.choose(kind)
        self.save.setEnabled(bool(choices.kinds))
        self.purpose.clear()
        self.day.clear()
        self.time.clear()
        self._choose_kind()

    def _choice(self) -> KindChoice | None:
        return next((one for one in self._choices.kinds if one.kind.value == self.kind.chosen()), None)

    def _choose_kind(self) -> None:
        """Shows the fields of the kind, and no other."""
        choice = self._choice()
        self.form.clear_problems()
        needs = frozenset() if choice is None else RULES[choice.kind].needs
        for editor, need in (
            (self.recipient, Need.RECIPIENT),
            (self.basis, Need.BASIS),
            (self.carrier, Need.CARRIER),
            (self.day, Need.DUE_AT),
            (self.time, Need.DUE_AT),
        ):
            self.show_field(editor, need in needs)
        if choice is None:
            self.say(tr("releases.no_kind"))
            self.content.offer(())
            return
        self.say(tr(f"releases.kind_text.{choice.kind.value}"))
        _offer(self.recipient, self._choices.recipients)
        _offer(self.basis, self._choices.bases)
        _offer(self.carrier, choice.carriers)
        self.content.offer((one.key, tr(f"releases.paper.{one.key}")) for one in choice.contents)
        self.show_field(self.content, len(choice.contents) > 1)
        self._choose_content()

    def _choose_content(self) -> None:
        choice = self._choice()
        contents = () if choice is None else choice.contents
        audiences = next((one.audiences for one in contents if one.key == self.content.chosen()), ())
        self.audience.offer((key, audience_words(key)) for key in audiences)
        self.show_field(self.audience, len(audiences) > 1)
        self._plan()

    def _plan(self) -> None:
        self._ready.say("")
        choice = self._choice()
        if choice is not None:
            self.plan_wanted.emit(PlanRelease(choice.kind, self.content.chosen(), self.audience.chosen()))

    def show_plan(self, plan: ReleasePlan) -> None:
        """How much would leave; what is stopped, with the first reasons."""
        lines = [tr("releases.request.ready", count=plan.ready)]
        if plan.sent:
            lines.append(tr("releases.request.sent", count=plan.sent))
        if plan.stopped:
            lines.append(tr("releases.request.stopped", count=len(plan.stopped)))
            lines += [f"{row.number}　{row.name}　{sentence(row.reason.problem())}" for row in plan.stopped[:4]]
        self._ready.say("\n".join(lines))

    def show_refusal(self, problem: Problem) -> None:
        """Why nothing of this kind would leave."""
        self._ready.say(sentence(problem))

    def ready(self) -> str:
        """What stands under the fields."""
        return self._ready.accessibleName()

    def message(self) -> RequestRelease | None:
        """What is asked for; ``None`` after a problem was shown."""
        self.form.clear_problems()
        choice = self._choice()
        if choice is None or not self.form.filled("releases_request_purpose"):
            return None
        needs = RULES[ReleaseKind(choice.kind)].needs
        due_at = self._due_at() if Need.DUE_AT in needs else None
        if Need.DUE_AT in needs and due_at is None:
            return None
        return RequestRelease(
            choice.kind,
            self.content.chosen(),
            self.purpose.text().strip(),
            self.audience.chosen(),
            self.recipient.chosen() if Need.RECIPIENT in needs else "",
            self.basis.chosen() if Need.BASIS in needs else "",
            self.carrier.chosen() if Need.CARRIER in needs else "",
            due_at,
        )

    def _due_at(self) -> datetime | None:
        day = self.form.day("releases_request_day")
        if day is None or not self.form.filled("releases_request_time"):
            return None
        try:
            hour = time.fromisoformat(self.time.text().strip().zfill(5))
        except ValueError:
            self.form.show_problem(Problem("releases.due_at_form"))
            return None
        return datetime.combine(day, hour, JST)


def _offer(box: ComboBox, choices: Iterable[Choice]) -> None:
    """The entries of a register; where there is none, the box says so and gives the empty key."""
    found = [(choice.key, choice.words) for choice in choices]
    box.offer(found or [("", tr("releases.request.none"))])

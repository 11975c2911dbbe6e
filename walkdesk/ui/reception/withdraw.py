"""個別消去 of one person: what will go, the request, and the number typed once more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.withdrawal import REASONS, EraseParticipant, ErasurePlan
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import ComboBox, DateField, Inset, Label, LineEdit, Paragraph
from walkdesk.ui.look.tokens import BODY, BODY_BOLD, DETAIL
from walkdesk.ui.sideform import SideForm

_CODES = {
    "withdrawal.confirm_": "withdraw_confirm",
    "withdrawal.reason_": "withdraw_reason",
    "withdrawal.requested_": "withdraw_on",
}


class WithdrawForm(SideForm):
    """The form. ``wanted`` with the message to ask; it cannot be sent while something must be closed before."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "withdraw",
            tr("withdrawal.title"),
            tr("withdrawal.save"),
            icon="shield-x",
            danger=True,
            codes=_CODES,
            parent=parent,
        )
        self._number = ""
        self._inset = Inset("dangersoft", "withdraw_goes")
        self._goes = QGridLayout()
        self._goes.setHorizontalSpacing(24)
        self._goes.setVerticalSpacing(3)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(self._goes)
        self._sheets = Paragraph("", DETAIL, "ink", name="withdraw_sheets")
        column.addWidget(self._sheets)
        column.addWidget(Paragraph(tr("withdrawal.drafts"), DETAIL, "ink"))
        column.addWidget(Paragraph(tr("withdrawal.stays"), DETAIL, "ink"))
        self._inset.row.addLayout(column, 1)
        self.put(self._inset)
        reasons = [("", tr("withdrawal.choose")), *((one, tr(f"withdrawal.reason.{one}")) for one in REASONS)]
        self.requested_on = self.add(tr("withdrawal.requested_on"), DateField("withdraw_on"), required=True)
        self.reason = self.add(tr("withdrawal.reason_name"), ComboBox("withdraw_reason", reasons), required=True)
        self.confirm = self.add(tr("withdrawal.confirm"), LineEdit("withdraw_confirm", kept=False), required=True)
        self.submitted.connect(self._send)

    def show_plan(self, plan: ErasurePlan) -> None:
        """Another person; the fields begin empty."""
        self._number = plan.number
        self.form.reset()
        self.say(tr("withdrawal.text", number=plan.number))
        while (item := self._goes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, line in enumerate(plan.lines):
            self._goes.addWidget(Label(tr(f"withdrawal.kind.{line.kind}"), BODY), row, 0)
            count = Label(tr("withdrawal.count", count=line.count), BODY_BOLD, name=f"withdraw_{line.kind}")
            self._goes.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
        self._goes.setColumnStretch(2, 1)
        self._sheets.say(tr("withdrawal.sheets", count=plan.sheets))
        self._sheets.setVisible(plan.sheets > 0)
        for editor in (self.requested_on, self.reason, self.confirm, self.save):
            editor.setEnabled(plan.blocked is None)
        self.begin()
        if plan.blocked is not None:
            self.form.note.say(sentence(plan.blocked.problem()))
            self.back.setFocus()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self.save.setEnabled(True)
        self.form.show_problem(problem)

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("withdraw_on")
        if not self.form.filled("withdraw_reason", "withdraw_confirm") or day is None:
            return
        self.save.setEnabled(False)
        reason, confirm = self.form.text("withdraw_reason"), self.form.text("withdraw_confirm")
        self.wanted.emit(EraseParticipant(self._number, day, reason, confirm))

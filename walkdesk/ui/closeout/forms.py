"""Forms of the close-out: the report that the ward has, the token in hand."""

from __future__ import annotations

from walkdesk.messages.closeout import AccountForToken, CloseOutBoard, DeliverReport
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.edits import ComboBox, DateField, LineEdit
from walkdesk.ui.sideform import SideForm


class DeliverForm(SideForm):
    """事業実施報告書 was handed over: from here nothing new is entered."""

    def __init__(self) -> None:
        super().__init__(
            "closeout_deliver",
            tr("closeout.deliver.title"),
            tr("closeout.deliver.save"),
            tr("closeout.deliver.text"),
            icon="document",
            codes={"closeout.delivery": "closeout_delivered_on", "closeout.reference": "closeout_reference"},
        )
        self.on = self.add(tr("closeout.deliver.on"), DateField("closeout_delivered_on"))
        self.reference = self.add(
            tr("closeout.deliver.reference"),
            LineEdit("closeout_reference", tr("closeout.deliver.example"), max_length=80),
        )

    def message(self) -> DeliverReport | None:
        """What is recorded; ``None`` after a problem was shown."""
        self.form.clear_problems()
        on = self.form.day("closeout_delivered_on")
        if on is None or not self.form.filled("closeout_reference"):
            return None
        return DeliverReport(on, self.reference.text().strip())


class TokenForm(SideForm):
    """The contract's token is in hand for its end."""

    def __init__(self) -> None:
        super().__init__(
            "closeout_token",
            tr("closeout.token.title"),
            tr("closeout.token.save"),
            icon="usb-token",
            codes={"closeout.witness": "closeout_witness", "closeout.text": "closeout_witness"},
        )
        fates = (("overwrite", tr("closeout.token.overwrite")), ("destroyed", tr("closeout.token.destroyed")))
        self.fate = self.add(tr("closeout.token.fate"), ComboBox("closeout_fate", fates))
        self.witness = self.add(
            tr("closeout.token.witness"),
            LineEdit("closeout_witness", tr("closeout.token.witness_example"), max_length=80),
        )
        self.fate.currentIndexChanged.connect(lambda _index: self._show_witness())
        self._show_witness()

    def show_board(self, board: CloseOutBoard) -> None:
        """Which token it is about."""
        self.say(tr("closeout.token.text", token=board.token))

    def message(self) -> AccountForToken:
        """What is recorded."""
        fate = self.fate.chosen()
        return AccountForToken(fate, self.witness.text().strip() if fate == "destroyed" else "")

    def _show_witness(self) -> None:
        self.show_field(self.witness, self.fate.chosen() == "destroyed")

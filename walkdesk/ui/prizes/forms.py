"""The forms of the prize desk: a request, a shipment, a prize, a cancelled request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from walkdesk.messages.prizes import (
    Balance,
    CancelRequest,
    PrizeRow,
    RequestPrize,
    RequestRow,
    SetPrize,
    ShipPrizes,
)
from walkdesk.ui.language import tr
from walkdesk.ui.lists import comma
from walkdesk.ui.look.parts.edits import ComboBox, DateField, LineEdit, TextArea
from walkdesk.ui.look.parts.sums import FigureTile
from walkdesk.ui.prizes.lists import left_of
from walkdesk.ui.sideform import SideForm, whole_number

_SOON_MS = 200


class RequestForm(SideForm):
    """申込: the number shows the balance, the balance says which prizes can be had."""

    balance_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "prizes_request",
            tr("prizes.request.title"),
            tr("prizes.request.save"),
            tr("prizes.request.text"),
            icon="gift",
            back=False,
            codes={
                "prizes.points_short": "prizes_choice",
                "prizes.out_of_stock": "prizes_choice",
                "prizes.unknown_prize": "prizes_choice",
                "reception.": "prizes_number",
                "cards.unknown": "prizes_number",
            },
        )
        self.number = self.add(
            tr("prizes.request.number"), LineEdit("prizes_number", tr("prizes.request.example"), number=True)
        )
        self._tile = FigureTile(tr("prizes.request.balance"), "prizes_balance", tr("prizes.unit"))
        self.put(self._tile)
        self.choice = self.add(tr("prizes.request.choice"), ComboBox("prizes_choice"))
        self._prizes: tuple[PrizeRow, ...] = ()
        self._balance: Balance | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.number.textChanged.connect(lambda _text: self._soon.start())
        self.show_balance(None)

    def show_prizes(self, prizes: Sequence[PrizeRow]) -> None:
        """The prizes that there are."""
        self._prizes = tuple(prizes)
        self._offer()

    def show_balance(self, balance: Balance | None) -> None:
        """A person's points, or nobody's."""
        self._balance = balance
        if balance is None:
            self._tile.show_figure("－", tr("prizes.request.nobody"))
        else:
            sums = tr("prizes.request.sum", earned=balance.earned, spent=balance.spent, reserved=balance.reserved)
            self._tile.show_figure(f"{balance.usable:,}", f"{balance.number}　{balance.name}", sums)
        self._offer()
        self.save.setEnabled(balance is not None and bool(self.choice.count()))

    def typed(self) -> str:
        """The number as typed."""
        return self.number.text().strip()

    def message(self) -> RequestPrize:
        """What is asked for."""
        number = self._balance.number if self._balance is not None else self.typed()
        return RequestPrize(number, self.choice.chosen())

    def clear(self) -> None:
        """For the next person."""
        self.number.clear()
        self.show_balance(None)

    def _ask(self) -> None:
        if self.typed():
            self.balance_wanted.emit(self.typed())
        else:
            self.show_balance(None)

    def _offer(self) -> None:
        before = self.choice.chosen()
        usable = None if self._balance is None else self._balance.usable
        fitting = [p for p in self._prizes if left_of(p) > 0 and (usable is None or p.points <= usable)]
        self.choice.offer((p.prize, tr("prizes.request.offer", name=p.name, points=p.points)) for p in fitting)
        self.choice.choose(before)


class ShipForm(SideForm):
    """発送 of the picked requests."""

    def __init__(self) -> None:
        super().__init__(
            "prizes_ship",
            tr("prizes.ship.title"),
            tr("prizes.ship.save"),
            icon="truck",
            codes={
                "prizes.carrier": "prizes_carrier",
                "prizes.slips": "prizes_slips",
                "prizes.shipped_on": "prizes_shipped_on",
            },
        )
        self.on = self.add(tr("prizes.ship.on"), DateField("prizes_shipped_on"))
        self.carrier = self.add(tr("prizes.ship.carrier"), LineEdit("prizes_carrier", max_length=60))
        self.slips = self.add(
            tr("prizes.ship.slips"), TextArea("prizes_slips", lines=5), hint=tr("prizes.ship.slips_hint")
        )
        self._requests: tuple[RequestRow, ...] = ()

    def show_requests(self, requests: Sequence[RequestRow]) -> None:
        """What is shipped, in the order of the slip numbers."""
        self._requests = tuple(requests)
        numbers = comma().join(row.number for row in requests[:8])
        more = tr("prizes.ship.more", count=len(requests) - 8) if len(requests) > 8 else ""
        self.say(tr("prizes.ship.text", count=len(requests), numbers=f"{numbers}{more}"))

    def message(self) -> ShipPrizes | None:
        """What is recorded; ``None`` after a problem was shown."""
        self.form.clear_problems()
        on = self.form.day("prizes_shipped_on")
        if on is None or not self.form.filled("prizes_carrier"):
            return None
        slips = tuple(line.strip() for line in self.slips.toPlainText().splitlines() if line.strip())
        return ShipPrizes(tuple(row.request for row in self._requests), on, self.carrier.text().strip(), slips)


class PrizeForm(SideForm):
    """A prize and its stock."""

    def __init__(self) -> None:
        super().__init__(
            "prizes_prize",
            tr("prizes.prize.title_new"),
            tr("forms.save"),
            icon="box",
            codes={
                "prizes.code": "prizes_code",
                "prizes.name": "prizes_name",
                "prizes.stock": "prizes_pieces",
                "prizes.numbers": "prizes_points",
            },
        )
        code = LineEdit("prizes_code", tr("prizes.prize.example"), max_length=20)
        self.code = self.add(tr("prizes.prize.code"), code)
        self.name = self.add(tr("prizes.prize.name"), LineEdit("prizes_name", max_length=60))
        self.points = self.add(tr("prizes.prize.points"), LineEdit("prizes_points", number=True, max_length=9))
        self.pieces = self.add(
            tr("prizes.prize.stock"),
            LineEdit("prizes_pieces", number=True, max_length=9),
            hint=tr("prizes.prize.stock_hint"),
        )

    def show_prize(self, prize: PrizeRow | None) -> None:
        """A prize to be changed, or an empty form for a new one."""
        self.say("", tr("prizes.prize.title_new" if prize is None else "prizes.prize.title_change"))
        self.code.setReadOnly(prize is not None)
        self.code.setEnabled(prize is None)
        self.code.setText("" if prize is None else prize.prize)
        self.name.setText("" if prize is None else prize.name)
        self.points.setText("" if prize is None else str(prize.points))
        self.pieces.setText("" if prize is None else str(prize.stock))
        self.form.clear_problems()

    def changes(self) -> str:
        """The code of the prize that is changed; empty for a new one."""
        return self.code.text() if self.code.isReadOnly() else ""

    def message(self) -> SetPrize | None:
        """What is saved; ``None`` after a problem was shown."""
        self.form.clear_problems()
        if not self.form.filled("prizes_code", "prizes_name", "prizes_points", "prizes_pieces"):
            return None
        numbers = []
        for editor in (self.points, self.pieces):
            number = whole_number(editor.text())
            if number is None:
                self.show_at(editor, tr("prizes.prize.no_number"))
                return None
            numbers.append(number)
        return SetPrize(self.code.text().strip(), self.name.text().strip(), *numbers)


class CancelForm(SideForm):
    """取消し of a waiting request, with its reason."""

    def __init__(self) -> None:
        super().__init__(
            "prizes_cancel",
            tr("prizes.cancel.title"),
            tr("prizes.cancel.save"),
            icon="undo",
            codes={"prizes.reason": "prizes_reason"},
        )
        self.reason = self.add(
            tr("prizes.cancel.reason"), LineEdit("prizes_reason", tr("prizes.cancel.example"), max_length=120)
        )
        self._request = 0

    def show_request(self, row: RequestRow, prize: str) -> None:
        """The request that would be taken back."""
        self._request = row.request
        self.reason.clear()
        words = tr("prizes.cancel.text", number=row.number, name=row.name, prize=prize, points=row.points)
        self.say(words)

    def request(self) -> int:
        """The request that would be taken back."""
        return self._request

    def message(self) -> CancelRequest:
        """What is asked for."""
        return CancelRequest(self._request, self.reason.text().strip())

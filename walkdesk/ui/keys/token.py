"""The token's working day: where it is, what waits, and the two keys that tell where it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.token_day import TokenPlace, TokenReminder
from walkdesk.messages.keys import KeyBoard
from walkdesk.ui.language import tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts import OutlineButton, Paragraph, Run, Runs, Sheet
from walkdesk.ui.look.tokens import BODY, DETAIL, TASK, Tone
from walkdesk.ui.words import full_day

_TONES: dict[TokenPlace, Tone] = {
    TokenPlace.SAFE: "ok",
    TokenPlace.OUT: "warn",
    TokenPlace.READER: "accent",
    TokenPlace.NONE: "ink2",
}


class TokenSheet(Sheet):
    """The token. ``told`` with ``out`` or ``back``."""

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("keys_token", spacing=6, parent=parent)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._icon = IconView("usb-token", "ink2", 30)
        self._title, self._since = Runs(name="keys_token_place"), Runs(name="keys_token_since")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._since)
        self.out = OutlineButton(tr("keys.token_out"), "keys_token_out", key="F6")
        self.back = OutlineButton(tr("keys.token_back"), "keys_token_back", key="F7")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.out)
        row.addWidget(self.back)
        self.body.addLayout(row)
        self._note = Paragraph("", DETAIL, "ink2", name="keys_token_note")
        self.body.addWidget(self._note)
        self.out.clicked.connect(lambda: self.told.emit("out"))
        self.back.clicked.connect(lambda: self.told.emit("back"))

    def show_board(self, board: KeyBoard) -> None:
        """Where the token is by the ledger, and what waits."""
        place, reminder = board.token_place, board.token_reminder
        late = reminder in (TokenReminder.NOT_BACK, TokenReminder.NOT_TAKEN)
        tone: Tone = "danger" if reminder is TokenReminder.NOT_BACK else "warn" if late else _TONES[place]
        self._icon.show_icon("usb-token", tone)
        has_token = place is not TokenPlace.NONE
        title = tr("keys.token_in", name=board.token_name, place=tr(f"keys.place_{place.value}"))
        self._title.show_runs([Run(title if has_token else tr("keys.token_none"), TASK, "ink")])
        since = tr("keys.token_never")
        if board.token_since is not None:
            at = board.token_since
            when = f"{full_day(at.date())} {at.hour}:{at.minute:02}"
            since = tr("keys.token_since", since=when, by=board.token_by)
        self._since.show_runs([Run(since if has_token else "", BODY, "ink2")])
        self._since.setVisible(has_token)
        words = tr(f"keys.{reminder.value}", name=board.token_name) if reminder.value else tr("keys.token_morning")
        self._note.set_tone("danger" if reminder is TokenReminder.NOT_BACK else "warn" if late else "ink2")
        self._note.say(words)
        self._note.setVisible(has_token)
        self.out.setVisible(has_token)
        self.back.setVisible(has_token)
        self.out.setEnabled(place is TokenPlace.SAFE or reminder is TokenReminder.NOT_TAKEN)
        self.back.setEnabled(place is not TokenPlace.SAFE)

"""Who a person is: the left sheet of their page, masked until somebody looks."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.messages.reception import ParticipantSheet, Revealed
from walkdesk.ui.facts import Fact
from walkdesk.ui.language import tr
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts import Chip, Hairline, Inset, Label, Paragraph, QuietButton, Sheet
from walkdesk.ui.look.tokens import DETAIL, DETAIL_BOLD, HEADLINE, TITLE
from walkdesk.ui.words import full_day

SECONDS = 30
"""How long address, phone and mail stay open."""


class Identity(Sheet):
    """The sheet. ``look_wanted`` when the person asks to see what is masked."""

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("person_identity", spacing=6, parent=parent)
        self._sheet: ParticipantSheet | None = None
        self._left = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        head = QHBoxLayout()
        self._number = Label("", HEADLINE, "accent", "person_number")
        self._state = Chip("check-circle", tr("reception.active"), "ok", "person_state")
        head.addWidget(self._number, 1)
        head.addWidget(self._state)
        self.body.addLayout(head)
        self._name = Label("", TITLE, name="person_name")
        self._name.setWordWrap(True)
        self.body.addWidget(self._name)
        pair = QHBoxLayout()
        self._age = Fact(tr("reception.age"), "person_age")
        self._sex = Fact(tr("reception.sex_name"), "person_sex")
        pair.addWidget(self._age, 1)
        pair.addWidget(self._sex, 1)
        self.body.addLayout(pair)
        self.body.addWidget(Hairline())
        self._lay_out_masked()
        self.body.addWidget(Hairline())
        self._way = Fact(tr("reception.way"), "person_way")
        self._origin = Fact(tr("reception.origin_name"), "person_origin")
        self.body.addWidget(self._way)
        self.body.addWidget(self._origin)
        self.body.addStretch(1)
        self._lay_out_notice()

    def _lay_out_masked(self) -> None:
        self._address = Fact(tr("reception.address"), "person_address")
        self._phone = Fact(tr("reception.phone"), "person_phone")
        self._mail = Fact(tr("reception.mail"), "person_mail")
        self._look = QuietButton(tr("reception.look"), "person_look", key="Alt+V", icon="eye")
        self._look.clicked.connect(self.look_wanted)
        self._hide = QuietButton(tr("reception.hide"), "person_hide", key="Alt+V", icon="eye-off")
        self._hide.clicked.connect(self.hide_values)
        self._hide.hide()
        for button in (self._look, self._hide):
            self._address.head.addWidget(button)
        for fact in (self._address, self._phone, self._mail):
            self.body.addWidget(fact)
        self._left_words = Label("", DETAIL_BOLD, "accent", "person_left")
        self.body.addWidget(self._left_words)

    def _lay_out_notice(self) -> None:
        notice = Inset()
        notice.row.addWidget(IconView("book", "ink2", 20))
        notice.row.addWidget(Paragraph(tr("reception.look_notice"), DETAIL), 1)
        self.body.addWidget(notice)

    def show_person(self, sheet: ParticipantSheet) -> None:
        """Another person, or the same one anew; masked either way."""
        self._sheet = sheet
        self._number.setText(sheet.number)
        self._name.setText(sheet.name)
        doubtful = bool(sheet.doubts)
        self._state.show_state(
            "warning" if doubtful else "check-circle",
            tr("reception.doubtful" if doubtful else "reception.active"),
            "warn" if doubtful else "ok",
        )
        self._age.say(tr("reception.age_value", age=sheet.age))
        self._sex.say(tr(f"reception.sex.{sheet.sex.value}"))
        way = tr(f"reception.channel.{sheet.channel.value}")
        self._way.say(tr("reception.way_since", way=way, day=full_day(sheet.registered_on)))
        self._origin.say(tr(f"reception.origin_{sheet.identity_origin.value}"))
        self.hide_values()

    def show_values(self, values: Revealed) -> None:
        """Opens the masked values for half a minute."""
        if self._sheet is None:
            return
        self._address.say(f"{self._sheet.postcode}　{values.address}")
        self._phone.say(values.phone or "—")
        self._mail.say(values.mail or tr("reception.no_mail"))
        self._show_button(open_now=True)
        self._left = SECONDS
        self._say_left()
        self._tick.start()

    def hide_values(self) -> None:
        """Masks again."""
        self._tick.stop()
        self._left = 0
        self._say_left()
        if self._sheet is None:
            return
        self._show_button(open_now=False)
        self._address.say(self._sheet.address)
        self._phone.say(self._sheet.phone or "—")
        self._mail.say(self._sheet.mail or tr("reception.no_mail"))

    def forget(self) -> None:
        """Masks and keeps nothing of what was open."""
        self.hide_values()

    def clear(self) -> None:
        """Keeps nothing of the person at all."""
        self.hide_values()
        self._sheet = None
        for label in (self._number, self._name):
            label.setText("")
        for fact in (self._age, self._sex, self._address, self._phone, self._mail, self._way, self._origin):
            fact.say("")

    def _show_button(self, open_now: bool) -> None:
        focused = self._look.hasFocus() or self._hide.hasFocus()
        self._look.setVisible(not open_now)
        self._hide.setVisible(open_now)
        if focused:
            (self._hide if open_now else self._look).setFocus()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.hide_values()
        else:
            self._say_left()

    def _say_left(self) -> None:
        self._left_words.setText(tr("reception.hides_in", seconds=self._left) if self._left else "")
        self._left_words.setVisible(bool(self._left))

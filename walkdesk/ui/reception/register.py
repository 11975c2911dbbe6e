"""A paper application, keyed at the desk (特記事項 4: collected from the person, the purpose shown)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.problem import Problem
from walkdesk.messages.reception import RegisterParticipant
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    ComboBox,
    DateField,
    LineEdit,
    OutlineButton,
    PrimaryButton,
    Sheet,
    SheetHead,
)

_CHANNELS = (Channel.CARD, Channel.APP)
_CODES = {
    "reception.number_": "register_number",
    "reception.name_": "register_name",
    "reception.similar_": "register_name",
    "reception.postcode_": "register_postcode",
    "reception.address_": "register_address",
    "reception.outside_": "register_address",
    "reception.age_": "register_age",
    "reception.under_": "register_age",
    "numbers.": "register_age",
    "reception.phone_": "register_phone",
    "reception.mail_": "register_mail",
    "reception.item_": "register_mail",
    "reception.purpose_": "register_purpose",
}


class RegisterForm(Sheet):
    """The form. ``wanted`` with the message to ask; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("register", spacing=14, parent=parent)
        self.body.addWidget(SheetHead(tr("reception.register_title"), note=tr("reception.register_note")))
        self.form = Form("register_form", _CODES)
        self._lay_out_who()
        self._lay_out_where()
        self.form.finish()
        self.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._save = PrimaryButton(tr("reception.register_save"), "register_save", key="Ctrl+S")
        self._save.clicked.connect(self._send)
        back = OutlineButton(tr("forms.back"), "register_back", key="Esc")
        back.clicked.connect(self.left)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self._save)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _lay_out_who(self) -> None:
        field = self.form.field
        self._way = ComboBox("register_way", [(one.value, tr(f"reception.channel.{one.value}")) for one in _CHANNELS])
        self._way.currentIndexChanged.connect(lambda _index: self._offer_mail())
        self.form.row(
            field(tr("reception.number"), LineEdit("register_number", "D0251", number=True, max_length=20), True),
            field(tr("reception.way"), self._way),
            field(
                tr("reception.purpose_shown"),
                DateField("register_purpose"),
                True,
                tr("reception.purpose_hint"),
            ),
            spans=(3, 3, 6),
        )
        sexes = [(sex.value, tr(f"reception.sex.{sex.value}")) for sex in (Sex.UNANSWERED, Sex.FEMALE, Sex.MALE)]
        sexes.append((Sex.OTHER.value, tr("reception.sex.other")))
        self.form.row(
            field(tr("reception.name"), LineEdit("register_name", max_length=60), True),
            field(tr("reception.age"), LineEdit("register_age", number=True, max_length=4), True),
            field(tr("reception.sex_name"), ComboBox("register_sex", sexes)),
            spans=(6, 3, 3),
        )

    def _lay_out_where(self) -> None:
        field = self.form.field
        self.form.row(
            field(
                tr("reception.postcode"), LineEdit("register_postcode", "160-0022", number=True, max_length=10), True
            ),
            field(tr("reception.address"), LineEdit("register_address", tr("reception.address_example")), True),
            spans=(3, 9),
        )
        self._mail = LineEdit("register_mail", number=True)
        self.form.row(
            field(
                tr("reception.phone"),
                LineEdit("register_phone", "03-0000-0000", number=True, max_length=20),
            ),
            field(tr("reception.mail"), self._mail, hint=tr("reception.mail_note")),
        )
        self._offer_mail()

    def begin(self) -> None:
        """Empties the form."""
        self.form.reset()
        self._save.setEnabled(True)
        self.form.begin()

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self._save.setEnabled(True)
        self.form.show_problem(problem)

    def _offer_mail(self) -> None:
        # The council paper lets us collect the address of app users only.
        app = self._way.chosen() == Channel.APP.value
        if hasattr(self, "_mail"):
            self._mail.setEnabled(app)
            if not app:
                self._mail.clear()

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("register_purpose")
        names = ("register_number", "register_name", "register_age", "register_postcode", "register_address")
        if not self.form.filled(*names) or day is None:
            return
        text = self.form.text
        self._save.setEnabled(False)
        self.wanted.emit(
            RegisterParticipant(
                text("register_number"),
                text("register_name"),
                text("register_postcode"),
                text("register_address"),
                text("register_age"),
                Sex(text("register_sex")),
                text("register_phone"),
                Channel(text("register_way")),
                text("register_mail"),
                day,
            )
        )

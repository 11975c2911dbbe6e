"""The guide for the first start: the office, its first manager, a last look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.dates import japanese_date
from walkdesk.domain.passwords import PASSWORD_LENGTH, check_password
from walkdesk.domain.problem import Problem
from walkdesk.resources.passwords import blocked_words
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.logo import Logo
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.edits import ComboBox, DateField, LineEdit, PasswordEdit
from walkdesk.ui.look.parts.fields import Field, Note, beside
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.text import Hairline, Label, Paragraph, Run, Runs
from walkdesk.ui.look.tokens import BODY, BRAND, LABEL, TASK, TITLE
from walkdesk.ui.setup.steps import StepList
from walkdesk.ui.setup.values import CertificationKind, SetupValues

_STEPS = ("office", "manager", "check")
_KINDS: tuple[CertificationKind, ...] = ("privacy_mark", "isms")


class SetupPage(QWidget):
    """Three short steps. Nothing is written before the last one asks for it with ``setup_requested``."""

    setup_requested = Signal(object)
    """The ``SetupValues``, complete and checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setup")
        self._fields: dict[str, Field] = {}
        self._step = 0
        self._expires: date | None = None
        self._make_fields()
        self._steps = StepList([(tr(f"setup.{s}.title"), tr(f"setup.{s}.short")) for s in _STEPS])
        self._title = Label("", TITLE, name="setup_title")
        self._text = Paragraph("", BODY, "ink2")
        self._stack = QStackedWidget()
        self._summary = QGridLayout()
        self._note = Note("setup_problem")
        self.back = OutlineButton(tr("setup.back"), name="back", key="Alt+Left", cap="Alt+←")
        self.next = PrimaryButton(tr("setup.next"), name="next", key="Enter")
        for page in (self._office_step(), self._manager_step(), self._check_step()):
            self._stack.addWidget(page)
        self._lay_out()
        self.back.clicked.connect(lambda: self._show_step(self._step - 1))
        self.next.clicked.connect(self._go_on)
        self._show_step(0)

    def begin(self) -> None:
        """Puts the keyboard into the first field."""
        self._edit("office_name").setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem, field: str = "") -> None:
        """Shows what went wrong: beneath a field when one is named (its step comes back), else above the buttons."""
        self.set_busy(False)
        if field in self._fields:
            self._show_step(0 if field in _OFFICE else 1)
            self._fields[field].show_problem(problem)
            self._fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._note.say(sentence(problem))

    def set_busy(self, busy: bool) -> None:
        """While the office is being made nothing can be pressed; the button says so."""
        self.next.say(tr("setup.creating" if busy else "setup.create" if self._step == 2 else "setup.next"))
        self.next.setEnabled(not busy)
        self.back.setEnabled(not busy)

    # Making

    def _make_fields(self) -> None:
        number_hint = tr("setup.manager.number_hint")
        password_hint = tr("setup.manager.password_hint", least=PASSWORD_LENGTH)
        self._add("office_name", LineEdit("office_name"), tr("setup.office.name_hint"))
        self._add("office_address", LineEdit("office_address"))
        self._add("office_phone", LineEdit("office_phone", number=True, max_length=20))
        kinds = [(kind, tr(f"setup.office.{kind}")) for kind in _KINDS]
        self._add("certification_kind", ComboBox("certification_kind", kinds))
        self._add("certification_number", LineEdit("certification_number", max_length=40))
        self._add("certification_expires", DateField("certification_expires"), tr("setup.office.expires_hint"))
        self._add("manager_number", LineEdit("manager_number", number=True, max_length=20), number_hint)
        self._add("manager_name", LineEdit("manager_name", max_length=60))
        self._add("manager_post", LineEdit("manager_post", max_length=60))
        self._edit("manager_post").setText(tr("setup.manager.post_default"))
        self._add("password", PasswordEdit("new_password", keeps=True), password_hint)
        self._add("password_again", PasswordEdit("new_password_again", keeps=True))
        self._add("attested_by", LineEdit("attested_by", max_length=60), tr("setup.manager.attested_hint"))

    def _add(self, key: str, editor: QWidget, hint: str = "") -> None:
        field = Field(tr(f"setup.field.{key}"), editor, hint=hint)
        self._fields[key] = field
        for signal in ("textEdited", "activated"):
            if hasattr(editor, signal):
                getattr(editor, signal).connect(lambda *_: field.clear_problem())

    def _edit(self, key: str) -> LineEdit:
        editor = self._fields[key].editor
        assert isinstance(editor, LineEdit)
        return editor

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(64, 24, 64, 24)
        row.setSpacing(56)
        row.addStretch(1)
        row.addWidget(self._welcome(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def _welcome(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(372)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(Logo(56))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Runs([Run(tr("shell.name"), BRAND, "ink")]))
        words.addWidget(Label(tr("setup.subtitle"), TASK, "ink2"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(36)
        column.addWidget(self._steps)
        column.addSpacing(28)
        column.addWidget(Paragraph(tr("setup.promise"), LABEL, "ink2"))
        return left

    def _card(self) -> Sheet:
        card = Sheet("setup_card", spacing=0)
        card.setFixedSize(668, 636)
        card.body.setContentsMargins(40, 30, 40, 28)
        card.body.addWidget(self._title)
        card.body.addSpacing(4)
        card.body.addWidget(self._text)
        card.body.addSpacing(18)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self._note)
        card.body.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(14)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        card.body.addLayout(buttons)
        return card

    def _office_step(self) -> QWidget:
        step, column = _step()
        column.addWidget(self._fields["office_name"])
        column.addWidget(self._fields["office_address"])
        column.addLayout(beside(self._fields["office_phone"], self._fields["certification_kind"]))
        column.addLayout(beside(self._fields["certification_number"], self._fields["certification_expires"]))
        column.addStretch(1)
        return step

    def _manager_step(self) -> QWidget:
        step, column = _step()
        column.addLayout(beside(self._fields["manager_number"], self._fields["manager_name"]))
        column.addLayout(beside(self._fields["manager_post"], self._fields["attested_by"]))
        column.addLayout(beside(self._fields["password"], self._fields["password_again"]))
        column.addStretch(1)
        return step

    def _check_step(self) -> QWidget:
        step, column = _step()
        self._summary.setHorizontalSpacing(20)
        self._summary.setVerticalSpacing(0)
        self._summary.setColumnStretch(1, 1)
        column.addLayout(self._summary)
        column.addSpacing(6)
        column.addWidget(Paragraph(tr("setup.check.text_below"), LABEL, "ink2"))
        column.addStretch(1)
        return step

    # Going on

    def _go_on(self) -> None:
        if self._step == 2:
            self.set_busy(True)
            self._note.say("")
            self.setup_requested.emit(self.values())
        elif self._checked():
            self._show_step(self._step + 1)

    def _show_step(self, step: int) -> None:
        self._step = step
        name = _STEPS[step]
        self._title.setText(tr(f"setup.{name}.title"))
        self._text.say(tr(f"setup.{name}.text"))
        self._steps.show_current(step)
        self._note.say("")
        if step == 2:
            self._show_summary()
        self._stack.setCurrentIndex(step)
        self.back.setVisible(step > 0)
        self.set_busy(False)
        first = {0: "office_name", 1: "manager_number"}.get(step)
        (self._edit(first) if first else self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def _checked(self) -> bool:
        """Looks at the fields of this step, shows every problem, and puts the keyboard into the first."""
        wrong: list[str] = []
        checks: dict[str, Callable[[], str]] = {
            "certification_expires": self._check_expires,
            "password": self._check_password,
            "password_again": self._check_again,
        }
        for key in _OFFICE if self._step == 0 else _MANAGER:
            problem = checks.get(key, lambda key=key: self._check_filled(key))()
            if problem:
                self._fields[key].show_problem(problem)
                wrong.append(key)
            else:
                self._fields[key].clear_problem()
        if wrong:
            self._fields[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _check_filled(self, key: str) -> str:
        editor = self._fields[key].editor
        filled = not isinstance(editor, LineEdit) or bool(editor.text().strip())
        return "" if filled else tr("setup.problem.missing", field=tr(f"setup.field.{key}"))

    def _check_expires(self) -> str:
        editor = self._fields["certification_expires"].editor
        assert isinstance(editor, DateField)
        try:
            self._expires = editor.day()
        except Problem as problem:
            return sentence(problem)
        return "" if self._expires else self._check_filled("certification_expires")

    def _check_password(self) -> str:
        password = self._edit("password").text()
        if not password:
            return self._check_filled("password")
        try:
            identity = (self._text_of("manager_number"), self._text_of("manager_name"))
            around = tuple(map(self._text_of, ("manager_post", "office_name", "office_address", "office_phone")))
            check_password(password, identity, around, blocked_words())
        except Problem as problem:
            return sentence(problem)
        return ""

    def _check_again(self) -> str:
        same = self._edit("password").text() == self._edit("password_again").text()
        return "" if same else tr("setup.problem.password_differs")

    def values(self) -> SetupValues:
        """What was typed. Complete once both steps were checked."""
        assert self._expires is not None
        kind = self._fields["certification_kind"].editor
        assert isinstance(kind, ComboBox)
        return SetupValues(
            office_name=self._text_of("office_name"),
            office_address=self._text_of("office_address"),
            office_phone=self._text_of("office_phone"),
            certification_kind=_KINDS[kind.currentIndex()],
            certification_number=self._text_of("certification_number"),
            certification_expires=self._expires,
            manager_number=self._text_of("manager_number"),
            manager_name=self._text_of("manager_name"),
            manager_post=self._text_of("manager_post"),
            password=self._edit("password").text(),
            attested_by=self._text_of("attested_by"),
        )

    def _text_of(self, key: str) -> str:
        return self._edit(key).text().strip()

    def _show_summary(self) -> None:
        while (item := self._summary.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        values = self.values()
        kind = tr(f"setup.office.{values.certification_kind}")
        facts = (
            ("office_name", values.office_name),
            ("office_address", values.office_address),
            ("office_phone", values.office_phone),
            ("certification_kind", f"{kind}　{values.certification_number}"),
            ("certification_expires", japanese_date(values.certification_expires)),
            ("manager_name", f"{values.manager_name}　{values.manager_number}"),
            ("manager_post", values.manager_post),
            ("attested_by", values.attested_by),
        )
        for number, (key, value) in enumerate(facts):
            label, words = Label(tr(f"setup.field.{key}"), LABEL, "ink2"), Label(value, BODY, "ink")
            label.setFixedHeight(38)
            words.setObjectName(f"summary_{key}")
            self._summary.addWidget(label, 2 * number, 0)
            self._summary.addWidget(words, 2 * number, 1)
            self._summary.addWidget(Hairline(), 2 * number + 1, 0, 1, 2)


_OFFICE = (
    "office_name",
    "office_address",
    "office_phone",
    "certification_kind",
    "certification_number",
    "certification_expires",
)
_MANAGER = ("manager_number", "manager_name", "manager_post", "attested_by", "password", "password_again")


def _step() -> tuple[QWidget, QVBoxLayout]:
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    return step, column

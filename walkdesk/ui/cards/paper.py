"""The card in the middle of the desk: whose it is, its days, its sums; and the way in while none lies there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from walkdesk.domain.dates import Month, japanese_year
from walkdesk.messages.cards import CardSheet
from walkdesk.ui.cards.grid import MonthGrid
from walkdesk.ui.cards.total import CardFoot
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.buttons import OutlineButton
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.fields import Field
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.text import Hairline, Label, Paragraph
from walkdesk.ui.look.tokens import (
    BODY,
    DETAIL,
    DETAIL_BOLD,
    HEADLINE,
    LABEL,
    RADIUS_CHIP,
    TITLE,
    Type,
)
from walkdesk.ui.words import japanese, short_day, short_month

_NUMBER = Type(22)
_NAME = Type(24, bold=True)
_RIGHT = Qt.AlignmentFlag.AlignRight


class CardHead(QWidget):
    """Number, name, age, what is usual for this person, and the month at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cards_head")
        self._card: CardSheet | None = None
        self.setFixedHeight(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: CardSheet) -> None:
        """Another card."""
        self._card = card
        words = (card.number, card.name, _who(card), tr("cards.month", month=short_month(card.month)), _facts(card))
        self.setAccessibleName("　".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = self._card
        if card is None:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        month = Month.parse(card.month)
        title, year = tr("cards.month", month=short_month(card.month)), _year(month)
        title_width = paint.width(title, TITLE)
        right = self.width() - 20.0
        paint.write(painter, QRectF(right - title_width, 20, title_width, 40), title, TITLE, "ink")
        year_width = paint.width(year, LABEL)
        paint.write(painter, QRectF(right - title_width - 10 - year_width, 25, year_width, 40), year, LABEL, "ink2")
        room = right - title_width - year_width - 30
        x = 20 + paint.write(painter, QRectF(20, 6, 120, 40), card.number, _NUMBER, "accent") + 13
        x += paint.write(painter, QRectF(x, 6, room - x - 90, 40), card.name, _NAME, "ink") + 13
        paint.write(painter, QRectF(x, 9, room - x, 40), _who(card), LABEL, "ink2")
        chip = QRectF(20, 48, 32 + paint.width(tr("cards.card"), DETAIL_BOLD), 24)
        paint.box(painter, chip, RADIUS_CHIP, paint.color("disabled"))
        icons.draw(painter, icons.square(chip.left() + 8, chip.center().y(), 15), "sheet", "ink2")
        paint.write(painter, chip.adjusted(27, 0, 0, 0), tr("cards.card"), DETAIL_BOLD, "ink2")
        facts = QRectF(chip.right() + 11, 48, room - chip.right() - 11, 24)
        paint.write(painter, facts, _facts(card), DETAIL, "ink2")
        painter.end()


def _year(month: Month) -> str:
    return japanese_year(month.last) if japanese() else str(month.year)


def _who(card: CardSheet) -> str:
    return tr("cards.who", age=card.age, sex=tr(f"cards.sex.{card.sex.value}"))


def _facts(card: CardSheet) -> str:
    facts = []
    if card.median is not None:
        facts.append(tr("cards.median", steps=card.median))
    if card.received_on is not None:
        facts.append(tr("cards.received_on", on=short_day(card.received_on)))
    return "　".join(facts)


class StartPanel(QWidget):
    """No card lies on the desk: type a number, or take the next one that waits."""

    number_given = Signal(str)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cards_start")
        self.number = LineEdit(
            "cards_number", tr("cards.number_example"), large=True, number=True, max_length=120, kept=False
        )
        self.number.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.field = Field(tr("cards.number"), self.number, hint=tr("cards.number_hint"))
        self.open = OutlineButton(tr("cards.open"), "cards_open")
        self.next = OutlineButton(tr("cards.take_next"), "cards_next", cap="+", icon="sheet")
        self._title = Label(tr("cards.start_title"), HEADLINE)
        self._text = Paragraph(tr("cards.start_text"), BODY, "ink2")
        self._lay_out()
        self.number.returnPressed.connect(self._given)
        self.number.textChanged.connect(self._typed)
        self.open.clicked.connect(self._given)
        self.next.clicked.connect(lambda: self.next_wanted.emit())

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(IconView("sheet", "ink3", 32))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self.field)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.open)
        buttons.addWidget(self.next)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
        outer.addLayout(column, 4)
        outer.addStretch(1)

    def begin(self, text: str = "") -> None:
        """Puts the keyboard into the field; ``text`` says why no card lies here."""
        if text:
            self._text.say(text)
        self.number.clear()
        self.field.clear_problem()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        # The pad's + lies beside its digits: it takes the next card from here too.
        if text.endswith(("+", "+")):
            self.number.setText(text[:-1])
            self.next_wanted.emit()
        else:
            self.field.clear_problem()

    def _given(self) -> None:
        if self.number.text().strip():
            self.number_given.emit(self.number.text())
        else:
            self.field.show_problem(tr("cards.number_missing"))


class CardPaper(Sheet):
    """The middle sheet: the start panel or a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cards_paper", tight=True, spacing=0, parent=parent)
        self.head = CardHead()
        self.grid = MonthGrid("cards_grid")
        self.foot = CardFoot()
        self.start = StartPanel()
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Hairline())
        column.addWidget(self.grid, 1)
        column.addWidget(Hairline())
        column.addWidget(self.foot)
        self._stack = QStackedLayout()
        # Into the sheet first: a stacked layout shows its first widget at once, and without a parent as a window.
        self.body.addLayout(self._stack)
        self._stack.addWidget(self.start)
        self._stack.addWidget(card)
        self._card = card

    def show_card(self, card: CardSheet, day: int = 0) -> None:
        """A card comes onto the desk, at its first open day or the one given."""
        self.head.show_card(card)
        self.grid.show_days(card.days, day)
        self.foot.show_card(card.days, card.total, card.written_total)
        self._stack.setCurrentWidget(self._card)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_start(self, text: str = "") -> None:
        """No card on the desk."""
        self._stack.setCurrentWidget(self.start)
        self.start.begin(text)

    def has_card(self) -> bool:
        """Whether a card lies on the desk."""
        return self._stack.currentWidget() is self._card

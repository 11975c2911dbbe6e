"""The erasure itself: what disappears, in figures; the number typed by hand; the steps as they are done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from walkdesk.messages.closeout import CloseOutBoard
from walkdesk.messages.common import Progress
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.parts.buttons import DangerButton, QuietButton
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.fields import Field, Note
from walkdesk.ui.look.parts.notes import DangerPanel
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import BODY, COUNT, DETAIL, LABEL, RADIUS_FIELD

STAGES = ("intent", "keys_destroyed", "files_removed", "erasure_verified", "certificate_issued")
_LINE, _ROW = 30.0, 27.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class LossFigures(QWidget):
    """What disappears and what stays."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_board(self, board: CloseOutBoard) -> None:
        """The figures of a contract."""
        self._rows = (
            (tr("closeout.loss_people"), f"{board.participants:,}", tr("closeout.unit_people")),
            (tr("closeout.loss_days"), f"{board.step_days:,}", tr("closeout.unit_days")),
            (tr("closeout.stays"), "", tr("closeout.stays_what")),
        )
        self.setAccessibleName("、".join(" ".join(row) for row in self._rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(3 * _ROW + 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        plain = paint.color("canvas") == paint.color("surface")
        border = paint.color("line") if plain else None
        paint.box(painter, QRectF(self.rect()), RADIUS_FIELD, paint.color("canvas"), border)
        for place, (label, figure, unit) in enumerate(self._rows):
            line = QRectF(14, 5 + place * _ROW, self.width() - 28, _ROW)
            paint.write(painter, line, label, LABEL, "ink2")
            taken = paint.width(unit, DETAIL)
            paint.write(painter, line, unit, DETAIL, "ink2" if figure else "ink", _RIGHT)
            paint.write_digits(painter, line.adjusted(0, 0, -taken - 6, 0), figure, COUNT, "ink")
        painter.end()


class LossPanel(DangerPanel):
    """保管庫を消去する: from the first visit on, quiet; its button opens the last page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("closeout.erase_title"), tr("closeout.erase_text"), "closeout_danger", parent)
        self.setMinimumHeight(240)
        self.figures = LossFigures("closeout_loss")
        self.proceed = DangerButton(tr("closeout.proceed"), "closeout_proceed", key="F10", icon="lock")
        self.body.addWidget(self.figures)
        self.body.addSpacing(4)
        self.body.addWidget(self.proceed)
        self.body.addStretch(1)

    def show_board(self, board: CloseOutBoard, missing: str) -> None:
        """The figures; ``missing`` says why the button cannot be pressed yet."""
        self.figures.show_board(board)
        self.proceed.forbid(missing)


class ErasureSteps(QWidget):
    """The five steps: done with a check, the one that is being done with a ring, the others hollow."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._at = -1
        self.setFixedHeight(round(_LINE * len(STAGES)))
        self.show_step(-1)

    def show_step(self, at: int) -> None:
        """How many steps are done; -1 before the beginning."""
        self._at = at
        done = max(at, 0)
        word = tr(f"closeout.stage.{STAGES[min(done, len(STAGES) - 1)]}")
        self.setAccessibleName(tr("closeout.steps_done", done=done, steps=len(STAGES), step=word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        for place, stage in enumerate(STAGES):
            y = place * _LINE + _LINE / 2
            circle = icons.square(2, y, 20)
            if place < self._at:
                icons.draw(painter, circle, "check-circle", "ok")
            elif place == self._at:
                paint.box(painter, circle.adjusted(1, 1, -1, -1), 9, None, paint.color("accent"), 3)
            else:
                paint.box(painter, circle.adjusted(2, 2, -2, -2), 8, None, paint.color("line2"), 1.5)
            rect = QRectF(32, place * _LINE, self.width() - 32, _LINE)
            tone = "ink" if place <= self._at else "ink2"
            paint.write(painter, rect, tr(f"closeout.stage.{stage}"), LABEL, "accent" if place == self._at else tone)  # type: ignore[arg-type]
        painter.end()


class ErasePanel(DangerPanel):
    """The last page: the contract's number typed by hand, then the one filled red button."""

    erase_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("closeout.last_title"), "", "closeout_erase", parent)
        self._number = ""
        self.setMinimumHeight(380)
        self._text = Paragraph("", BODY, "ink", name="closeout_erase_text")
        self.figures = LossFigures("closeout_erase_loss")
        self.number = LineEdit("closeout_number", max_length=40, kept=False)
        self.field = Field(tr("closeout.type_number"), self.number)
        self.erase = DangerButton(tr("closeout.erase"), "closeout_erase_now", icon="shield-x", filled=True)
        self.back = QuietButton(tr("forms.back"), "closeout_erase_back", key="Esc")
        self.steps = ErasureSteps("closeout_steps")
        self.note = Note("closeout_erase_problem")
        self.body.addWidget(self._text)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.erase, 1, Qt.AlignmentFlag.AlignTop)
        buttons.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(buttons)
        self.body.addWidget(self.note)
        self.body.addWidget(self.steps)
        self.body.addStretch(1)
        self.number.textChanged.connect(lambda _text: self._typed())
        self.number.returnPressed.connect(lambda: self.erase.setFocus(Qt.FocusReason.TabFocusReason))
        self.erase.clicked.connect(lambda: self.erase_wanted.emit(self.number.text().strip()))
        self.back.clicked.connect(lambda: self.left.emit())

    def begin(self, board: CloseOutBoard) -> None:
        """Before the erasure: nothing is typed yet."""
        self._number = board.card.number
        self._text.say(tr("closeout.last_text", people=board.participants, number=board.card.number))
        self.figures.show_board(board)
        self.number.clear()
        self.note.say("")
        self._show_running(False)
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def run(self) -> None:
        """It has begun; there is no way back and nothing to press."""
        self.note.say("")
        self._show_running(True)

    def show_progress(self, progress: Progress) -> None:
        """One more step is through."""
        self.steps.show_step(min(progress.done, len(STAGES)))

    def stop(self, text: str, begun: bool) -> None:
        """It stopped, and why; before the first step everything can still be mended here."""
        self.note.say(text)
        if not begun:
            self._show_running(False)

    def _show_running(self, running: bool) -> None:
        """The form before, the steps from then on: together they are taller than the smallest window."""
        for widget in (self.figures, self.field, self.erase, self.back):
            widget.setVisible(not running)
        self.steps.setVisible(running)
        self.steps.show_step(0 if running else -1)
        self._typed()

    def _typed(self) -> None:
        same = self.number.text().strip() == self._number
        self.erase.forbid("" if same else tr("closeout.number_first"))

"""The two signatures under the erasure."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from walkdesk.messages.closeout import Approval, CloseOutBoard
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.tokens import DETAIL, LABEL_BOLD, TASK_BOLD
from walkdesk.ui.words import moment


class ApprovalRow(QWidget):
    """One place for a signature: signed with a check, or waiting in a dashed circle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._approval: Approval | None = None
        self._own = False
        self.setFixedHeight(56)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 2, 0)
        self.row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_approval(None)

    def show_approval(self, approval: Approval | None, own: bool = False) -> None:
        """A signature, or its empty place; ``own`` when it waits for the person who is here."""
        self._approval, self._own = approval, own
        if approval is None:
            self.setAccessibleName(tr("closeout.approval_waiting"))
        else:
            self.setAccessibleName(f"{approval.name} {approval.post} {_signed(approval)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        circle = QRectF(1, 9, 40, 40)
        wide = self.width() - 54
        approval = self._approval
        if approval is None:
            pen = QPen(paint.color("line2"), 1.6)
            pen.setDashPattern([5, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)
            icons.draw(painter, circle.adjusted(11, 11, -11, -11), "pencil", "ink2")
            title = tr("closeout.approval_own" if self._own else "closeout.approval_open")
            below = tr("closeout.approval_own_waiting" if self._own else "closeout.approval_waiting")
            paint.write(painter, QRectF(54, 7, wide, 22), title, TASK_BOLD, "ink")
            paint.write(painter, QRectF(54, 30, wide, 22), below, DETAIL, "ink2")
        else:
            paint.box(painter, circle, 20, paint.color("oksoft"), paint.color("ok"), 1.6)
            icons.draw(painter, circle.adjusted(10, 10, -10, -10), "check", "ok")
            taken = paint.write(painter, QRectF(54, 7, wide, 22), approval.name, TASK_BOLD, "ink")
            paint.write(painter, QRectF(54 + taken + 12, 8, wide - taken - 12, 22), approval.post, DETAIL, "ink2")
            paint.write(painter, QRectF(54, 30, wide, 22), _signed(approval), LABEL_BOLD, "ok")
        painter.end()


def _signed(approval: Approval) -> str:
    return tr("closeout.signed_at", when=moment(approval.signed_at))


class ApprovalsSheet(Sheet):
    """二人の承認."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("closeout_approvals", spacing=2, parent=parent)
        self._head = SheetHead(tr("closeout.approvals"))
        self.rows = (ApprovalRow("closeout_approval_1"), ApprovalRow("closeout_approval_2"))
        self.note = Note("closeout_approvals_problem")
        self.sign = SmallButton(tr("closeout.sign"), "closeout_sign", key="F8")
        self.body.setContentsMargins(20, 10, 20, 8)
        self.body.addWidget(self._head)
        for row in self.rows:
            self.body.addWidget(row)
        self.body.addWidget(self.note)

    def show_board(self, board: CloseOutBoard, may_sign: bool) -> None:
        """The signatures that there are; the button only for who can sign now."""
        mine = may_sign and not board.i_signed and len(board.approvals) < len(self.rows)
        for place, row in enumerate(self.rows):
            own = mine and place == len(board.approvals)
            row.show_approval(board.approvals[place] if place < len(board.approvals) else None, own)
            if own:
                row.row.addWidget(self.sign)
        self.note.say("")
        self.sign.setVisible(mine)



"""The forms of the keys desk: a new sheet, its trial, its end, new keys, and opening with a sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import OFFICE_SCOPE
from walkdesk.messages.common import Progress
from walkdesk.messages.keys import CloseSheet, KeyBoard, MakeSheet, OpenWithSheet, RekeyContract, SheetRow, TrySheet
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import ComboBox, DangerButton, LineEdit, OutlineButton, Paragraph, PrimaryButton, SheetHead
from walkdesk.ui.look.parts.notes import ProgressLine
from walkdesk.ui.look.tokens import DETAIL

CODE_SIGNS = 120
"""Room for a code as it is printed, and for a scanned one."""
_REASONS = ("left", "sheet_used", "token_lost", "precaution")


class KeyForm(QWidget):
    """What the forms share. ``wanted`` with the message; ``left`` when the person goes back."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, name: str, title: str, text: str, codes: dict[str, str]) -> None:
        super().__init__()
        self.setObjectName(f"keys_{name}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(SheetHead(tr(title)))
        self.column.addWidget(Paragraph(tr(text), DETAIL))
        self.form = Form(f"keys_{name}_form", codes)
        self.column.addWidget(self.form)

    def _finish(self, text: str, danger: bool = False) -> None:
        self.form.finish()
        name = self.objectName()
        row = QHBoxLayout()
        row.setSpacing(12)
        back = OutlineButton(tr("forms.back"), f"{name}_back", key="Esc")
        back.clicked.connect(self.left)
        self.save = DangerButton(tr(text), f"{name}_save") if danger else PrimaryButton(tr(text), f"{name}_save", "F4")
        self.save.clicked.connect(self._send)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.save)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Takes every problem away, and the keyboard."""
        self.save.setEnabled(True)
        self.form.clear_problems()
        self.form.begin()

    def show_board(self, board: KeyBoard) -> None:
        """What may be chosen."""

    def show_problem(self, problem: Problem) -> None:
        """What is wrong, beside its field."""
        self.save.setEnabled(True)
        self.form.show_problem(problem)

    def _ask(self, message: object) -> None:
        self.form.clear_problems()
        self.save.setEnabled(False)
        self.wanted.emit(message)

    def _send(self) -> None:
        raise NotImplementedError


def _scopes(board: KeyBoard) -> list[tuple[str, str]]:
    """What a sheet can be made for or tried on now: the office, and the contract whose vault is open."""
    scopes = [(OFFICE_SCOPE, tr("keys.make_scope_office"))]
    return [(board.contract, tr("keys.make_scope_contract")), *scopes] if board.open else scopes


class MakeForm(KeyForm):
    """復旧用紙を作る."""

    def __init__(self) -> None:
        codes = {"keys.place_": "keys_kept", "people.text_": "keys_kept", "keys.vault_": "keys_make_scope"}
        super().__init__("make", "keys.make", "keys.make_text", codes)
        self.scope = ComboBox("keys_make_scope")
        self.form.row(self.form.field(tr("keys.make_scope"), self.scope))
        self.kept = LineEdit("keys_kept", tr("keys.make_kept_example"), max_length=100)
        self.form.row(self.form.field(tr("keys.make_kept"), self.kept, True))
        self._finish("keys.make_save")

    def show_board(self, board: KeyBoard) -> None:
        self.scope.offer(_scopes(board))

    def choose(self, scope: str) -> None:
        """The scope that is due."""
        self.scope.choose(scope)

    def _send(self) -> None:
        if self.form.filled("keys_kept"):
            self._ask(MakeSheet(self.scope.chosen(), self.form.text("keys_kept")))


class TryForm(KeyForm):
    """用紙を試す."""

    def __init__(self) -> None:
        super().__init__("try", "keys.try", "keys.try_text", {"keys.": "keys_try_code"})
        self.scope = ComboBox("keys_try_scope")
        self.form.row(self.form.field(tr("keys.make_scope"), self.scope))
        self.code = LineEdit("keys_try_code", tr("keys.code_example"), max_length=CODE_SIGNS, kept=False)
        self.form.row(self.form.field(tr("keys.code"), self.code, True, tr("keys.code_hint")))
        self._finish("keys.try_save")

    def begin(self) -> None:
        self.code.clear()
        super().begin()

    def show_board(self, board: KeyBoard) -> None:
        self.scope.offer(_scopes(board))

    def choose(self, scope: str) -> None:
        """The scope of the row under the keyboard."""
        self.scope.choose(scope)

    def _send(self) -> None:
        if self.form.filled("keys_try_code"):
            self._ask(TrySheet(self.scope.chosen(), self.form.text("keys_try_code")))


class CloseForm(KeyForm):
    """裁断を記録する."""

    def __init__(self) -> None:
        codes = {"keys.witness_": "keys_witness", "people.text_": "keys_witness"}
        super().__init__("close", "keys.close", "keys.close_text", codes)
        self._sheet: SheetRow | None = None
        self._which = Paragraph("", name="keys_close_which")
        self.form.column.addWidget(self._which)
        self.witness = LineEdit("keys_witness", tr("keys.witness_example"), max_length=100)
        self.form.row(self.form.field(tr("keys.witness"), self.witness, True))
        self._finish("keys.close_save", danger=True)

    def begin(self) -> None:
        self.witness.clear()
        super().begin()

    def show_sheet(self, sheet: SheetRow) -> None:
        """The sheet under the keyboard."""
        self._sheet = sheet
        scope = tr("keys.sheet_scope_office" if sheet.scope == OFFICE_SCOPE else "keys.sheet_scope_contract")
        self._which.say(tr("keys.close_which", generation=sheet.generation, scope=scope))

    def _send(self) -> None:
        if self._sheet is not None and self.form.filled("keys_witness"):
            self._ask(CloseSheet(self._sheet.scope, self._sheet.generation, self.form.text("keys_witness")))


class RekeyForm(KeyForm):
    """新しい鍵にする."""

    def __init__(self) -> None:
        codes = {"storage.token_": "keys_rekey_folder", "keys.token_": "keys_rekey_folder"}
        super().__init__("rekey", "keys.rekey", "keys.rekey_text", codes)
        self.reason = ComboBox("keys_rekey_reason", [(key, tr(f"keys.reason_{key}")) for key in _REASONS])
        self.form.row(self.form.field(tr("keys.rekey_reason"), self.reason))
        self.folder = ComboBox("keys_rekey_folder")
        self.form.row(self.form.field(tr("keys.rekey_folder"), self.folder))
        self.progress = ProgressLine("keys_progress")
        self.progress.button.hide()  # half way back is no place to stop
        self.form.column.addWidget(self.progress)
        self._finish("keys.rekey_save")

    def begin(self) -> None:
        self.progress.hide()
        super().begin()

    def show_board(self, board: KeyBoard) -> None:
        usual = tr("keys.rekey_no_token" if board.share_kind == "none" else "keys.rekey_same")
        # Where the token is not here, its medium is none to choose.
        offers = [("", usual)] if board.share_kind == "none" or board.token_here else []
        self.folder.offer([*offers, *((folder, folder) for folder in board.media)])
        self.reason.choose(board.rekey_due or "precaution")

    def show_step(self, step: Progress) -> None:
        """How far it is."""
        self.progress.show_progress(tr(f"keys.stage.{step.stage}"), step.done, step.total)

    def show_problem(self, problem: Problem) -> None:
        self.progress.hide()
        super().show_problem(problem)

    def _send(self) -> None:
        self._ask(RekeyContract(self.reason.chosen(), self.folder.chosen()))


class OpenForm(KeyForm):
    """復旧用紙で開ける."""

    def __init__(self) -> None:
        super().__init__("open", "keys.open_with_sheet", "keys.sheet_open_text", {"keys.": "keys_open_code"})
        self._contract = ""
        reasons = [(key, tr(f"keys.reason_{key}")) for key in ("no_slot", "token_lost")]
        self.reason = ComboBox("keys_open_reason", reasons)
        self.form.row(self.form.field(tr("keys.sheet_open_reason"), self.reason))
        self.code = LineEdit("keys_open_code", tr("keys.code_example"), max_length=CODE_SIGNS, kept=False)
        self.form.row(self.form.field(tr("keys.code"), self.code, True, tr("keys.code_hint")))
        self._finish("keys.sheet_open_save")

    def begin(self) -> None:
        self.code.clear()
        super().begin()

    def show_board(self, board: KeyBoard) -> None:
        self._contract = board.contract
        self.reason.choose("token_lost" if board.can_open else "no_slot")

    def _send(self) -> None:
        if self.form.filled("keys_open_code"):
            self._ask(OpenWithSheet(self._contract, self.form.text("keys_open_code"), self.reason.chosen()))

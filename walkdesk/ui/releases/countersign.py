"""The second person signs at this PC: who, the password, one signature; the requester's place stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.countersign import (
    Approvers,
    AskToSign,
    Countersign,
    ListApprovers,
    Signature,
    SignOnce,
    Statement,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.edits import ComboBox, PasswordEdit
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.sideform import SideForm


class CountersignForm(SideForm):
    """Who approves, and the own password. The keyboard stands in the password at once."""

    def __init__(self) -> None:
        super().__init__(
            "releases_countersign",
            tr("releases.countersign.title"),
            tr("releases.countersign.save"),
            icon="stamp",
            codes={"door.": "releases_password", "releases.not_approver": "releases_approver"},
        )
        self.approver = self.add(tr("releases.countersign.approver"), ComboBox("releases_approver"))
        self.password = self.add(tr("releases.countersign.password"), PasswordEdit("releases_password"))
        # The last field of two: one key less for somebody who only came to sign.
        self.password.returnPressed.connect(lambda: self.submitted.emit())

    def show_approvers(self, release: str, sheets: int, approvers: Approvers) -> None:
        """The release and the people who may approve it."""
        self.form.clear_problems()
        self.approver.offer((one.staff_number, f"{one.name}　{one.post}") for one in approvers.people)
        self.password.clear()
        self.say(tr("releases.countersign.text", release=release, count=sheets))

    def begin(self) -> None:
        """The keyboard into the password: who approves is chosen already, most of the time."""
        self.password.setFocus()


class Countersigning(QObject):
    """Asks the desk's room what is signed, has it signed in a room of its own, and brings the signature back."""

    def __init__(self, context: PageContext, form: CountersignForm, done: Callable[[Done], None]) -> None:
        super().__init__(form)
        self._context, self._form, self._done = context, form, done
        self._release = ""
        form.submitted.connect(self._submit)

    def begin(
        self, release: str, sheets: int, open_form: Callable[[], None], refused: Callable[[Problem], None]
    ) -> None:
        """Shows the form, or says that nobody here may approve it."""

        def show(approvers: Approvers) -> None:
            if not approvers.people:
                refused(Problem("releases.nobody_approves"))
                return
            self._release = release
            self._form.show_approvers(release, sheets, approvers)
            open_form()

        self._context.room.ask(ListApprovers(release), show, refused)

    def _submit(self) -> None:
        self._form.form.clear_problems()
        password = self._form.password.text()
        if not password:
            self._form.form.show_problem(Problem("door.wrong_password"))
            return
        self._form.save.setEnabled(False)
        question = AskToSign(self._release, self._form.approver.chosen())
        self._context.room.ask(question, lambda statement: self._sign(statement, password), self._refused)

    def _sign(self, statement: Statement, password: str) -> None:
        def bring(signature: bytes) -> None:
            message = Countersign(self._release, statement.staff_number, signature)
            self._context.room.ask(message, self._approved, self._refused)

        def signed(answer: Signature) -> None:
            bring(answer.signature)

        def refused(problem: Problem) -> None:
            # A wrong password is told to the desk's room, which counts it; anything else is no try of a password.
            if problem.code == "door.wrong_password":
                bring(b"")
            else:
                self._refused(problem)

        self._context.sign(SignOnce(statement.staff_number, password, statement.body), signed, refused)

    def _approved(self, done: Done) -> None:
        self._form.save.setEnabled(True)
        self._form.password.clear()
        self._done(done)

    def _refused(self, problem: Problem) -> None:
        self._form.save.setEnabled(True)
        self._form.password.clear()
        self._form.form.show_problem(problem)

"""The forms for several people at once: 教育, 誓約, and the law made known. Who still lacks it is ticked already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from walkdesk.domain.people import Lack, Role
from walkdesk.messages.people import PersonRow, RecordLawTold, RecordOath, RecordTraining
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import CheckBox, DateField, Paragraph, SheetHead, TextArea
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.people.forms import PeopleForm


class Several(PeopleForm):
    """What the three share: the people, and one day."""

    def __init__(self, name: str, lack: Lack, codes: dict[str, str]) -> None:
        super().__init__(name, codes)
        self._lack = lack
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(2)
        self._ticks: dict[str, CheckBox] = {}
        self._law: Paragraph | None = None

    def _who(self) -> None:
        """Room for the ticks, under the fields."""
        self.form.column.addWidget(SheetHead(tr(f"people.{self.objectName()}_who")))
        self.form.column.addLayout(self._boxes)
        self._finish()

    def _name_law(self) -> None:
        """The law that is made known, under the fields."""
        self._law = Paragraph("", DETAIL)
        self.form.column.addWidget(self._law)

    def show_people(self, people: Sequence[PersonRow], law: str) -> None:
        """Who can be ticked; who lacks it is ticked already."""
        if self._law is not None:
            self._law.say(tr("people.training_law", law=law))
        while (item := self._boxes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._ticks = {}
        for person in people:
            if person.active and person.role is not Role.AUDITOR:
                box = CheckBox(f"{person.name}　{person.post}", f"{self.objectName()}_who_{person.staff_number}")
                box.setChecked(self._lack in person.lacks)
                self._ticks[person.staff_number] = box
                self._boxes.addWidget(box)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(number for number, box in self._ticks.items() if box.isChecked())


class Training(Several):
    """教育の記録 (特記事項 18)."""

    def __init__(self) -> None:
        codes = {"people.training_future": "training_day", "people.training_content": "training_content"}
        super().__init__("training", Lack.TRAINING, codes)
        field = self.form.field
        self.form.row(field(tr("people.training_day"), DateField("training_day"), True))
        area = TextArea("training_content", tr("people.training_content_hint"), lines=3)
        self.form.row(field(tr("people.training_content"), area, True))
        self._name_law()
        self._told = CheckBox(tr("people.training_told"), "training_told")
        self.form.column.addWidget(self._told)
        self._who()

    def begin(self) -> None:
        super().begin()
        self.form.fill("training_content", tr("people.training_usual"))
        self._told.setChecked(True)

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("training_day")
        if self.form.filled("training_content") and day is not None:
            content = self.form.text("training_content")
            self._ask(RecordTraining(self._chosen(), day, content, self._told.isChecked()))


class Oath(Several):
    """誓約の記録 (特記事項 3)."""

    def __init__(self) -> None:
        super().__init__("oath", Lack.OATH, {"people.oath_": "oath_day"})
        self.form.row(self.form.field(tr("people.sworn_day"), DateField("oath_day"), True))
        self._after_end = CheckBox(tr("people.after_end"), "oath_after_end")
        self.form.column.addWidget(self._after_end)
        self._who()

    def begin(self) -> None:
        super().begin()
        self._after_end.setChecked(True)

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("oath_day")
        if day is not None:
            self._ask(RecordOath(self._chosen(), day, self._after_end.isChecked()))


class Law(Several):
    """条例・法の周知の記録 (特記事項 18)."""

    def __init__(self) -> None:
        super().__init__("law", Lack.LAW, {"people.law_": "law_day"})
        self.form.row(self.form.field(tr("people.law_day"), DateField("law_day"), True))
        self._name_law()
        self._who()

    def _send(self) -> None:
        self.form.clear_problems()
        day = self.form.day("law_day")
        if day is not None:
            self._ask(RecordLawTold(self._chosen(), day))

"""How a release is printed, asked beside it: printer, pages, grey, and what lies in the tray. Enter prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.pageranges import parse_pages
from walkdesk.domain.problem import Problem
from walkdesk.domain.reprints import REASONS, SPOILED
from walkdesk.messages.printing import PrintChoices, ReprintSheets
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.edits import CheckBox, ComboBox, LineEdit
from walkdesk.ui.out.exits import PrintHow
from walkdesk.ui.releases.labelstart import LabelStart
from walkdesk.ui.sideform import SideForm

_MOST_PAGES = 999_999


class PrintForm(SideForm):
    """The form. It opens with the usual settings, so that Enter alone prints."""

    def __init__(self) -> None:
        super().__init__(
            "releases_printing",
            tr("printing.title"),
            tr("printing.save"),
            icon="printer",
            codes={"printing.pages": "releases_print_pages", "printing.start": "releases_print_start"},
        )
        self._choices: PrintChoices | None = None
        self.printer = self.add(tr("printing.printer"), ComboBox("releases_print_printer"))
        self.pages = self.add(
            tr("printing.pages"),
            LineEdit("releases_print_pages", tr("printing.pages_all"), max_length=80),
        )
        self.labels = self.add(tr("printing.labels"), ComboBox("releases_print_labels"))
        self.start = self.add(tr("printing.start"), LabelStart("releases_print_start"), hint=tr("printing.start_hint"))
        self.envelopes = self.add(tr("printing.envelopes"), ComboBox("releases_print_envelopes"))
        self.grey = CheckBox(tr("printing.grey"), "releases_print_grey")
        self.put(self.grey)
        self.printer.activated.connect(lambda _index: self._choose_printer())
        self.labels.activated.connect(lambda _index: self._choose_labels())

    def show_choices(self, choices: PrintChoices, names: Sequence[str], pages: str = "", again: bool = False) -> None:
        """The printers, the usual one first, and what the release needs beside one.

        ``again``: it left already, and its bytes are here; where it stands on the sheet was decided then. ``pages``
        are those that the printer has not had.
        """
        self._choices = choices
        self.form.clear_problems()
        self.printer.offer((name, name) for name in names)
        if again:
            self.printer.choose(choices.on.printer)
        self.pages.setText(pages)
        settings, layouts = choices.settings, "" if again else choices.layouts
        for editor, kind in ((self.labels, "labels"), (self.start, "labels"), (self.envelopes, "envelopes")):
            self.show_field(editor, layouts == kind)
        self.labels.offer((one.key, tr(f"printing.labels_name.{one.key}")) for one in settings.label_formats)
        self.labels.choose(settings.labels)
        self.envelopes.offer((one.key, tr(f"printing.envelope_name.{one.key}")) for one in settings.envelopes)
        self._choose_labels()
        self._choose_printer()
        self.say(tr("printing.text", release=choices.release))

    def _choose_printer(self) -> None:
        """What is known of the printer: whether it prints grey."""
        known = () if self._choices is None else self._choices.settings.printers
        chosen = self.printer.chosen()
        self.grey.setChecked(any(one.grey for one in known if one.printer == chosen))

    def _choose_labels(self) -> None:
        formats = () if self._choices is None else self._choices.settings.label_formats
        self.start.show_format(next((one for one in formats if one.key == self.labels.chosen()), None))

    def how(self) -> PrintHow | None:
        """How it is printed; ``None`` after a problem was shown."""
        self.form.clear_problems()
        pages = self.pages.text().strip()
        try:
            # How many there are is known only when they are made; a slip of the hand is seen before that.
            parse_pages(pages, _MOST_PAGES) if pages else ()
        except Problem as problem:
            self.form.show_problem(problem)
            return None
        return PrintHow(self.printer.chosen(), pages, self.grey.isChecked())

    def on(self) -> PrintOn:
        """On what it is printed."""
        layouts = "" if self._choices is None else self._choices.layouts
        if layouts == "labels":
            return PrintOn(self.printer.chosen(), self.labels.chosen(), self.start.start())
        return PrintOn(self.printer.chosen(), self.envelopes.chosen() if layouts else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class ReprintForm(SideForm):
    """刷り直し: which sheets, why, and what became of the spoiled ones."""

    def __init__(self) -> None:
        super().__init__(
            "releases_reprinting",
            tr("printing.reprint.title"),
            tr("printing.reprint.save"),
            icon="printer",
            codes={
                "printing.reprint_sheets": "releases_reprint_sheets",
                "printing.reprint_serial": "releases_reprint_sheets",
                "printing.reprint_many": "releases_reprint_sheets",
                "printing.pages": "releases_reprint_sheets",
                "printing.reprint_reason": "releases_reprint_reason",
                "printing.reprint_words": "releases_reprint_words",
                "releases.names": "releases_reprint_words",
                "printing.reprint_spoiled": "releases_reprint_spoiled",
            },
        )
        self._release = ""
        self.sheets = self.add(
            tr("printing.reprint.sheets"),
            LineEdit("releases_reprint_sheets", max_length=200),
            hint=tr("printing.reprint.sheets_hint"),
        )
        reasons = ((key, tr(f"printing.reprint_reason.{key}")) for key in REASONS)
        self.reason = self.add(tr("printing.reprint.reason"), ComboBox("releases_reprint_reason", reasons))
        self.words = self.add(tr("printing.reprint.words"), LineEdit("releases_reprint_words", max_length=80))
        spoiled = (
            ("", tr("printing.reprint.choose")),
            *((key, tr(f"printing.reprint_spoiled.{key}")) for key in SPOILED),
        )
        self.spoiled = self.add(tr("printing.reprint.spoiled"), ComboBox("releases_reprint_spoiled", spoiled))
        self.reason.activated.connect(lambda _index: self._choose_reason())

    def show_release(self, release: str) -> None:
        """The release of which sheets are printed again."""
        self._release = release
        self.form.reset()
        self._choose_reason()
        self.say(tr("printing.reprint.text", release=release))

    def _choose_reason(self) -> None:
        self.show_field(self.words, self.reason.chosen() == "other")

    def message(self) -> ReprintSheets | None:
        """What is asked for; ``None`` after a problem was shown."""
        self.form.clear_problems()
        if not self.spoiled.chosen():
            self.form.show_problem(Problem("printing.reprint_spoiled"))
        if not self.form.filled("releases_reprint_sheets") or not self.spoiled.chosen():
            return None
        other = self.reason.chosen() == "other"
        if other and not self.form.filled("releases_reprint_words"):
            return None
        words = self.words.text().strip() if other else ""
        return ReprintSheets(
            self._release, self.sheets.text().strip(), self.reason.chosen(), self.spoiled.chosen(), words
        )

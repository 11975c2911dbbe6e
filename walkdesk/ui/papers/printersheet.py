"""The printers of this PC with their corrections, and the sheets by which a correction is found."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from walkdesk.messages.printing import PrinterRow, PrintingSettings, SetPrinter
from walkdesk.ui.forms import Form
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.edits import CheckBox, ComboBox, LineEdit
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.table import Column, FactsTable, Row
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.papers.millimetres import read_length


class PrinterSheet(Sheet):
    """List, fields and buttons. ``changes`` says what is to be kept."""

    def __init__(self) -> None:
        super().__init__("papers_printing_sheet", spacing=10)
        self._settings: PrintingSettings | None = None
        columns = (
            Column(tr("printing.printer"), 0, "strong"),
            Column(tr("printing.x"), 84, "number"),
            Column(tr("printing.y"), 84, "number"),
            Column(tr("printing.colour"), 96, "detail"),
        )
        self.table = FactsTable(columns, "papers_printing_printers", tr("printing.printers"), 12, row_height=34)
        self.form = Form("papers_printing_form", {"printing.offset": "papers_printing_x"})
        self.across = LineEdit("papers_printing_x", number=True, max_length=8)
        self.down = LineEdit("papers_printing_y", number=True, max_length=8)
        self._across_field = self.form.field(tr("printing.x_field"), self.across)
        self._down_field = self.form.field(tr("printing.y_field"), self.down)
        self.grey = CheckBox(tr("printing.only_grey"), "papers_printing_grey")
        self.what = ComboBox("papers_printing_what")
        self.what.setAccessibleName(tr("printing.what"))
        self.calibrate = SmallButton(tr("printing.calibrate"), "papers_printing_calibrate")
        self.test = SmallButton(tr("printing.test"), "papers_printing_test")
        self._nobody = Paragraph(tr("printing.no_printers"), DETAIL, "ink2", name="papers_printing_none")
        self._lay_out()
        self.table.current_changed.connect(lambda _key: self._show_current())

    def _lay_out(self) -> None:
        self.body.addWidget(SheetHead(tr("printing.printers")))
        self.body.addWidget(self.table)
        self.body.addWidget(self._nobody)
        self.form.row(self._across_field, self._down_field)
        self.form.column.addWidget(self.grey)
        self.form.finish()
        self.body.addWidget(self.form)
        self.body.addWidget(Paragraph(tr("printing.how_to"), DETAIL, "ink2", name="papers_printing_how"))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.what, 1)
        line.addWidget(self.calibrate)
        line.addWidget(self.test)
        self.body.addLayout(line)

    def show_printers(self, settings: PrintingSettings, names: tuple[str, ...]) -> None:
        """The printers of this PC, the usual one first, and those that are known and not here now."""
        self._settings = settings
        self._offer_sheets(settings)
        known = (one.printer for one in settings.printers)
        rows = [_row(self._known(name)) for name in dict.fromkeys((*names, *known))]
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(rows[0].key)
        self.table.fit_height(4)
        self.table.setVisible(bool(rows))
        self._nobody.setVisible(not rows)
        self._show_current()

    def _offer_sheets(self, settings: PrintingSettings) -> None:
        chosen = self.what.chosen() or f"window:{settings.window.key}"
        sheets = (
            *(("window", one.key) for one in settings.windows),
            *(("labels", one.key) for one in settings.label_formats),
            *(("envelope", one.key) for one in settings.envelopes),
        )
        self.what.offer((f"{kind}:{key}", tr(f"printing.{kind}_name.{key}")) for kind, key in sheets)
        self.what.choose(chosen)

    def printer(self) -> str:
        """The printer under the keyboard; "" is the usual one."""
        return str(self.table.current() or "")

    def changes(self) -> list[object] | None:
        """What is to be kept of the printer; ``None`` after a problem was shown."""
        self.form.clear_problems()
        x, y = read_length(self._across_field, 0.0), read_length(self._down_field, 0.0)
        if x is None or y is None:
            return None
        row = PrinterRow(self.printer(), round(x, 1), round(y, 1), self.grey.isChecked())
        if not row.printer or row == self._known(row.printer):
            return []
        return [SetPrinter(row.printer, row.x, row.y, row.grey)]

    def _known(self, printer: str) -> PrinterRow:
        """What is kept of a printer."""
        known = () if self._settings is None else self._settings.printers
        return next((one for one in known if one.printer == printer), PrinterRow(printer))

    def _show_current(self) -> None:
        one = self._known(self.printer())
        self.form.clear_problems()
        self.across.setText(signed(one.x))
        self.down.setText(signed(one.y))
        self.grey.setChecked(one.grey)
        for part in (self.across, self.down, self.grey):
            part.setEnabled(bool(one.printer))


def signed(value: float) -> str:
    """A correction with its sign: ``+1.5``, ``-0.3``, ``0``."""
    return f"{value:+.1f}" if value else "0"


def _row(one: PrinterRow) -> Row:
    colour = tr("printing.is_grey" if one.grey else "printing.is_colour")
    return Row(one.printer, (one.printer, signed(one.x), signed(one.y), colour))

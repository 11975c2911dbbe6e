"""What a file would do: the sum, every row that stops with its reason, and where the file came from."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.messages.reception import ImportPreview, ImportRow
from walkdesk.ui.forms import Form
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import (
    Column,
    EmptyState,
    FactsTable,
    Inset,
    LineEdit,
    Mark,
    Paragraph,
    Row,
    Sheet,
    SheetHead,
    SumPart,
    SumStrip,
    TabRow,
)
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.tokens import DETAIL, ROW_LIST, SHEET_GAP

_TABS = ("bad", "refused", "doubtful", "accepted")
_MARKS: dict[str, tuple[str, ChipKind]] = {
    "refused": ("cross", "danger"),
    "doubtful": ("warning", "warn"),
    "accepted": ("check", "ok"),
}


class PreviewView(QWidget):
    """The preview of one file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        self._preview: ImportPreview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SHEET_GAP)
        sheet = Sheet("imports_preview", spacing=14)
        self._head = SheetHead(tr("imports.preview_title"))
        self.sum = SumStrip("imports_sum", tr("imports.unit"))
        sheet.body.addWidget(self._head)
        sheet.body.addWidget(self.sum)
        self.form = Form("imports_source_form", {"reception.source_": "imports_source"})
        self.form.row(
            self.form.field(
                tr("imports.source"), LineEdit("imports_source", tr("imports.source_hint"), max_length=200), True
            )
        )
        self.form.finish()
        sheet.body.addWidget(self.form)
        column.addWidget(sheet)
        column.addWidget(self._lay_out_rows(), 1)
        # The table takes what is left of the page; a page that is too low scrolls as a whole.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(180)

    def _lay_out_rows(self) -> QWidget:
        rows = Sheet("imports_rows", tight=True, spacing=0)
        self.tabs = TabRow("imports_tabs", [(key, tr(f"imports.tab_{key}"), 0) for key in _TABS])
        self.tabs.chosen.connect(lambda _key: self._show_rows())
        rows.body.addWidget(self.tabs)
        columns = [
            Column(tr("imports.line"), 90, "number"),
            Column(tr("imports.number"), 130, "strong"),
            Column(tr("imports.shown"), 210),
            Column(tr("imports.verdict"), 150),
            Column(tr("imports.reason")),
        ]
        self.table = FactsTable(columns, "imports_table", tr("imports.rows_title"), row_height=ROW_LIST)
        self.table.current_changed.connect(self._show_reason)
        self._none = EmptyState("check-circle", "", name="imports_none")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        rows.body.addWidget(self._stack, 1)
        self._reason = Inset(name="imports_reason")
        self._words = Paragraph("", DETAIL, "ink", "imports_reason_words")
        self._reason.row.addWidget(self._words, 1)
        below = QVBoxLayout()
        below.setContentsMargins(20, 8, 20, 12)
        below.addWidget(self._reason)
        rows.body.addLayout(below)
        return rows

    def show_preview(self, preview: ImportPreview) -> None:
        """Shows a preview."""
        self._preview = preview
        self.form.clear_problems()
        facts = tr("imports.preview_facts", file=preview.file_name, encoding=preview.encoding)
        self._head.show_facts(facts, tr("imports.preview_title"))
        self._head.show_note(tr("imports.fingerprint", sha=preview.sha256[:12]))
        self.sum.show_sum(*_equation(preview))
        counts = {
            "bad": preview.refused + preview.doubtful,
            "refused": preview.refused,
            "doubtful": preview.doubtful,
            "accepted": preview.accepted,
        }
        for key, count in counts.items():
            self.tabs.show_count(key, count)
        self.tabs.choose("bad" if counts["bad"] else "accepted")
        self._show_rows()

    def source(self) -> str:
        """Where the file came from, as typed; "" with a sentence beside the field when it is empty."""
        self.form.clear_problems()
        return self.form.text("imports_source") if self.form.filled("imports_source") else ""

    def _show_rows(self) -> None:
        if self._preview is None:
            return
        tab = self.tabs.current()
        wanted = ("refused", "doubtful") if tab == "bad" else (tab,)
        rows = [row for row in self._preview.rows if row.verdict in wanted]
        self.table.show_rows([_row(row) for row in rows], keep=False)
        if rows:
            self.table.selectRow(0)
        self._none.say(tr(f"imports.none_{tab}"))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._show_reason(self.table.current())

    def _show_reason(self, line: object) -> None:
        rows = self._preview.rows if self._preview is not None else ()
        row = next((row for row in rows if row.line == line), None)
        self._words.say("" if row is None else _reason(row) or tr("imports.accepted_reason"))
        self._reason.setVisible(row is not None)


def _equation(preview: ImportPreview) -> tuple[SumPart, list[SumPart]]:
    total = preview.accepted + preview.doubtful + preview.refused
    return SumPart(tr("imports.sum_rows"), total, tr("imports.sum_rows_note"), "sheet"), [
        SumPart(tr("imports.sum_accepted"), preview.accepted, tr("imports.sum_accepted_note"), "check", "ok", "accent"),
        SumPart(
            tr("imports.sum_doubtful"),
            preview.doubtful,
            tr("imports.sum_doubtful_note"),
            "warning",
            "warn",
            "warnmark",
        ),
        SumPart(
            tr("imports.sum_refused"), preview.refused, tr("imports.sum_refused_note"), "cross", "danger", "danger"
        ),
    ]


def _reason(row: ImportRow) -> str:
    return "" if row.note is None else sentence(row.note.problem())


def _row(row: ImportRow) -> Row:
    icon, kind = _MARKS[row.verdict]
    mark = Mark(icon, tr(f"imports.verdict_{row.verdict}"), kind)
    return Row(row.line, (row.line, row.number, row.shown, mark, _reason(row)))

"""事業実施報告書: the year's figures, the months as a chart, and the paper for the ward."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.messages.papers import LookAtReport, MakeReport, ReportFigures
from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.charts import BarChart, Series
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.tokens import LABEL, SECTION
from walkdesk.ui.out.panel import PaperColumn
from walkdesk.ui.papers.part import Primary
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import short_month

_LINE = 34.0


class FigureList(QWidget):
    """Label and figure, two columns of them; every digit in its cell."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Replaces the figures."""
        self._rows = rows
        self.setAccessibleName("、".join(f"{label} {figure}" for label, figure in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, round(_LINE * ((len(self._rows) + 1) // 2)) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        half = (len(self._rows) + 1) // 2
        wide = (self.width() - 36) / 2
        for place, (label, figure) in enumerate(self._rows):
            column, line = divmod(place, half)
            rect = QRectF(column * (wide + 36), line * _LINE, wide, _LINE - 1)
            paint.write(painter, rect, label, LABEL, "ink2")
            paint.write_digits(painter, rect, figure, SECTION, "ink")
            paint.line(painter, rect.bottomLeft(), rect.bottomRight())
        painter.end()


class ReportPart(PaperColumn):
    """The report's half of the desk."""

    def __init__(self, context: PageContext, _changed: Callable[[], None]) -> None:
        super().__init__(context, "papers_report", PdfPreview("papers_report_preview", tr("papers.report_empty")))
        self._figures = FigureList("papers_figures")
        self._chart = BarChart("papers_chart", tr("papers.chart_note"))
        self._chart.setMinimumHeight(130)
        self._lay_out()
        self._offer()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(12)
        figures = Sheet("papers_figures_sheet", spacing=8)
        figures.body.addWidget(SheetHead(tr("papers.figures"), note=tr("papers.figures_note")))
        figures.body.addWidget(self._figures)
        chart = Sheet("papers_chart_sheet", spacing=4)
        chart.body.addWidget(SheetHead(tr("papers.chart")))
        chart.body.addWidget(self._chart, 1)
        left.addWidget(figures)
        left.addWidget(chart, 1)
        row.addLayout(left, 1)
        ground = QWidget()
        ground.setFixedWidth(450)
        ground.setLayout(self._column())
        row.addWidget(ground)

    def begin(self) -> None:
        """Puts the keyboard onto the part."""
        self.preview.zoom.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Asks for the figures of the year so far."""
        self._context.room.ask(LookAtReport(), self._show, self._refused)

    def primary(self) -> Primary:
        """The report is the manager's to make."""
        may = self._context.role == "manager"
        return Primary(tr("papers.make_report"), may, tr("papers.report_facts" if may else "papers.report_manager"))

    def act(self) -> None:
        """Makes the paper."""
        self._note.say("")
        self._context.room.ask(MakeReport(), self._made, self._refused)

    def _show(self, figures: ReportFigures) -> None:
        self._figures.show_figures(tuple((tr(one.label), one.value) for one in figures.figures))
        months = [short_month(one.month) for one in figures.months]
        card = Series(tr("papers.channel_card"), [one.card for one in figures.months])
        app = Series(tr("papers.channel_app"), [one.app for one in figures.months])
        self._chart.show_series(months, (card, app))

    def _made(self, paper: FreePaper) -> None:
        self._keep(paper, tr("papers.original"))
        self._offer()
        self._context.say(tr("papers.report_made", title=paper.title, pages=paper.pages))

    def problem(self) -> str:
        """What stands above the paper."""
        return self._note.text()

"""The look: contrast, icons, and how the parts behave under the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from walkdesk.commands.demo.picture import picture
from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence
from walkdesk.ui.look import icons, paint, theme
from walkdesk.ui.look.focus import FocusRing
from walkdesk.ui.look.parts import (
    Chip,
    Column,
    ComboBox,
    DangerButton,
    DateField,
    DigitCells,
    FactsTable,
    Field,
    LifeLine,
    LineEdit,
    Mark,
    OutlineButton,
    Paragraph,
    PasswordEdit,
    PrimaryButton,
    ProgressLine,
    Row,
    Station,
    SumPart,
    SumStrip,
    TabRow,
    TextArea,
)
from walkdesk.ui.look.parts.charts import ticks
from walkdesk.ui.look.tokens import BODY, CONTRAST, DARK, ENTRY, LIGHT, Tokens, Tone

SCHEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
TEXT: tuple[tuple[Tone, Tone], ...] = (
    *((ink, ground) for ink in ("ink", "ink2", "ink3", "accent") for ground in ("surface", "canvas")),
    *((ink, ground) for ink in ("ink", "ink2", "accent") for ground in ("rail", "soft")),
    ("ink3", "disabled"),
    ("ink2", "disabled"),
    ("onaccent", "accent"),
    ("onaccent", "accent2"),
    ("surface", "danger"),
    *((tone, ground) for tone in ("ok", "warn", "danger", "sat", "sun") for ground in ("surface",)),
    ("ok", "oksoft"),
    ("warn", "warnsoft"),
    ("danger", "dangersoft"),
    ("sat", "satsoft"),
    ("sun", "sunsoft"),
    *(("ink", ground) for ground in ("oksoft", "warnsoft", "dangersoft", "satsoft", "sunsoft")),
)
BORDERS: tuple[tuple[Tone, Tone], ...] = (
    ("line2", "surface"),
    ("line2", "canvas"),
    ("warnmark", "surface"),
    ("accent", "surface"),
    ("accent", "canvas"),
    ("accent", "rail"),
    ("danger", "surface"),
)
ICONS = (
    "calendar", "people", "sheet", "gift", "document", "case-lock", "chart", "shield-x", "help",
    "lock", "search", "eye", "eye-off", "usb-token", "check", "check-circle", "clock", "phone",
    "undo", "circle", "box", "warning", "alert", "pencil", "printer", "list", "medal",
    "book", "key", "plus", "download", "arrow-right",
)  # fmt: skip


def luminance(value: str) -> float:
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def stage(qtbot: Any) -> Callable[..., QWidget]:
    """``stage(part, part ...)``: the parts on a small active window."""
    kept: list[QWidget] = []

    def show(*parts: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        QApplication.processEvents()
        return window

    return show


Stage = Callable[..., QWidget]


# Colours


def test_the_measure_of_contrast_is_right() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert ratio("#0F5B6C", "#FFFFFF") == pytest.approx(7.7, abs=0.05)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_never_under_4_5(scheme: Tokens, ink: Tone, ground: Tone) -> None:
    assert ratio(scheme.of(ink), scheme.of(ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize(("border", "ground"), BORDERS)
def test_borders_and_icons_are_never_under_3(scheme: Tokens, border: Tone, ground: Tone) -> None:
    assert ratio(scheme.of(border), scheme.of(ground)) >= 3.0


def test_every_token_can_be_named() -> None:
    assert {field.name for field in fields(Tokens)} == set(get_args(Tone))


def test_a_new_scheme_reaches_palette_and_parts(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.DARK)
    assert paint.color("surface") == QColor(DARK.surface)
    assert qapp.palette().base().color() == QColor(DARK.surface)
    assert DARK.ink in qapp.styleSheet()
    theme.apply(qapp, theme.Scheme.LIGHT)
    assert qapp.palette().base().color() == QColor(LIGHT.surface)


def test_one_application_has_one_theme_and_one_ring(qapp: QApplication) -> None:
    assert theme.apply(qapp, theme.Scheme.LIGHT) is theme.apply(qapp, theme.Scheme.LIGHT)
    assert len(qapp.findChildren(FocusRing)) == 1


# Letters, icons


@pytest.mark.parametrize("name", sorted({*ICONS, *icons.paths()}))
def test_every_icon_draws_something_within_its_square(qapp: QApplication, name: str) -> None:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, QRectF(12, 12, 24, 24), name, "ink")
    painter.end()
    inked = [(x, y) for x in range(48) for y in range(48) if QColor.fromRgba(image.pixel(x, y)).alpha() > 40]
    assert len(inked) > 20
    assert all(11 <= x <= 36 and 11 <= y <= 36 for x, y in inked)


def test_numbers_of_the_same_length_are_equally_wide(qapp: QApplication) -> None:
    assert paint.digits_width("111,111", ENTRY) == paint.digits_width("888,888", ENTRY)
    assert paint.width("111", ENTRY) < paint.width("888", ENTRY), "the font now has tabular digits: cells can go"
    assert DigitCells("1,117").sizeHint() == DigitCells("8,888").sizeHint()


def test_a_name_with_a_rare_character_is_drawn_with_the_second_font(qapp: QApplication) -> None:
    assert paint.width("𠮷", BODY) > 8


def test_a_paragraph_grows_with_its_lines(qapp: QApplication) -> None:
    text = Paragraph("元には戻せません。進めるには契約番号を入れてください。")
    assert text.heightForWidth(120) > text.heightForWidth(600)
    assert Paragraph("一\n二").heightForWidth(600) == 2 * Paragraph("一").heightForWidth(600)


# Buttons


def test_the_key_on_the_cap_presses_the_button(stage: Stage) -> None:
    pressed: list[str] = []
    first = PrimaryButton("片づける", "first", key="Enter")
    paper = OutlineButton("印刷する", "paper", key="Ctrl+P")
    edit = LineEdit("edit")
    window = stage(first, paper, edit)
    first.clicked.connect(lambda: pressed.append("first"))
    paper.clicked.connect(lambda: pressed.append("paper"))
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Enter)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["first", "first", "paper"]


def test_enter_presses_the_button_that_has_the_keyboard(stage: Stage) -> None:
    pressed: list[str] = []
    first, other = PrimaryButton("片づける", "first", key="Enter"), OutlineButton("戻る", "other")
    stage(first, other)
    first.clicked.connect(lambda: pressed.append("first"))
    other.clicked.connect(lambda: pressed.append("other"))
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["other"]


def test_a_key_does_nothing_while_its_page_is_out_of_sight(stage: Stage) -> None:
    pressed: list[str] = []
    first, edit = PrimaryButton("片づける", "first", key="Enter"), LineEdit("edit")
    stage(first, edit)
    first.clicked.connect(lambda: pressed.append("first"))
    first.hide()
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert pressed == []


def test_a_forbidden_button_says_what_is_missing_and_cannot_be_pressed(stage: Stage) -> None:
    pressed: list[bool] = []
    button = PrimaryButton("消去へ進む", "go", key="F5")
    window = stage(button)
    button.clicked.connect(lambda: pressed.append(True))
    before = button.sizeHint().height()
    button.forbid("残り 3件と署名 1人で、押せるようになります。")
    QApplication.processEvents()
    assert button.sizeHint().height() > before
    assert button.accessibleDescription() == "残り 3件と署名 1人で、押せるようになります。"
    QTest.keyClick(window, Qt.Key.Key_F5)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    button.forbid("")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert pressed == [True]


def test_enter_never_presses_danger(stage: Stage) -> None:
    with pytest.raises(ValueError, match="never Enter"):
        DangerButton("消去する", "erase", key="Enter")
    pressed: list[bool] = []
    button = DangerButton("消去する", "erase")
    stage(button)
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True]


def test_the_ring_surrounds_what_has_the_keyboard(stage: Stage) -> None:
    button, edit = OutlineButton("開く", "open"), LineEdit("edit")
    window = stage(button, edit)
    button.setFocus()
    rings = [part for part in window.findChildren(QWidget) if type(part).__name__ == "_Ring"]
    assert len(rings) == 1
    assert rings[0].geometry().contains(button.geometry())
    assert rings[0].geometry().width() == button.width() + 10
    window.resize(640, 300)
    QApplication.processEvents()
    assert rings[0].geometry().contains(button.geometry())
    edit.setFocus()
    assert [part for part in window.findChildren(QWidget) if type(part).__name__ == "_Ring"] == []


def test_the_ring_goes_with_the_part_it_surrounds(stage: Stage) -> None:
    button = OutlineButton("開く", "open")
    window = stage(button, LineEdit("edit"))
    button.setFocus()
    button.setParent(None)
    button.deleteLater()
    QApplication.processEvents()
    window.findChild(LineEdit, "edit").setFocus()
    assert QApplication.focusWidget() is window.findChild(LineEdit, "edit")


# Fields


def test_a_problem_stands_beneath_its_field_and_is_read_aloud(stage: Stage) -> None:
    field = Field("開始日", DateField("start"), required=True, hint="契約書の日付です。")
    stage(field)
    assert field.note() == "契約書の日付です。"
    assert field.editor.accessibleName() == "開始日"
    problem = Problem("door.no_office")
    field.show_problem(problem)
    assert field.note() == sentence(problem)
    assert field.editor.accessibleDescription() == sentence(problem)
    field.clear_problem()
    assert field.note() == "契約書の日付です。"


@pytest.mark.parametrize("typed", ["2018-07-01", "2018/7/1", "H30.7.1", "平成30年7月1日", "２０１８／７／１"])
def test_a_date_is_read_as_people_write_it(qtbot: Any, stage: Stage, typed: str) -> None:
    field, other = DateField("start"), LineEdit("other")
    stage(field, other)
    field.setFocus()
    field.insert(typed)
    assert field.day() == date(2018, 7, 1)
    with qtbot.waitSignal(field.date_changed) as told:
        other.setFocus()
    assert told.args == [date(2018, 7, 1)]
    assert field.text() == "平成30年7月1日"


def test_what_is_no_date_stays_as_typed(stage: Stage) -> None:
    field, other = DateField("start"), LineEdit("other")
    stage(field, other)
    field.setFocus()
    QTest.keyClicks(field, "32/13/2018")
    other.setFocus()
    assert field.text() == "32/13/2018"
    with pytest.raises(Problem):
        field.day()


def test_the_wheel_does_not_change_a_choice(stage: Stage) -> None:
    box = ComboBox("kind", [("a", "一"), ("b", "二")])
    stage(box)
    box.choose("b")
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.chosen() == "b"
    box.choose("there is no such key")
    assert box.chosen() == "b"


def test_caps_lock_is_noticed_from_the_letters(stage: Stage) -> None:
    edit = PasswordEdit("password")
    stage(edit)
    told: list[bool] = []
    edit.caps_lock_changed.connect(told.append)
    QTest.keyClick(edit, "A")
    QTest.keyClick(edit, Qt.Key.Key_A)
    assert told == [True, False]


def test_a_password_is_hidden_until_asked_and_gone_with_its_page(stage: Stage) -> None:
    edit = PasswordEdit("password")
    window = stage(edit)
    edit.setText("のんびり歩く")
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    edit.eye.click()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    window.hide()
    assert edit.text() == ""
    assert edit.echoMode() == QLineEdit.EchoMode.Password


def test_enter_in_a_long_text_is_a_new_line(stage: Stage) -> None:
    pressed: list[bool] = []
    save, area = PrimaryButton("保存", "save", key="Enter"), TextArea("why")
    stage(save, area)
    save.clicked.connect(lambda: pressed.append(True))
    area.setFocus()
    QTest.keyClicks(area, "a")
    QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClicks(area, "b")
    assert area.toPlainText() == "a\nb"
    assert pressed == []


# Tables and tabs


def table() -> FactsTable:
    made = FactsTable([Column("月"), Column("歩数", 140, "number"), Column("状態", 140)], "cards", "台紙")
    made.show_rows(
        [
            Row(7, ["7月", 99524, Mark("pencil", "入力中", "accent")]),
            Row(6, ["6月", 183206, Mark("check-circle", "照合済", "ok", chip=True)]),
            Row(5, ["5月", None, None]),
        ]
    )
    return made


def test_the_tables_model_keeps_qts_rules(qtbot: Any) -> None:
    made = table()
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show_rows([])
    made.show_rows([Row(1, ["1月", 1, None])])


def test_a_table_is_moved_through_and_opened_with_the_keyboard(stage: Stage) -> None:
    made = table()
    stage(made)
    opened: list[object] = []
    made.opened.connect(opened.append)
    made.setFocus()
    made.select(7)
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.current() == 6
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert opened == [6]


def test_new_rows_keep_the_current_one(qtbot: Any) -> None:
    made = table()
    qtbot.addWidget(made)
    made.select(6)
    made.show_rows([Row(8, ["8月", 1, None]), Row(6, ["6月", 2, None])])
    assert made.current() == 6
    made.show_rows([Row(8, ["8月", 1, None])])
    assert made.current() is None


def test_cells_are_read_aloud_as_they_are_drawn(qtbot: Any) -> None:
    made = table()
    qtbot.addWidget(made)
    texts = [[made.facts.index(row, column).data() for column in range(3)] for row in range(3)]
    assert texts == [["7月", "99,524", "入力中"], ["6月", "183,206", "照合済"], ["5月", "—", "—"]]


def test_arrows_move_between_tabs(stage: Stage) -> None:
    tabs = TabRow("tabs", [("cards", "台紙", 3), ("points", "ポイント", 86), ("log", "履歴", None)])
    stage(tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    tabs.findChild(QWidget, "tabs_cards").setFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert chosen == ["points", "log", "cards"]
    assert tabs.current() == "cards"


# What is drawn


def test_a_sum_says_its_equation(qtbot: Any) -> None:
    strip = SumStrip("cards_sum", "枚")
    qtbot.addWidget(strip)
    strip.show_sum(SumPart("受け取った", 238), [SumPart("照合済", 124), SumPart("照合待ち", 114)])
    assert strip.accessibleName() == "受け取った 238 = 照合済 124 + 照合待ち 114"


@pytest.mark.parametrize(
    ("highest", "wanted"),
    [(7100, [0, 3000, 6000, 9000]), (0, [0, 1]), (3, [0, 1, 2, 3]), (10, [0, 5, 10]), (100000, [0, 50000, 100000])],
)
def test_the_scale_of_a_chart_is_round_and_reaches_over_everything(highest: float, wanted: list[int]) -> None:
    assert ticks(highest) == wanted


def test_the_line_is_solid_up_to_today(qtbot: Any) -> None:
    line = LifeLine("life")
    qtbot.addWidget(line)
    line.resize(800, 100)
    stations = [Station("準備", "5月14日", "passed"), Station("運用中", "6月1日", "now"), Station("返還")]
    line.show_life(stations, "今日 8月9日", 0.25)
    image = line.grab().toImage()

    def inked(x: float) -> bool:
        return QColor(image.pixel(round(x), 40)) == QColor(LIGHT.accent)

    assert inked(62 + 338 * 0.5)
    assert inked(62 + 338 * 1.2)
    assert not inked(62 + 338 * 1.7)
    assert "今日" in line.accessibleDescription()


def test_a_chip_has_icon_word_and_colour_and_says_its_word(qtbot: Any) -> None:
    chip = Chip("alert", "2日超過", "danger")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "2日超過"
    image = chip.grab().toImage()
    assert QColor(image.pixel(image.width() - 4, 13)) == QColor(LIGHT.dangersoft)


def test_progress_without_a_place_opens_no_window(stage: Stage) -> None:
    line = ProgressLine("import")
    line.show_progress("読み込んでいます", 3, 9)
    assert line not in [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    stage(line)
    assert line.isVisible()


def test_a_picture_at_200_percent_has_twice_the_pixels(qtbot: Any, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    picture(window, tmp_path / "one.png")
    picture(window, tmp_path / "two.png", 2.0)
    assert QImage(str(tmp_path / "one.png")).size().toTuple() == (1280, 800)
    assert QImage(str(tmp_path / "two.png")).size().toTuple() == (2560, 1600)


def test_a_picture_that_cannot_be_written_is_told(qtbot: Any, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(OSError, match="one.png"):
        picture(window, tmp_path / "no such folder" / "one.png")

"""The registers desk, by keyboard alone: each register from the new entry to its end, its paper, what auditors see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.conftest import FIRST_DAY, Office
from tests.services.registerdesk import ENTRIES, NINE, entered, line
from tests.ui.desks import register as people
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.registers import REGISTERS, EntryState, FieldKind, Register
from walkdesk.messages.door import SetPracticeDate
from walkdesk.messages.releases import ApproveRelease, RequestLetters, TakeRelease
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.desks import DESKS
from walkdesk.ui.look.parts import ComboBox
from walkdesk.ui.out import exits
from walkdesk.ui.registers.page import RegistersPage
from walkdesk.ui.shell.work import WorkArea

ENDINGS: dict[Register, dict[str, str]] = {
    Register.COPIES: {"disposition": "shredded", "witness": "総務課 山本"},
    Register.PAPER: {"disposition": "shredded", "sheets_closed": "120", "witness": "総務課 山本"},
    Register.RECIPIENTS: {"ending": "契約の終わり"},
    Register.CARRIES: {"back_time": "16:40", "condition": "complete", "checked_by": "S-0142"},
    Register.INSTRUCTIONS: {"ending": "期間の終わり"},
    Register.GUIDANCE: {"improved": "点検表を作った。"},
}


class Desk:
    """The page with what a person does on it, without a mouse."""

    def __init__(self, visit: Any, settle: Any, part: Any, context: Any, **place: Any) -> None:
        self._settle, self._part, self.context = settle, part, context
        self.page: RegistersPage = visit(RegistersPage, context, **place)

    def __call__(self, name: str) -> Any:
        return self._part(self.page, name)

    def press(self, *keys: str) -> None:
        """Keys, and everything that they led to."""
        for key in keys:
            press(self.page, key)
            self._settle(self.context)

    def fill(self, values: dict[str, str]) -> None:
        """Fields of the form: lines are typed into, choices are taken with the arrow keys."""
        for key, text in values.items():
            editor = self(f"registers_field_{key}")
            if isinstance(editor, ComboBox):
                editor.setFocus()
                for _ in range(editor.findData(text) - editor.currentIndex()):
                    QTest.keyClick(editor, Qt.Key.Key_Down)
                assert editor.chosen() == text
            else:
                write(editor, text)

    def problem(self, key: str) -> str:
        """What stands beneath a field."""
        return str(self.page.form._fields[key].note())

    @property
    def said(self) -> str:
        """The status line."""
        return str(self.context.room.said[-1])


@pytest.fixture
def open_desk(
    context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None], part: Callable[..., Any]
) -> Callable[..., Desk]:
    """``open_desk(session, register="paper")``."""
    return lambda session, **place: Desk(visit, settle, part, context_for(session), **place)


@pytest.mark.parametrize("register", list(ENDINGS))
def test_a_line_goes_from_its_entry_to_its_end(
    manager: Session, open_desk: Callable[..., Desk], register: Register
) -> None:
    desk = open_desk(manager)
    desk("registers_list").setFocus()
    for _ in range(list(Register).index(register)):
        desk.press("Down")
    desk.press("F2")
    desk.fill(ENTRIES[register])
    desk.press("F4")
    entry = f"{REGISTERS[register].prefix}-0001"
    assert entry in desk.said and desk.page.place() == {"register": register.value, "entry": entry}
    desk.press("F9")
    desk.fill(ENDINGS[register])
    desk.press("F4")
    assert f"{entry} の終わりを記録しました" in desk.said
    assert line(manager, register, entry).state is EntryState.CLOSED
    row = next(row for row in cells(desk("registers_entries")) if row[0] == entry)
    assert row[-1] == "終了" and not desk("registers_close").isVisible()


def test_an_inspection_is_entered_with_its_checklist(manager: Session, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(manager, register="inspections")
    assert "まだありません" in desk("page_title").text()
    desk.press("F2")
    desk.fill({**ENTRIES[Register.INSPECTIONS], "status_cabinet": "improve", "evidence_cabinet": "鍵が机にあった"})
    desk.press("F4")
    assert "いつまでに改善するか" in desk.problem("follow_up")
    desk.fill({"follow_up": "2018-05-31"})
    desk.press("F4")
    assert "記録あり" in desk("page_title").text()
    assert "要改善　鍵が机にあった" in desk.page.details.text()
    desk.press("F9")
    desk.fill({"improved": "鍵を金庫に移した。", "confirmed": "5月14日 健康づくり課 主査"})
    desk.press("F4")
    assert line(manager, Register.INSPECTIONS, "V-0001").state is EntryState.CLOSED


def test_an_incident_goes_from_the_first_notice_to_the_written_report(
    office: Office, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = office.sign_in("S-0001")
    people(manager)
    desk = open_desk(manager, register="incidents")
    desk.press("F2")
    desk.fill(ENTRIES[Register.INCIDENTS])
    desk.press("F4", "F3")
    desk.fill({"notice_on": "2018-05-14", "notice_time": "11:00", "notice_to": "健康づくり課 係長"})
    desk.press("F4")
    assert "区への通知（当日）　5月14日 済み" in desk.page.details.text()
    desk.press("F7")
    assert desk("registers_concerned_way").currentText() == "契約の全員　3人"
    desk("registers_concerned_save").setFocus()
    desk.press("Return")
    assert "3人と数えました" in desk.said
    desk.press("F9")
    desk.fill({"outcome": "再発なし"})
    desk.press("F4")
    assert "確報" in desk.page.form._form.note.text()
    desk.press("Esc", "F3")
    desk.fill({**{key: text for key, text in NINE.items() if key != "persons"}, "final_on": "2018-05-14"})
    desk.press("F4", "F8")
    sent: list[Any] = []
    monkeypatch.setattr(exits.Printing, "find", lambda _self, then: then(("office",)))
    monkeypatch.setattr(exits.Printing, "send", lambda _self, paper, *_more: sent.append(paper))
    desk.press("Ctrl+P")
    assert sent[0].title == "事故報告書 J-0001" and sent[0].pdf.startswith(b"%PDF")
    desk.press("Esc", "F9")
    desk.fill({"outcome": "再発なし"})
    desk.press("F4")
    assert line(manager, Register.INCIDENTS, "J-0001").state is EntryState.CLOSED


def test_a_correction_shows_what_stood_there(manager: Session, open_desk: Callable[..., Desk]) -> None:
    entry = entered(manager, Register.PAPER)
    desk = open_desk(manager, register="paper", entry=entry)
    desk.press("F3")
    desk.fill({"box": "B-09"})
    desk.press("F4")
    assert "空欄です" in desk.problem("reason")
    desk.fill({"reason": "棚の入替え"})
    desk.press("F4")
    assert "1項目を書きました" in desk.said
    assert "「箱」は「B-01」でした。理由：棚の入替え" in desk.page.details.text()


def test_a_name_is_refused_and_what_was_typed_stays(manager: Session, open_desk: Callable[..., Desk]) -> None:
    people(manager)
    desk = open_desk(manager, register="copies")
    desk.press("F2")
    desk.fill({**ENTRIES[Register.COPIES], "what": "髙橋 ふみ子の手紙"})
    desk.press("F4")
    assert "氏名が入っています" in desk.page.form._form.note.text()
    assert desk("registers_field_place").text() == "棚 3"


def test_the_lock_comes_back_to_the_same_form(manager: Session, open_desk: Callable[..., Desk]) -> None:
    entry = entered(manager, Register.GUIDANCE)
    desk = open_desk(manager, register="guidance", entry=entry)
    desk.press("F3")
    place = desk.page.place()
    assert place == {"register": "guidance", "entry": entry, "form": "change"}
    back = open_desk(manager, **place)
    assert back("registers_field_title").text() == "施錠の徹底"


def test_a_register_is_printed_and_saved_as_a_paper(
    manager: Session, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entered(manager, Register.RECIPIENTS)
    desk = open_desk(manager, register="recipients")
    desk.press("Ctrl+P")
    target = tmp_path / "register.pdf"
    monkeypatch.setattr("walkdesk.ui.out.panel.choose_pdf", lambda _parent, _paper: target)
    desk.press("Ctrl+S")
    assert target.read_bytes().startswith(b"%PDF") and "register.pdf" in desk.said
    desk.press("Esc")
    assert desk("registers_entries").isVisible()


def test_an_auditor_reads_every_register_and_writes_none(office: Office, open_desk: Callable[..., Desk]) -> None:
    manager = office.sign_in("S-0001")
    for register in Register:
        entered(manager, register)
    desk = open_desk(office.sign_in("W-0001"))
    for register in Register:
        desk.page.enter(register=register.value)
        desk._settle(desk.context)
        assert any(row[0].endswith("-0001") for row in cells(desk("registers_entries")))
        for button in ("new", "change", "close", "count", "report"):
            assert not desk(f"registers_{button}").isVisible()
        assert desk("registers_print").isVisible()
    assert not desk.context.room.refused


def test_a_handler_writes_what_comes_in_and_leaves_the_rest_to_managers(
    handler: Session, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(handler, register="instructions")
    assert not desk("registers_new").isVisible()
    entered(handler, Register.INCIDENTS)
    desk = open_desk(handler, register="incidents")
    assert desk("registers_new").isVisible() and not desk("registers_close").isVisible()
    desk.press("F3")
    keys = set(desk.page.form._fields)
    assert "notice_on" in keys and "cause" not in keys


def test_what_the_program_itself_printed_is_shown_and_changed_elsewhere(
    office: Office, open_desk: Callable[..., Desk]
) -> None:
    manager = office.sign_in("S-0001")
    people(manager)
    perform(manager, RequestLetters("all", "参加案内の送付"))
    perform(office.sign_in("S-0150"), ApproveRelease("R-0001"))
    perform(manager, TakeRelease("R-0001", "print"))
    desk = open_desk(manager, register="copies", entry="R-0001")
    assert [row[:2] for row in cells(desk("registers_entries"))][0] == ["R-0001", "参加案内　3件"]
    assert "提供・持出しの台帳" in desk.page.details.text()
    assert not desk("registers_change").isVisible() and not desk("registers_close").isVisible()


def test_what_is_overdue_has_its_mark_and_its_number(manager: Session, open_desk: Callable[..., Desk]) -> None:
    entered(manager, Register.CARRIES)
    perform(manager, SetPracticeDate(date(2018, 5, 16)))
    desk = open_desk(manager, register="carries")
    row = cells(desk("registers_list"))[3]
    assert row == ["持出し", "1", "1"] and desk.context.room.badges["registers"] == 1
    assert "期限を過ぎたもの 1件" in desk("page_title").text()


@pytest.mark.parametrize(("number", "in_rail"), [("S-0142", False), ("S-0001", False), ("W-0001", True)])
def test_the_desk_is_reached_by_its_key_and_by_auditors_in_the_rail(
    office: Office,
    context_for: Callable[..., Any],
    settle: Callable[..., None],
    qtbot: Any,
    number: str,
    in_rail: bool,
) -> None:
    context = context_for(office.sign_in(number))
    area = WorkArea(DESKS, context.person, lambda _area: context)
    qtbot.addWidget(area)
    area.resize(1280, 760)
    area.show()
    assert (area.findChild(QWidget, "desk_registers") is not None) == in_rail
    if in_rail:
        area.findChild(QWidget, "desk_registers").click()
    else:
        press(area, "Alt+0")
    settle(context)
    assert area.here() == ("registers", {"register": "copies", "entry": "K-01"})


@pytest.mark.parametrize("form", ["", "new", "change", "close"])
@pytest.mark.parametrize("register", [Register.INCIDENTS, Register.CARRIES])
def test_every_part_has_a_name_and_is_reached_with_tab(
    manager: Session, open_desk: Callable[..., Desk], register: Register, form: str
) -> None:
    entry = entered(manager, register)
    desk = open_desk(manager, register=register.value, entry=entry, form=form)
    assert desk.page.form.mode == form
    assert nameless(desk.page) == []
    assert unreached(desk.page) == []


def test_every_kind_of_field_has_its_editor(manager: Session, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(manager)
    kinds = {field.kind for rule in REGISTERS.values() for field in rule.fields}
    assert kinds == set(FieldKind)
    for register in Register:
        desk.page.enter(register=register.value, form="new")
        desk._settle(desk.context)
        for field in REGISTERS[register].fields:
            if field.stage == "opening":
                assert desk(f"registers_field_{field.key}").isEnabled()
        QApplication.processEvents()
    assert desk.page._board.now.date() == FIRST_DAY  # type: ignore[union-attr]

"""The keys desk: the token's keys, a sheet shown once, its trial and end, new keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtWidgets import QWidget

from tests.conftest import FIRST_DAY, PASSWORD, Office
from tests.services.keyring import SAFE, board_of, into_the_safe, made
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.recovery import OFFICE_SCOPE, code_text
from walkdesk.messages.common import FreePaper
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import CloseAccount
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.tokens import find_tokens
from walkdesk.ui.keys.page import KeysPage

NEXT_DAY = FIRST_DAY + timedelta(days=1)


class Desk:
    """The page with what a test does on it."""

    def __init__(self, visit: Any, settle: Any, part: Any, context: Any, **place: Any) -> None:
        self._settle, self._part = settle, part
        self.context = context
        self.page = visit(KeysPage, context, **place)

    def __call__(self, name: str) -> Any:
        return self._part(self.page, name)

    def press(self, key: str) -> None:
        """A key, and everything that it led to."""
        press(self.page, key)
        self._settle(self.context)

    def write(self, name: str, text: str) -> None:
        """Into a field."""
        write(self(name), text)

    @property
    def said(self) -> str:
        """The status line."""
        return str(self.context.room.said[-1])


@pytest.fixture
def open_desk(
    context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None], part: Callable[..., Any]
) -> Callable[..., Desk]:
    """``open_desk(session, view="rekey")``."""
    return lambda session, **place: Desk(visit, settle, part, context_for(session), **place)


def code_of(paper: FreePaper | bytes) -> str:
    document = pypdfium2.PdfDocument(paper if isinstance(paper, bytes) else paper.pdf)
    found = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    (code,) = (one for one in found if one.text.startswith("WALKDESK/RECOVERY/"))
    document.close()
    return str(code.text)


def test_a_handler_tells_the_tokens_day_with_one_key_each(office: Office, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(office.sign_in("S-0142", NEXT_DAY), view="token")
    assert "前の日まで" in desk("keys_token_note").text()
    put_in = into_the_safe(office)
    desk.press("F7")
    assert "K-01 を金庫に戻した" in desk.said and "金庫にあります" in desk("keys_token_place").accessibleName()
    put_in()
    desk.press("F6")
    assert "K-01 を金庫から出した" in desk.said and "出ています" in desk("keys_token_place").accessibleName()
    for button in ("keys_make_button", "keys_try_button", "keys_close_button", "keys_rekey_button"):
        assert not desk(button).isVisible()


def test_a_sheet_is_made_printed_tried_and_shredded(
    manager: Session, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(manager)
    sent: list[bytes] = []
    printing = desk.page.paper._printing
    monkeypatch.setattr(printing, "find", lambda then: then(("office",)))
    monkeypatch.setattr(printing, "send", lambda paper, then, *_more: (sent.append(paper.pdf), then()))
    desk.press("Alt+N")
    desk.write("keys_kept", SAFE)
    desk.press("F4")
    assert desk("keys_paper").isVisible()
    desk.press("Ctrl+P")
    code = code_of(sent[0])
    desk.press("F4")
    assert cells(desk("keys_sheets"))[0][0] == "この契約" and not desk("keys_paper").isVisible()
    assert desk.page.paper._paper is None
    desk.press("Alt+T")
    typed = list(code.rpartition("/")[2])
    typed[0] = "Z" if typed[0] != "Z" else "Y"
    desk.write("keys_try_code", "".join(typed))
    desk.press("F4")
    assert "1番目の組" in desk.page.try_form.form._fields["keys_try_code"].note()
    desk.write("keys_try_code", code)
    desk.press("F4")
    assert "第1世代は、正しく開きました" in desk.said
    desk.press("Alt+D")
    desk.write("keys_witness", "総務課 山本 三郎")
    desk("keys_close_save").click()
    desk._settle(desk.context)
    assert "裁断を記録しました" in desk.said and "裁断済" in cells(desk("keys_sheets"))[0][-1]
    assert not desk("keys_try_button").isVisible() and not desk("keys_close_button").isVisible()


def test_whoever_looks_elsewhere_does_not_find_the_code_again(manager: Session, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(manager, view=OFFICE_SCOPE)
    assert desk("keys_make_scope").chosen() == OFFICE_SCOPE
    desk.write("keys_kept", SAFE)
    desk.press("F4")
    assert desk.page.paper._paper is not None
    desk.page.hide()
    assert desk.page.paper._paper is None


def test_new_keys_are_made_after_somebody_left(
    manager: Session, office: Office, open_desk: Callable[..., Desk]
) -> None:
    perform(manager, CloseAccount("S-0142", "退職"))
    desk = open_desk(manager, view="rekey")
    assert "辞めました" in desk("keys_due").accessibleName()
    assert desk("keys_rekey_reason").chosen() == "left" and desk("keys_rekey_folder").chosen() == ""
    desk.press("F4")
    assert "新しい鍵にしました" in desk.said
    assert [token.name for token in find_tokens([office.tokens])] == ["K-01-2"]
    assert len(cells(desk("keys_people"))) == 3


def test_a_manager_whose_token_is_lost_opens_with_the_sheet(office: Office, open_desk: Callable[..., Desk]) -> None:
    manager = office.sign_in("S-0001")
    code = made(manager, board_of(manager).contract)
    perform(manager, SignOut())
    into_the_safe(office)
    manager = office.door()
    perform(manager, SignIn("S-0001", PASSWORD))
    desk = open_desk(manager)
    desk.press("Alt+O")
    assert desk("keys_open_reason").chosen() == "token_lost"
    desk.write("keys_open_code", code_text(bytes(20)))
    desk.press("F4")
    assert "この符号では開きません" in desk.page.open_form.form._fields["keys_open_code"].note()
    desk.write("keys_open_code", code)
    desk.press("F4")
    assert "復旧用紙で保管庫を開けました" in desk.said
    assert "なくしました" in desk("keys_due").accessibleName()
    desk.press("Alt+K")
    desk.press("F4")
    assert "新しい鍵にしました" in desk.said


@pytest.mark.parametrize("view", ["", "make", "try", "close", "rekey"])
def test_every_part_has_a_name_and_is_reached_with_tab(
    manager: Session, open_desk: Callable[..., Desk], view: str
) -> None:
    made(manager, OFFICE_SCOPE)
    desk = open_desk(manager)
    desk.page._turn(view)
    page: QWidget = desk.page
    assert nameless(page) == []
    assert unreached(page) == []

"""Taking a file: look first, then take, by keyboard, on the real lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.conftest import Office
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.messages.reception import ListParticipants
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.imports.page import ImportsPage

DATA = Path(__file__).resolve().parents[1] / "data"
WARD_LIST = DATA / "health-ward-list-h30.csv"


@pytest.fixture
def desk(office: Office) -> Session:
    """A handler in August."""
    return office.sign_in("S-0142", date(2018, 8, 9))


@pytest.fixture
def imports(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The page."""
    return visit(ImportsPage, context_for(desk))


def look(page: Any, part: Callable[..., Any], settle: Callable[..., None], path: Path) -> None:
    write(part(page, "imports_path"), str(path))
    press(page, "Return")
    settle(page.context)


def test_the_wards_list_is_shown_with_a_reason_for_every_row_that_stops(
    imports: Any, desk: Session, part: Callable[..., Any], settle: Callable[..., None]
) -> None:
    look(imports, part, settle, WARD_LIST)
    assert part(imports, "imports_sum").accessibleName() == (
        "読んだ行 250 = 登録する 235 + 登録して要確認 9 + 登録しない 6"
    )
    rows = cells(part(imports, "imports_table"))
    assert len(rows) == 15 and all(row[4] for row in rows)
    assert rows[0][:2] == ["19", "D0018"] and "17歳" in rows[0][4]
    assert perform(desk, ListParticipants()).answer.total == 0


def test_it_is_taken_when_it_is_said_where_it_came_from(
    imports: Any, desk: Session, part: Callable[..., Any], settle: Callable[..., None]
) -> None:
    look(imports, part, settle, WARD_LIST)
    press(imports, "Ctrl+S")
    assert part(imports, "imports_source_problem").text() == "空欄です。入れてください。"
    write(part(imports, "imports_source"), "8月1日に区健康づくり課から媒体で受領")
    press(imports, "Ctrl+S")
    settle(imports.context)
    room = imports.context.room
    assert perform(desk, ListParticipants()).answer.total == 244
    assert room.said[-1].startswith("244行を取り込みました。要確認は 9行です。")
    assert room.went == [("reception", {"only": "doubtful"})]


def test_a_list_that_is_there_already_has_nothing_to_take(
    imports: Any, part: Callable[..., Any], settle: Callable[..., None]
) -> None:
    look(imports, part, settle, WARD_LIST)
    write(part(imports, "imports_source"), "区から受領")
    press(imports, "Ctrl+S")
    settle(imports.context)
    look(imports, part, settle, WARD_LIST)
    button = part(imports, "imports_take")
    assert not button.isEnabled() and button.reason() == "取り込める行がありません。"


@pytest.mark.parametrize("name", ["real-steps-2016.csv", "README.md", "not-there.csv"])
def test_a_file_that_is_no_list_is_refused_beside_its_field(
    imports: Any, part: Callable[..., Any], settle: Callable[..., None], name: str
) -> None:
    look(imports, part, settle, DATA / name)
    assert part(imports, "imports_path_problem").text()
    assert part(imports, "imports_look").isVisible() and part(imports, "imports_look").isEnabled()


def test_the_steps_of_the_app_are_taken_for_their_month(
    imports: Any, desk: Session, part: Callable[..., Any], settle: Callable[..., None]
) -> None:
    users = DATA / "health-app-users-h30.csv"
    for kind, path in (("app_users", users), ("app_steps", DATA / "health-app-steps-2018-07.csv")):
        part(imports, "imports_kind").choose(kind)
        assert part(imports, "imports_month").isVisible() is (kind == "app_steps")
        look(imports, part, settle, path)
        write(part(imports, "imports_source"), "アプリの月次ファイル")
        press(imports, "Ctrl+S")
        settle(imports.context)
    points = [row.points for row in perform(desk, ListParticipants(only="app", limit=300)).answer.rows]
    assert sum(points) > 0


def test_choosing_again_forgets_the_preview(
    imports: Any, desk: Session, part: Callable[..., Any], settle: Callable[..., None]
) -> None:
    look(imports, part, settle, WARD_LIST)
    press(imports, "Alt+R")
    assert part(imports, "imports_look").isVisible() and not part(imports, "imports_take").isVisible()
    assert part(imports, "imports_path").hasFocus()


def test_a_file_can_be_dropped_on_the_page(imports: Any, part: Callable[..., Any]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(WARD_LIST))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    imports.dropEvent(event)
    assert part(imports, "imports_path").text() == str(WARD_LIST)


@pytest.mark.parametrize("step", ["choice", "preview"])
def test_everything_has_a_name_and_tab_comes_everywhere(
    imports: Any, part: Callable[..., Any], settle: Callable[..., None], step: str
) -> None:
    if step == "preview":
        look(imports, part, settle, WARD_LIST)
    assert nameless(imports) == []
    assert unreached(imports) == []

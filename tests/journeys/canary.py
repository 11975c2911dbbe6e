"""The canary: invented people who cannot be mistaken for anything else, and their way over every screen.

``walk`` is played at a seat (``tests.journeys.seat``); what it leaves anywhere is searched for the words of ``WORDS``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.conftest import PASSWORD, Office
from tests.journeys.seat import Seat, write
from tests.ui.keyboard import cells
from walkdesk.messages.door import SignOut
from walkdesk.messages.prizes import SetPrize
from walkdesk.services.perform import perform

HANDLER, APPROVER = "S-0142", "S-0150"
AUGUST = date(2018, 8, 9)
JULY = "2018-07"
CARD, APP = "D9001", "A9001"
MISREAD, NAME, OTHER = "鵺塚 燕禾", "鵺塚 燕花", "鵺塚 翡翠丸"
STREET, HOUSE = "一丁目77番88号", "鵺鳥荘4321"
PHONE, OTHER_PHONE = "070-0777-0888", "090-0666-0999"
MAIL = "nuezuka.kanaria@example.jp"
WORDS = frozenset(
    form
    for word in (MISREAD, NAME, OTHER, STREET, HOUSE, PHONE, OTHER_PHONE, MAIL, "nuezuka", "鵺塚", "翡翠丸")
    for form in (word, word.replace(" ", "\u3000"), word.replace(" ", ""), word.replace("-", ""))
)
"""Whatever tells of them, in each way in which it may be written."""


def ward_list(folder: Path) -> Path:
    """The ward's list with the canary in it."""
    address = f"東京都新宿区新宿{STREET}\u3000{HOUSE}"
    lines = [
        "受付番号,氏名,郵便番号,住所,年齢,性別,電話番号",
        f"{CARD},{MISREAD},1600022,{address},71,女,{PHONE}",
    ]
    path = folder / "ward-list.csv"
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    return path


def ready(office: Office) -> None:
    """August 2018, a prize in stock; nobody is in."""
    session = office.sign_in("S-0001", on=AUGUST)
    perform(session, SetPrize("P-01", "速乾タオル", 100, 5))
    perform(session, SignOut())
    office.close()


def come_in(seat: Seat, number: str) -> None:
    """Signs in with everybody's password."""
    seat.come_in(number, lambda field: write(field, PASSWORD))


def walk(seat: Seat, delivered: str, released: str, *rest: str) -> None:
    """Every screen on which a participant is seen, as a handler and then as the approver; ``rest``: all others too."""
    come_in(seat, HANDLER)
    _import(seat, delivered)
    _look_and_correct(seat)
    _register(seat)
    _search(seat)
    _key_a_card(seat)
    _ask_for_a_prize(seat)
    _ask_for_letters(seat)
    seat.lock()
    come_in(seat, APPROVER)
    _let_them_out(seat, Path(released))
    for desk in seat.window.work.desks() if rest else ("today", "closeout"):
        seat.go(desk)
    seat.tell(walked=True)


def _import(seat: Seat, delivered: str) -> None:
    seat.go("imports", kind="ward_list")
    seat.write("imports_path", delivered)
    seat.press("imports_look")
    assert any(MISREAD in row for row in cells(seat.find("imports_table")))
    seat.write("imports_source", "30新健健第120号")
    seat.press("imports_take")


def _look_and_correct(seat: Seat) -> None:
    seat.go("reception", view="list")
    assert any(MISREAD in row for row in cells(seat.find("reception_table")))
    seat.go("reception", number=CARD)
    seat.press("person_look")
    assert PHONE in seat.find("person_phone").accessibleName()
    seat.press("reception_correct")
    seat.choose("correct_field", "name")
    seat.write("correct_value", NAME)
    seat.find("correct_reason").setPlainText(f"本人に電話で確認、{MISREAD}は読み違い")
    seat.press("correct_save")
    assert _person(seat) == NAME


def _register(seat: Seat) -> None:
    seat.go("reception", view="register")
    seat.write("register_number", APP)
    seat.choose("register_way", "app")
    seat.write("register_purpose", "2018-08-01")
    seat.write("register_name", OTHER)
    seat.write("register_age", "45")
    seat.write("register_postcode", "160-0022")
    seat.write("register_address", f"東京都新宿区新宿{STREET}\u3000{HOUSE}")
    seat.write("register_phone", OTHER_PHONE)
    seat.write("register_mail", MAIL)
    seat.press("register_save")
    assert _person(seat) == OTHER


def _person(seat: Seat) -> str:
    """The name on the person's page; the top bar has one too."""
    from PySide6.QtWidgets import QWidget

    name: Any = seat.find("person_identity").findChild(QWidget, "person_name")
    return str(name.text())


def _search(seat: Seat) -> None:
    seat.keys("Ctrl+K")
    box = seat.find("search")
    write(box, "鵺塚")
    seat.until(lambda: box.popover is not None, "what was found")
    seat.keys("Down")
    seat.keys("Return")


def _key_a_card(seat: Seat) -> None:
    seat.go("cards", number=CARD, month=JULY)
    for _ in range(31):
        seat.type("10000\r")  # nobody waits for the room between two days
    seat.settled()
    seat.keys("+")


def _ask_for_a_prize(seat: Seat) -> None:
    seat.go("prizes", number=CARD)
    save = seat.find("prizes_request_save")
    seat.until(save.isEnabled, "the points")
    assert NAME in seat.find("prizes_balance").accessibleName()
    seat.press("prizes_request_save")


def _ask_for_letters(seat: Seat) -> None:
    seat.go("papers", tab="letters")
    seat.write("papers_purpose", "参加の案内")
    seat.press("papers_primary")
    assert seat.window.work.here()[0] == "releases"


def _let_them_out(seat: Seat, released: Path) -> None:
    from walkdesk.ui.releases import taking

    seat.go("releases", release="R-0001")
    assert any(NAME in row for row in cells(seat.find("releases_manifest")))
    seat.press("releases_approve")
    # In the place of the system's dialogue: it asks for a name, and nothing else.
    asks: Any = taking
    assert asks.choose_file
    asks.choose_file = lambda *_: released
    seat.press("releases_save")
    seat.until(released.exists, "the released paper")

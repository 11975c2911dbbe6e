"""合言葉で開く文書 in a real browser: opened from disk, by keyboard, without a network."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.exchange.chromium import Browser, Page, chromium
from tests.exchange.test_sealed_page import block, checked, with_block
from walkdesk.documents.passphrase_slip import SlipFacts, passphrase_slip_pdf
from walkdesk.domain.dates import JST
from walkdesk.domain.passphrases import passphrase_of
from walkdesk.exchange.sealed_page import SealedFile, SealFacts, seal_files
from walkdesk.resources.container import sealed_page_template

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="Debian's Chromium"),
]

CODE, OTHER = (passphrase_of(bytes(range(start, start + 10))) for start in (40, 41))
MADE = datetime(2018, 8, 9, 10, 5, tzinfo=JST)
FACTS = SealFacts(
    serial="R-2018-0031",
    sender="株式会社 歩楽事務センター",
    contact="03-0000-0000",
    recipient="新宿運送株式会社 <b>ご担当</b> & 様</script>",
    made=MADE,
    due=date(2018, 9, 30),
    purpose="景品の配送（第2回）",
    account="S-0001 田中 康夫",
    contract="30-HP-0001",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPENED = "!document.getElementById('opened').hidden"
READY = "!document.getElementById('passphrase').disabled"
PROBLEM = "document.querySelector('#alert .problem')"


def workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("参加者").write_row(0, 0, ["受付番号", "氏名", "𠮷野 葛󠄀"])
    return stream.getvalue()


def slip() -> bytes:
    return passphrase_slip_pdf(SlipFacts("R-1", "山口 様", "歩楽", "", MADE, None, OTHER))


FILES = (
    SealedFile("送り状_第2回（髙橋）.csv", "text/csv", "受付番号,氏名\r\nD0002,髙橋 ふみ子①㈱\r\n".encode("cp932")),
    SealedFile("名簿 令和.xlsx", XLSX, workbook()),
    SealedFile("送付状～①.pdf", "application/pdf", slip()),
    SealedFile("空の表.csv", "text/csv", b""),
    SealedFile("大きい.zip", "application/zip", bytes(range(256)) * 40_000),
)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal_files(sealed_page_template(), FILES, FACTS, CODE)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.page()


def shown(page: Page, content: bytes, folder: Path, until: str = READY) -> Page:
    """The tab with a page that lies on the disk."""
    file = folder / "管理番号 R-2018-0031.html"
    file.write_bytes(content)
    page.open(file)
    page.until(until)
    return page


def opened(page: Page) -> None:
    page.type(CODE)
    page.press("Enter")
    page.until(OPENED)


def test_the_right_passphrase_gives_the_original_files_by_keyboard_alone(
    page: Page, browser: Browser, sealed: bytes, tmp_path: Path
) -> None:
    shown(page, sealed, tmp_path)
    cover = page.text("#cover")
    for words in (
        FACTS.recipient,
        FACTS.serial,
        FACTS.sender,
        "平成30年8月9日 10:05",
        "平成30年9月30日",
        "期限を過ぎています",
    ):
        assert words in cover
    # As a Japanese keyboard types it; the focus is in the field from the beginning.
    page.type("".join(chr(ord(sign) + 0xFEE0) for sign in CODE.replace("-", "").lower()))
    page.press("Enter")
    page.until(OPENED)
    assert FACTS.purpose in page.text("#opened") and FACTS.account in page.text("#opened")
    for file in FILES:
        page.press("Tab")
        page.press("Enter")
        browser.saved()
        assert file.name in page.text("#files")
        assert (browser.downloads / file.name).read_bytes() == file.data, file.name
    assert {one.name for one in browser.downloads.iterdir()} == {file.name for file in FILES}
    assert page.complaints == []


def test_a_wrong_passphrase_opens_nothing_and_says_what_to_look_at(page: Page, sealed: bytes, tmp_path: Path) -> None:
    shown(page, sealed, tmp_path)
    told = {
        "": "合言葉がまだ入っていません",
        CODE[:-6]: "合言葉は20文字です。入れたのは 15文字でした",
        CODE[:6] + ("0" if CODE[6] != "0" else "1") + CODE[7:]: "2組目が違うようです",
        OTHER: "この合言葉では開きません",
    }
    for typed, sentence in told.items():
        page.say("document.getElementById('passphrase').value = ''; document.getElementById('alert').replaceChildren()")
        page.type(typed)
        page.press("Enter")
        page.until(f"{PROBLEM} && {READY}")
        assert sentence in page.text("#alert")
        assert page.say("document.getElementById('opened').hidden") is True
        assert page.say("document.activeElement.id") == "passphrase"
    page.say("document.getElementById('passphrase').value = ''")
    opened(page)
    assert page.text("#alert") == ""


def test_a_cut_file_says_so_before_a_passphrase_is_typed(page: Page, sealed: bytes, tmp_path: Path) -> None:
    payload = sealed.index(b'id="payload">')
    for end in (payload + 400, len(sealed) - 5000, sealed.index(b'id="check">') + 40, sealed.index(b'<div id="end">')):
        shown(page, sealed[:end], tmp_path, until=PROBLEM)
        assert "ファイルが途中で切れています" in page.text("#alert")
        assert page.say("document.getElementById('form').hidden") is True
    # Cut within the script itself: nothing can run, and what stands there from the beginning says what to do.
    shown(page, sealed[: payload - 3000], tmp_path, until="true")
    assert "ファイルが途中で切れているか" in page.text("#waiting") and "cut off" in page.text("#waiting")


def test_a_changed_byte_is_refused_before_and_a_forged_one_after_the_passphrase(
    page: Page, sealed: bytes, tmp_path: Path
) -> None:
    payload = block(sealed, "payload")
    middle = len(payload) // 2
    other = b"A" if payload[middle : middle + 1] != b"A" else b"B"
    changed = with_block(sealed, "payload", payload[:middle] + other + payload[middle + 1 :])
    facts = block(sealed, "facts")
    later = with_block(sealed, "facts", facts.replace(b"2018-09-30", b"2019-09-30"))
    fewer = checked(with_block(sealed, "facts", facts.replace(b"600000", b"000001")))
    for broken in (changed, later, fewer, with_block(sealed, "payload", payload[:-4] + b"AA!=")):
        shown(page, broken, tmp_path, until=PROBLEM)
        assert "作られたときから変わっています" in page.text("#alert")
        assert page.say(READY) is False
    for forged in (checked(later), checked(changed)):
        shown(page, forged, tmp_path)
        page.type(CODE)
        page.press("Enter")
        page.until(f"{PROBLEM} && {READY}")
        assert "書き換えられているかもしれません" in page.text("#alert")
        assert page.say("document.getElementById('opened').hidden") is True


LEAK = b'<img src="https://walkdesk.invalid/stolen" alt=""></div>\n<div hidden id="messages">'
PLACE = b'</div>\n\n<div hidden id="messages">'


def test_nothing_is_asked_of_any_network(page: Page, browser: Browser, sealed: bytes, tmp_path: Path) -> None:
    shown(page, sealed, tmp_path)
    opened(page)
    page.say("document.getElementById('save-0').click()")
    browser.saved()
    own = page.say("location.href")
    assert page.requests == [own]
    # A way out that somebody builds in is forbidden by the page's own policy, from markup as from a script.
    leaking = sealed.replace(PLACE, LEAK)
    assert leaking != sealed
    watched = shown(browser.page(), leaking, tmp_path)
    tried = "fetch('https://walkdesk.invalid/stolen').then(() => 'sent', () => 'kept')"
    assert watched.say(tried) == "kept"
    assert sum("Content Security Policy" in told for told in watched.complaints) >= 2
    # The same without the policy: the watching sees it.
    bare = leaking.replace(b'http-equiv="Content-Security-Policy"', b'name="policy"')
    seen = shown(browser.page(), bare, tmp_path)
    seen.say(tried)
    assert seen.requests.count("https://walkdesk.invalid/stolen") == 2


def test_the_page_writes_nothing_and_clears_what_it_opened(sealed: bytes, tmp_path: Path) -> None:
    with chromium(tmp_path) as browser:
        page = shown(browser.page(), sealed, tmp_path)
        opened(page)
        assert FILES[0].name in page.text("#files")
        page.say("document.getElementById('wipe').click()")
        page.until("document.getElementById('opened').hidden")
        assert page.text("#files") == "" and page.say("document.getElementById('passphrase').value") == ""
        assert FACTS.purpose not in str(page.say("document.body.textContent"))
        opened(page)
        assert page.say("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    held = b"".join(one.read_bytes() for one in (tmp_path / "profile").rglob("*") if one.is_file())
    assert b"R-2018-0031.html" in held  # the search sees what a browser does write: its history of what was opened
    for secret in (CODE, CODE.replace("-", ""), FACTS.purpose, FILES[0].name, "髙橋 ふみ子"):
        for written in (secret.encode(), secret.encode("utf-16-le"), secret.encode("cp932", "ignore")):
            assert written not in held, secret


def test_a_browser_that_cannot_decrypt_says_which_one_can(page: Page, sealed: bytes, tmp_path: Path) -> None:
    source = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"
    page.send("Page.addScriptToEvaluateOnNewDocument", source=source)
    shown(page, sealed, tmp_path, until=PROBLEM)
    assert "Microsoft Edge" in page.text("#alert")
    assert page.say(READY) is False


def test_english_comes_first_where_it_was_asked_for_and_either_can_be_chosen(page: Page, tmp_path: Path) -> None:
    english = seal_files(sealed_page_template(), FILES[:1], FACTS, CODE, language="en")
    shown(page, english, tmp_path)
    assert "Passphrase" in page.text("#form") and "合言葉" not in page.text("#form")
    assert "30 September 2018" in page.text("#cover")
    page.say("document.getElementById('language').click()")
    assert "合言葉" in page.text("#form") and "Passphrase" not in page.text("#form")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_hangs_over_the_edge_on_a_narrow_or_a_wide_screen(
    page: Page, sealed: bytes, tmp_path: Path, width: int, dark: bool
) -> None:
    page.look(width, 700, dark=dark)
    shown(page, sealed, tmp_path)
    opened(page)
    assert page.say("document.documentElement.scrollWidth") <= width
    ground = page.say("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(20, 24, 26)" if dark else "rgb(246, 244, 239)")

"""事業実施報告書: its figures, what is hidden in it, and the evidence that it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.services.closing_desk import PEOPLE, crowd, events, fill
from tests.services.desks import AUGUST, ledger_rows
from walkdesk.messages.papers import LookAtReport, MakeReport
from walkdesk.services.session import Session, working

Ask = Callable[[Session, object], Any]


def figures(answer: Any) -> dict[str, str]:
    return {one.label.rpartition(".")[2]: one.value for one in answer.figures}


def test_the_figures_of_many_people(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session, crowd(60))
    answer = ask(session, LookAtReport())
    told = figures(answer)
    assert (told["participants"], told["card"], told["app"]) == ("60", "45", "15")
    assert told["points"] == "55,800"
    assert told["cards"] == "45"
    july = next(month for month in answer.months if month.month == "2018-07")
    assert july.card is not None
    assert 6000 < july.card < 6100
    assert [month.month for month in answer.months] == ["2018-05", "2018-06", "2018-07", "2018-08"]
    assert answer.months[0].card is None


def test_few_people_are_not_shown(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session, PEOPLE[:4])
    answer = ask(session, LookAtReport())
    assert figures(answer)["participants"] == "＊"
    assert all(month.card is None and month.app is None for month in answer.months)


def test_the_paper_carries_the_checkpoint_and_its_digest_is_evidence(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session, crowd(60))
    answer = ask(session, MakeReport())
    assert events(session)[-2:] == ["seal", "report_made"]
    facts = json.loads(ledger_rows(session)[-1][2])
    assert facts["digest"] == hashlib.sha256(answer.pdf).hexdigest()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.pdf)).pages)
    assert facts["checkpoint"] in text.replace("-", "").replace(" ", "")
    assert answer.pages == len(PdfReader(BytesIO(answer.pdf)).pages)
    assert "太郎" not in text
    assert "30-HP-0001" in text


def test_a_year_with_an_alarm_does_not_say_that_nothing_happened(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session, crowd(60))
    quiet = "".join(page.extract_text() for page in PdfReader(BytesIO(ask(session, MakeReport()).pdf)).pages)
    with working(session, "alarm") as work:
        work.record("alarm", kind="storage.vault_old")
    loud = "".join(page.extract_text() for page in PdfReader(BytesIO(ask(session, MakeReport()).pdf)).pages)
    assert "ありませんでした（特記事項19）" in quiet
    assert "ありませんでした（特記事項19）" not in loud
    assert "異常の検知" in loud

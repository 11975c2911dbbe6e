"""Drafts: kept for the person who typed them until they are saved, and nobody's record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.conftest import Office
from tests.services.closing_desk import NUMBER, ledger_text, ready_to_erase
from tests.services.desks import AUGUST, ledger_rows, rows
from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.problem import Problem
from walkdesk.messages.closeout import EraseVault
from walkdesk.messages.door import SignOut
from walkdesk.messages.drafts import DraftField, SaveDraft, TakeDrafts
from walkdesk.messages.reception import RegisterParticipant, ShowParticipant
from walkdesk.services.drafts import LONGEST
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]
HALF_A_NAME = SaveDraft(
    "reception",
    {"view": "register"},
    (DraftField("register_name", "髙橋 ふ"), DraftField("register_way", "card")),
    "register_name",
    4,
)
HALF_A_VALUE = SaveDraft(
    "cards",
    {"number": "D0118", "month": "2018-07", "day": 19},
    (DraftField("cards_grid", "81", "7402"),),
    "cards_grid",
)
"""Of the 19th, on which 7,402 steps are saved."""


def test_a_draft_comes_back_after_a_sign_out_with_place_fields_and_cursor(office: Office, ask: Ask) -> None:
    session = office.sign_in("S-0142", on=AUGUST)
    ask(session, HALF_A_NAME)
    ask(session, SignOut())
    (draft,) = ask(office.sign_in("S-0142"), TakeDrafts()).drafts
    assert (draft.desk, draft.place) == ("reception", {"view": "register"})
    assert (draft.focus, draft.cursor) == ("register_name", 4)
    assert {field.name: field.text for field in draft.fields} == {"register_name": "髙橋 ふ", "register_way": "card"}
    assert draft.at.date() == AUGUST


def test_a_draft_comes_back_although_nobody_signed_out(office: Office, ask: Ask) -> None:
    ask(office.sign_in("S-0142"), HALF_A_VALUE)
    (draft,) = ask(office.sign_in("S-0142"), TakeDrafts()).drafts
    assert draft.fields == (DraftField("cards_grid", "81", "7402"),)
    assert draft.place["day"] == 19


def test_nobody_else_is_offered_a_draft(office: Office, ask: Ask) -> None:
    ask(office.sign_in("S-0142"), HALF_A_NAME)
    manager = office.sign_in("S-0001")
    assert ask(manager, TakeDrafts()).drafts == ()
    ask(manager, SaveDraft("reception", {}, ()))
    ask(manager, SaveDraft("reception", {}, (DraftField("register_name", "佐"),)))
    (draft,) = ask(office.sign_in("S-0142"), TakeDrafts()).drafts
    assert draft.fields[0].text == "髙橋 ふ"


def test_a_desk_has_one_draft_and_an_empty_one_takes_it_away(handler: Session, ask: Ask) -> None:
    ask(handler, HALF_A_NAME)
    ask(handler, HALF_A_VALUE)
    ask(
        handler,
        SaveDraft("cards", {"number": "D0118", "month": "2018-07", "day": 20}, (DraftField("cards_grid", "9"),)),
    )
    assert {draft.desk: draft.fields[0].text for draft in ask(handler, TakeDrafts()).drafts} == {
        "reception": "髙橋 ふ",
        "cards": "9",
    }
    ask(handler, SaveDraft("cards", {}))
    ask(handler, SaveDraft("reception", {}))
    ask(handler, SaveDraft("prizes", {}))
    assert ask(handler, TakeDrafts()).drafts == ()
    assert rows(handler, "SELECT * FROM drafts") == []


def test_the_trail_knows_that_a_draft_changed_and_not_what_it_said(handler: Session, ask: Ask) -> None:
    ask(handler, HALF_A_NAME)
    ask(handler, SaveDraft("reception", {"view": "register"}, (DraftField("register_name", "髙橋 ふみ"),)))
    ask(handler, SaveDraft("reception", {}))
    changes = rows(
        handler,
        "SELECT t.op, t.who, t.row, v.before, v.after FROM trail t JOIN trail_values v USING (seq)"
        " WHERE t.tbl = 'drafts' ORDER BY seq",
    )
    assert changes == [(op, "S-0142", "S-0142/reception", None, None) for op in ("insert", "update", "delete")]
    assert "髙橋" not in "".join(facts for _, _, facts in ledger_rows(handler))


def test_a_draft_is_in_no_count_and_in_no_history(handler: Session, ask: Ask) -> None:
    person = RegisterParticipant(
        "D0118", "髙橋 ふみ子", "160-0022", "東京都新宿区新宿一丁目2番3号", "72", Sex.FEMALE, "03-0000-0118",
        Channel.CARD, purpose_shown_on=date(2018, 5, 14),
    )  # fmt: skip
    ask(handler, person)
    assert handler.vault is not None
    counts, history = handler.vault.counts(), ask(handler, ShowParticipant("D0118")).history
    ask(handler, SaveDraft("reception", {"number": "D0118"}, (DraftField("correct_value", "髙橋 文子"),)))
    assert handler.vault.counts() == counts
    assert ask(handler, ShowParticipant("D0118")).history == history


def test_a_draft_dies_with_the_vault_and_nothing_of_it_is_in_the_office_book(office: Office, ask: Ask) -> None:
    session = office.sign_in("S-0142")
    assert session.contract is not None
    vault = office.folder.vault(session.contract)
    ask(session, HALF_A_NAME)
    ask(session, SignOut())
    second = ready_to_erase(office)
    assert vault.exists()
    ask(second, EraseVault(NUMBER))
    assert not vault.exists()
    with ledger_text(second) as held:
        assert "髙橋 ふ" not in held


def test_without_a_vault_there_is_nowhere_to_keep_a_draft(office: Office, ask: Ask) -> None:
    for token in office.tokens.glob("*.json"):
        token.rename(token.with_suffix(".away"))
    session = office.sign_in("S-0142")
    for message in (HALF_A_NAME, TakeDrafts()):
        with pytest.raises(Problem) as refused:
            ask(session, message)
        assert refused.value.code == "door.token_missing"


def test_an_auditor_has_no_drafts(office: Office, ask: Ask) -> None:
    with pytest.raises(Problem) as refused:
        ask(office.sign_in("W-0001"), HALF_A_NAME)
    assert refused.value.code == "door.not_permitted"


def test_what_is_longer_than_any_form_is_refused_with_a_sentence(handler: Session, ask: Ask) -> None:
    with pytest.raises(Problem) as refused:
        ask(handler, SaveDraft("reception", {}, (DraftField("correct_reason", "あ" * LONGEST),)))
    assert refused.value.code == "drafts.too_long"
    assert ask(handler, TakeDrafts()).drafts == ()

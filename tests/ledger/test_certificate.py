from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.certificate import STEPS, Certificate, parse_certificate, sign_certificate
from walkdesk.ledger.chain import append
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.ledger.entry import Entry

Certify = Callable[..., Certificate]
Write = Callable[..., list[Entry]]


def swapped(one: str, two: str) -> Callable[[list[Any]], list[Any]]:
    def order(rows: list[Any]) -> list[Any]:
        names = [row[0] for row in rows]
        a, b = names.index(one), names.index(two)
        rows[a], rows[b] = rows[b], rows[a]
        return rows

    return order


def refusal(certify: Certify, entries: list[Entry]) -> str:
    with pytest.raises(Problem) as caught:
        certify(entries)
    return caught.value.code


def test_a_complete_year_conforms(year: list[Entry], certify: Certify) -> None:
    certificate = certify(year)
    assert (certificate.result, certificate.grade, certificate.exceptions) == ("conforms", "B", [])
    assert certificate.counts == {"given.participants": 500, "collected.months": 6000}
    assert certificate.operator == {"account": "M-1", "name": "管理 一郎", "post": "取扱責任者"}
    assert [person["account"] for person in certificate.approvers] == ["M-1", "M-2"]
    assert certificate.checkpoint["text"] == checkpoint("office-1", year[-1]).text
    assert certificate.in_order() and certificate.judged()
    assert parse_certificate(certificate.encode()) == certificate


@pytest.mark.parametrize("step", STEPS)
def test_without_a_step_there_is_no_certificate(write: Write, certify: Certify, step: str) -> None:
    assert refusal(certify, write(without=(step,))) == f"ledger.missing_{step}"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("erasure_intent", "keys_destroyed"),
        ("keys_destroyed", "files_removed"),
        ("files_removed", "erasure_verified"),
        ("contract_returned", "erasure_intent"),
        ("erasure_intent", "erasure_verified"),
    ],
)
def test_steps_out_of_order_give_no_certificate(write: Write, certify: Certify, one: str, two: str) -> None:
    assert refusal(certify, write(order=swapped(one, two))) == "ledger.out_of_order"


def test_two_approvals_of_one_person_are_one(write: Write, certify: Certify) -> None:
    entries = write(changes={"erasure_approved": {"approver": "M-1"}})
    assert refusal(certify, entries) == "ledger.approvals_missing"


def test_a_release_that_is_still_out_blocks(write: Write, certify: Certify) -> None:
    assert refusal(certify, write(without=("release_closed",))) == "ledger.release_open"


def test_an_unknown_contract_and_a_broken_ledger_are_refused(
    write: Write, certify: Certify, year: list[Entry]
) -> None:
    assert refusal(certify, write(without=("contract_prepared",))) == "ledger.contract_unknown"
    assert refusal(certify, year[:3] + year[4:]) == "ledger.chain_broken"
    assert refusal(certify, []) == "ledger.chain_broken"


def test_a_vault_used_after_the_intent_is_refused(
    write: Write, certify: Certify, key: Ed25519PrivateKey
) -> None:
    entries = write()
    entries.append(
        append(
            entries[-1],
            key,
            at=entries[-1].at,
            account="H-1",
            event="masked_data_opened",
            contract="h30-points",
        )
    )
    assert refusal(certify, entries) == "ledger.used_after_intent"


def test_a_missing_fact_is_refused(write: Write, certify: Certify) -> None:
    def bare(rows: list[Any]) -> list[Any]:
        return [(e, a, {} if e == "files_removed" else f) for e, a, f in rows]

    assert refusal(certify, write(order=bare)) == "ledger.fact_missing"


def test_issued_again_after_a_crash_gives_the_same_bytes(
    year: list[Entry], certify: Certify, key: Ed25519PrivateKey
) -> None:
    first = certify(year)
    issued = append(
        year[-1], key, at=year[-1].at, account="M-1", event="certificate_issued", contract="h30-points",
        facts={"number": first.number},
    )  # fmt: skip
    assert certify([*year, issued]).encode() == first.encode()
    with pytest.raises(Problem) as caught:
        certify([*year, issued], "消-2")
    assert caught.value.code == "ledger.already_issued"


@pytest.mark.parametrize(
    ("changes", "result", "grade", "finding"),
    [
        ({"keys_destroyed": {"share": "tpm", "share_disposal": "hardware"}}, "conforms", "A", ""),
        ({"keys_destroyed": {"share_disposal": "physical", "witness": "区 職員"}}, "conforms", "A", ""),
        ({"keys_destroyed": {"share_disposal": "physical"}}, "conforms", "B", ""),
        ({"keys_destroyed": {"share": "none", "share_disposal": "none"}}, "conforms", "C", ""),
        ({"erasure_intent": {"disk_encrypted": False}}, "conforms", "C", ""),
        ({"keys_destroyed": {"unlock_refused": False}}, "does_not_conform", "B", "unlock_not_refused"),
        ({"keys_destroyed": {"slots_readable": 1}}, "does_not_conform", "B", "slots_readable"),
        ({"erasure_verified": {"hits": 2}}, "does_not_conform", "B", "watchwords_left"),
        ({"erasure_verified": {"hits": 2, "hits_left": 0}}, "with_exceptions", "B", "watchwords_found"),
        ({"erasure_verified": {"unread": 1}}, "with_exceptions", "B", "places_unread"),
        ({"erasure_verified": {"hunt": "not_performed"}}, "with_exceptions", "B", "hunt_not_performed"),
        ({"erasure_verified": {"verifier": "M-1"}}, "with_exceptions", "B", "verifier_is_operator"),
        ({"files_removed": {"files_left": 1}}, "with_exceptions", "B", "files_left"),
        (
            {"keys_destroyed": {"keys": [{"kind": "recovery_sheet", "disposal": "lost"}]}},
            "with_exceptions",
            "C",
            "key_copy_left",
        ),
    ],
)
def test_result_and_grade_follow_from_the_facts(
    write: Write, certify: Certify, changes: dict[str, Any], result: str, grade: str, finding: str
) -> None:
    certificate = certify(write(changes=changes))
    assert (certificate.result, certificate.grade) == (result, grade)
    assert finding in [*certificate.failures, *certificate.exceptions, ""]
    assert (certificate.statement == "irrecoverable") == (grade in "AB" and result == "conforms")
    assert ("key_remnants_on_disk" in certificate.not_covered) == (grade == "C")


def test_openssl_accepts_the_signature_and_refuses_a_changed_file(
    year: list[Entry], certify: Certify, key: Ed25519PrivateKey, tmp_path: Path
) -> None:
    signed = sign_certificate(certify(year), key)
    openssl = shutil.which("openssl")
    assert openssl, "the test command installs openssl"
    (tmp_path / "office-key.pem").write_bytes(signed.key)
    (tmp_path / "certificate.json.sig").write_bytes(signed.signature)

    def run(document: bytes) -> int:
        (tmp_path / "certificate.json").write_bytes(document)
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "office-key.pem", "-rawin"]
        command += ["-in", "certificate.json", "-sigfile", "certificate.json.sig"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert run(signed.document) == 0
    assert run(signed.document.replace(b"conforms", b"confirms")) != 0


@given(st.data())
def test_documents_of_another_form_raise_nothing_but_a_problem(
    year: list[Entry], certify: Certify, data: st.DataObject
) -> None:
    document = certify(year).document()
    table = document
    name = data.draw(st.sampled_from(sorted(document)))
    if isinstance(document[name], dict) and document[name] and data.draw(st.booleans()):
        table = document[name] = dict(document[name])
        name = data.draw(st.sampled_from(sorted(table)))
    table[name] = data.draw(
        st.none()
        | st.booleans()
        | st.integers(-9, 9)
        | st.text("ab{}", max_size=3)
        | st.just([1])
        | st.just([{}])
        | st.just({})
    )
    with contextlib.suppress(Problem):
        certificate = parse_certificate(canonical(document))
        certificate.in_order()
        certificate.judged()

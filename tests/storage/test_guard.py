"""What the council paper does not allow cannot be stored, whatever writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from tests.storage.conftest import AT, CONTRACT, KEY, acting, person
from walkdesk.domain.participants import PERMITTED_ITEMS, PermittedItem, Programme
from walkdesk.domain.problem import Problem
from walkdesk.storage.vault import Vault
from walkdesk.storage.vault_tables import ParticipantRecord, StepMonth, VaultBase

ALL = set().union(*PERMITTED_ITEMS[Programme.HEALTH_POINTS].values())


def _vault_without(tmp_path: Path, item: PermittedItem) -> Vault:
    return acting(Vault.create(tmp_path / "few.db", CONTRACT, KEY, ALL - {item}, "審議会報告", AT))


def _refused(error: pytest.ExceptionInfo[Problem], item: PermittedItem) -> bool:
    return error.value.code == "reception.item_not_permitted" and error.value.values == {"item": item.value}


def test_an_item_that_is_not_permitted_is_refused_by_orm_core_and_bare_sql(tmp_path: Path) -> None:
    vault = _vault_without(tmp_path, PermittedItem.PHONE)
    with Session(vault.engine) as session:
        session.add(person())
        session.commit()
        session.add(person("D0002", phone="090-0000-0000"))
        with pytest.raises(Problem) as by_orm:
            session.flush()
        session.rollback()
    values = {
        column.name: getattr(person("D0003"), column.name)
        for column in ParticipantRecord.__table__.columns
        if column.name != "id"
    }
    with pytest.raises(Problem) as by_core, vault.engine.begin() as connection:
        connection.execute(insert(ParticipantRecord).values(**{**values, "phone": "090-0000-0000"}))
    with pytest.raises(Problem) as by_update, vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE participants SET phone = '090-0000-0000'")
    vault.close()
    assert all(_refused(error, PermittedItem.PHONE) for error in (by_orm, by_core, by_update))


def test_steps_are_refused_where_steps_are_not_permitted(tmp_path: Path) -> None:
    vault = _vault_without(tmp_path, PermittedItem.STEPS)
    with Session(vault.engine) as session:
        session.add(person())
        session.flush()
        session.add(
            StepMonth(
                month=201807, participant_id=1, keying=1, days=bytes(124), total=0, counted_days=0, origin="collected"
            )
        )
        with pytest.raises(Problem) as refused:
            session.flush()
    vault.close()
    assert _refused(refused, PermittedItem.STEPS)


def test_an_empty_value_of_an_item_that_is_not_permitted_is_no_item(tmp_path: Path) -> None:
    vault = _vault_without(tmp_path, PermittedItem.EMAIL)
    with Session(vault.engine) as session:
        session.add(person(mail=None))
        session.commit()
    vault.close()


def test_an_item_is_permitted_from_the_moment_that_the_ward_consents(tmp_path: Path) -> None:
    vault = _vault_without(tmp_path, PermittedItem.PHONE)
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO permitted_items (item, basis) VALUES ('phone', '30新健健第12号')")
    with Session(vault.engine) as session:
        session.add(person(phone="090-0000-0000"))
        session.commit()
    vault.close()


def _personal(table: Table) -> bool:
    return any(key.column.table.name == "participants" for key in table.foreign_keys) or table.name == "participants"


@pytest.mark.parametrize("table", [table for table in VaultBase.metadata.sorted_tables if _personal(table)], ids=str)
def test_every_table_about_a_person_says_whose_its_records_are(table: Any) -> None:
    assert "origin" in table.info

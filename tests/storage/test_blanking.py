"""Individual erasure: nothing of the person is left in any table, in the trail, in free pages or in the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, Table, Text, insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from tests.storage.conftest import AT, CONTRACT, KEY, acting, person, trail
from tests.storage.plain_pages import holds, plain_frames, plain_pages
from walkdesk.domain.participants import Origin
from walkdesk.storage.blanking import Erased, PersonTables, erase_person, person_rows, truncate_log
from walkdesk.storage.engine import open_engine
from walkdesk.storage.records import verify_records
from walkdesk.storage.trail import (
    TrailContext,
    keeping_triggers,
    trail_functions,
    trail_head,
    trail_triggers,
    verify_trail,
)
from walkdesk.storage.vault import Vault
from walkdesk.storage.vault_tables import (
    Draft,
    ParticipantRecord,
    PointMonth,
    PointsCardRecord,
    PrizeRecord,
    PrizeRequestRecord,
    ReleaseSheet,
    StepMonth,
    TrailRow,
    TrailValues,
    VaultBase,
)

TABLES = PersonTables(VaultBase.metadata, VaultBase.metadata.tables["participants"])
STEPS = bytes.fromhex("0AB0C001") * 31
SECRETS = {
    "number": "N7777",
    "name": "𠮷墻 鶴代",
    "before": "𠮷墻 鶴子",
    "address": "東京都新宿区早稲田鶴巻町999番9号",
    "old address": "東京都新宿区戸塚町888番8号",
    "phone": "03-9876-5432",
    "mail": "tsuruyo@example.jp",
    "reason": "𠮷墻様よりお電話",
    "slip": "9988-7766-5544",
    "draft": "鶴巻町の下書き",
}


def _fill(vault: Vault) -> int:
    """A person with something in every table, corrections, a deleted row, and a neighbour who looks alike."""
    acting(vault, why="CorrectParticipant")
    with Session(vault.engine) as session:
        one = person(
            SECRETS["number"],
            name=SECRETS["before"],
            folded="吉墻鶴子",
            address=SECRETS["old address"],
            phone=SECRETS["phone"],
            mail=SECRETS["mail"],
            doubts=["reception.similar_person D0001"],
        )
        neighbour = person("N7778", doubts=[f"reception.similar_person {SECRETS['number']}"])
        session.add_all([one, neighbour, PrizeRecord(prize="P", name="水筒", points=10, stock=5)])
        session.flush()
        vault.context.reason = SECRETS["reason"]
        one.name, one.folded, one.address = SECRETS["name"], "吉墻鶴代", SECRETS["address"]
        session.flush()
        vault.context.reason = f"{SECRETS['name'].replace(' ', '')}様のご家族"
        neighbour.phone = "03-0000-0001"
        session.flush()
        vault.context.reason = None
        for who in (one, neighbour):
            days = {"days": STEPS if who is one else bytes(124), "total": 7, "counted_days": 1, "origin": "collected"}
            session.add(StepMonth(month=201807, participant_id=who.id, keying=1, batch=None, **days))
            session.add(PointMonth(month=201807, participant_id=who.id, points=5, rule="2018-1"))
            session.add(
                PointsCardRecord(
                    month=201807, participant_id=who.id, received_on=date(2018, 8, 1), state="done", keyed_by="S-0142"
                )
            )
        slips = {"prize": "P", "points": 1, "requested_on": date(2018, 8, 1), "carrier": "x"}
        gone = PrizeRequestRecord(
            participant_id=one.id, state="waiting", shipped_on=None, slip=SECRETS["slip"], **slips
        )
        session.add(gone)
        session.add(
            ReleaseSheet(
                serial="R-0007-0099",
                release="R-0007",
                participant_id=one.id,
                paper="x",
                wording="x",
                released_on=None,
            )
        )
        draft = {"place": {"number": SECRETS["number"]}, "fields": {"address": SECRETS["draft"]}}
        session.add(Draft(staff_number="S-0142", desk="reception", at=datetime.fromisoformat(AT), **draft))
        session.flush()
        session.delete(gone)
        session.flush()
        # The number of a deleted row is given again, to somebody else.
        session.add(
            PrizeRequestRecord(id=gone.id, participant_id=neighbour.id, state="x", shipped_on=None, slip="y", **slips)
        )
        session.flush()
        vault.step(session.connection())
        session.commit()
        return one.id


def _pages(path: Path) -> list[bytes]:
    return [*plain_pages(path, KEY), *plain_frames(path, KEY)]


def _erase(vault: Vault, who: int) -> Erased:
    acting(vault, "S-0001", "EraseParticipant: IE-1")
    vault.context.reason = None
    with vault.engine.begin() as connection:
        done = erase_person(
            connection, TABLES, who, [SECRETS["number"]], [SECRETS["name"], SECRETS["before"], SECRETS["phone"]]
        )
        vault.step(connection)
    truncate_log(vault)
    return done


def _everything(connection: Connection) -> str:
    """Every value of every table as text, blobs as hex (so what is looked for must not be made of hex digits alone)."""
    told: list[str] = []
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    for name in names:
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
            told.extend(value.hex().upper() if isinstance(value, bytes) else str(value) for value in row)
    return "\n".join(told)


@pytest.fixture
def filled(vault: Vault) -> Iterator[tuple[Vault, int]]:
    """A vault with the person who will go."""
    yield vault, _fill(vault)


def test_the_secrets_are_found_in_the_pages_before(filled: tuple[Vault, int], vault_file: Path) -> None:
    """Otherwise the search below proves nothing."""
    vault, _ = filled
    assert all(holds(vault_file, KEY, secret) for secret in SECRETS.values())
    assert any(STEPS in page or STEPS.hex().upper().encode() in page for page in _pages(vault_file))
    truncate_log(vault)
    assert all(holds(vault_file, KEY, secret) for secret in SECRETS.values())
    assert next(iter(plain_pages(vault_file, KEY)))[:4] == bytes.fromhex("10000202")


def test_nothing_of_the_person_is_left_anywhere(filled: tuple[Vault, int], vault_file: Path) -> None:
    vault, who = filled
    with vault.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE participants SET doubts = '[]' WHERE doubts LIKE ?", (f"%{SECRETS['number']}%",)
        )
    done = _erase(vault, who)
    assert done.rows == 5
    with vault.reading() as connection:
        told = _everything(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM drafts").scalar_one() == 0
    left = [name for name, secret in SECRETS.items() if secret in told or holds(vault_file, KEY, secret)]
    assert left == []
    words = {"0AB0C001", STEPS.hex().upper()}
    assert not any(word in told for word in words)
    assert not any(bytes.fromhex("0AB0C001") in page or b"0AB0C001" in page for page in _pages(vault_file))
    log = vault_file.with_name(vault_file.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_the_chain_holds_after_it_and_after_opening_anew(filled: tuple[Vault, int], vault_file: Path) -> None:
    vault, who = filled
    with vault.reading() as connection:
        before = trail_head(connection)
    done = _erase(vault, who)
    with vault.reading() as connection:
        head = verify_trail(connection, vault.trail_key, before)
        rows = trail(connection)
        seal = vault.point(connection)
    blanks = [row for row in rows if row[5] == "blank"]
    assert len(blanks) == done.changes > 0
    assert {(row[1], row[2], row[3]) for row in blanks} == {("S-0001", "EraseParticipant: IE-1", "trail_values")}
    assert len({row[4] for row in blanks}) == len(blanks)
    vault.close()
    again = Vault.open(vault_file, CONTRACT, KEY)
    again.check_whole(seal)
    with again.reading() as connection:
        assert verify_trail(connection, again.trail_key) == head
    again.close()


def test_other_people_keep_everything_but_what_named_the_person(filled: tuple[Vault, int]) -> None:
    vault, who = filled
    with vault.reading() as connection:
        neighbour = connection.execute(
            select(ParticipantRecord.id).where(ParticipantRecord.number == "N7778")
        ).scalar_one()
        kept = _values(connection, neighbour)
        before = person_rows(connection, TABLES, neighbour)
    _erase(vault, who)
    with vault.reading() as connection:
        now = _values(connection, neighbour)
        assert person_rows(connection, TABLES, neighbour) == before
    assert now.keys() == kept.keys()
    blanked = {key for key, value in now.items() if value != kept[key]}
    # The insert named the number as somebody alike, one reason spoke of the family.
    assert {(table, op) for table, _, op in blanked} == {("participants", "insert"), ("participants", "update")}
    assert all(now[key] == (None, None) for key in blanked)


def _values(connection: Connection, who: int) -> dict[tuple[str, int, str], tuple[str | None, str | None]]:
    rows = connection.exec_driver_sql(
        'SELECT t.tbl, t.seq, t.op, v.before, v.after, t."row" FROM trail t JOIN trail_values v ON v.seq = t.seq'
        " WHERE t.tbl != 'trail_values' AND t.seq <= (SELECT max(seq) FROM trail WHERE why = 'CorrectParticipant')"
    )
    own = {}
    for table, seq, op, before, after, row in rows:
        values = json.loads(after or before or "{}")
        if (table == "participants" and row == str(who)) or values.get("participant_id") == who:
            own[table, seq, op] = (before, after)
    return own


def test_what_is_there_of_a_person_is_counted_by_table_and_origin(filled: tuple[Vault, int]) -> None:
    vault, who = filled
    with vault.reading() as connection:
        found = person_rows(connection, TABLES, who)
    assert [(one.table, dict(one.by_origin), one.paper) for one in found] == [
        ("participants", {"provided": 1}, False),
        ("point_months", {"produced": 1}, False),
        ("points_cards", {"collected": 1}, True),
        ("release_sheets", {"produced": 1}, False),
        ("step_months", {"collected": 1}, False),
    ]


def test_an_erasure_taken_back_leaves_everything(filled: tuple[Vault, int]) -> None:
    vault, who = filled
    with vault.reading() as connection:
        before, head = _everything(connection), trail_head(connection)
    with vault.engine.connect() as connection:
        erase_person(connection, TABLES, who, [SECRETS["number"]], [])
        connection.rollback()
    with vault.reading() as connection:
        assert _everything(connection) == before
        assert verify_trail(connection, vault.trail_key) == head


def test_a_second_person_can_go_after_the_first(filled: tuple[Vault, int], vault_file: Path) -> None:
    """The neighbour's insert is blank already: what is theirs is found without it."""
    vault, who = filled
    _erase(vault, who)
    with vault.reading() as connection:
        neighbour = connection.execute(
            select(ParticipantRecord.id).where(ParticipantRecord.number == "N7778")
        ).scalar_one()
    acting(vault, "S-0001", "EraseParticipant: IE-2")
    with vault.engine.begin() as connection:
        erase_person(connection, TABLES, neighbour, ["N7778"], [])
    truncate_log(vault)
    with vault.reading() as connection:
        told = _everything(connection)
        verify_trail(connection, vault.trail_key)
    assert "N7778" not in told and "03-0000-0001" not in told
    assert not holds(vault_file, KEY, "N7778")


def test_a_newcomer_with_the_number_of_a_row_that_went_is_somebody_else(filled: tuple[Vault, int]) -> None:
    vault, who = filled
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM participants WHERE number = 'D0040'")
        connection.exec_driver_sql("UPDATE participants SET phone = '03-1' WHERE number = 'D0039'")
    with Session(vault.engine) as session:
        session.add(person("N8000", id=40))
        session.commit()
    with vault.engine.begin() as connection:
        erase_person(connection, TABLES, 40, ["N8000"], [])
        told = _everything(connection)
    assert "N8000" not in told
    assert "D0040" in told  # an earlier life of row 40: not this person's, and nobody asked to erase it


def test_every_table_that_names_a_participant_belongs_to_one() -> None:
    """A new table in the vault is covered by its foreign key; one without a key needs a look, and a place here."""
    impersonal = {
        "vault_state",
        "permitted_items",
        "prizes",
        "import_batches",
        "drafts",
        "trail",
        "trail_values",
    }
    assert {table.name for table in VaultBase.metadata.sorted_tables} == impersonal | TABLES.owned.keys()


def test_no_primary_key_is_personal_data() -> None:
    """The trail keeps the keys of rows in its links, where nothing can be blanked: they must not tell of anybody."""
    for table in VaultBase.metadata.sorted_tables:
        assert not [column.name for column in table.primary_key.columns if "item" in column.info], table.name
    assert [column.name for column in VaultBase.metadata.tables["participants"].primary_key.columns] == ["id"]


def _world(tmp_path: Path) -> tuple[Engine, MetaData, TrailContext]:
    """Tables that the program has never heard of, three floors deep, and one that belongs to somebody else."""
    metadata = MetaData()
    for model in (TrailRow, TrailValues):
        VaultBase.metadata.tables[model.__tablename__].to_metadata(metadata)
    Table("walkers", metadata, Column("id", Integer, primary_key=True), Column("name", Text), info={"person": True})
    Table(
        "walks",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("walker", ForeignKey("walkers.id"), nullable=False),
        info={"origin": Origin.COLLECTED},
    )
    Table(
        "notes",
        metadata,
        Column("walk", ForeignKey("walks.id"), primary_key=True),
        Column("page", Integer, primary_key=True),
        Column("said", Text),
        sqlite_with_rowid=False,
    )
    Table(
        "groups",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", Text),
        Column("leader", ForeignKey("walkers.id"), nullable=True),
    )
    context = TrailContext("S-0001", AT, "Walk", KEY)
    engine = _open(tmp_path / "world.db", context)
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in {**trail_triggers(metadata), **keeping_triggers()}.values():
            connection.exec_driver_sql(statement)
    return engine, metadata, context


def _open(path: Path, context: TrailContext) -> Engine:
    return open_engine(path, KEY, trail_functions(context))


def test_tables_that_nobody_named_are_covered_through_their_foreign_keys(tmp_path: Path) -> None:
    engine, metadata, _ = _world(tmp_path)
    walkers, walks, notes, groups = (metadata.tables[name] for name in ("walkers", "walks", "notes", "groups"))
    tables = PersonTables(metadata, walkers)
    with engine.begin() as connection:
        connection.execute(insert(walkers), [{"id": 1, "name": "鶴"}, {"id": 2, "name": "亀"}])
        connection.execute(insert(walks), [{"id": 1, "walker": 1}, {"id": 2, "walker": 2}, {"id": 3, "walker": 1}])
        connection.execute(insert(notes), [{"walk": w, "page": 1, "said": f"道{w}"} for w in (1, 2, 3)])
        connection.execute(insert(groups).values(id=1, name="朝の会", leader=1))
        connection.execute(text("UPDATE notes SET page = 9, said = '道1の2' WHERE walk = 1"))
        connection.execute(text("DELETE FROM notes WHERE walk = 3"))
        connection.execute(text("DELETE FROM walks WHERE id = 3"))
        connection.execute(insert(walks).values(id=3, walker=2))
        connection.execute(insert(notes).values(walk=3, page=1, said="亀の道3"))
        done = erase_person(connection, tables, 1, [], [])
        told = _everything(connection)
        verify_trail(connection, KEY)
        verify_records(connection, metadata)
        assert connection.execute(select(groups.c.leader, groups.c.name)).one() == (None, "朝の会")
    engine.dispose()
    assert done.rows == 3
    for gone in ("鶴", "道1の2", '"道1"', '"道3"'):
        assert gone not in told
    assert "亀の道3" in told and '"道2"' in told and "亀" in told


def test_a_table_that_names_a_person_otherwise_is_refused_before_anything_is_lost() -> None:
    metadata = MetaData()
    walkers = Table(
        "walkers",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("number", Text, unique=True),
        info={"person": True},
    )
    Table("walks", metadata, Column("walker", ForeignKey("walkers.number"), primary_key=True))
    with pytest.raises(ValueError, match="primary key"):
        PersonTables(metadata, walkers)

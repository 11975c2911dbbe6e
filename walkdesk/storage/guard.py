"""The guard of the permitted items: what the council paper does not allow cannot be stored (clauses 3 to 5)."""

from __future__ import annotations

from sqlalchemy import MetaData, Table


def guard_triggers(metadata: MetaData) -> dict[str, str]:
    """For every column that holds an item: a trigger that stops a value whose item is not permitted."""
    triggers = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if "item" in column.info]
        for op in ("insert", "update"):
            if columns:
                name = f"guard_{table.name}_{op}"
                triggers[name] = _trigger(name, table, op)
    return triggers


def _trigger(name: str, table: Table, op: str) -> str:
    lines = [f'CREATE TRIGGER {name} BEFORE {op.upper()} ON "{table.name}" BEGIN']
    for column in table.columns:
        permitted = column.info.get("item")
        if permitted is not None:
            lines.append(
                f"SELECT RAISE(ABORT, 'not permitted item {permitted}') WHERE NEW.\"{column.name}\" IS NOT NULL"
                f" AND NOT EXISTS (SELECT 1 FROM permitted_items WHERE item = '{permitted}');"
            )
    return "\n".join([*lines, "END"])

"""Runs the migrations of this database on the connection that the caller opened: alembic never opens a file itself."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=False)
context.run_migrations()

"""Schema versions of both databases, by alembic."""

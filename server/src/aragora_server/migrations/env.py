"""Runs inside Alembic, on the connection that the server hands in."""

from alembic import context

from aragora_server import tables
from aragora_server.kernel.db import metadata

tables.load()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()

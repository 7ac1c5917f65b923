"""The first schema, as it was created: one file of statements a dialect."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BETWEEN = "\n-- next\n"


def upgrade() -> None:
    connection = op.get_bind()
    path = Path(__file__).with_name(f"{revision}.{connection.dialect.name}.sql")
    for statement in path.read_text("utf-8").split(BETWEEN):
        connection.exec_driver_sql(statement)

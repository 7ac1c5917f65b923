"""One database, named for two drivers: SQLAlchemy on asyncpg, and whatever speaks libpq."""

from __future__ import annotations

from sqlalchemy.engine import make_url

DRIVER = "postgresql+asyncpg"


def for_asyncpg(url: str) -> str:
    """Everybody writes `sslmode`; asyncpg calls it `ssl`."""
    target = make_url(url)
    query = {("ssl" if name == "sslmode" else name): value for name, value in target.query.items()}
    return target.set(drivername=DRIVER, query=query).render_as_string(hide_password=False)


def keywords(url: str) -> dict[str, str]:
    """What libpq calls the parts of such a URL."""
    target = make_url(url)
    parts = {
        "host": target.host,
        "port": target.port,
        "user": target.username,
        "password": target.password,
        "dbname": target.database,
        **{("sslmode" if name == "ssl" else name): value for name, value in target.query.items()},
    }
    return {name: str(value) for name, value in parts.items() if value}

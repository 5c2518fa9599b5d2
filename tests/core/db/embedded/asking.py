"""One question to a server, one answer."""

from typing import LiteralString

import psycopg

from core.db.embedded import Server


def ask(server: Server, question: LiteralString, *, role: str = "postgres", database: str = "postgres") -> object:
    """The first column of the first row."""
    with psycopg.connect(server.dsn(role, database)) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None

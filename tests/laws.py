"""What `expediter check` asks of the books, as one statement that a connection plans once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import psycopg

from core.db.laws import AUDIT_CHAIN, INVARIANTS

NOW = "current_setting('tests.now')::timestamptz"


def prepare_once(raw: psycopg.Connection[Any], name: str, query: str) -> None:
    """Plan a query for as long as the connection lives; `EXECUTE name` runs it.

    The driver's own prepared statements would go at every rollback, and take these with them.
    """
    raw.prepare_threshold = None
    if raw.execute("SELECT FROM pg_prepared_statements WHERE name = %s", [name]).fetchone() is None:
        raw.execute(f"PREPARE {name} AS {query}".encode())


def broken_laws(raw: psycopg.Connection[Any], now: datetime) -> Mapping[str, Sequence[str]]:
    """What the SQL of every law finds; the links of the audit chains are not hashed again."""
    prepare_once(raw, "laws", _EVERY_LAW)
    raw.execute("SELECT set_config('tests.now', %s, false)", [now.isoformat()])
    broken: dict[str, list[str]] = {}
    for law, said in raw.execute("EXECUTE laws"):
        broken.setdefault(law, []).append(said)
    return broken


def _every_law() -> str:
    """Each query in turn, with the name of its law."""
    parts = [
        f"SELECT '{law.name}', said FROM ({query.replace(':now', NOW)}) AS found (said)"
        for law in (*INVARIANTS.values(), AUDIT_CHAIN)
        for query in law.queries
    ]
    return " UNION ALL ".join(parts)


_EVERY_LAW = _every_law()
__all__ = ["broken_laws", "prepare_once"]

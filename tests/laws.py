"""What `expediter check` asks of the books, as statements that a connection plans once; of all tables or of some."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection

from core.db.laws import AUDIT_CHAIN, INVARIANTS

NOW = "current_setting('tests.now')::timestamptz"
QUERIES = tuple((law.name, query) for law in (*INVARIANTS.values(), AUDIT_CHAIN) for query in law.queries)
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
DEFINED = """
    SELECT relname, pg_get_viewdef(oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
    UNION ALL SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"""
"""The views and functions that a query may go through to reach a table."""
_WORD = re.compile(r"\w+")


class Laws:
    """The laws as one connection asks them."""

    @classmethod
    def of(cls, connection: Connection) -> "Laws":
        """Those of a connection, which keeps them as long as it keeps its plans."""
        if "laws" not in connection.info:
            raw = connection.connection.driver_connection
            assert isinstance(raw, psycopg.Connection)
            connection.info["laws"] = cls(raw)
        return connection.info["laws"]

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw
        prepare_once(raw, {f"law_{number}": _named(*law) for number, law in enumerate(QUERIES)})
        tables = {name for (name,) in raw.execute(TABLES)}
        defined = {name: set(_WORD.findall(text)) for name, text in raw.execute(DEFINED)}
        self._reads = tuple(_reached(query, tables, defined) for _, query in QUERIES)

    def broken(self, now: datetime, written: AbstractSet[str] | None = None) -> Mapping[str, Sequence[str]]:
        """What the SQL of the laws finds; the links of the audit chains are not hashed again.

        Where the laws held before, only those can be broken that read the time or a table that was `written` to since.
        """
        asked = [
            f"EXECUTE law_{number}"
            for number, (_, query) in enumerate(QUERIES)
            if written is None or ":now" in query or self._reads[number] & written
        ]
        self._raw.execute("SELECT set_config('tests.now', %s, false)", [now.isoformat()])
        broken: dict[str, list[str]] = {}
        answers = self._raw.execute("; ".join(asked).encode())
        for _ in asked:
            for law, said in answers.fetchall():
                broken.setdefault(law, []).append(said)
            answers.nextset()
        return broken


def prepare_once(raw: psycopg.Connection[Any], queries: Mapping[str, str]) -> None:
    """Plan queries for as long as the connection lives; `EXECUTE name` runs one.

    The driver's own prepared statements would go at every rollback, and take these with them.
    """
    raw.prepare_threshold = None
    known = {name for (name,) in raw.execute("SELECT name FROM pg_prepared_statements")}
    for name in queries.keys() - known:
        raw.execute(f"PREPARE {name} AS {queries[name]}".encode())


def _named(law: str, query: str) -> str:
    return f"SELECT '{law}', said FROM ({query.replace(':now', NOW)}) AS found (said)"


def _reached(text: str, tables: AbstractSet[str], defined: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """The tables that a text names, or that the views and functions it names lead to: too many rather than too few."""
    named, more = set[str](), set(_WORD.findall(text))
    while more:
        named |= more
        more = {word for name in more & defined.keys() for word in defined[name]} - named
    return frozenset(named & tables)


__all__ = ["Laws", "prepare_once"]

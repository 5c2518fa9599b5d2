"""What is in every table of a sitting's transaction, read again only where something was written."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import event, text
from sqlalchemy.orm import Session

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
WRITES = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS written FROM pg_stat_xact_user_tables
    WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0
    """
"""How often this transaction wrote to each table; what was undone counts too, so that the count only grows."""
Contents: TypeAlias = dict[str, tuple[int, int]]
"""How many rows a table has, and a hash of what is in them."""


class Books:
    """What a scene has put into the tables, and whether it is still all there is."""

    def __init__(self, session: Session, known: Mapping[str, tuple[int, int]], writes: Mapping[str, int]) -> None:
        self.session = session
        self.writes = dict(writes)
        self.known = dict(known)
        self.sent: list[int] = [0]  # statements, by savepoint: one that was undone left nothing
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", self._statement)
        event.listen(connection, "savepoint", lambda *_: self.sent.append(0))
        event.listen(connection, "rollback_savepoint", lambda *_: self.sent.pop())
        event.listen(connection, "release_savepoint", lambda *_: self._released())
        self.learn()

    def learn(self) -> None:
        """What is there now is what is known."""
        self.known |= contents(self.session, self._written())
        self.sent[-1] = 0

    def changed(self) -> tuple[str, ...]:
        """The tables in which something differs from what is known."""
        if not self.sent[-1]:
            return ()
        now = contents(self.session, self._written())
        self.sent[-1] = 0
        return tuple(name for name, found in now.items() if found != self.known[name])

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens in the block has not happened after it."""
        known, savepoint = dict(self.known), self.session.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()
            self.known = known

    def _written(self) -> list[str]:
        """The tables written to since this was last asked."""
        now = writes(self.session)
        touched = [name for name, count in now.items() if count != self.writes.get(name, 0)]
        self.writes = now
        return touched

    def _statement(self, *_: object) -> None:
        self.sent[-1] += 1

    def _released(self) -> None:
        inner = self.sent.pop()
        self.sent[-1] += inner


def contents(session: Session, tables: Iterable[str] | None = None) -> Contents:
    """What is in these tables, or in all."""
    named = sorted(session.scalars(text(TABLES)) if tables is None else tables)
    if not named:
        return {}
    parts = (f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 1)) FROM \"{name}\" t" for name in named)
    rows: Iterable[Any] = session.execute(text(" UNION ALL ".join(parts)))
    return {name: (count, hashed) for name, count, hashed in rows}


def writes(session: Session) -> dict[str, int]:
    """How often each table was written to."""
    return {row.relname: row.written for row in session.execute(text(WRITES))}

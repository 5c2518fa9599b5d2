"""A database whose rows are put back as they were: only the tables that a test changed are written again."""

from dataclasses import dataclass, field
from typing import LiteralString

from psycopg import Connection, sql
from psycopg.rows import TupleRow

TABLES: LiteralString = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES: LiteralString = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
# A transaction that wrote and is still open could commit its rows after they were looked for.
WRITING: LiteralString = """
    SELECT min(pid) FROM pg_stat_activity, pg_sleep(0.002 * %s)
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"""
LOOKS = 100  # each waits a little longer than the one before, ten seconds in all
VACUUM_AFTER = 40


def save(superuser: Connection[TupleRow]) -> None:
    """Keep every row in a schema of its own."""
    superuser.execute("CREATE SCHEMA saved")
    for (table,) in superuser.execute(TABLES).fetchall():
        superuser.execute(sql.SQL("CREATE TABLE saved.{0} AS TABLE public.{0}").format(sql.Identifier(table)))


@dataclass(slots=True)
class Original:
    """The rows as `save` kept them in a database nobody has worked in, and how each table stands while it holds them.

    A table holds the same rows as long as there are as many and none is younger: an insert and an update write a row
    under a transaction number above all before it, a delete leaves fewer rows.
    """

    superuser: Connection[TupleRow]
    _look: sql.Composed = field(init=False)
    _tables: dict[str, tuple[int, int]] = field(init=False)
    _sequences: dict[str, tuple[int, int]] = field(init=False)
    _written: dict[str, int] = field(init=False, default_factory=dict[str, int])

    def __post_init__(self) -> None:
        # No trigger runs, and a lock that somebody left is an error, not a wait for ever.
        self.superuser.execute("SET session_replication_role = replica; SET lock_timeout = '20s'")
        self._look = self._looking()
        self._tables, self._sequences = self._stand()

    def put_back(self) -> None:
        """The rows and the sequences as they were saved."""
        self._wait_for_writers()
        tables, sequences = self._stand()
        changed = [name for name, stand in tables.items() if stand != self._tables[name]]
        moved = [name for name, stand in sequences.items() if stand != self._sequences[name]]
        if changed or moved:
            with self.superuser.transaction():
                self._write(changed)
                for name in moved:
                    last, called = self._sequences[name]
                    self.superuser.execute("SELECT setval(%s, %s, %s)", (f'public."{name}"', last, bool(called)))
        self.superuser.execute("DELETE FROM jobs.procrastinate_jobs", prepare=True)
        self.superuser.execute("DELETE FROM jobs.procrastinate_events", prepare=True)
        self._clean(changed)

    def _write(self, changed: list[str]) -> None:
        (number,) = self.superuser.execute("SELECT pg_current_xact_id()::xid::text::bigint").fetchone() or (0,)
        with self.superuser.pipeline():
            for name in changed:
                table = sql.Identifier(name)
                self.superuser.execute(sql.SQL("DELETE FROM public.{}").format(table), prepare=True)
                again = sql.SQL("INSERT INTO public.{0} SELECT * FROM saved.{0}").format(table)
                self.superuser.execute(again, prepare=True)
        for name in changed:
            count, _ = self._tables[name]
            self._tables[name] = (count, number if count else 0)

    def _clean(self, changed: list[str]) -> None:
        """Rows that were deleted take room until a vacuum; the server's own comes once a minute."""
        for name in changed:
            self._written[name] = self._written.get(name, 0) + 1
            if self._written[name] % VACUUM_AFTER == 0:
                self.superuser.execute(sql.SQL("VACUUM (INDEX_CLEANUP ON) public.{}").format(sql.Identifier(name)))

    def _wait_for_writers(self) -> None:
        looks = (self.superuser.execute(WRITING, (wait,), prepare=True).fetchone() for wait in range(LOOKS))
        assert any(found == (None,) for found in looks), "a transaction that wrote is still open"

    def _stand(self) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
        rows = self.superuser.execute(self._look, prepare=True).fetchall()
        stand = {(kind, name): (first, second) for kind, name, first, second in rows}
        return (
            {name: found for (kind, name), found in stand.items() if kind == "table"},
            {name: found for (kind, name), found in stand.items() if kind == "sequence"},
        )

    def _looking(self) -> sql.Composed:
        table = sql.SQL("SELECT 'table', {0}, count(*), COALESCE(max(xmin::text::bigint), 0) FROM public.{1}")
        sequence = sql.SQL("SELECT 'sequence', {0}, last_value, is_called::int FROM public.{1}")
        kinds: tuple[tuple[sql.SQL, LiteralString], ...] = ((table, TABLES), (sequence, SEQUENCES))
        parts = [
            kind.format(sql.Literal(name), sql.Identifier(name))
            for kind, names in kinds
            for (name,) in self.superuser.execute(names).fetchall()
        ]
        return sql.SQL(" UNION ALL ").join(parts)

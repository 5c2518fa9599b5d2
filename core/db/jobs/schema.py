"""Procrastinate's tables, in schema `jobs`: made, brought up to date, and opened to the application.

The statements are those of the installed package; which of its migrations have been applied is kept beside its tables.
"""

import importlib.util
from pathlib import Path
from typing import Any, cast

import psycopg
from sqlalchemy import Connection

from core.db.roles import JOBS_SCHEMA

PACKAGE = "procrastinate"
# The newest migration this program was tested with; tests compare it with the package's.
NEWEST = "03.04.00_50_post_add_retry_failed_job_procedure.sql"

_THERE = "SELECT to_regclass('jobs.applied') IS NOT NULL"
_BOOK = "CREATE TABLE applied (migration text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
# Whoever calls a function has its own search path; and rights of the owner are nobody's but its own.
_CLOSE = """
DO $close$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'jobs'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = jobs, pg_temp', f.name);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO expediter_app', f.name);
    END LOOP;
END $close$;
GRANT USAGE ON SCHEMA jobs TO expediter_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO expediter_app;
REVOKE INSERT, UPDATE, DELETE ON jobs.applied FROM expediter_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA jobs TO expediter_app;
"""


def install(connection: Connection) -> None:
    """Make the tables, or apply the package's migrations that are newer than those applied, in the transaction of the
    connection, as the owner."""
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    if not raw.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (JOBS_SCHEMA,)).fetchone():
        raw.execute("CREATE SCHEMA jobs")
    there = bool((raw.execute(_THERE).fetchone() or (False,))[0])
    steps = _newer(raw) if there else (_BOOK, _read("schema.sql"))
    if not steps:
        return
    (before,) = raw.execute("SELECT current_setting('search_path')").fetchone() or ("",)
    raw.execute("SET LOCAL search_path = jobs")
    for step in steps:
        raw.execute(step.encode())
    names = [(name,) for name in migrations()]
    raw.cursor().executemany("INSERT INTO applied (migration) VALUES (%s) ON CONFLICT DO NOTHING", names)
    raw.execute(_CLOSE.encode())
    raw.execute("SELECT set_config('search_path', %s, true)", (before,))


def migrations() -> tuple[str, ...]:
    """The names of the package's migrations, oldest first."""
    return tuple(sorted(file.name for file in (_folder() / "migrations").glob("*.sql")))


def _newer(raw: psycopg.Connection[Any]) -> tuple[str, ...]:
    applied = {str(row[0]) for row in raw.execute("SELECT migration FROM jobs.applied").fetchall()}
    return tuple(_read(f"migrations/{name}") for name in migrations() if name not in applied)


def _read(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


def _folder() -> Path:
    """The package's statements, without importing it: that takes half a second and a process that only defers has no
    use for the rest."""
    found = importlib.util.find_spec(PACKAGE)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "sql"

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

# What we add to them; another word where it changes.
_OURS = "ours: agents ask for scans"
_THERE = "SELECT to_regclass('jobs.applied') IS NOT NULL"
_BOOK = "CREATE TABLE applied (migration text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
# Whoever calls a function has its own search path; and rights of the owner are nobody's but its own.
# Agents may say that something happened, and so ask for a scan: that one job, and nothing else of the queue.
_OPEN = """
CREATE OR REPLACE FUNCTION jobs.ask_for_scan(p_at timestamptz) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = jobs, pg_temp AS $ask$
INSERT INTO procrastinate_jobs AS j (queue_name, task_name, lock, queueing_lock, scheduled_at)
VALUES ('cases', 'scan.incremental', 'scan', 'scan.incremental', p_at)
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE
SET scheduled_at = CASE WHEN EXCLUDED.scheduled_at IS NOT NULL AND j.scheduled_at IS NOT NULL
                        THEN LEAST(EXCLUDED.scheduled_at, j.scheduled_at) END
$ask$;
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
GRANT USAGE ON SCHEMA jobs TO expediter_agent;
GRANT EXECUTE ON FUNCTION jobs.ask_for_scan(timestamptz) TO expediter_agent;
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
    rows = raw.execute("SELECT migration FROM jobs.applied").fetchall() if there else []
    applied = {str(row[0]) for row in rows}
    if applied.issuperset((*migrations(), _OURS)):
        return
    steps = [_read(f"migrations/{name}") for name in migrations() if name not in applied]
    if not there:
        steps = [_BOOK, _read("schema.sql")]
    (before,) = raw.execute("SELECT current_setting('search_path')").fetchone() or ("",)
    raw.execute("SET LOCAL search_path = jobs")
    for step in steps:
        raw.execute(step.encode())
    names = [(name,) for name in (*migrations(), _OURS)]
    raw.cursor().executemany("INSERT INTO applied (migration) VALUES (%s) ON CONFLICT DO NOTHING", names)
    raw.execute(_OPEN.encode())
    raw.execute("SELECT set_config('search_path', %s, true)", (before,))


def migrations() -> tuple[str, ...]:
    """The names of the package's migrations, oldest first."""
    return tuple(sorted(file.name for file in (_folder() / "migrations").glob("*.sql")))


def _read(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


def _folder() -> Path:
    """The package's statements, without importing it: that takes half a second and a process that only defers has no
    use for the rest."""
    found = importlib.util.find_spec(PACKAGE)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "sql"

"""Procrastinate's tables: made once, brought up to date, and open to the application alone."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from core.db.jobs.schema import NEWEST, migrations
from core.db.roles import RoleUrls, dsn_of
from core.db.schema import migrate


def test_the_package_installed_is_the_one_tested_with() -> None:
    assert migrations()[-1] == NEWEST


def test_a_database_behind_gets_the_migrations_it_lacks(role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(role_urls.owner)) as owner:
        owner.execute("DROP FUNCTION jobs.procrastinate_trigger_function_status_events_update_v1 CASCADE")
        owner.execute("DELETE FROM jobs.applied WHERE migration = %s", (NEWEST,))

    migrate(role_urls)

    with psycopg.connect(dsn_of(role_urls.app)) as app:
        found = app.execute(
            "SELECT proconfig, has_function_privilege(oid, 'EXECUTE') FROM pg_proc"
            " WHERE proname LIKE '%status_events_update_v1'"
        ).fetchall()
        assert found == [(["search_path=jobs, pg_temp"], True)]
        assert app.execute("SELECT max(migration) FROM jobs.applied").fetchone() == (NEWEST,)


def test_agents_cannot_even_look(worker_role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.agent)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute("SELECT * FROM jobs.procrastinate_jobs")


def test_the_owners_functions_are_nobody_elses(worker_role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.owner)) as owner:
        found = owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'jobs'::regnamespace"
            " AND (has_function_privilege('expediter_agent', oid, 'EXECUTE') OR proconfig IS NULL)"
        ).fetchall()
    assert found == []

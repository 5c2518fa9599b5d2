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
        assert app.execute("SELECT FROM jobs.applied WHERE migration = %s", (NEWEST,)).fetchone() == ()


def test_agents_may_ask_for_a_scan_and_do_nothing_else_with_jobs(role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(role_urls.agent)) as agent:
        agent.execute("SELECT jobs.ask_for_scan(now()), jobs.ask_for_scan(now())")
    with psycopg.connect(dsn_of(role_urls.agent)) as agent:
        for statement in (
            "SELECT * FROM jobs.procrastinate_jobs",
            "DELETE FROM jobs.procrastinate_jobs",
            "SELECT jobs.procrastinate_defer_jobs_v1(NULL)",
            "SELECT jobs.procrastinate_cancel_job_v1(1, true, true)",
        ):
            with pytest.raises(InsufficientPrivilege), agent.transaction():
                agent.execute(statement.encode())

    with psycopg.connect(dsn_of(role_urls.app)) as app:
        assert app.execute("SELECT task_name FROM jobs.procrastinate_jobs").fetchall() == [("scan.incremental",)]


def test_no_function_runs_on_the_search_path_of_who_calls_it(worker_role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.owner)) as owner:
        found = owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'jobs'::regnamespace AND proconfig IS NULL"
        ).fetchall()
    assert found == []

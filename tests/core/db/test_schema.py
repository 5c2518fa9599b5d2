"""Migrations and rows are the same schema, and applying migrations again changes nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.db.roles import RoleUrls
from core.db.rows import Row
from core.db.schema import migrate, revision


def test_the_migrations_make_exactly_the_tables_of_the_rows(worker_role_urls: RoleUrls) -> None:
    engine = create_engine(worker_role_urls.owner, poolclass=NullPool)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Row.metadata) == []


def test_every_check_of_the_rows_is_in_the_database(worker_role_urls: RoleUrls) -> None:
    engine = create_engine(worker_role_urls.owner, poolclass=NullPool)
    wanted = {
        constraint.name
        for table in Row.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }

    with engine.connect() as connection:
        there = connection.exec_driver_sql("SELECT conname FROM pg_constraint").scalars()
        assert wanted - set(there) == set()


def test_migrating_again_stays_at_the_newest_revision(role_urls: RoleUrls) -> None:
    before = revision(role_urls)

    assert migrate(role_urls) == before[0] == before[1]
    assert revision(role_urls) == before


def test_no_migration_is_taken_back() -> None:
    config = Config()
    config.set_main_option("script_location", "core:db/migrations")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions(base="0006", head="0041"))

    assert len(scripts) >= 15
    for script in scripts:
        with pytest.raises(NotImplementedError, match=f"revision {script.revision} is not taken back"):
            script.module.downgrade()

"""Migrations and rows are the same schema, and applying migrations again changes nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.db.roles import RoleUrls
from core.db.rows import Row
from core.db.schema import BASE, check_schema, migrate, revision, take_back
from core.domain.errors import SchemaMismatchError, UsageError


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


def test_a_database_of_another_release_is_refused_and_left_as_it_is(role_urls: RoleUrls) -> None:
    check_schema(role_urls)
    at, newest = revision(role_urls)
    before = "0041"

    named(role_urls, "9999")
    with pytest.raises(SchemaMismatchError, match=f"'9999', which a newer program made; this one knows '{newest}'"):
        check_schema(role_urls)
    with pytest.raises(SchemaMismatchError, match="'9999', which a newer program made"):
        migrate(role_urls)
    assert revision(role_urls) == ("9999", newest)

    named(role_urls, at)
    take_back(role_urls, before, discard=False)
    with pytest.raises(SchemaMismatchError, match=f"at revision '{before}', this program works on '{newest}'; make a"):
        check_schema(role_urls)
    assert revision(role_urls) == (before, newest)


def test_a_database_that_was_never_migrated_is_refused_with_what_to_do(role_urls: RoleUrls) -> None:
    take_back(role_urls, BASE, discard=False)

    with pytest.raises(SchemaMismatchError, match="has no tables of ours yet; run `expediter db migrate`"):
        check_schema(role_urls)

    assert migrate(role_urls) == revision(role_urls)[1]


@pytest.mark.parametrize(
    ("to", "said"), [("0815", "there is no revision '0815'; there are base, 0001 to"), ("", "there is no revision ''")]
)
def test_only_known_revisions_can_be_gone_back_to(role_urls: RoleUrls, to: str, said: str) -> None:
    before = revision(role_urls)

    with pytest.raises(UsageError, match=said):
        take_back(role_urls, to, discard=True)

    assert revision(role_urls) == before


def test_going_back_never_goes_up(role_urls: RoleUrls) -> None:
    take_back(role_urls, "0041", discard=False)
    at, newest = revision(role_urls)

    with pytest.raises(UsageError, match=f"the database is at {at}, which is older than {newest}"):
        take_back(role_urls, newest, discard=False)

    assert revision(role_urls) == (at, newest)


def named(urls: RoleUrls, name: str) -> None:
    with create_engine(urls.owner, poolclass=NullPool).begin() as owner:
        owner.exec_driver_sql("UPDATE alembic_version SET version_num = %s", (name,))

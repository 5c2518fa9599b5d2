"""Making, copying, listing and dropping databases."""

from collections.abc import Generator

import psycopg
import pytest

from core.db.embedded import (
    DatabaseNameError,
    Server,
    create_database,
    database_exists,
    drop_database,
    list_databases,
    rename_databases,
)
from core.db.roles import Role
from tests.core.db.embedded.asking import ask
from tests.database import WORKER


@pytest.fixture
def name(postgres_server: Server) -> Generator[str]:
    """A name nobody uses; what a test made of it is dropped."""
    name = f"made_{WORKER}"
    yield name
    drop_database(postgres_server, name)
    drop_database(postgres_server, f"{name}_copy")


def test_a_database_belongs_to_the_owner_and_is_listed(postgres_server: Server, name: str) -> None:
    assert database_exists(postgres_server, name) is False

    create_database(postgres_server, name)

    assert name in list_databases(postgres_server)
    assert not {"postgres", "template0", "template1"} & {*list_databases(postgres_server)}
    owner = "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
    assert ask(postgres_server, owner, database=name) == "expediter_owner"


def test_a_copy_has_the_rows_and_the_closed_doors_of_its_template(postgres_server: Server, name: str) -> None:
    create_database(postgres_server, name)
    with psycopg.connect(postgres_server.dsn(Role.OWNER, name)) as owner:
        owner.execute("CREATE TABLE item AS SELECT 7 AS code; GRANT SELECT ON item TO expediter_agent")

    create_database(postgres_server, f"{name}_copy", name)

    copy = f"{name}_copy"
    assert ask(postgres_server, "SELECT code FROM item", role=Role.AGENT, database=copy) == 7
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(postgres_server, "SELECT code FROM item", role=Role.APP, database=copy)
    doors = "SELECT has_database_privilege('public', current_database(), 'CONNECT')"
    assert ask(postgres_server, doors, database=copy) is False


def test_drop_ends_open_connections(postgres_server: Server, name: str) -> None:
    create_database(postgres_server, name)

    with psycopg.connect(postgres_server.dsn(Role.APP, name)):
        assert drop_database(postgres_server, name) is True

    assert database_exists(postgres_server, name) is False
    assert drop_database(postgres_server, name) is False


@pytest.mark.parametrize("wrong", ["", "Upper", "1st", "a-b", 'a"; DROP', "x" * 64, "postgres", "template1"])
def test_a_name_that_is_not_plain_is_refused(postgres_server: Server, wrong: str) -> None:
    with pytest.raises(DatabaseNameError, match="accepted is"):
        create_database(postgres_server, wrong)
    with pytest.raises(DatabaseNameError, match="accepted is"):
        drop_database(postgres_server, wrong)

    assert wrong not in list_databases(postgres_server)


def test_a_name_in_use_is_refused(postgres_server: Server, name: str) -> None:
    create_database(postgres_server, name)

    with pytest.raises(DatabaseNameError, match="already used"):
        create_database(postgres_server, name)


def test_databases_change_places_all_or_none(postgres_server: Server, name: str) -> None:
    other, kept = f"{name}_new", f"{name}_kept"
    create_database(postgres_server, name)
    create_database(postgres_server, other)
    with postgres_server.superuser(other) as connection:
        connection.execute("CREATE TABLE newer (x int)")
    try:
        with postgres_server.superuser(name):
            rename_databases(postgres_server, {name: kept, other: name})
        with pytest.raises(DatabaseNameError, match="is already used"):
            rename_databases(postgres_server, {name: other, kept: other})

        with postgres_server.superuser(name) as connection:
            assert connection.execute("SELECT to_regclass('newer') IS NOT NULL").fetchone() == (True,)
        assert {name, kept, other} & {*list_databases(postgres_server)} == {name, kept}
    finally:
        for one in (name, other, kept):
            drop_database(postgres_server, one)

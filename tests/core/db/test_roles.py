"""What each role may do, and under which addresses a program is each of them."""

from collections.abc import Generator
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from core.db.embedded import Server, create_database, drop_database
from core.db.roles import DatabaseUrlError, Role, dsn_of, role_urls, share_roles
from tests.core.db.embedded.asking import ask
from tests.database import WORKER


@pytest.fixture
def database(postgres_server: Server) -> Generator[str]:
    """An empty database."""
    name = f"roles_{WORKER}"
    create_database(postgres_server, name)
    yield name
    drop_database(postgres_server, name)


def test_no_role_has_a_power_over_the_server(postgres_server: Server) -> None:
    powers = """
        SELECT count(*) FROM pg_roles WHERE rolname LIKE 'expediter%' AND rolcanlogin AND NOT
        (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)"""

    assert ask(postgres_server, powers) == len(Role)


@pytest.mark.parametrize("role", Role)
def test_no_role_enters_the_maintenance_databases(postgres_server: Server, role: Role) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        ask(postgres_server, "SELECT 1", role=role)


@pytest.mark.parametrize("role", [Role.APP, Role.AGENT, Role.CHECKPOINT])
def test_only_the_owner_makes_tables(postgres_server: Server, database: str, role: Role) -> None:
    with psycopg.connect(postgres_server.dsn(Role.OWNER, database)) as owner:
        owner.execute("CREATE TABLE item (code int)")

    for statement in refused_to_all_but_the_owner():
        with (
            psycopg.connect(postgres_server.dsn(role, database)) as connection,
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidSchemaName)),
        ):
            connection.execute(statement)


def test_checkpoints_live_in_a_schema_of_their_own(postgres_server: Server, database: str) -> None:
    with psycopg.connect(postgres_server.dsn(Role.CHECKPOINT, database)) as checkpoint:
        checkpoint.execute("CREATE TABLE saved (state int)")

    assert ask(postgres_server, "SELECT schemaname FROM pg_tables WHERE tablename = 'saved'", database=database) == (
        "checkpoint"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(postgres_server, "SELECT state FROM checkpoint.saved", role=Role.APP, database=database)


def test_a_function_is_for_those_it_was_granted_to(postgres_server: Server, database: str) -> None:
    with psycopg.connect(postgres_server.dsn(Role.OWNER, database)) as owner:
        owner.execute("CREATE FUNCTION answer() RETURNS int LANGUAGE sql RETURN 42")
        owner.execute("GRANT EXECUTE ON FUNCTION answer() TO expediter_app")

    assert ask(postgres_server, "SELECT answer()", role=Role.APP, database=database) == 42
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(postgres_server, "SELECT answer()", role=Role.AGENT, database=database)


def test_one_shared_login_becomes_each_role_when_it_connects(postgres_server: Server, database: str) -> None:
    login = f"shared_{WORKER}"
    with postgres_server.superuser(database) as superuser:
        superuser.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(sql.Identifier(login)))
        superuser.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(login))
        )
        share_roles(superuser, login)
    urls = role_urls(f"postgresql://{login}:x@127.0.0.1:{postgres_server.port}/{database}")

    became = [who_and_where(url) for url in (urls.owner, urls.app, urls.agent, urls.checkpoint, urls.visitor)]

    assert [who for who, _ in became] == [*Role]
    assert became[3] == ("expediter_checkpoint", "checkpoint")
    with postgres_server.superuser(database) as superuser:
        superuser.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(login)))


def test_an_address_given_for_a_role_is_taken_as_it_is() -> None:
    urls = role_urls(
        "postgres://o:p%40ss@db/x?sslmode=require", app="postgresql://a:q@db/x", agent="postgresql://g@db/x"
    )

    assert urls.owner == "postgresql+psycopg://o:p%40ss@db/x?options=-c%20role%3Dexpediter_owner&sslmode=require"
    assert (urls.app, urls.agent) == ("postgresql+psycopg://a:q@db/x", "postgresql+psycopg://g@db/x")
    assert "p%40ss" not in repr(urls)


def test_options_already_in_an_address_are_kept() -> None:
    urls = role_urls("postgresql://o@db/x?options=-c%20work_mem%3D1MB")

    assert urls.app.endswith("options=-c%20work_mem%3D1MB%20-c%20role%3Dexpediter_app")


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [("mysql://u:hidden@db/x", "'mysql://u:***@db/x'"), ("hidden", "'(not an address)'"), ("postgresql://db", "db'")],
)
def test_another_kind_of_address_is_refused_without_showing_its_password(wrong: str, shown: str) -> None:
    with pytest.raises(DatabaseUrlError) as refusal:
        role_urls(wrong)

    assert shown in str(refusal.value)
    assert "hidden" not in str(refusal.value)


def refused_to_all_but_the_owner() -> tuple[LiteralString, ...]:
    return (
        "CREATE TABLE public.mine (code int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (code int)",
        "SELECT code FROM public.item",
        "SET ROLE expediter_owner",
    )


def who_and_where(url: str) -> tuple[object, object]:
    with psycopg.connect(dsn_of(url)) as connection:
        row = connection.execute("SELECT current_user::text, current_schema()").fetchone()
    assert row is not None
    return row[0], row[1]

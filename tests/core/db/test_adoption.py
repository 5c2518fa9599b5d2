"""A database that is not ours is made ready once, by a login that may, and refused clearly otherwise."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from core.db.adoption import DatabaseNotPreparedError, adopt
from core.db.embedded import Server
from core.db.roles import role_urls
from core.db.schema import migrate
from core.db.unit_of_work import SqlOpener, open_engine
from core.domain.ids import UserName
from tests.database import WORKER

FOREIGN = f"foreign_{WORKER}"
PLAIN = f"plain_login_{WORKER}"


@pytest.fixture
def foreign(postgres_server: Server) -> Iterator[str]:
    """A database as an administrator leaves it: nothing of ours in it but the roles of the server."""
    with postgres_server.superuser() as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(FOREIGN)))
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'plain'").format(sql.Identifier(PLAIN)))
    yield postgres_server.dsn("postgres", FOREIGN)
    with postgres_server.superuser() as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(FOREIGN)))
        admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(PLAIN)))


def test_an_administrators_login_prepares_the_database_once(foreign: str) -> None:
    assert adopt(foreign) is True

    migrate(role_urls(foreign))

    assert adopt(foreign) is False


def test_the_program_works_on_an_adopted_database_through_one_login(foreign: str) -> None:
    adopt(foreign)
    urls = role_urls(foreign)
    migrate(urls)
    engine = open_engine(urls.app)

    with SqlOpener(engine)(UserName("tester")) as uow:
        nothing = uow.company.loaded_hash()

    engine.dispose()
    assert nothing is None


def test_a_plain_login_is_told_what_an_administrator_has_to_do(foreign: str, postgres_server: Server) -> None:
    plain = f"postgresql://{PLAIN}:plain@127.0.0.1:{postgres_server.port}/{FOREIGN}"

    with pytest.raises(DatabaseNotPreparedError, match="may not switch to role expediter_owner") as refused:
        adopt(plain)

    assert refused.value.code == "database_not_prepared"
    with psycopg.connect(foreign) as admin:
        assert admin.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'checkpoint'").fetchone() is None

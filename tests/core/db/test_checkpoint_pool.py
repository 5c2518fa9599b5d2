"""The checkpointer's connections: their role, their settings, and the way from an address to the driver's."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from core.db.checkpoint_pool import checkpoint_pool, driver_conninfo
from core.db.roles import RoleUrls, role_urls
from core.domain.errors import StorageUnavailableError


def test_connections_are_the_checkpoint_roles_and_see_its_schema_only(worker_role_urls: RoleUrls) -> None:
    with checkpoint_pool(worker_role_urls.checkpoint) as pool, pool.connection() as connection:
        row = connection.execute("SELECT current_user AS who, current_schemas(false) AS seen").fetchone()

    assert row == {"who": "expediter_checkpoint", "seen": ["checkpoint"]}
    assert connection.autocommit


def test_options_of_an_address_reach_the_driver() -> None:
    url = role_urls("postgresql://me:p%40ss@db.example:5433/books").checkpoint

    assert conninfo_to_dict(driver_conninfo(url)) == {
        "host": "db.example",
        "port": "5433",
        "dbname": "books",
        "user": "me",
        "password": "p@ss",
        "options": "-c role=expediter_checkpoint -c search_path=checkpoint",
        "connect_timeout": "5",
    }


def test_a_database_that_is_down_is_said_so() -> None:
    with (
        pytest.raises(StorageUnavailableError),
        checkpoint_pool("postgresql+psycopg://nobody:x@127.0.0.1:9/none"),
    ):
        pass

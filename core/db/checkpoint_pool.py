"""The connections the agents' saved state is kept over, under a role that owns that state and nothing else."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout
from sqlalchemy.engine import make_url

from core.domain.errors import StorageUnavailableError

CONNECT_SECONDS = 5
LARGEST_POOL = 4


@contextmanager
def checkpoint_pool(url: str) -> Generator[ConnectionPool[Connection[DictRow]]]:
    """A small pool as the checkpointer wants it: autocommit, rows as dictionaries, no prepared statements kept."""
    conninfo = driver_conninfo(url)
    _probe(conninfo)
    kwargs: dict[str, Any] = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    with ConnectionPool[Connection[DictRow]](
        conninfo,
        kwargs=kwargs,
        min_size=1,
        max_size=LARGEST_POOL,
        timeout=CONNECT_SECONDS,
        check=ConnectionPool[Connection[DictRow]].check_connection,
    ) as pool:
        yield pool


@contextmanager
def driver_failures_named() -> Generator[None]:
    """What the checkpointer lets through of the driver's, as our error."""
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise StorageUnavailableError("the database does not answer; see `expediter db status`") from error


def _probe(conninfo: str) -> None:
    """A pool keeps trying in the background; a database that is down should be said at once."""
    with driver_failures_named():
        Connection.connect(conninfo).close()


def driver_conninfo(url: str) -> str:
    """A SQLAlchemy address as the driver's own connection string."""
    parsed = make_url(url)
    _, arguments = parsed.get_dialect()().create_connect_args(parsed)
    return make_conninfo("", **{"connect_timeout": str(CONNECT_SECONDS), **arguments})

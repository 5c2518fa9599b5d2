"""What the bulk reader reads is what the plain reading of the same books reads, column by column."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from core.db.embedded import Server
from core.db.roles import RoleUrls, dsn_of
from core.db.snapshot.reader import read_snapshot
from core.planning.texts import Texts
from tests.columns import differences
from tests.core.db.snapshot.oracle import read_plainly

RANDOM_BOOKS = Path(__file__).with_name("random_books.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(("seed", "width"), [(0.1, 9), (0.4, 1), (0.7, 200)])
def test_random_books_in_no_order(postgres_server: Server, company_urls: RoleUrls, seed: float, width: int) -> None:
    name = str(make_url(company_urls.app).database)
    with postgres_server.superuser(name) as superuser:
        superuser.execute("SET session_replication_role = replica")
        psycopg.ClientCursor(superuser).execute(RANDOM_BOOKS.encode(), {"seed": seed, "width": width})

    with psycopg.connect(dsn_of(company_urls.app)) as connection:
        books, expected = read_snapshot(connection, datetime(2024, 10, 4, 9, tzinfo=UTC)), read_plainly(connection)

    assert books.demand.line.size > 30
    assert isinstance(books.demand.order, Texts)
    for table, columns in expected.items():
        assert list(differences(getattr(books, table), columns, table)) == []

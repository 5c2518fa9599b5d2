"""What the bulk reader reads is what the plain reading of the same books reads, column by column."""

import os
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from core.bootstrap.databases import load_company
from core.db.embedded import Server
from core.db.roles import RoleUrls, dsn_of
from core.db.snapshot.reader import read_snapshot
from core.demo.company import demo_company
from core.planning.texts import Texts
from core.services.packs.reading import read_pack
from tests.columns import differences
from tests.core.db.snapshot.oracle import read_plainly

ADVENTUREWORKS = Path(__file__).parents[5] / "shared" / "data" / "adventureworks" / "2014-05-01"
RANDOM_BOOKS = Path(__file__).with_name("random_books.sql").read_text(encoding="utf-8")

ALONE = "SET max_parallel_workers_per_gather = 0"
TOGETHER = "SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0"


@pytest.mark.parametrize(("seed", "width"), [(0.1, 9), (0.4, 1), (0.7, 200)])
def test_random_books_in_no_order(postgres_server: Server, company_urls: RoleUrls, seed: float, width: int) -> None:
    name = str(make_url(company_urls.app).database)
    with postgres_server.superuser(name) as superuser:
        superuser.execute("SET session_replication_role = replica")
        psycopg.ClientCursor(superuser).execute(RANDOM_BOOKS.encode(), {"seed": seed, "width": width})

    assert read_alike(company_urls) > 30


def test_the_demo_company(role_urls: RoleUrls) -> None:
    load_company(role_urls, demo_company(), content_hash="demo")

    assert read_alike(role_urls) > 100


def test_adventureworks_with_all_its_lines(role_urls: RoleUrls) -> None:
    if not ADVENTUREWORKS.is_dir():
        assert os.environ.get("CI") != "true", f"{ADVENTUREWORKS} is absent"
        pytest.skip(f"{ADVENTUREWORKS} is absent")
    load_company(role_urls, read_pack(ADVENTUREWORKS).company, content_hash="pack")

    assert read_alike(role_urls) == 4_143


def read_alike(urls: RoleUrls) -> int:
    """Both readings give the same rows in the same order, whether one process of the server reads or several; how many
    order lines there are."""
    now = datetime(2024, 10, 4, 9, tzinfo=UTC)
    with psycopg.connect(dsn_of(urls.app)) as connection:
        connection.execute(ALONE)
        readings, expected = [read_snapshot(connection, now)], read_plainly(connection)
        connection.execute(TOGETHER)
        readings.append(read_snapshot(connection, now))
    for books in readings:
        assert isinstance(books.demand.order, Texts)
        for table, columns in expected.items():
            assert list(differences(getattr(books, table), columns, table)) == []
    return readings[0].demand.line.size

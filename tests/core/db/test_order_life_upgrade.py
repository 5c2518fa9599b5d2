"""Orders of books older than the life of orders are brought into its words: states, channels, parts."""

from collections.abc import Iterator

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.db.embedded import Server, create_database, drop_database
from core.db.roles import RoleUrls, dsn_of
from tests.database import WORKER

OLDER = """
INSERT INTO items (code, name, unit, make, finished_good, standard_cost, list_price, safety_stock, lead_time_days)
    VALUES ('VALVE', 'Valve', 'EA', false, true, 1, 1, 0, 1);
INSERT INTO locations (code, site, name, may_ship, virtual) VALUES ('HOUSTON', 'H', 'Houston', true, false);
INSERT INTO customers (code, name, tier, email, late_penalty_percent, ship_complete)
    VALUES ('HARBOR', 'Harbor', 1, '', 0, false);
INSERT INTO sales_orders
    (number, customer_id, customer_po, channel, order_date, currency, ship_from_id, priority, entry_sequence)
    SELECT 'SO-' || n, 1, ' Po ' || n, (ARRAY['EDI', 'web', '', 'rush'])[n], '2024-10-01', 'USD', 1, 1, n
    FROM generate_series(1, 4) n;
INSERT INTO sales_order_lines
    (order_id, line, item_id, ordered, shipped, cancelled, unit_price, requested, first_promised, promised)
    VALUES (1, 1, 1, 40, 0, 0, 1, '2024-10-09', '2024-10-09', '2024-10-10'),
           (1, 2, 1, 8, 8, 0, 1, '2024-10-09', NULL, NULL), (2, 1, 1, 30, 5, 5, 1, '2024-10-09', NULL, NULL),
           (3, 1, 1, 8, 6, 2, 1, '2024-10-09', NULL, NULL), (4, 1, 1, 8, 0, 8, 1, '2024-10-09', NULL, NULL);
"""


@pytest.fixture
def older(postgres_server: Server, template_database: str) -> Iterator[RoleUrls]:
    """An empty database."""
    name = f"older_{WORKER}"
    create_database(postgres_server, name)
    yield postgres_server.role_urls(name)
    drop_database(postgres_server, name)


def upgrade(urls: RoleUrls, *, to: str) -> None:
    with create_engine(urls.owner, poolclass=NullPool).begin() as connection:
        config = Config()
        config.set_main_option("script_location", "core:db/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def test_orders_of_older_books_are_confirmed_shipped_or_cancelled(older: RoleUrls) -> None:
    upgrade(older, to="0005")
    with psycopg.connect(dsn_of(older.owner)) as owner:
        owner.execute(OLDER)

    upgrade(older, to="0007")

    with psycopg.connect(dsn_of(older.owner)) as owner:
        orders = owner.execute("SELECT number, state, channel, po_key FROM sales_orders ORDER BY number").fetchall()
        lines = owner.execute("SELECT order_id, line, state FROM sales_order_lines ORDER BY 1, 2").fetchall()
        parts = owner.execute(
            "SELECT order_id, line, sequence, quantity, state, day::text FROM schedule_lines ORDER BY 1, 2, 3"
        ).fetchall()
    assert orders == [
        ("SO-1", "confirmed", "edi", "po1"),
        ("SO-2", "confirmed", "storefront", "po2"),
        ("SO-3", "shipped", "sales_rep", "po3"),
        ("SO-4", "cancelled", "phone", "po4"),
    ]
    assert lines == [
        (1, 1, "confirmed"),
        (1, 2, "shipped"),
        (2, 1, "confirmed"),
        (3, 1, "shipped"),
        (4, 1, "cancelled"),
    ]
    assert parts == [
        (1, 1, 1, 40, "promised", "2024-10-10"),
        (1, 2, 1, 8, "shipped", None),
        (2, 1, 1, 5, "shipped", None),
        (2, 1, 2, 5, "cancelled", None),
        (2, 1, 3, 20, "backordered", None),
        (3, 1, 1, 6, "shipped", None),
        (3, 1, 2, 2, "cancelled", None),
        (4, 1, 1, 8, "cancelled", None),
    ]

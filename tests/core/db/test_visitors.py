"""Visitors limited to some sites or customers: the database shows them theirs, and nothing to who says nothing."""

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from core.db.roles import RoleUrls, dsn_of
from core.db.unit_of_work import SqlVisitorOpener, open_engine
from core.domain.errors import NotAuthorisedError, NotFoundError
from core.domain.ids import UserName
from core.domain.scopes import WHOLE, Scope
from tests.builders import HARBOR, MESA
from tests.desk import Desk

SEEN = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND "
GUARDED = SEEN + "relrowsecurity"
GRANTED = SEEN + "has_table_privilege('expediter_visitor', oid, 'SELECT')"
# What everybody at a door may know, of whatever site or customer.
COMMON = {
    "settings", "items", "locations", "bom_components", "lanes", "calendars", "carriers", "work_centers", "operations",
    "item_alternates", "unit_conversions", "configurable_products", "item_variants", "scans",
}  # fmt: skip
SAM = UserName("sam")


def rows(urls: RoleUrls, statement: str, *, sites: str | None = None, customers: str | None = None) -> set[str]:
    """The first column of what a visitor sees under these settings."""
    with psycopg.connect(dsn_of(urls.visitor)) as visitor:
        for name, value in (("expediter.sites", sites), ("expediter.customers", customers)):
            if value is not None:
                visitor.execute("SELECT set_config(%s, %s, true)", [name, value])
        return {str(row[0]) for row in visitor.execute(statement.encode())}


def test_every_table_a_visitor_reads_is_common_or_guarded(worker_role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.owner)) as owner:
        guarded = {row[0] for row in owner.execute(GUARDED)}
        granted = {row[0] for row in owner.execute(GRANTED)}

    assert granted == COMMON | guarded
    assert {"sales_orders", "customers", "cases", "stock_balances", "approvals"} <= guarded


def test_who_says_nothing_sees_nothing(desk: Desk) -> None:
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        guarded = [row[0] for row in owner.execute(GUARDED)]
    with psycopg.connect(dsn_of(desk.urls.visitor)) as visitor:
        for table in guarded:
            found = visitor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            assert found == (0,), table


def test_a_visitor_of_a_customer_sees_its_orders_and_no_stock(desk: Desk) -> None:
    every = rows(desk.urls, "SELECT c.code FROM customers c", sites="*", customers="*")
    mine = min(every)

    assert len(every) > 1
    assert rows(desk.urls, "SELECT code FROM customers", sites="*", customers=mine) == {mine}
    of_mine = "SELECT c.code FROM sales_orders o JOIN customers c ON c.id = o.customer_id"
    assert rows(desk.urls, of_mine, sites="*", customers=mine) <= {mine}
    assert rows(desk.urls, "SELECT item_id FROM stock_balances", sites="*", customers=mine) == set()
    assert rows(desk.urls, "SELECT code FROM suppliers", sites="*", customers=mine) == set()


def test_lines_are_seen_with_their_order(desk: Desk) -> None:
    lines = "SELECT DISTINCT order_id FROM sales_order_lines"
    orders = "SELECT id FROM sales_orders"
    mine = min(rows(desk.urls, "SELECT code FROM customers", sites="*", customers="*"))

    assert rows(desk.urls, lines, sites="*", customers="*") == rows(desk.urls, orders, sites="*", customers="*")
    assert rows(desk.urls, lines, sites="*", customers=mine) == rows(desk.urls, orders, sites="*", customers=mine)


def test_a_visitor_of_a_site_sees_its_stock_and_no_other(desk: Desk) -> None:
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        sites = {row[0] for row in owner.execute("SELECT DISTINCT site FROM locations WHERE NOT virtual")}
    kept = "SELECT l.site FROM stock_balances b JOIN locations l ON l.id = b.location_id WHERE NOT l.virtual"

    assert len(sites) > 1
    for site in sites:
        assert rows(desk.urls, kept, sites=site, customers="*") <= {site}
    assert rows(desk.urls, kept, sites="*", customers="*") == {
        one for site in sites for one in rows(desk.urls, kept, sites=site, customers="*")
    }


@pytest.mark.parametrize("statement", ["INSERT INTO customers DEFAULT VALUES", "DELETE FROM cases", "TABLE users"])
def test_a_visitor_writes_nothing_and_reads_no_secrets(desk: Desk, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        rows(desk.urls, statement, sites="*", customers="*")


def test_a_scope_is_forgotten_with_its_transaction(desk: Desk) -> None:
    engine = open_engine(desk.urls.visitor)
    visitors = SqlVisitorOpener(engine)
    try:
        with visitors(SAM, WHOLE) as uow:
            assert uow.company.customer(HARBOR).code == HARBOR
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one() == 0
        with visitors(SAM, Scope.of(None, [MESA])) as uow, pytest.raises(NotFoundError):
            uow.company.customer(HARBOR)
    finally:
        engine.dispose()


def test_what_a_visitor_may_not_read_at_all_is_refused_in_words(desk: Desk) -> None:
    engine = open_engine(desk.urls.visitor)
    try:
        with (
            pytest.raises(NotAuthorisedError, match="needs more of the books than you see"),
            SqlVisitorOpener(engine)(SAM, Scope.of(["HOU"], None)) as uow,
        ):
            uow.tasks.listed()
        with (
            pytest.raises(NotAuthorisedError, match="all sites, customers MESA"),
            SqlVisitorOpener(engine)(SAM, Scope.of(None, ["MESA"])) as uow,
        ):
            uow.snapshot()
    finally:
        engine.dispose()

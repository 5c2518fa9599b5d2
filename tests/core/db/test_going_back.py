"""Going back to an older schema: nothing is lost without a word, and with it the books that are left are sound."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from core.bootstrap.databases import load_company
from core.db.embedded import Server, drop_database
from core.db.laws import broken_links
from core.db.roles import RoleUrls, dsn_of
from core.db.schema import migrate, revision, take_back
from core.demo.company import demo_company
from core.domain.errors import RowsWouldBeLostError
from tests.database import WORKER, copy_database
from tests.laws import Laws

Contents = Mapping[str, str]

NEWER_ROWS = Path(__file__).with_name("newer_rows.sql").read_text(encoding="utf-8")
# What was recorded of master data is taken down again by each revision that gives a table other columns.
TAKEN_DOWN_AGAIN = {"alembic_version", "master_data_origins", "master_data_changes"}
NOW = datetime(2026, 11, 3, tzinfo=UTC)


@pytest.fixture
def demo(role_urls: RoleUrls) -> RoleUrls:
    """The demo company as it is loaded."""
    load_company(role_urls, demo_company(), content_hash="demo")
    return role_urls


@pytest.fixture
def strange(postgres_server: Server, company_template: str) -> Iterator[RoleUrls]:
    """The small company with one of each row that older books have no word for."""
    name = f"going_back_{WORKER}"
    drop_database(postgres_server, name)
    copy_database(postgres_server, name, company_template)
    with postgres_server.superuser(name) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(NEWER_ROWS.encode())
    yield postgres_server.role_urls(name)
    drop_database(postgres_server, name)


def test_steps_that_brought_nothing_yet_go_down_and_up_and_leave_every_row_as_it_is(demo: RoleUrls) -> None:
    before = contents(demo)

    gone = take_back(demo, "0039", discard=False)
    down = revision(demo)
    migrate(demo)

    assert (gone, down[0]) == ((), "0039")
    assert {name for name, rows in contents(demo).items() if rows != before[name]} <= TAKEN_DOWN_AGAIN
    assert broken(demo) == {}


def test_what_would_be_lost_is_counted_and_refused_before_anything_changes(demo: RoleUrls) -> None:
    before = contents(demo)
    changes = "master_data_changes WHERE operation <> 'baseline' AND table_name <> 'configurable_products'"
    recorded = len(rows(demo, f"SELECT 1 FROM {changes}"))
    origins = len(rows(demo, "SELECT 1 FROM master_data_origins WHERE kind <> 'migration'"))

    with pytest.raises(RowsWouldBeLostError) as refused:
        take_back(demo, "0020", discard=False)

    lost = [
        ("0039", "rows of configurable_products", 1),
        ("0021", "rows of master_data_origins", origins),
        ("0021", "rows of master_data_changes", recorded),
    ]
    assert refused.value.details["losses"] == [
        {"revision": at, "what": what, "count": count} for at, what, count in lost
    ]
    assert all(f"{what}: {count:,}" in refused.value.message for _, what, count in lost)
    assert "--discard" in refused.value.message
    assert contents(demo) == before


def test_books_that_went_all_the_way_back_and_up_again_are_sound(demo: RoleUrls) -> None:
    kept = ("settings", "items", "customers", "suppliers", "sales_orders", "purchase_orders", "stock_balances")
    before = {name: len(rows(demo, f"SELECT 1 FROM {name}")) for name in kept}

    gone = take_back(demo, "0005", discard=True)
    migrate(demo)

    assert {loss.revision for loss in gone} >= {"0006", "0007", "0021"}
    assert {name: len(rows(demo, f"SELECT 1 FROM {name}")) for name in kept} == before
    assert broken(demo) == {}


def test_a_proposal_of_a_letter_or_a_negotiation_goes_with_all_that_hangs_on_it(strange: RoleUrls) -> None:
    take_back(strange, "0037", discard=True)

    hanging = ("approval_decisions", "effect_ledger", "rule_decisions", "rule_decision_scopes", "autonomy_demotions")
    assert rows(strange, "SELECT id FROM proposals WHERE id LIKE 'P-%'") == [("P-PLAN",)]
    for table in hanging:
        assert rows(strange, f"SELECT approval_id FROM {table} WHERE approval_id LIKE 'A-%'") == [("A-PLAN",)]
    told = rows(strange, "SELECT key, approval_id FROM outbox WHERE key LIKE 'A-%' ORDER BY key")
    assert told == [("A-LETTER", None), ("A-MANDATE", None), ("A-PLAN", "A-PLAN")]
    with pytest.raises(psycopg.errors.RestrictViolation, match="proposals is append-only"):
        rows(strange, "DELETE FROM proposals WHERE id = 'P-PLAN'")


def test_rows_that_older_books_have_no_word_for_are_counted_and_get_the_next_one(strange: RoleUrls) -> None:
    gone = list(take_back(strange, "0029", discard=True))
    recorded = (
        "SELECT kind, operation, table_name FROM master_data_changes JOIN master_data_origins o ON o.id = origin_id"
    )
    assert rows(strange, f"{recorded} WHERE o.id IN (900, 901)") == [("migration", "baseline", "items")]
    assert rows(strange, "SELECT kind FROM signals WHERE reference = 'twice'") == [("document",)]

    gone += take_back(strange, "0009", discard=True)
    assert rows(strange, "SELECT DISTINCT state FROM cases WHERE key IN ('taken up', 'put aside')") == [("open",)]
    for table in ("purchase_orders", "work_orders", "transfer_orders"):
        assert rows(strange, f"SELECT state FROM {table} WHERE number LIKE '%-DRAFT'") == [("cancelled",)]
    assert rows(strange, "SELECT ordered, received FROM purchase_order_lines WHERE ordered = 5") == [(5, 5)]
    claims = "SELECT reference, quantity, state FROM reservations WHERE reference IN ('again', 'ran out') ORDER BY 1"
    assert rows(strange, claims) == [("again", 2, "open"), ("ran out", 3, "released")]
    counted = {loss.what: loss.count for loss in gone}
    assert counted["rows of policies"] == 1
    assert {what: count for what, count in counted.items() if not what.startswith(("rows of ", "values of "))} == {
        "proposals of negotiations, with their approvals": 1,
        "items born of a configuration (they become plain items)": 1,
        "proposals of letters, with their approvals": 1,
        "requests for another policy": 1,
        "signals of letters that repeat another (they become documents)": 1,
        "cases that were taken up or put aside (they become open)": 2,
        "draft purchase orders (they become cancelled)": 1,
        "draft work orders (they become cancelled)": 1,
        "draft transfer orders (they become cancelled)": 1,
        "lines of purchase orders with more received than ordered (cut)": 1,
        "reservations that ran out (they become released)": 1,
        "reservations of a reference that was used again": 2,
    }


def rows(urls: RoleUrls, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn_of(urls.owner)) as owner:
        return owner.execute(statement.encode()).fetchall()


def contents(urls: RoleUrls) -> Contents:
    """A digest of the rows of each table."""
    with psycopg.connect(dsn_of(urls.owner)) as owner:
        tables = owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        digest = "SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {} t"
        return {
            name: str(owner.execute(sql.SQL(digest).format(sql.Identifier(name))).fetchone())
            for (name,) in tables.fetchall()
        }


def broken(urls: RoleUrls) -> Mapping[str, object]:
    """What `expediter check` finds."""
    with create_engine(urls.owner, poolclass=NullPool).connect() as connection, Session(connection) as session:
        links = tuple(broken_links(session))
        return {**Laws.of(connection).broken(NOW), **({"links": links} if links else {})}

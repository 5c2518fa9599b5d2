"""Books a process keeps are those of the database: after any changes, in any order of commits, for any reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import psycopg
import pytest
from psycopg.rows import TupleRow

from core.db.roles import RoleUrls, dsn_of
from core.db.snapshot.reader import read_snapshot
from core.db.snapshot.resident import CHECKED_EVERY, LONGEST_APART, ResidentBooks, differing
from core.db.unit_of_work import SqlOpener, open_engine
from tests.builders import MARIA, RENO, VALVE
from tests.desk import Desk

NOW = datetime(2024, 10, 4, 9, 0, tzinfo=UTC)
# Each with a number that is new, and one between 1 and 9.
CHANGES = tuple(Path(__file__).with_name("changes.sql").read_text(encoding="utf-8").encode().split(b";\n"))[:-1]
A_QUOTE = next(change for change in CHANGES if b"promise_quotes" in change)


@contextmanager
def session(url: str) -> Iterator[psycopg.Connection[TupleRow]]:
    with psycopg.connect(dsn_of(url), autocommit=True) as connection:
        yield connection


def wrong(kept: ResidentBooks, reader: psycopg.Connection[TupleRow], now: datetime = NOW) -> list[str]:
    """Columns in which what is kept differs from the database."""
    return list(differing(kept.current(reader, now), read_snapshot(reader, now)))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.breaks_laws("rows are changed by hand")
def test_after_any_changes_what_is_kept_is_what_is_read(company_urls: RoleUrls, seed: int) -> None:
    dice, kept = Random(seed), ResidentBooks()
    with session(company_urls.owner) as writer, session(company_urls.app) as reader:
        first = kept.current(reader, NOW)
        assert first is not None
        orders, due = tuple(first.demand.order), first.demand.due.tolist()
        for n in range(40):
            for change in dice.choices(CHANGES, k=dice.randint(1, 3)):
                writer.execute(change, {"n": n * 10 + dice.randint(0, 9), "few": dice.randint(1, 9)})
            assert wrong(kept, reader) == [], f"after change {n}"

        assert kept.verify(reader) == ()
        assert (tuple(first.demand.order), first.demand.due.tolist()) == (orders, due)
        with pytest.raises(ValueError, match="read-only"):
            first.demand.quantity[0] = 1


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_transaction_that_began_first_and_commits_last_is_not_missed(company_urls: RoleUrls) -> None:
    kept = ResidentBooks()
    with session(company_urls.app) as reader, psycopg.connect(dsn_of(company_urls.owner)) as early:
        early.execute("UPDATE sales_order_lines SET requested = requested + 30 WHERE ordered = 40")
        with session(company_urls.owner) as late:
            late.execute("UPDATE stock_balances SET on_hand = on_hand + 7")
        assert wrong(kept, reader) == []
        with session(company_urls.owner) as late:
            late.execute("UPDATE work_orders SET due = due + 2")
        assert wrong(kept, reader) == []

        before = kept.current(reader, NOW)
        early.commit()
        after = kept.current(reader, NOW)

        assert before is not None
        assert after is not None
        assert list(differing(before, after)) == ["books.demand.requested"]
        assert wrong(kept, reader) == []


def test_whoever_has_written_reads_the_database_and_the_others_what_is_kept(desk: Desk, company_urls: RoleUrls) -> None:
    kept, engine = ResidentBooks(), open_engine(company_urls.app)
    books = SqlOpener(engine, desk.clock.read, kept)

    with books(MARIA.name) as uow:
        before = uow.snapshot()
        assert uow.snapshot().demand is before.demand
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")
        mine = uow.snapshot()
        with books(MARIA.name) as other:
            assert other.snapshot().stock is before.stock
    with books(MARIA.name) as uow:
        after = uow.snapshot()
    engine.dispose()

    assert before.stock.available.tolist() == [6, 20, 100, 5, 50]
    assert mine.stock.available.tolist() == after.stock.available.tolist() == [6, 20, 100, 5, 45]
    assert after.demand is before.demand
    assert mine.demand is not before.demand


@pytest.mark.breaks_laws("rows are changed by hand")
def test_master_data_many_rows_and_quotes_that_expire(desk: Desk, company_urls: RoleUrls) -> None:
    kept = ResidentBooks()
    with session(company_urls.owner) as writer, session(company_urls.app) as reader:
        assert wrong(kept, reader) == []
        desk.alter("UPDATE items SET safety_stock = 9 WHERE code = 'SEAL'")
        assert wrong(kept, reader) == []
        writer.execute(A_QUOTE, {"n": 1, "few": 1})
        writer.execute("INSERT INTO book_changes (source) VALUES ('sales')")

        for now, count in ((NOW, 1), (NOW + timedelta(days=1), 0)):
            found = kept.current(reader, now)
            assert found is not None
            assert found.claims.quantity.size == count
            assert wrong(kept, reader, now) == []


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_check_names_what_was_wrong_and_puts_it_right(
    company_urls: RoleUrls, caplog: pytest.LogCaptureFixture
) -> None:
    kept = ResidentBooks()
    with session(company_urls.owner) as writer, session(company_urls.app) as reader:
        assert kept.current(reader, NOW) is not None
        assert kept.verify(reader) == ()
        writer.execute("ALTER TABLE stock_balances DISABLE TRIGGER noted_changed")
        writer.execute("UPDATE stock_balances SET on_hand = on_hand + 7")
        writer.execute("ALTER TABLE stock_balances ENABLE TRIGGER noted_changed")

        assert wrong(kept, reader) == ["books.stock.available"]
        assert kept.verify(reader) == ("books.stock.available",)
        assert wrong(kept, reader) == []
    assert caplog.messages == ["books kept in memory were not as the database has them: books.stock.available"]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_what_everybody_has_seen_is_forgotten(company_urls: RoleUrls) -> None:
    count = "SELECT count(*) FROM book_changes WHERE source <> 'mark'"
    with session(company_urls.owner) as writer, session(company_urls.app) as reader:
        writer.execute("UPDATE stock_balances SET on_hand = on_hand + 7")
        before = writer.execute(count).fetchone()
        reader.execute("SELECT prune_book_changes('1 hour')")
        assert writer.execute(count).fetchone() == before
        # A transaction of another database of this server may be open: the mark says what had ended, whatever it was.
        last = "(SELECT max(transaction) + 1 FROM book_changes)"
        writer.execute(f"UPDATE book_changes SET keys = ARRAY[{last}] WHERE source = 'mark'")
        writer.execute("UPDATE book_changes SET recorded_at = recorded_at - interval '61 minutes'")
        reader.execute("SELECT prune_book_changes('1 hour')")
        assert writer.execute(count).fetchone() == (0,)
    assert timedelta(hours=1) > LONGEST_APART > CHECKED_EVERY

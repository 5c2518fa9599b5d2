"""Quotes in micro-batches: what is written is what the service writes, row by row; never more than there will be."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest

from core.bootstrap.batching import quoting
from core.bootstrap.opening import open_books
from core.db.batching.promising import PromisingBatcher
from core.db.roles import dsn_of
from core.db.snapshot.resident import ResidentBooks
from core.domain.errors import IdempotencyConflictError, InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, UserName
from core.domain.promising import Ask
from core.domain.quoting import QuoteGiven, QuotePromise
from core.domain.stock import Claim, ReserveStock
from core.planning.promising import USUAL
from core.ports.storage import UnitOfWork
from core.services.checking import check
from core.services.promising import quote
from core.services.reserving import reserve_stock
from tests.builders import HARBOR, HOUSTON, MARIA, PUMP, RENO, SEAL, VALVE, day
from tests.core.db.batching.quoting import units_there, wish
from tests.desk import Desk

_ROWS = (
    "SELECT to_jsonb(x) - 'id' FROM reservations x ORDER BY reference, id",
    "SELECT to_jsonb(x) FROM promise_quotes x ORDER BY quote, position",
    "SELECT to_jsonb(x) FROM commands x ORDER BY key",
    "SELECT to_jsonb(x) - 'id' FROM audit_log x ORDER BY scope, sequence",
    "SELECT to_jsonb(x) FROM audit_heads x ORDER BY scope",
    "SELECT to_jsonb(x) FROM stock_balances x ORDER BY item_id, location_id",
    "SELECT to_jsonb(x) - 'id' FROM outbox x ORDER BY key",
)
Answer = QuoteGiven | BaseException


@pytest.fixture
def batchers(desk: Desk) -> Iterator[list[PromisingBatcher]]:
    """Two batchers with connections of their own, as two processes have them."""
    with ExitStack() as stack:
        books = [stack.enter_context(open_books(desk.urls.app, frozen=desk.clock.read)) for _ in range(2)]
        yield [stack.enter_context(quoting(each)) for each in books]


@pytest.fixture
def together(desk: Desk) -> Iterator[PromisingBatcher]:
    """A batcher that leaves nothing to the ordinary service."""

    def nobody(actor: UserName, command: QuotePromise) -> QuoteGiven:
        raise AssertionError(f"{actor} {command.key} was not carried out with the others")

    with (
        open_books(desk.urls.app, frozen=desk.clock.read) as books,
        PromisingBatcher(books, nobody, rules=lambda: USUAL) as batcher,
    ):
        yield batcher


def ask(units: int, item: ItemCode = VALVE, *, on: int = 2, **values: bool) -> Ask:
    return Ask(
        item=item, location=HOUSTON if item in (PUMP, SEAL) else RENO, quantity=units, requested=day(on), **values
    )


def asked(batchers: Sequence[PromisingBatcher], *commands: QuotePromise) -> list[Answer]:
    async def all_ask() -> list[Answer]:
        asking = (batchers[n % len(batchers)].quote(MARIA.name, command) for n, command in enumerate(commands))
        return await asyncio.gather(*asking, return_exceptions=True)

    return asyncio.run(all_ask())


def units_of(answer: Answer) -> int:
    assert isinstance(answer, QuoteGiven), answer
    return sum(dated.quantity for promise in answer.promises for dated in promise.dates)


def rows_in(connection: "psycopg.Connection[tuple[object, ...]]") -> list[list[tuple[object, ...]]]:
    return [connection.execute(query).fetchall() for query in _ROWS]


def sound(uow: UnitOfWork) -> bool:
    return [result for result in check(uow) if result.broken] == []


def test_what_is_written_is_what_the_service_writes(desk: Desk, together: PromisingBatcher) -> None:
    commands = (
        QuotePromise(key="a", asks=(ask(20),), customer=HARBOR, minutes=30),
        QuotePromise(key="b", asks=(ask(25), ask(3, SEAL))),
        QuotePromise(key="c", asks=(ask(6, PUMP, on=8),), customer=HARBOR),
        QuotePromise(key="d", asks=(ask(9, PUMP, on=3), ask(4, on=30))),
        QuotePromise(key="e", asks=(ask(7, on=9), ask(2, PUMP, on=9))),
        QuotePromise(
            key="f",
            asks=(Ask(item=VALVE, location=RENO, quantity=900, requested=day(0), max_lateness=0, partial=False),),
        ),
        QuotePromise(key="g", asks=(ask(1),)),
    )
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        before = rows_in(owner)
    with desk.open() as uow:
        expected = [quote(uow, command) for command in commands]
        session = uow.promises.transaction.session  # type: ignore[attr-defined]  the store of the database
        written = rows_in(session.connection().connection.driver_connection)
        session.rollback()

    assert asked([together], *commands) == expected

    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        found = rows_in(owner)
    assert found == written
    assert [len(rows) - len(were) for rows, were in zip(found[:4], before, strict=False)] == [3, 11, 7, 8]
    with desk.open() as uow:
        assert sound(uow)


def test_no_unit_is_promised_twice_by_two_batchers(desk: Desk, batchers: list[PromisingBatcher]) -> None:
    found = asked(batchers, *(wish(f"k{n}", 8) for n in range(12)))

    assert sum(units_of(answer) for answer in found) == 30 < 12 * 8
    with desk.open() as uow:
        assert units_there(uow) == 0
        assert sound(uow)


def test_a_key_is_quoted_once_and_a_failure_takes_nothing_from_the_others(
    desk: Desk, batchers: list[PromisingBatcher]
) -> None:
    found = asked(
        batchers[:1],
        wish("a", 5),
        wish("b", 5, minutes=0),
        wish("c", 4),
        wish("a", 5),
        wish("a", 6),
        QuotePromise(key="d", asks=(ask(1),), customer=CustomerCode("NOBODY")),
        QuotePromise(key="e", asks=(ask(1, ItemCode("NOTHING")),)),
    )

    assert [units_of(found[n]) for n in (0, 2, 3)] == [5, 4, 5]
    assert found[0] == found[3]
    refused = [InvalidValueError, IdempotencyConflictError, NotFoundError, NotFoundError]
    assert [type(found[n]) for n in (1, 4, 5, 6)] == refused
    with desk.open() as uow:
        assert quote(uow, wish("a", 5)) == found[0]
        assert uow.stock.available(VALVE, RENO) == 41


def reserve(desk: Desk, item: ItemCode, units: int) -> None:
    claim = Claim(item=item, location=HOUSTON if item == SEAL else RENO, quantity=units, reference=f"{item}/1")
    with desk.open() as uow:
        reserve_stock(uow, ReserveStock(key=f"reserve {item}", claims=(claim,)))


def test_what_was_decided_on_books_that_are_no_more_is_decided_again(desk: Desk, together: PromisingBatcher) -> None:
    assert units_of(asked([together], wish("first", 5))[0]) == 5
    reserve(desk, VALVE, 8)
    with ThreadPoolExecutor(1) as thread, desk.open() as uow:
        assert units_of(quote(uow, wish("meanwhile", 12))) == 12
        late = thread.submit(asked, [together], wish("second", 4), wish("third", 4))
        desk.until_somebody_waits()
        uow.promises.transaction.session.commit()  # type: ignore[attr-defined]  the store of the database

        assert [units_of(answer) for answer in late.result()] == [4, 1]

    with desk.open() as uow:
        assert sound(uow)


def test_only_what_an_answer_may_rest_on_makes_it_old(desk: Desk) -> None:
    books = ResidentBooks()
    with psycopg.connect(dsn_of(desk.urls.owner), autocommit=True) as owner:
        look = books.look(owner, None)
        assert look is not None
        reserve(desk, SEAL, 1)

        items = ([VALVE], [SEAL], None)
        asking = "SELECT changed_since(%s, %s::bigint[], %s::text[])"
        known = [owner.execute(asking, [look.horizon, sorted(look.seen), those]).fetchone() for those in items]

    assert known == [(False,), (True,), (True,)]

"""Rounds of promises: never more than there will be, once a key, and nothing is left of failures."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from core.bootstrap.batching import quoting
from core.bootstrap.opening import open_books
from core.db.batching.rounds import RoundBatcher
from core.domain.errors import IdempotencyConflictError, InvalidValueError
from core.domain.promising import Ask
from core.services.checking import check
from core.services.promising import InquirePromise, QuoteGiven, QuotePromise, inquire, quote
from tests.builders import MARIA, RENO, VALVE, day
from tests.desk import Desk

Quotes = RoundBatcher[QuotePromise, QuoteGiven]


@pytest.fixture
def batchers(desk: Desk) -> Iterator[list[Quotes]]:
    """Two batchers with connections of their own, as two processes have them."""
    with ExitStack() as stack:
        books = [stack.enter_context(open_books(desk.urls.app, frozen=desk.clock.read)) for _ in range(2)]
        yield [stack.enter_context(quoting(each)) for each in books]


def ask(key: str, units: int, *, minutes: int = 60) -> QuotePromise:
    wanted = Ask(item=VALVE, location=RENO, quantity=units, requested=day(0), max_lateness=0)
    return QuotePromise(key=key, asks=(wanted,), minutes=minutes)


def asked(batchers: list[Quotes], *commands: QuotePromise) -> list[QuoteGiven | BaseException]:
    async def all_ask() -> list[QuoteGiven | BaseException]:
        asking = (batchers[n % len(batchers)].ask(MARIA.name, command) for n, command in enumerate(commands))
        return await asyncio.gather(*asking, return_exceptions=True)

    return asyncio.run(all_ask())


def units_of(answer: QuoteGiven | BaseException) -> int:
    assert isinstance(answer, QuoteGiven)
    return sum(dated.quantity for promise in answer.promises for dated in promise.dates)


def test_no_unit_is_promised_twice_by_two_processes(desk: Desk, batchers: list[Quotes]) -> None:
    with desk.open() as uow:
        (free,) = inquire(uow, InquirePromise(asks=ask("-", 1000).asks))
    there = sum(dated.quantity for dated in free.dates)

    found = asked(batchers, *(ask(f"k{n}", 8) for n in range(12)))

    assert sum(units_of(answer) for answer in found) == there < 12 * 8
    with desk.open() as uow:
        assert [result for result in check(uow) if result.broken] == []


def test_a_key_is_quoted_once_and_a_failure_takes_nothing_from_the_others(desk: Desk, batchers: list[Quotes]) -> None:
    found = asked(batchers[:1], ask("a", 5), ask("b", 5, minutes=0), ask("c", 4), ask("a", 5), ask("a", 6))

    assert [units_of(found[n]) for n in (0, 2, 3)] == [5, 4, 5]
    assert found[0] == found[3]
    assert [type(found[n]) for n in (1, 4)] == [InvalidValueError, IdempotencyConflictError]
    with desk.open() as uow:
        assert quote(uow, ask("a", 5)) == found[0]
        assert uow.stock.available(VALVE, RENO) == 41

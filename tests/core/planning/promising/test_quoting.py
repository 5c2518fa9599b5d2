"""Quotes one after the other are those that would be given if the books were read again after each."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.quoting import QuotePromise
from core.planning.promising import Book, opened
from core.planning.promising.quoting import QuoteSeries, quoted_on, with_quote
from core.planning.simulation import item_position, location_position
from core.planning.snapshot import Snapshot
from tests.core.planning.promising.worlds import asks, rules, world

NOW = datetime(2024, 10, 4, 9, 0, tzinfo=UTC)
seeds = st.integers(0, 2**32 - 1)


def lying(snapshot: Snapshot, item: str, location: str) -> int:
    stock, at = snapshot.stock, (item_position(snapshot, item), location_position(snapshot, location))
    keys = zip(stock.item.tolist(), stock.location.tolist(), strict=True)
    return dict(zip(keys, stock.available.tolist(), strict=True)).get(at, 0)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_a_series_is_quotes_on_books_read_again_after_each(seed: int) -> None:
    books, how = world(seed), rules(seed)
    series = QuoteSeries(books, how)

    for number in range(3):
        command = QuotePromise(key=f"{number}", asks=tuple(asks(seed + number)))
        book = Book(opened(books, how))
        alone = quoted_on(book, command, now=NOW, lying=lambda item, place, now=books: lying(now, item, place))
        assert series.quote(command, now=NOW) == alone
        if alone.held is not None:
            books = with_quote(books, alone.held)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_what_is_held_is_what_was_promised_and_lies_there(seed: int) -> None:
    books = world(seed)

    quoted = QuoteSeries(books, rules(seed)).quote(QuotePromise(key="q", asks=tuple(asks(seed)[:1])), now=NOW)

    (promise,) = quoted.given.promises
    parts = () if quoted.held is None else quoted.held.parts
    assert [(part.due, part.quantity) for part in parts] == [(dated.on, dated.quantity) for dated in promise.dates]
    held = sum(claim.quantity for claim in quoted.claims())
    assert held == sum(part.held for part in parts)
    assert all(held <= lying(books, part.item, part.location) for part in parts)

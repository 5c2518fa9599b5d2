"""What a quote promises and holds, worked out on a book; and the books after it, for who comes next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

import numpy as np

from core.domain.ids import ItemCode, LocationCode
from core.domain.promises import PromiseQuote, QuotedPart
from core.domain.promising import Ask, Peg, PegKind, Promise
from core.domain.quoting import Quoted, QuoteGiven, QuotePromise, check_quote, quote_code
from core.planning.positions import item_position, location_position, stock_position
from core.planning.promising.book import Book, open_book
from core.planning.promising.promise import promise
from core.planning.promising.reopening import opened_again
from core.planning.promising.rules import PromisingRules
from core.planning.snapshot import Claims, Snapshot, day_number

Lying: TypeAlias = Callable[[ItemCode, LocationCode], int]
"""Units of an item at a location that nobody holds."""


class QuoteSeries:
    """Quotes one after the other on one reading: each is answered as if the books were read again after the one before
    was held."""

    def __init__(self, snapshot: Snapshot, rules: PromisingRules) -> None:
        self._snapshot = snapshot
        self._opened = open_book(snapshot, rules).opened

    def quote(self, command: QuotePromise, *, now: datetime) -> Quoted:
        """The next quote; one that fails leaves the books as they were."""
        self._opened = opened_again(self._opened, self._snapshot)
        quoted = quoted_on(Book(self._opened), command, now=now, lying=self._lying)
        if quoted.held is not None:
            self._snapshot = with_quote(self._snapshot, quoted.held)
        return quoted

    def _lying(self, item: ItemCode, location: LocationCode) -> int:
        snapshot = self._snapshot
        return self._opened.stock.get((item_position(snapshot, item), location_position(snapshot, location)), 0)


def quoted_on(book: Book, command: QuotePromise, *, now: datetime, lying: Lying) -> Quoted:
    """The answers, taken from the book, and the quote that holds them from now on for as long as was asked.
    InvalidValueError or NotFoundError where that cannot be answered."""
    check_quote(command)
    promises = tuple(promise(book, ask) for ask in command.asks)
    code, until = quote_code(command.key), now + timedelta(minutes=command.minutes)
    parts = tuple(
        part
        for ask, answer in zip(command.asks, promises, strict=True)
        for part in _parts(ask, answer, from_stock(book, ask, answer.pegs, lying=lying))
    )
    held = PromiseQuote(quote=code, customer=command.customer, parts=parts, expires_at=until) if parts else None
    return Quoted(given=QuoteGiven(quote=code, expires_at=until, promises=promises), held=held)


def from_stock(book: Book, ask: Ask, pegs: Sequence[Peg], *, lying: Lying) -> int:
    """How many units of a promise lie where they leave from, to be reserved there."""
    units = sum(
        peg.quantity
        for peg in pegs
        if peg.level == 0 and peg.kind is PegKind.STOCK and (peg.item, peg.location) == (ask.item, ask.location)
    )
    group = book.terms.group_of[location_position(book.snapshot, ask.location)]
    return units if book.terms.alone[group] else min(units, lying(ask.item, ask.location))


def with_quote(snapshot: Snapshot, held: PromiseQuote) -> Snapshot:
    """The books once this is held: less stock, and a claim for each part of which some is not in stock.

    Claims stand in the order in which they were made; read from the database they stand by the codes of their quotes.
    """
    stock, claims = snapshot.stock, snapshot.claims
    available, rows = stock.available.copy(), list[tuple[int, int, int, int]]()
    for item, location, part in _placed(snapshot, held):
        lies = stock_position(snapshot, item, location)
        if lies is not None:
            available[lies] -= part.held
        if part.quantity > part.held:
            rows.append((item, location, part.quantity - part.held, day_number(part.due)))
    if rows:
        more = [np.array(column) for column in zip(*rows, strict=True)]
        names = ("item", "location", "quantity", "due")
        columns = {name: getattr(claims, name) for name in names}
        joined = {
            name: np.concatenate((columns[name], new)).astype(columns[name].dtype)
            for name, new in zip(names, more, strict=True)
        }
        claims = Claims(**joined)
    return replace(snapshot, stock=replace(stock, available=available), claims=claims)


def _placed(snapshot: Snapshot, held: PromiseQuote) -> Iterator[tuple[int, int, QuotedPart]]:
    for part in held.parts:
        yield item_position(snapshot, part.item), location_position(snapshot, part.location), part


def _parts(ask: Ask, answer: Promise, stock: int) -> list[QuotedPart]:
    """The dated quantities; what comes from stock is held in those promised first."""
    parts = list[QuotedPart]()
    for dated in answer.dates:
        held = min(stock, dated.quantity)
        stock -= held
        parts.append(
            QuotedPart(item=ask.item, location=dated.location, quantity=dated.quantity, held=held, due=dated.on)
        )
    return parts

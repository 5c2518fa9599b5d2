"""Asking when, and quoting: an inquiry holds nothing, a quote holds supply until it expires."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from core.domain.checking_values import checked
from core.domain.errors import InsufficientStockError, InvalidValueError, QuoteExpiredError, TryAgainError
from core.domain.ids import CustomerCode
from core.domain.promises import PromiseQuote, PromiseQuoteState, QuotedPart
from core.domain.promising import Ask, Peg, PegKind, Promise
from core.domain.stock import Claim, ReservationKind
from core.planning.promising import Book, PromisingRules, open_book, promise, promise_together
from core.planning.simulation import location_position
from core.ports.storage import UnitOfWork
from core.services.promising.desk_rules import desk_rules

MOST_ASKS = 1000
LONGEST_QUOTE_MINUTES = 60 * 24 * 90
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirePromise:
    """When could these be there? Answered one after the other: what the first takes the second has not. With
    `together` all leave on one day. Without `rules` under those the company promises under."""

    asks: tuple[Ask, ...]
    together: bool = False
    rules: PromisingRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePromise:
    """Hold what these need for so many minutes."""

    key: str
    asks: tuple[Ask, ...]
    customer: CustomerCode | None = None
    minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteGiven:
    """The quote, good until `expires_at`, and what was promised to each ask."""

    quote: str
    expires_at: datetime
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawQuote:
    """Give back what a quote holds."""

    key: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteWithdrawn:
    """The quote holds nothing any more."""

    quote: str


def inquire(uow: UnitOfWork, command: InquirePromise) -> tuple[Promise, ...]:
    """The answers as of now. Nothing is written and nothing is held: they are no promises."""
    _check(checked(command).asks)
    book = open_book(uow.snapshot(), command.rules or desk_rules(uow))
    if command.together:
        return promise_together(book, command.asks)
    return tuple(promise(book, ask) for ask in command.asks)


def quote(uow: UnitOfWork, command: QuotePromise) -> QuoteGiven:
    """Promise and hold it: stock by reservations with a time, the rest by counting as promised until then."""
    return uow.commands.once(command.key, command, QuoteGiven, lambda: _quoted(uow, command))


def withdraw_quote(uow: UnitOfWork, command: WithdrawQuote) -> QuoteWithdrawn:
    """Let a quote go before it expires; ConflictError when it has ended."""

    def act() -> QuoteWithdrawn:
        let_go(uow, uow.promises.quote(command.quote), to=PromiseQuoteState.WITHDRAWN)
        return QuoteWithdrawn(quote=command.quote)

    return uow.commands.once(command.key, command, QuoteWithdrawn, act)


def take_up(uow: UnitOfWork, code: str, *, customer: CustomerCode) -> None:
    """End a quote because its customer ordered; what it held is free for the order in the same transaction.

    QuoteExpiredError after its time, InvalidValueError when it was given to another customer.
    """
    held = uow.promises.quote(code)
    if held.customer not in (None, customer):
        raise InvalidValueError(f"quote {code!r} was given to {held.customer!r}, not to {customer!r}", field="quote")
    if held.expires_at <= uow.now:
        raise QuoteExpiredError(f"quote {code!r} was good until {held.expires_at:%Y-%m-%d %H:%M} UTC; make a new one")
    let_go(uow, held, to=PromiseQuoteState.CONFIRMED)


def let_go(uow: UnitOfWork, held: PromiseQuote, *, to: PromiseQuoteState) -> None:
    """End a quote and give back the stock it still holds."""
    uow.promises.close_quote(held.quote, to=to)
    uow.stock.release_references([held.reference(n) for n, part in enumerate(held.parts, start=1) if part.held])


def retried(act: Callable[[], R], *, what: str) -> R:
    """Do it; when somebody took the stock between promise and reservation, once more, then TryAgainError."""
    try:
        return act()
    except InsufficientStockError:
        pass
    try:
        return act()
    except InsufficientStockError as error:
        raise TryAgainError(f"{what}: stock was taken by others twice while it was promised; ask again") from error


def from_stock(uow: UnitOfWork, book: Book, ask: Ask, pegs: Sequence[Peg]) -> int:
    """How many units of a promise lie where they leave from, to be reserved there."""
    units = sum(
        peg.quantity
        for peg in pegs
        if peg.level == 0 and peg.kind is PegKind.STOCK and (peg.item, peg.location) == (ask.item, ask.location)
    )
    group = book.terms.group_of[location_position(book.snapshot, ask.location)]
    if book.terms.alone[group]:
        return units
    return min(units, uow.stock.available(ask.item, ask.location))


def _check(asks: Sequence[Ask]) -> None:
    if not 0 < len(asks) <= MOST_ASKS:
        raise InvalidValueError(f"{len(asks)} asks at once; accepted are 1 to {MOST_ASKS}", field="asks")


def quoting_round(uow: UnitOfWork) -> Callable[[QuotePromise], QuoteGiven]:
    """Quotes for many callers in one turn, on books read once: what the first takes the second has not.

    A quote that fails leaves nothing, and takes nothing from those after it. InsufficientStockError says that somebody
    who promises nothing took stock meanwhile: asked for again it is promised on books read anew.
    """
    uow.promises.take_turn()
    book = open_book(uow.snapshot(), desk_rules(uow))

    def act(command: QuotePromise) -> QuoteGiven:
        mark = book.bookmark()
        try:
            return uow.commands.once(command.key, command, QuoteGiven, lambda: _held_on(uow, command, book))
        except BaseException:
            book.rollback(mark)
            raise

    return act


def _held_on(uow: UnitOfWork, command: QuotePromise, book: Book) -> QuoteGiven:
    _check_quote(command)
    return _held(uow, command, book)


def _quoted(uow: UnitOfWork, command: QuotePromise) -> QuoteGiven:
    _check_quote(command)
    uow.promises.take_turn()
    return retried(lambda: _held(uow, command, open_book(uow.snapshot(), desk_rules(uow))), what="the quote")


def _check_quote(command: QuotePromise) -> None:
    _check(command.asks)
    if not 0 < command.minutes <= LONGEST_QUOTE_MINUTES:
        raise InvalidValueError(
            f"a quote for {command.minutes!r} minutes; accepted are 1 to {LONGEST_QUOTE_MINUTES}", field="minutes"
        )


def _held(uow: UnitOfWork, command: QuotePromise, book: Book) -> QuoteGiven:
    promises = tuple(promise(book, ask) for ask in command.asks)
    code = f"PQ-{sha256(command.key.encode()).hexdigest()[:12]}"
    until = uow.now + timedelta(minutes=command.minutes)
    given = QuoteGiven(quote=code, expires_at=until, promises=promises)
    parts = tuple(
        part
        for ask, answer in zip(command.asks, promises, strict=True)
        for part in _parts(ask, answer, from_stock(uow, book, ask, answer.pegs))
    )
    if not parts:
        return given
    held = PromiseQuote(quote=code, customer=command.customer, parts=parts, expires_at=until)
    claims = [
        Claim(
            item=part.item,
            location=part.location,
            quantity=part.held,
            reference=held.reference(n),
            kind=ReservationKind.TIME_BOXED,
            expires_at=until,
            cause=f"quote {code}",
        )
        for n, part in enumerate(parts, start=1)
        if part.held
    ]
    if claims:
        uow.stock.reserve_many(claims)
    uow.promises.add_quote(held)
    return given


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

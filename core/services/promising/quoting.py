"""Asking when, and quoting: an inquiry holds nothing, a quote holds supply until it expires."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from core.domain.checking_values import checked
from core.domain.errors import InsufficientStockError, InvalidValueError, QuoteExpiredError, TryAgainError
from core.domain.ids import CustomerCode
from core.domain.promises import PromiseQuote, PromiseQuoteState
from core.domain.promising import Ask, Promise
from core.domain.quoting import QuoteGiven, QuotePromise, check_asks
from core.planning.promising import PromisingRules, open_book, promise, promise_together
from core.planning.promising.quoting import quoted_on
from core.planning.snapshot import Snapshot
from core.ports.storage import UnitOfWork
from core.services.promising.desk_rules import desk_rules

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirePromise:
    """When could these be there? Answered one after the other: what the first takes the second has not. With
    `together` all leave on one day. Without `rules` under those the company promises under."""

    asks: tuple[Ask, ...]
    together: bool = False
    rules: PromisingRules | None = None


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
    check_asks(checked(command).asks)
    book = open_book(uow.snapshot(), command.rules or desk_rules(uow))
    if command.together:
        return promise_together(book, command.asks)
    return tuple(promise(book, ask) for ask in command.asks)


def prepare(uow: UnitOfWork) -> None:
    """Open the books as promising reads them, once, so that whoever asks first need not wait for it."""
    open_book(uow.snapshot(), desk_rules(uow))


def quote(uow: UnitOfWork, command: QuotePromise) -> QuoteGiven:
    """Promise and hold it: stock by reservations with a time, the rest by counting as promised until then.

    This says what quoting means; under load the same is written by the batcher (`core/db/batching/promising.py`) in one
    statement for many quotes, and a test holds the two against each other row by row.
    """
    uow.promises.take_turn()
    early = uow.snapshot()  # a transaction that has written must read the books, one that has not has them at hand
    return uow.commands.once(command.key, command, QuoteGiven, lambda: _quoted(uow, command, early))


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


def _quoted(uow: UnitOfWork, command: QuotePromise, early: Snapshot) -> QuoteGiven:
    readings = chain((early,), iter(uow.snapshot, None))
    return retried(lambda: _held(uow, command, next(readings)), what="the quote")


def _held(uow: UnitOfWork, command: QuotePromise, snapshot: Snapshot) -> QuoteGiven:
    book = open_book(snapshot, desk_rules(uow))
    quoted = quoted_on(book, command, now=uow.now, lying=uow.stock.available)
    if quoted.held is not None:
        uow.stock.reserve_many(quoted.claims())
        uow.promises.add_quote(quoted.held)
    return quoted.given

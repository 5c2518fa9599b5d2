"""Promising: as much as can be on the day asked for, the rest as soon as it can, and why not sooner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.domain.errors import InvalidValueError
from core.domain.promising import Ask, Constraint, ConstraintCode, DatedQuantity, Promise
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.promising.book import Book
from core.planning.promising.needs import Need, dated, day_text
from core.planning.promising.pegs import pegs_of, trial_orders_of
from core.planning.promising.searching import Search
from core.planning.simulation import item_position, location_position
from core.planning.snapshot import NEVER, day_number

MOST_DATES = 400


def promise(book: Book, ask: Ask) -> Promise:
    """The answer to an ask, its commands written in the book; a bookmark taken before takes them back."""
    item, location = item_position(book.snapshot, ask.item), location_position(book.snapshot, ask.location)
    _check(ask)
    search, mark = Search(book, substitutes=ask.substitutes, whole=not ask.partial), book.bookmark()
    node = book.node(item, book.terms.group_of[location])
    rest = Need(node, ask.quantity, _first_day(book, ask, location), 0)
    limit = _limit(book, ask)
    parts: list[tuple[int, int]] = []
    for _ in range(MOST_DATES):
        if rest.quantity == 0 or rest.day > limit:
            break
        units, next_day = _part(search, ask, rest)
        if units:
            parts.append((rest.day, units))
        if next_day >= NEVER:
            rest = rest._replace(quantity=rest.quantity - units)
            break
        day = book.working_after(location, max(next_day, rest.day + 1))
        rest = rest._replace(quantity=rest.quantity - units, day=day)
    entries = book.since(mark)
    return Promise(
        dates=tuple(DatedQuantity(on=dated(day), quantity=units, location=ask.location) for day, units in parts),
        unplannable=rest.quantity,
        reasons=_reasons(search, ask, rest, limit),
        pegs=pegs_of(book, entries),
        commands=trial_orders_of(book, entries),
    )


def promise_together(book: Book, asks: Sequence[Ask]) -> tuple[Promise, ...]:
    """Promises of a set that leaves together: all on the day of the last, each whole; nothing where one has no day."""
    whole = [replace(ask, partial=False) for ask in asks]
    mark = book.bookmark()
    while True:
        answers = tuple(promise(book, ask) for ask in whole)
        days = [answer.complete for answer in answers]
        latest = max((day for day in days if day is not None), default=None)
        if latest is None or None in days or set(days) == {latest}:
            return answers
        book.rollback(mark)
        whole = [_later(ask, latest) for ask in whole]


def _later(ask: Ask, day: date) -> Ask:
    """The same ask for another day; what may not be late may not be later than before."""
    if ask.max_lateness is None:
        return replace(ask, requested=day)
    return replace(ask, requested=day, max_lateness=max(0, ask.max_lateness - (day - ask.requested).days))


def _part(search: Search, ask: Ask, rest: Need) -> tuple[int, int]:
    """Units taken on a day, 0 where they would be too few to send, and the next day to look."""
    book, mark = search.book, search.book.bookmark()
    got, later = search.supply(rest)
    if got == rest.quantity:
        return got, NEVER
    if ask.partial and got >= min(ask.minimum_shipment, rest.quantity):
        if rest.quantity - got >= ask.minimum_shipment:
            return got, later
        book.rollback(mark)
        fewer = rest.quantity - ask.minimum_shipment
        if fewer >= ask.minimum_shipment:
            return search.supply(rest._replace(quantity=fewer))[0], later
    if got and ask.partial:
        few = f"{got} on {day_text(rest.day)} leave a shipment of fewer than {ask.minimum_shipment}"
        search.note(ConstraintCode.MIN_SHIPMENT, lambda: few)
    book.rollback(mark)
    return 0, later


def _check(ask: Ask) -> None:
    if not 0 < ask.quantity <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"{ask.quantity!r} units of {ask.item!r} cannot be promised; accepted: 1 to {LARGEST_QUANTITY}",
            field="quantity",
        )
    if ask.minimum_shipment < 1 or (ask.max_lateness is not None and ask.max_lateness < 0):
        given = f"minimum shipment {ask.minimum_shipment!r}, most days late {ask.max_lateness!r}"
        raise InvalidValueError(f"{given}: accepted are 1 or more, and 0 or more or none", field="minimum_shipment")


def _first_day(book: Book, ask: Ask, location: int) -> int:
    return book.working_after(location, max(day_number(ask.requested), book.today))


def _limit(book: Book, ask: Ask) -> int:
    horizon = book.today + book.rules.horizon
    return horizon if ask.max_lateness is None else min(horizon, day_number(ask.requested) + ask.max_lateness)


def _reasons(search: Search, ask: Ask, rest: Need, limit: int) -> tuple[Constraint, ...]:
    reasons = search.reasons
    if rest.quantity and rest.day > limit:
        text = f"{rest.quantity} could not be there before {day_text(rest.day)}, later than {day_text(limit)}"
        reasons = (*reasons, Constraint(code=ConstraintCode.MAX_LATENESS, text=text))
    elif rest.quantity and not reasons:
        text = f"{rest.quantity} of {ask.item!r} are covered by nothing"
        reasons = (Constraint(code=ConstraintCode.STOCK, text=text),)
    return reasons

"""Recurring orders: a template, and the dates on which an order is made from it."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import count, takewhile

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode
from core.domain.order_terms import Channel

MOST_EVERY = 1000
LONGEST_AHEAD = 1000


class Every(StrEnum):
    """What a distance between two orders is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class RecurringState(StrEnum):
    """An ended one makes no more orders."""

    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """One line of each order; it is requested so many days after the order's date."""

    item: str
    quantity: int
    days_ahead: int
    unit: str | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTemplate:
    """What each order says."""

    customer: CustomerCode
    customer_po: str
    channel: Channel
    lines: tuple[TemplateLine, ...]
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringOrder:
    """An order that comes again every so many days, weeks or months from `first_on`, and not after `until`."""

    code: str
    every: int
    unit: Every
    first_on: date
    next_on: date
    template: OrderTemplate
    until: date | None = None
    state: RecurringState = RecurringState.ACTIVE


def check_recurring(order: RecurringOrder) -> None:
    """InvalidValueError where it comes never or says nothing."""
    if not 1 <= order.every <= MOST_EVERY:
        raise InvalidValueError(
            f"every {order.every!r} is not a distance; accepted is 1 to {MOST_EVERY}", field="every"
        )
    if order.until is not None and order.until < order.first_on:
        raise InvalidValueError(
            f"until {order.until} is before the first order of {order.first_on}; accepted is that day or later",
            field="until",
        )
    if not order.template.lines:
        raise InvalidValueError("a recurring order needs lines; accepted is one or more", field="lines")
    for line in order.template.lines:
        if not 0 <= line.days_ahead <= LONGEST_AHEAD:
            raise InvalidValueError(
                f"days_ahead {line.days_ahead!r} is not a number of days; accepted is 0 to {LONGEST_AHEAD}",
                field="days_ahead",
            )


def occurrence(order: RecurringOrder, number: int) -> date:
    """The date of an order, the first being 0. A month without the day of the first one has its last day instead."""
    match order.unit:
        case Every.DAYS:
            return order.first_on + timedelta(days=number * order.every)
        case Every.WEEKS:
            return order.first_on + timedelta(weeks=number * order.every)
        case Every.MONTHS:
            months = order.first_on.month - 1 + number * order.every
            year, month = order.first_on.year + months // 12, months % 12 + 1
            return date(year, month, min(order.first_on.day, calendar.monthrange(year, month)[1]))


def dates_due(order: RecurringOrder, *, today: date) -> tuple[date, ...]:
    """The dates from the next one to today, none after `until`."""
    if order.state is RecurringState.ENDED:
        return ()
    reached = takewhile(lambda day: day <= today, _dates(order))
    return tuple(day for day in reached if day >= order.next_on)


def next_after(order: RecurringOrder, day: date) -> date | None:
    """The first date after a day, None when it is over by then."""
    return next((found for found in _dates(order) if found > day), None)


def _dates(order: RecurringOrder) -> Iterator[date]:
    every = (occurrence(order, number) for number in count())
    return takewhile(lambda day: order.until is None or day <= order.until, every)

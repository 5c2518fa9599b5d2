"""What travels when a scenario is tried on the books."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from ui.schemas import Identifier, Request
from ui.schemas.listing import Told
from ui.values import Day, Percent, Units, Whole

Days = Annotated[Whole, Field(ge=1, le=3660)]
Shift = Annotated[Whole, Field(ge=-3660, le=3660)]
LineNo = Annotated[Whole, Field(ge=1, le=1_000_000)]
MOST = 50


class Outage(Request):
    """A supplier that delivers nothing for some days."""

    supplier: Identifier = Field(examples=["GULF"])
    days: Days


class Delay(Request):
    """Supply that comes days later, or with fewer than none sooner; without a line, all of the order."""

    order: Identifier = Field(examples=["PO-17"])
    line: LineNo | None = None
    days: Shift


class Cut(Request):
    """A line of open supply that brings so many units less."""

    order: Identifier = Field(examples=["PO-17"])
    line: LineNo = 1
    quantity: Units


class Changed(Request):
    """An order line that is for another quantity (0: nobody's) or another day."""

    order: Identifier = Field(examples=["SO-1042"])
    line: LineNo = 1
    quantity: Annotated[Whole, Field(ge=0, le=1_000_000_000)] | None = None
    day: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.quantity is None) is (self.day is None):
            raise ValueError("a changed order line has either another quantity or another day")
        return self


class Stop(Request):
    """A work centre that stands still for some days."""

    center: Identifier
    days: Days


class Rise(Request):
    """So many percent more: asked by a supplier, or as duty on what comes from a country or a supplier."""

    of: Identifier = Field(examples=["GULF"])
    percent: Percent


class Wish(Request):
    """Units of an item that somebody asks for by a day, from a location if it is named."""

    item: Identifier = Field(examples=["GV-03"])
    quantity: Units
    day: Day
    location: Identifier | None = None


class WhatIfRequest(Request):
    """What might happen, all of it together, and options that would be done about it."""

    outages: tuple[Outage, ...] = Field(default=(), max_length=MOST)
    delays: tuple[Delay, ...] = Field(default=(), max_length=MOST)
    cuts: tuple[Cut, ...] = Field(default=(), max_length=MOST)
    changes: tuple[Changed, ...] = Field(default=(), max_length=MOST)
    stops: tuple[Stop, ...] = Field(default=(), max_length=MOST)
    prices: tuple[Rise, ...] = Field(default=(), max_length=MOST)
    tariffs: tuple[Rise, ...] = Field(default=(), max_length=MOST)
    demand: tuple[Wish, ...] = Field(default=(), max_length=MOST)
    options: tuple[Identifier, ...] = Field(default=(), max_length=5)
    limit: Annotated[Whole, Field(ge=0, le=200)] = 20


class BookTotals(Told):
    """All open order lines together."""

    lines: int
    late: int
    uncovered: int
    exposure: Decimal


class Outlook(Told):
    """How an order line stands, in units of its item; `projected`: all that is covered is there; null: nothing is."""

    promised: date
    projected: date | None
    quantity: int
    short: int
    late: int = Field(description="Units that come after the promised day.")
    state: str
    exposure: Decimal


class LineOtherwise(Told):
    """An order line that would stand otherwise; null where it is not open. `exposure` is what more is at risk."""

    order: str
    line: int
    customer: str
    item: str
    before: Outlook | None
    after: Outlook | None
    exposure: Decimal


class WhatIfReply(Told):
    """What a scenario would do, the lines that lose most first; `cost` is what supply and plans cost more. Nothing was
    kept."""

    as_of: date
    currency: str
    assumed: tuple[str, ...]
    before: BookTotals
    after: BookTotals
    changed: int
    newly_late: int
    newly_uncovered: int
    saved: int
    lines: tuple[LineOtherwise, ...]
    left_out: int
    cost: Decimal

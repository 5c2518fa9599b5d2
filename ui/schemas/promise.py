"""What travels when promises are quoted."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from core.domain.quoting import LONGEST_QUOTE_MINUTES
from ui.schemas import Identifier, Reply, Request
from ui.values import Day, Units, Whole, Yes


class AskedUnits(Request):
    """Units of an item that are to leave a location by a day; all on one day unless parts may go."""

    item: Identifier
    location: Identifier
    quantity: Units
    day: Day
    partial: Yes = True
    max_lateness: Annotated[Whole | None, Field(ge=0, le=10_000, description="Most days after the day; none: any.")] = (
        None
    )


class QuoteRequest(Request):
    """What is asked for, and for how many minutes it is to be held."""

    asks: Annotated[tuple[AskedUnits, ...], Field(min_length=1, max_length=100)]
    customer: Identifier | None = None
    minutes: Annotated[Whole, Field(ge=1, le=LONGEST_QUOTE_MINUTES)] = 60


class PromisedUnits(Reply):
    """Units that can leave a location on a day."""

    day: date
    quantity: int
    location: str


class PromiseReply(Reply):
    """The answer to one ask: dated units, those nobody can date, and what stood in the way of sooner."""

    dates: tuple[PromisedUnits, ...]
    unplannable: int
    reasons: tuple[str, ...]


class QuoteReply(Reply):
    """The quote, good until `expires_at`; an order of its customer takes it up."""

    quote: str
    expires_at: datetime
    promises: tuple[PromiseReply, ...]

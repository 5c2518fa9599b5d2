"""Promises that were made: what was recorded with each, and quotes that hold supply until they expire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.promising import Constraint, DatedQuantity, Peg, TrialOrder


class PromiseReason(StrEnum):
    """Why a promise became what it is. Stated ones came with the books or were moved by a plan, with words alone."""

    STATED = "stated"
    AS_ASKED = "as_asked"
    LATER_THAN_ASKED = "later_than_asked"


class PromiseQuoteState(StrEnum):
    """A quote of a promise holds supply while it is open and not expired."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade:
    """A promise of an order line with all that explains it; an entry of its history, never changed."""

    order: OrderNo
    line: int
    old: date | None
    new: date
    code: PromiseReason
    reason: str
    schedule: tuple[DatedQuantity, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    pegs: tuple[Peg, ...] = ()
    commands: tuple[TrialOrder, ...] = ()
    rule_versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPart:
    """Units quoted for a day; `held` of them are reserved in stock, the rest counts as promised."""

    item: ItemCode
    location: LocationCode
    quantity: int
    held: int
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseQuote:
    """A quote: what it holds, for whom, and until when."""

    quote: str
    customer: CustomerCode | None
    parts: tuple[QuotedPart, ...]
    expires_at: datetime
    state: PromiseQuoteState = PromiseQuoteState.OPEN

    def reference(self, part: int) -> str:
        """The name of the reservation of a part, counted from 1."""
        return f"{self.quote}/{part}"

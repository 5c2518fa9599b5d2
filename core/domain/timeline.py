"""The timeline of an order: what happened to it, and every contact with the customer about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.order_terms import Channel


class TimelineKind(StrEnum):
    """What an entry is about."""

    CONTACT = "contact"
    STATE = "state"
    PROMISE = "promise"
    HOLD = "hold"
    AMENDMENT = "amendment"
    SHIPMENT = "shipment"
    RETURN = "return"
    NOTE = "note"


class Direction(StrEnum):
    """Who spoke: `in` is the customer to us, `out` we to the customer."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One entry, in a sentence a person reads. A contact says who spoke, by which channel and in which direction.

    `line` is None for the whole order. `who` and `at` may be left out when it is told: they are the actor and the time
    of the transaction.
    """

    kind: TimelineKind
    text: str
    line: int | None = None
    who: str = ""
    channel: Channel | None = None
    direction: Direction | None = None
    at: datetime | None = None

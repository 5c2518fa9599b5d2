"""Quotes of promises: what is asked for, what is given, and what is held of it until it expires."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode
from core.domain.promises import PromiseQuote
from core.domain.promising import Ask, Promise
from core.domain.stock import Claim, ReservationKind

MOST_ASKS = 1000
LONGEST_QUOTE_MINUTES = 60 * 24 * 90


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
class Quoted:
    """An answer, and what is held for it; nothing where nothing was promised."""

    given: QuoteGiven
    held: PromiseQuote | None

    def claims(self) -> tuple[Claim, ...]:
        """The stock that is reserved, part by part."""
        if self.held is None:
            return ()
        return tuple(
            Claim(
                item=part.item,
                location=part.location,
                quantity=part.held,
                reference=self.held.reference(n),
                kind=ReservationKind.TIME_BOXED,
                expires_at=self.held.expires_at,
                cause=f"quote {self.held.quote}",
            )
            for n, part in enumerate(self.held.parts, start=1)
            if part.held
        )


def quote_code(key: str) -> str:
    """The name of the quote that a command with this key gives."""
    return f"PQ-{sha256(key.encode()).hexdigest()[:12]}"


def check_asks(asks: Sequence[Ask]) -> None:
    """InvalidValueError for none, or too many."""
    if not 0 < len(asks) <= MOST_ASKS:
        raise InvalidValueError(f"{len(asks)} asks at once; accepted are 1 to {MOST_ASKS}", field="asks")


def check_quote(command: QuotePromise) -> None:
    """InvalidValueError for no or too many asks, or a time that is none or too long."""
    check_asks(command.asks)
    if not 0 < command.minutes <= LONGEST_QUOTE_MINUTES:
        raise InvalidValueError(
            f"a quote for {command.minutes!r} minutes; accepted are 1 to {LONGEST_QUOTE_MINUTES}", field="minutes"
        )

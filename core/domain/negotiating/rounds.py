"""Rounds of a negotiation: what was offered, what came back, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import InquiryId, NegotiationId, UserName
from core.domain.negotiating.mandates import Mandate


class NegotiationState(StrEnum):
    """`waiting` for a person's yes to its mandate, `running`; the others are how it ended."""

    WAITING = "waiting"
    RUNNING = "running"
    AGREED = "agreed"
    WALKED_AWAY = "walked away"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({NegotiationState.WAITING, NegotiationState.RUNNING})


class RoundState(StrEnum):
    """An offer is `out` until something came back, or until nothing will."""

    OUT = "out"
    ANSWERED = "answered"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One offer of ours and the answer: prices of a unit. `quote` is the supplier's number for the answer; `inquiry`
    the letter it went out as."""

    number: int
    offer: Decimal
    state: RoundState = RoundState.OUT
    answer: Decimal | None = None
    quote: str = ""
    inquiry: InquiryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A negotiation with its rounds, oldest first. `price` is what was agreed on; `note` why it ended."""

    id: NegotiationId
    mandate: Mandate
    state: NegotiationState
    proposed_by: UserName
    created_at: datetime
    rounds: tuple[Round, ...] = ()
    price: Decimal | None = None
    note: str = ""

    @property
    def standing(self) -> Decimal:
        """The last price the supplier named."""
        return standing_price(self.mandate, self.rounds)


def is_waiting(negotiation: Negotiation) -> bool:
    """Whether its last offer is a letter that people have to approve, or a supplier to answer."""
    return bool(negotiation.rounds) and negotiation.rounds[-1].inquiry is not None


def standing_price(mandate: Mandate, rounds: tuple[Round, ...]) -> Decimal:
    """The last price the supplier named."""
    named = [one.answer for one in rounds if one.answer is not None]
    return named[-1] if named else mandate.quoted

"""Ids of negotiations as people see them, and the row keys behind them."""

from core.domain.errors import NotFoundError
from core.domain.ids import NegotiationId

_PREFIX = "NEG-"


def negotiation_number(negotiation: str) -> int:
    """The row key behind a negotiation's id; NotFoundError when it is not of the form NEG-3."""
    digits = negotiation.removeprefix(_PREFIX)
    if digits == negotiation or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no negotiation {negotiation!r}; ids of negotiations look like 'NEG-3'")
    return int(digits)


def negotiation_id(number: int) -> NegotiationId:
    """The id people see."""
    return NegotiationId(f"{_PREFIX}{number}")

"""The bounds of a negotiation, data of the policy: how often, how far, and how near to what the goods are worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationBounds:
    """What every mandate is cut from. Percentages are of the price quoted first, `margin_percent` is of the reserve.

    At most `most_rounds` offers; the first is `opening_percent` below the quote, a price `target_percent` below it is
    taken at once; no offer is more than `step_percent` above the one before; nothing within `margin_percent` of the
    reserve price is ever offered or taken; after `days` the negotiation ends.
    """

    most_rounds: int = 4
    opening_percent: int = 15
    target_percent: int = 10
    step_percent: int = 4
    margin_percent: int = 3
    days: int = 5


USUAL_BOUNDS = NegotiationBounds()
MOST_ROUNDS = 10
NAMES = ("most_rounds", "opening_percent", "target_percent", "step_percent", "margin_percent", "days")
_WITHIN = {
    "most_rounds": (1, MOST_ROUNDS),
    "opening_percent": (1, 50),
    "target_percent": (1, 50),
    "step_percent": (1, 25),
    "margin_percent": (1, 50),
    "days": (1, 30),
}


def bounds_broken(bounds: NegotiationBounds) -> tuple[str, ...]:
    """What cannot be about these bounds, in words; empty when they may be."""
    found = [
        f"negotiation.{name} {value} is not between {low} and {high}"
        for name, (low, high) in _WITHIN.items()
        if not low <= (value := int(getattr(bounds, name))) <= high
    ]
    if bounds.target_percent > bounds.opening_percent:
        found.append("negotiation.target_percent is above opening_percent: the first offer would be too good")
    return tuple(found)

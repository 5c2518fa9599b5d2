"""Moves of a negotiation: a pure function of the mandate and the rounds so far, which always comes to an end.

Concessions answer concessions: an offer rises by at most what the supplier came down by, by at most the largest step,
and by at most half of the room left, so that steps shrink as in the concession curves of automated negotiation
(Faratin, Sierra and Jennings 1998: time and behaviour dependent tactics).
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from core.domain.negotiating.mandates import Mandate
from core.domain.negotiating.rounds import Round, RoundState, standing_price

HOLDS = 2  # the same offer is made so often at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Offer this price of a unit."""

    price: Decimal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Take the price the supplier named last."""

    price: Decimal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkAway:
    """End it without a price."""

    why: str


Move = Offer | Accept | WalkAway


def next_move(mandate: Mandate, rounds: tuple[Round, ...], *, today: date, ceiling: Decimal | None = None) -> Move:
    """What to do now that every round has been answered; `ceiling` is a lower one than the mandate's, where what the
    goods are worth has fallen since.

    Every offer is at most the ceiling, never below the one before, above it only after the supplier came down; there
    are at most `most_rounds` of them.
    """
    assert all(one.state is not RoundState.OUT for one in rounds), "asked for when nothing is out"
    most = mandate.ceiling if ceiling is None else min(mandate.ceiling, ceiling)
    standing = standing_price(mandate, rounds)
    if rounds and rounds[-1].state is not RoundState.ANSWERED:
        return WalkAway(why=f"the supplier left offer {len(rounds)} {rounds[-1].state.value}")
    if rounds and standing <= min(max(mandate.target, rounds[-1].offer), most):
        return Accept(price=standing, why="the price is what was aimed at")
    if today > mandate.until:
        return _end(standing, most, why=f"it was to end by {mandate.until}")
    if not rounds:
        return _opening(mandate, most)
    if len(rounds) >= mandate.most_rounds:
        return _end(standing, most, why=f"{len(rounds)} offers were made, which is the most")
    return _concession(mandate, rounds, most=most, standing=standing)


def _opening(mandate: Mandate, most: Decimal) -> Move:
    if mandate.opening > most:
        return WalkAway(why="the first offer would be above the ceiling")
    return Offer(price=mandate.opening, why="the first offer")


def _concession(mandate: Mandate, rounds: tuple[Round, ...], *, most: Decimal, standing: Decimal) -> Move:
    last, came_down = rounds[-1].offer, standing_price(mandate, rounds[:-1]) - standing
    if last > most:
        return WalkAway(why="the last offer is above the ceiling now")
    if came_down <= 0:
        if len(rounds) >= HOLDS and all(one.offer == last for one in rounds[-HOLDS:]):
            return _end(standing, most, why="the supplier does not come down")
        return Offer(price=last, why="the same again: the supplier did not come down")
    places = Decimal(1).scaleb(int(mandate.largest_step.as_tuple().exponent))
    half = ((most - last) / 2).quantize(places, rounding=ROUND_DOWN)
    step = min(mandate.largest_step, came_down, half)
    if step <= 0:
        return _end(standing, most, why="there is no room left")
    if last + step >= standing:
        return Accept(price=standing, why="the next offer would be no lower")
    return Offer(price=last + step, why=f"the supplier came down by {came_down}")


def _end(standing: Decimal, most: Decimal, *, why: str) -> Move:
    return Accept(price=standing, why=why) if standing <= most else WalkAway(why=why)

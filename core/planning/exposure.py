"""Exposure: what is at stake on each order line, in exact money.

The formula is that of the planner's priority (shared domain reference, section 2): the value of the units that are
late or short, plus the contractual penalty. A unit is late when the receipt it is pegged to comes after the promised
date, short when no known supply covers it. The penalty is a percentage of the value of the whole line for each day from
the promised date to the projected one; where no date is known, UNKNOWN_DATE_DAYS stand for it. Each line is rounded
half-up to cents, and totals add up rounded lines, so that what is shown adds up.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.domain.errors import InvalidValueError
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, PRICE_SCALE, Flags, Ints, Snapshot

UNKNOWN_DATE_DAYS = 30
PENALTY_SCALE = 10_000
_UNITS_A_CENT = PRICE_SCALE * PENALTY_SCALE // 100
_SAFE = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Per open line, in the order of snapshot.demand: the units that come late and those that are short, what is
    at stake in cents, and whether it is `on_time`: nothing short and all cover there by the promised date."""

    late_units: Ints
    short: Ints
    cents: Ints
    on_time: Flags


def standing(snapshot: Snapshot, result: NetResult) -> Standing:
    """Where every open line stands."""
    demand = snapshot.demand
    due = demand.due.astype(np.int64)
    on_time = (result.line_short == 0) & (result.line_cover <= demand.due)
    projected = result.line_available.astype(np.int64)
    days = np.where(projected == NEVER, UNKNOWN_DATE_DAYS, np.maximum(projected - due, 0))
    days = np.where(on_time, 0, days)
    late = late_units(result)[result.line_requirement]
    return Standing(
        late_units=late,
        short=result.line_short,
        cents=cents(
            demand.price,
            (late + result.line_short, np.full(due.size, PENALTY_SCALE)),
            (demand.quantity, demand.penalty * days),
        ),
        on_time=on_time,
    )


def late_units(result: NetResult) -> Ints:
    """Per requirement: the units pegged to receipts that come after they are needed."""
    pegs, requirements = result.pegs, result.requirements
    after = result.receipts.eta[pegs.receipt] > requirements.need[pegs.requirement]
    late = np.zeros(requirements.need.size, dtype=np.int64)
    np.add.at(late, pegs.requirement[after], pegs.quantity[after])
    return late


def daily_penalty(snapshot: Snapshot, position: int) -> Decimal:
    """What one day late costs on a line, rounded half-up to cents."""
    demand = snapshot.demand
    value = int(demand.quantity[position]) * int(demand.price[position]) * int(demand.penalty[position])
    return in_money((value + _UNITS_A_CENT // 2) // _UNITS_A_CENT)


def positions(flags: Flags) -> list[int]:
    """Where the flags are set."""
    return [int(at) for at in np.flatnonzero(flags)]


def in_money(cents: int) -> Decimal:
    """Whole cents as an amount."""
    return Decimal(cents).scaleb(-2)


def cents(price: Ints, *parts: tuple[Ints, Ints]) -> Ints:
    """Price x the sum of units x weight of the parts, a weight of PENALTY_SCALE being the whole price; half-up.

    Where the numbers could leave 64 bits they are counted in Python's own, which have no end; an amount that cannot be
    kept is refused (InvalidValueError).
    """
    largest = _largest(price) * sum(_largest(units) * _largest(weight) for units, weight in parts)
    if largest > _SAFE:
        price = price.astype(object)
        parts = tuple((units.astype(object), weight.astype(object)) for units, weight in parts)
    scaled = price * sum(units * weight for units, weight in parts)
    found = (scaled + _UNITS_A_CENT // 2) // _UNITS_A_CENT
    if largest > _SAFE and found.size and found.max() > _SAFE:
        raise InvalidValueError(f"what is at stake on a line is {found.max()} cents; accepted: up to {_SAFE}")
    return found.astype(np.int64)


def _largest(column: Ints) -> int:
    return int(column.max(initial=0))

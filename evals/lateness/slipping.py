"""Slipping: how far the orders of one supplier are late together, beyond what the chances of each say.

Each order is late when a normal number of its own falls short: sqrt(share) of it is common to all orders of the
supplier in a quarter, the rest its own (the one-factor model of Vasicek, The distribution of loan portfolio value, Risk
15(12), 2002). With the chances p of being late as predicted, two orders are both late with the probability

    E over z of  P(p1 | z) P(p2 | z),   P(p | z) = F((F^-1(p) - sqrt(share) z) / sqrt(1 - share)),   F the normal one

The share is the one for which the expected share of pairs that are both late is the one observed, each supplier's
quarter counting by its orders.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from core.planning.robustness.common_factor import COMMON_SHARE, normal, normal_inverse
from core.planning.robustness.fitting import Fit, fitted
from core.planning.robustness.lateness import Floats
from core.planning.snapshot import day_number
from core.services.scanning import Figure
from evals.bench.figures import figure
from evals.lateness.deliveries import Delivery, columns
from evals.lateness.measuring import LAST_FIT_DAY

CELLS = ("country", "vendor")
FIRST_FIT_DAY, LAST_MEASURED_DAY = date(2010, 1, 1), date(2015, 12, 31)
_NODES = 64
_STEPS = 16
_MOST = 0.95
_SURE = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The orders of a supplier promised in one quarter: the predicted chance that each is late, and whether it was."""

    chance: Floats
    late: Floats

    @property
    def pairs(self) -> float:
        """How many pairs of orders there are."""
        return self.chance.size * (self.chance.size - 1) / 2


def groups_of(deliveries: Sequence[Delivery], *, first: date, last: date, path: Sequence[str]) -> list[Group]:
    """Orders promised from a day to another, two and more of a supplier in a quarter; the chances are those of the
    model fitted again at the beginning of each quarter, on what had come by then. An order is as late as its last
    line."""
    every, found = columns(deliveries, path), dict[tuple[str, date], dict[str, tuple[float, bool]]]()
    for quarter in sorted({_quarter(one.scheduled) for one in deliveries if first <= one.scheduled <= last}):
        came = np.flatnonzero(every.on < day_number(quarter))
        seen = columns([deliveries[row] for row in came.tolist()], path)
        model = fitted(seen, as_of=day_number(quarter) - 1, fit=Fit())
        for one, its in zip(deliveries, every.path, strict=True):
            if first <= one.scheduled <= last and _quarter(one.scheduled) == quarter:
                orders = found.setdefault((one.vendor, quarter), {})
                _, before = orders.get(one.order, (0.0, False))
                orders[one.order] = (1 - model.of(its).within(0), before or one.delivered > one.scheduled)
    return [
        Group(
            chance=np.clip(np.array([chance for chance, _ in orders.values()]), _SURE, 1 - _SURE),
            late=np.array([late for _, late in orders.values()], dtype=np.float64),
        )
        for orders in found.values()
        if len(orders) > 1
    ]


def slipping_figures(deliveries: Sequence[Delivery]) -> list[Figure]:
    """The common share of 2010 to 2012, and of the pairs of orders promised from 2013 to 2015 the share both late,
    beside what is expected with the share that scenarios are drawn with, and without any. Nothing where no two orders
    of a supplier are promised in one quarter."""
    fitted_on = groups_of(deliveries, first=FIRST_FIT_DAY, last=LAST_FIT_DAY, path=CELLS)
    later = groups_of(deliveries, first=LAST_FIT_DAY + timedelta(days=1), last=LAST_MEASURED_DAY, path=CELLS)
    if not fitted_on or not later:
        return []
    return [
        figure("common_share", common_share(fitted_on)),
        figure("both_late", seen_late(later)),
        figure("both_late_expected", both_late(later, COMMON_SHARE)),
        figure("both_late_if_independent", both_late(later, 0)),
    ]


def both_late(groups: Sequence[Group], share: float) -> float:
    """The expected share of pairs that are both late, if so much of their slips is common."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    weights = weights / math.sqrt(2 * math.pi)
    return _mean(groups, [_pairs_late(group.chance, share, nodes, weights) for group in groups])


def seen_late(groups: Sequence[Group]) -> float:
    """The share of pairs that were both late."""
    return _mean(groups, [_pairs(group.late[:, None])[0] for group in groups])


def common_share(groups: Sequence[Group]) -> float:
    """The share of the slips of a supplier's orders that is common, 0 to 0.95, by bisection."""
    seen, low, high = seen_late(groups), 0.0, _MOST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if both_late(groups, middle) < seen else (low, middle)
    return low


def _mean(groups: Sequence[Group], pairs: Sequence[float]) -> float:
    orders = sum(group.chance.size for group in groups)
    return sum(group.chance.size * found / group.pairs for group, found in zip(groups, pairs, strict=True)) / orders


def _pairs_late(chance: Floats, share: float, nodes: Floats, weights: Floats) -> float:
    given = normal((normal_inverse(chance)[:, None] - math.sqrt(share) * nodes) / math.sqrt(1 - share))
    return float(_pairs(given) @ weights)


def _pairs(chance: Floats) -> Floats:
    """Per column the sum of the products of all pairs of rows."""
    return (chance.sum(axis=0) ** 2 - (chance**2).sum(axis=0)) / 2


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)

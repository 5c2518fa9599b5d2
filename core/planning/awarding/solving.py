"""The best award, exact: an integer program for HiGHS, whose answer is checked and priced again in integers.

Variables by offer and price: lots, whether it is ordered at that price, units beyond the need; by offer and need the
units that serve it; by need what nothing covers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from core.domain.awarding import FREE, Bounds
from core.planning.awarding.award import Award, Need, Offer, allowed, cost_of

_SECONDS, _NODES = 10.0, 20_000
_SCALE = 10_000.0
_OPTIMAL = highspy.HighsModelStatus.kOptimal
Term = tuple[int, float]


def best_award(offers: Sequence[Offer], need: Need, bounds: Bounds = FREE) -> Award | None:
    """The award that costs least, or None where covering nothing is best. The same offers in the same order give the
    same award."""
    program = _Program()
    orders = [_offered(program, need, offer) for offer in offers]
    _covered(program, need, orders)
    _shared(program, offers, bounds, orders)
    values = program.solved()
    if values is None:
        return None
    units = tuple(
        offer.multiple * sum(round(values[lots]) for lots in order.lots)
        for offer, order in zip(offers, orders, strict=True)
    )
    flows = tuple(tuple(round(values[flow]) for flow in order.flows) for order in orders)
    found = Award(units=units, flows=flows, cost=cost_of(offers, need, units, flows))
    return found if any(units) and allowed(offers, need, bounds, found) else None


@dataclass(slots=True, kw_only=True)
class _Order:
    """The variables of an offer: lots and whether ordered by price, flows by need; `multiple` units a lot."""

    supplier: str
    multiple: int
    most: int
    lots: list[int] = field(default_factory=list[int])
    used: list[int] = field(default_factory=list[int])
    flows: list[int] = field(default_factory=list[int])


class _Program:
    """Columns and rows as they grow."""

    def __init__(self) -> None:
        self._cost: list[float] = []
        self._upper: list[float] = []
        self._rows: list[tuple[float, float, list[Term]]] = []

    def column(self, cost: float, upper: float) -> int:
        """A whole number from 0 to `upper`."""
        self._cost.append(cost / _SCALE)
        self._upper.append(upper)
        return len(self._cost) - 1

    def row(self, low: float, high: float, terms: Iterable[Term]) -> None:
        """The sum of the terms lies between these."""
        self._rows.append((low, high, list(terms)))

    def solved(self) -> Sequence[float] | None:
        """The best values; None where the solver did not prove them."""
        solver = highspy.Highs()
        for name, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 1), ("time_limit", _SECONDS),
            ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-7), ("mip_max_nodes", _NODES),
        ):  # fmt: skip
            solver.setOptionValue(name, value)
        count = len(self._cost)
        index = np.array([at for _, _, terms in self._rows for at, _ in terms], dtype=np.int32)
        value = np.array([weight for _, _, terms in self._rows for _, weight in terms])
        start = np.cumsum([0, *(len(terms) for _, _, terms in self._rows)]).astype(np.int32)
        solver.passModel(
            count,
            len(self._rows),
            index.size,
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.array(self._cost),
            np.zeros(count),
            np.array(self._upper),
            np.array([low for low, _, _ in self._rows]),
            np.array([high for _, high, _ in self._rows]),
            start,
            index,
            value,
            np.ones(count, dtype=np.int32),
        )
        solver.run()
        if solver.getModelStatus() != _OPTIMAL:
            return None
        return [float(one) for one in solver.getSolution().col_value]


def _offered(program: _Program, need: Need, offer: Offer) -> _Order:
    """An offer is ordered at one of its prices, or not; what is ordered serves needs or is too much."""
    order = _Order(supplier=offer.supplier, multiple=offer.multiple, most=offer.most)
    late = [max(0, offer.arrives - day) for day, _ in need.days]
    order.flows = [
        program.column(need.unit_day * days, min(units, offer.most))
        for days, (_, units) in zip(late, need.days, strict=True)
    ]
    balance: list[Term] = [(flow, -1.0) for flow in order.flows]
    begins = [max(offer.least, first) for first, _ in offer.prices]
    ends = [*(first - 1 for first, _ in offer.prices[1:]), offer.most]
    for (_, price), low, high in zip(offer.prices, begins, ends, strict=True):
        if low > min(high, offer.most):
            continue
        unit = price - need.usual + offer.risk
        lots = program.column(float(unit * offer.multiple), offer.most // offer.multiple)
        used = program.column(float(offer.fixed), 1)
        beyond = program.column(float(price * need.excess_percent // 100), offer.most)
        program.row(0, np.inf, [(lots, offer.multiple), (used, -float(low))])
        program.row(-np.inf, 0, [(lots, offer.multiple), (used, -float(min(high, offer.most)))])
        program.row(-np.inf, 0, [(beyond, 1.0), (used, -float(offer.most))])
        balance += [(lots, offer.multiple), (beyond, -1.0)]
        order.lots.append(lots)
        order.used.append(used)
    program.row(0, 0, balance)
    return order


def _covered(program: _Program, need: Need, orders: Sequence[_Order]) -> None:
    """Each need is served, or not."""
    for at, (_, units) in enumerate(need.days):
        bare = program.column(float(need.uncovered), units)
        program.row(units, units, [(bare, 1.0), *((order.flows[at], 1.0) for order in orders)])


def _shared(program: _Program, offers: Sequence[Offer], bounds: Bounds, orders: Sequence[_Order]) -> None:
    """One offer a supplier; its share of all units within the bounds."""
    total = sum(offer.most for offer in offers)
    for supplier in sorted({order.supplier for order in orders}):
        theirs = [order for order in orders if order.supplier == supplier]
        used = [used for order in theirs for used in order.used]
        if not used:
            continue
        program.row(0, 1, [(one, 1.0) for one in used])
        share = [(lots, 100.0 * order.multiple) for order in theirs for lots in order.lots]
        if bounds.largest_share < 100:
            program.row(-np.inf, 0, _merged([*share, *_of_all(orders, -bounds.largest_share)]))
        if bounds.least_share:
            most = float(bounds.least_share * total)
            less = [(one, -most) for one in used]
            program.row(-most, np.inf, _merged([*share, *_of_all(orders, -bounds.least_share), *less]))


def _of_all(orders: Sequence[_Order], weight: int) -> list[Term]:
    return [(lots, float(weight * order.multiple)) for order in orders for lots in order.lots]


def _merged(terms: Iterable[Term]) -> list[Term]:
    """One term a variable."""
    found: dict[int, float] = {}
    for at, weight in terms:
        found[at] = found.get(at, 0.0) + weight
    return sorted(found.items())

"""Guided rounding: a relaxed answer fixed step by step, then made whole, its largest shares first.

A dive fixes what is mostly paid as paid and what is hardly used as closed, and solves again from where it was: the
relaxation then spreads less. Rows broken meanwhile need not join, it only guides. Only what stays possible is fixed, so
that every step has an answer.
"""

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.choosing.drafting import Floats
from core.planning.choosing.greedy import greedy
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.modelling import Model
from core.planning.choosing.solving import Relaxation
from core.planning.snapshot import Ints

_MOSTLY, _HARDLY, _OPEN = 0.6, 0.25, 0.3
_EXACT = 1e-6
_PART = 3


def dived(model: Model, relaxation: Relaxation, values: Floats, *, rounds: int, joining: bool) -> Floats:
    """The values after so many rounds of fixing shares; those of before where the solver gives up."""
    paid = _known(np.concatenate([model.paid, model.told]))
    opens = np.unique(np.concatenate([_known(model.paid), model.opens[1]]))
    fixed = np.zeros(model.cost.size, dtype=np.bool_)
    for _ in range(rounds):
        high = _high(values, paid[~fixed[paid]])
        low = opens[~fixed[opens] & (values[opens] < _HARDLY) & (values[opens] > _EXACT)]
        low = np.setdiff1d(low, high)
        if not high.size + low.size:
            return values
        columns = np.concatenate([high, low])
        fixed[columns] = True
        upper = np.concatenate([np.ones(high.size), np.zeros(low.size)])
        relaxation.narrow(columns, np.where(upper > 0, 1.0, 0.0), upper)
        solved = relaxation.solved(joining=joining)
        if solved.values is None:
            return values
        values = solved.values
    return values


def _high(values: Floats, shares: Ints) -> Ints:
    """The shares that are mostly paid; at least a part of those between nothing and all, the largest first."""
    between = shares[(values[shares] > _EXACT) & (values[shares] < 1 - _EXACT)]
    order = between[np.argsort(-values[between], kind="stable")]
    mostly = int((values[order] >= _MOSTLY).sum())
    return order[: max(mostly, order.size // _PART)]


def rounded(columns: Columns, model: Model, values: Floats) -> Ledger:
    """A whole plan near the values: ways of sources open enough take their whole units, the most open first; the rest
    is covered greedily at what it costs then."""
    ledger = Ledger(columns)
    source, share = model.opens
    opened = np.bincount(source, values[share], len(columns.source))
    opened[np.bincount(source, minlength=opened.size) == 0] = 1.0
    shares = opened.tolist()
    used = np.flatnonzero(values[: model.ways] >= 1 - _EXACT).tolist()
    fill = values[: model.ways] / np.maximum(model.upper[: model.ways], 1.0)
    order = [way for way in used if shares[columns.way_source[way]] >= _OPEN]
    order.sort(key=lambda way: (-shares[columns.way_source[way]], -fill[way], way))
    for way in order:
        units = min(ledger.room(way), int(values[way] + _EXACT))
        if units:
            ledger.change(way, units)
    for shortage in range(len(columns.units)):
        if not ledger.lawful(shortage):
            ledger.clear(shortage)
    greedy(ledger)
    return ledger


def _known(shares: Ints) -> Ints:
    return shares[shares != NOWHERE]

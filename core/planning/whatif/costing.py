"""What a scenario costs beyond dates: dearer supply, and what its actions cost."""

from decimal import Decimal

import numpy as np

from core.domain.money import rounded
from core.domain.plans import Action
from core.domain.scenarios import PriceRise, Scenario
from core.planning.snapshot import PRICE_SCALE, PURCHASE_ORDER, Snapshot


def dearer(snapshot: Snapshot, scenario: Scenario) -> Decimal:
    """What is open with suppliers that ask for more costs more, at the prices agreed with them, and the charges of the
    actions."""
    rises = (one for one in scenario.disruptions if isinstance(one, PriceRise))
    return rounded(sum((_rise(snapshot, one) for one in rises), Decimal(0)) + _charges(scenario.actions))


def _rise(snapshot: Snapshot, rise: PriceRise) -> Decimal:
    supply, sources = snapshot.supply, snapshot.sources
    supplier = snapshot.parties.supplier.index(rise.supplier)
    theirs = np.flatnonzero(sources.supplier == supplier)
    price = dict(zip(sources.item[theirs].tolist(), sources.price[theirs].tolist(), strict=True))
    rows = np.flatnonzero((supply.kind == PURCHASE_ORDER) & (supply.supplier == supplier))
    value = sum(int(supply.quantity[row]) * int(price.get(int(supply.item[row]), 0)) for row in rows.tolist())
    return Decimal(value) * rise.percent / (100 * PRICE_SCALE)


def _charges(actions: tuple[Action, ...]) -> Decimal:
    return sum((action.charge for action in actions), Decimal(0))

"""What a scenario costs beyond dates: dearer supply, and what its actions cost."""

from decimal import Decimal

import numpy as np

from core.domain.ids import SupplierCode
from core.domain.money import rounded
from core.domain.plans import Action
from core.domain.scenarios import Disruption, PriceRise, Scenario, TariffRise
from core.planning.snapshot import PRICE_SCALE, PURCHASE_ORDER, Snapshot


def dearer(snapshot: Snapshot, scenario: Scenario) -> Decimal:
    """What is open with suppliers that ask for more, or whose goods bear more duty, costs more, each by its percent of
    the prices agreed with them; and the charges of the actions."""
    rises = (_rise(snapshot, one) for one in scenario.disruptions)
    return rounded(sum(rises, Decimal(0)) + _charges(scenario.actions))


def _rise(snapshot: Snapshot, one: Disruption) -> Decimal:
    match one:
        case PriceRise():
            return _open_value(snapshot, one.supplier) * one.percent / 100
        case TariffRise():
            value = sum((_open_value(snapshot, supplier) for supplier in one.suppliers), Decimal(0))
            return value * one.percent / 100
        case _:
            return Decimal(0)


def _open_value(snapshot: Snapshot, code: SupplierCode) -> Decimal:
    supply, sources = snapshot.supply, snapshot.sources
    supplier = snapshot.parties.supplier.index(code)
    theirs = np.flatnonzero(sources.supplier == supplier)
    price = dict(zip(sources.item[theirs].tolist(), sources.price[theirs].tolist(), strict=True))
    rows = np.flatnonzero((supply.kind == PURCHASE_ORDER) & (supply.supplier == supplier))
    value = sum(int(supply.quantity[row]) * int(price.get(int(supply.item[row]), 0)) for row in rows.tolist())
    return Decimal(value) / PRICE_SCALE


def _charges(actions: tuple[Action, ...]) -> Decimal:
    return sum((action.charge for action in actions), Decimal(0))

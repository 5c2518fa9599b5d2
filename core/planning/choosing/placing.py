"""Between a ledger and a model: the values of a plan, and the plan of values, checked again in whole numbers."""

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.modelling import Floats, Model


def values_of(model: Model, ledger: Ledger) -> Floats:
    """The values of the exact model's variables in the plan of a ledger."""
    values = np.zeros(model.cost.size)
    values[: model.ways] = ledger.use
    values[model.ways : model.ways + model.shortages] = ledger.left
    for source, opens in enumerate(model.opens):
        if not ledger.needed[source]:
            continue
        if model.tiers[source]:
            share, number = model.tiers[source][_tier(ledger, source)]
            values[share] = 1.0
            values[number] = ledger.brought[source] // ledger.columns.lots[source].multiple
        else:
            values[list(opens)] = 1.0
    for shares, counts in ((model.paid, ledger.charged), (model.moved, ledger.reasons), (model.told, ledger.contacts)):
        for share, count in zip(shares, counts, strict=True):
            if share != NOWHERE and count:
                values[share] = 1.0
    for at, share in model.parts:
        values[share] = float(values[at] > 0)
    return values


def _tier(ledger: Ledger, source: int) -> int:
    """The last tier that what is brought reaches: tiers get cheaper."""
    lots = ledger.columns.lots[source]
    return max(at for at, (least, _) in enumerate(lots.tiers) if least <= ledger.brought[source])


def placed(columns: Columns, values: Floats) -> Ledger | None:
    """The plan of the values' ways, the largest first; None where one does not fit, as tolerance may let happen."""
    ledger = Ledger(columns)
    units = np.rint(values[: len(columns.way)]).astype(np.int64)
    for way in sorted(np.flatnonzero(units > 0).tolist(), key=lambda at: (-int(units[at]), at)):
        wanted = int(units[way])
        if ledger.room(way) < wanted:
            return None
        ledger.change(way, wanted)
    return ledger

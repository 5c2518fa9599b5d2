"""Between a ledger and a model: the values of a plan, and the plan of values, checked again in whole numbers."""

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.choosing.drafting import Floats, flags
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.modelling import Model


def values_of(model: Model, ledger: Ledger) -> Floats:
    """The values of the exact model's variables in the plan of a ledger."""
    values = np.zeros(model.cost.size)
    values[: model.ways] = ledger.use
    values[model.ways : model.ways + model.shortages] = ledger.left
    used = np.array(ledger.needed, dtype=np.float64) > 0
    source, share = model.opens
    values[share[used[source]]] = 1.0
    tiers = model.tiers
    values[tiers.share] = 0.0
    for source in np.flatnonzero(used & ~flags(ledger.columns.plain)).tolist():
        at = int(np.flatnonzero(tiers.source == source)[ledger.columns.lots[source].tier(ledger.brought[source])])
        values[tiers.share[at]] = 1.0
        values[tiers.lots[at]] = ledger.brought[source] // ledger.columns.multiple[source]
    for shares, counts in ((model.paid, ledger.charged), (model.moved, ledger.reasons), (model.told, ledger.contacts)):
        for share, count in zip(shares, counts, strict=True):
            if share != NOWHERE and count:
                values[share] = 1.0
    units, share = model.parts
    values[share[values[units] > 0]] = 1.0
    return values


def placed(columns: Columns, values: Floats) -> Ledger | None:
    """The plan of the values' ways, the largest first; None where one does not fit, as tolerance may let happen."""
    ledger = Ledger(columns)
    units = np.rint(values[: len(columns.way)]).astype(np.int64)
    for way in sorted(np.flatnonzero(units > 0).tolist(), key=lambda at: (-int(units[at]), at)):
        wanted = int(units[way])
        if ledger.room(way) < wanted:
            return None
        ledger.change(way, wanted)
    return ledger if all(map(ledger.lawful, range(len(columns.units)))) else None

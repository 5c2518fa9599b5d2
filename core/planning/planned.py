"""Orders that promises rest on and nobody has placed: supply until the day they must be placed by, then nothing."""

from collections.abc import Collection
from dataclasses import fields, replace

import numpy as np

from core.planning.snapshot import PLANNED_PURCHASE, PLANNED_WORK, Flags, Planned, Snapshot, Supply
from core.planning.texts import Texts, taken


def with_planned(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the planned orders that can still be placed in time as rows of supply."""
    kept = in_time(snapshot)
    if not kept.any():
        return snapshot
    return replace(snapshot, supply=_joined(snapshot.supply, snapshot.planned, kept))


def in_time(snapshot: Snapshot) -> Flags:
    """Which planned orders can still be placed by the day they must be."""
    return snapshot.planned.start >= snapshot.as_of


def planned_rows(snapshot: Snapshot) -> dict[int, int]:
    """Of each supply (position) that is a planned order its row in the table of planned orders."""
    planned, supply = snapshot.planned, snapshot.supply
    if planned.quantity.size == 0:
        return {}
    rows = {key: n for n, key in enumerate(zip(planned.kind.tolist(), planned.number, strict=True))}
    first = int(np.searchsorted(supply.kind, PLANNED_WORK))
    keys = zip(supply.kind[first:].tolist(), supply.number[first:], strict=True)
    return {at: rows[key] for at, key in enumerate(keys, start=first) if key in rows}


def without_planned_for(snapshot: Snapshot, lines: Collection[tuple[str, int]]) -> Snapshot:
    """The snapshot without the supply that is planned for these order lines."""
    planned, rows = snapshot.planned, planned_rows(snapshot)
    theirs = [at for at, row in rows.items() if (planned.order[row], int(planned.line[row])) in lines]
    if not theirs:
        return snapshot
    supply, kept = snapshot.supply, np.ones(len(snapshot.supply.number), dtype=np.bool_)
    kept[theirs] = False
    columns = {one.name: getattr(supply, one.name)[kept] for one in fields(Supply) if one.name != "number"}
    return replace(snapshot, supply=Supply(number=taken(supply.number, kept), **columns))


def _joined(supply: Supply, planned: Planned, kept: Flags) -> Supply:
    """Planned kinds come after the others, so that rows of supply stay where they were."""
    rows, taking = np.flatnonzero(kept), planned.kind != PLANNED_PURCHASE
    return Supply(
        kind=np.concatenate((supply.kind, planned.kind[rows])),
        number=Texts.joined((supply.number, taken(planned.number, rows))),
        line=np.concatenate((supply.line, np.ones(rows.size, dtype=np.int32))),
        item=np.concatenate((supply.item, planned.item[rows])),
        location=np.concatenate((supply.location, planned.location[rows])),
        quantity=np.concatenate((supply.quantity, planned.quantity[rows])),
        due=np.concatenate((supply.due, planned.due[rows])),
        start=np.concatenate((supply.start, np.where(taking, planned.start, planned.due)[rows])).astype(np.int32),
        supplier=np.concatenate((supply.supplier, planned.supplier[rows])),
        issued=np.concatenate((supply.issued, np.zeros(rows.size, dtype=np.bool_))),
    )

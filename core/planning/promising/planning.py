"""Planned orders that earlier promises rest on, laid over the books as if they were placed."""

from dataclasses import replace

import numpy as np

from core.planning.snapshot import NO_PLANNED, TRANSFER_ORDER, Claims, Planned, Snapshot, Supply


def with_planned(snapshot: Snapshot) -> Snapshot:
    """The snapshot with planned orders as open ones, and what transfers will take promised at their origin."""
    planned = snapshot.planned
    if planned.quantity.size == 0:
        return snapshot
    supply = _joined(snapshot.supply, planned)
    return replace(snapshot, supply=supply, claims=_leaving(snapshot.claims, planned), planned=NO_PLANNED)


def _joined(supply: Supply, planned: Planned) -> Supply:
    count = planned.quantity.size
    numbers = (*supply.number, *planned.number)
    kind = np.concatenate((supply.kind, planned.kind))
    line = np.concatenate((supply.line, np.ones(count, dtype=np.int32)))
    order = sorted(range(len(numbers)), key=lambda row: (int(kind[row]), numbers[row], int(line[row])))
    rows = np.array(order, dtype=np.int64)
    start = np.where(planned.kind == TRANSFER_ORDER, planned.due, planned.start).astype(np.int32)
    return Supply(
        kind=kind[rows],
        number=tuple(numbers[row] for row in order),
        line=line[rows],
        item=np.concatenate((supply.item, planned.item))[rows],
        location=np.concatenate((supply.location, planned.location))[rows],
        quantity=np.concatenate((supply.quantity, planned.quantity))[rows],
        due=np.concatenate((supply.due, planned.due))[rows],
        start=np.concatenate((supply.start, start))[rows],
        supplier=np.concatenate((supply.supplier, planned.supplier))[rows],
        issued=np.concatenate((supply.issued, np.zeros(count, dtype=np.bool_)))[rows],
    )


def _leaving(claims: Claims, planned: Planned) -> Claims:
    moves = planned.origin >= 0
    return Claims(
        item=np.concatenate((claims.item, planned.item[moves])),
        location=np.concatenate((claims.location, planned.origin[moves])),
        quantity=np.concatenate((claims.quantity, planned.quantity[moves])),
        due=np.concatenate((claims.due, planned.start[moves])),
    )

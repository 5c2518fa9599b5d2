"""The state of each order line in words: on time, late or uncovered, and the kind of supply that completes it."""

import numpy as np

from core.planning.outcome import NetResult
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Snapshot,
)

_SUPPLY = {
    0: "stock",
    WORK_ORDER: "WO",
    PURCHASE_ORDER: "PO",
    TRANSFER_ORDER: "TO",
    PLANNED_WORK: "planned WO",
    PLANNED_PURCHASE: "planned PO",
    PLANNED_TRANSFER: "planned TO",
}


def line_states(snapshot: Snapshot, result: NetResult) -> list[str]:
    """Per line: `uncovered` when units are short of known supply, else `late` or `on time` by the day the
    last unit is there, followed by stock, WO, PO or TO, or one of them planned: where that unit comes from."""
    last = _last_kind(snapshot, result)
    late = result.line_cover > snapshot.demand.due
    return [
        "uncovered" if short else f"{'late' if is_late else 'on time'} {_SUPPLY[kind]}"
        for short, is_late, kind in zip(result.line_short.tolist(), late.tolist(), last, strict=True)
    ]


def _last_kind(snapshot: Snapshot, result: NetResult) -> list[int]:
    """The kind of the last receipt each line eats from, 0 for stock."""
    kind = np.zeros(result.requirements.kind.size, dtype=np.int64)
    supply = result.receipts.supply[result.pegs.receipt]
    kinds = np.concatenate((snapshot.supply.kind, [0]))
    # Pegs of a requirement are in order of date, and of several writes to one place the last one stays.
    kind[result.pegs.requirement] = kinds[supply]
    return kind[result.line_requirement].tolist()

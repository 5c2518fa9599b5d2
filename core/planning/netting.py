"""Netting, level by level: who is served by what, what is short, and when everything is there.

Down the bill of materials, short units of made items become requirements of their components: what is
short depends on quantities and the order of serving only. Up again, real dates: a work order whose
components come after its start is pushed by as many days, and short units are there once their
components are, made or bought in the lead time. A work order that has not taken its components cannot
have begun: with a start in the past it is pushed as if it started today at the earliest. Short units of
a bought item nobody approved supplies, or of anything that would need it, are never there.

What an order planned for a promise brings is kept for that promise (earmarking.py) as long as there is time to place
it; what it takes is needed as what placed orders take is.
"""

from functools import partial

import numpy as np

from core.planning.ascent import Ascent, ascend
from core.planning.descent import Descent, descend
from core.planning.frame import frame_of
from core.planning.outcome import NetResult, Requirements
from core.planning.overlaps import lay_out
from core.planning.rerouted import joined_rerouted
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from core.planning.takings import joined_takings


def net(snapshot: Snapshot, rules: ScanRules) -> NetResult:
    """Cover every requirement by the receipts of its node and find what is short and when the rest is
    there."""
    frame = frame_of(snapshot, rules)
    descent = descend(frame)
    up = ascend(frame, descent)
    lines = snapshot.demand.quantity.size
    return NetResult(
        rules=rules,
        group_of=frame.grouping.group_of.astype(np.int32),
        requirements=_requirements(descent, up),
        line_requirement=np.arange(lines, dtype=np.int32),
        line_short=descent.needs.short[:lines],
        line_cover=up.cover[:lines],
        line_available=up.available[:lines],
        takings=joined_takings(up.takings),
        center=up.center,
        rerouted=joined_rerouted(up.rerouted),
        lay_out=partial(lay_out, frame, descent, up),
    )


def _requirements(descent: Descent, up: Ascent) -> Requirements:
    needs = descent.needs
    return Requirements(
        kind=needs.kind,
        ref=needs.ref,
        item=needs.item,
        group=needs.group,
        need=needs.need,
        quantity=needs.quantity,
        short=needs.short,
        cover=up.cover,
        available=up.available,
    )

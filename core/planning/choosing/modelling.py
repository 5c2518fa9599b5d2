"""The linear model of a problem: variables, rows and costs as arrays, for the solver alone.

Variables: units by each way, units left waiting, and shares (0 to 1) of what is decided as a whole: a source or a tier
of it opened, a charge paid, a line moved, a customer contacted. With the shares whole the model is exact; left free its
optimum is a lower bound. A way uses no more than its source is open (`x <= ub y`, the strong form of a fixed charge):
few of these rows ever matter, so the relaxation begins without them.
"""

from dataclasses import dataclass

import numpy as np

from core.planning.choosing.columns import Columns
from core.planning.choosing.drafting import Draft, Floats, flags, flat, floats, numbered
from core.planning.choosing.opening import Tiers, opened
from core.planning.choosing.unrest import Unrest
from core.planning.snapshot import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Minimise cost x, 0 <= x <= upper, within row bounds; in the exact model all are whole. The matrix by rows: the
    relaxation begins with the first `core`, the others join it when they are broken. Ways come first, then what waits
    of each shortage. (source, share) of what opens sources, and their tiers; by position of its charge, line or
    customer the share of what is paid, moved and told, NOWHERE where there is none. `parts` are (units, share) of what
    is all or nothing, what is so together with one share."""

    cost: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats
    core: int
    ways: int
    shortages: int
    opens: tuple[Ints, Ints]
    tiers: Tiers
    paid: Ints
    moved: Ints
    told: Ints
    parts: tuple[Ints, Ints]
    pool_rows: Ints


def model_of(columns: Columns, *, exact: bool) -> Model:
    """The model of all columns. Unless `exact`, a line that only one shortage or one way can move has no share of its
    own: in the relaxation its share follows from the units."""
    draft = Draft(columns, exact=exact)
    unrest = Unrest(draft)
    draft.variables.more(draft.cost, draft.upper)
    draft.variables.more(draft.waiting, draft.units)
    parts = _cover(draft)
    moved, told = unrest.state()
    paid = _paid(draft)
    source, line = unrest.moves
    opening = opened(draft, paid, (source, moved[line]))
    core, rows = draft.core.count, draft.core.followed(draft.links)
    return Model(
        cost=draft.variables.cost,
        upper=draft.variables.upper,
        row_lower=rows.lower,
        row_upper=rows.upper,
        start=rows.start,
        index=rows.index,
        value=rows.value,
        core=core,
        ways=len(columns.way),
        shortages=len(columns.units),
        opens=opening.opens,
        tiers=opening.tiers,
        paid=paid,
        moved=moved,
        told=told,
        parts=parts,
        pool_rows=opening.pool_rows,
    )


def _cover(draft: Draft) -> tuple[Ints, Ints]:
    """Each shortage is covered or waits; in the exact model with the shares of what is all or nothing: each late way,
    what waits, and all ways in time together."""
    at = np.arange(draft.shortage.size + draft.units.size)
    owner = np.concatenate([draft.shortage, np.arange(draft.units.size)])
    draft.core.put_ones(draft.core.more(draft.units, draft.units)[owner], at)
    strict = np.flatnonzero(draft.whole[owner]) if draft.exact else at[:0]
    timely = np.concatenate([~flags(draft.columns.late), np.zeros(draft.units.size, dtype=np.bool_)])
    key = np.where(timely, at.size + owner, at)[strict]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    shares = draft.variables.shares(np.zeros(first.size))
    rows = draft.core.more(np.zeros(first.size), np.zeros(first.size))
    draft.core.put_ones(rows[group], strict)
    draft.core.put(rows, shares, -draft.units[owner[strict[first]]])
    return strict, shares[group]


def _paid(draft: Draft) -> Ints:
    """A share of each charge that a source with ways pays."""
    columns = draft.columns
    pays = [charges for charges, used in zip(columns.source_charges, draft.used, strict=True) if used]
    charges = np.unique(flat(pays))
    return numbered(charges, draft.variables.shares(floats(columns.amount)[charges]), size=len(columns.amount))

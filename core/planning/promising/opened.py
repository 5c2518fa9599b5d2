"""What books on one reading share: the terms, what is promised and comes, the load of the centres; never written in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import PegKind
from core.planning.planned import without_planned_for
from core.planning.promising.capacity import WorkLoad, firm_load, same_work, work_load
from core.planning.promising.commitments import Commitments, commitments
from core.planning.promising.rules import PromisingRules
from core.planning.promising.spots import Spots
from core.planning.promising.terms import Terms, terms_of
from core.planning.promising.working import WorkingDays
from core.planning.snapshot import PLANNED_PURCHASE, PURCHASE_ORDER, Snapshot
from core.planning.unchanged import MASTER_DATA, Unchanged

USUAL: Final = PromisingRules()

Pool: TypeAlias = tuple[str, int, int]
"""Something limited: a supplier's week, or what lies at a location."""
Told: TypeAlias = tuple[ItemCode, LocationCode, int, PegKind, str, int]
"""How supply is told of by pegs: item, place, day, kind, reference and units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A reading made ready for promising. `drawn` is what is on order of each limited pool, `stock` what lies at each
    (item, location); `whole` that no order line was left out, `all_planned` that nothing planned was left out of `load`
    and `drawn`. `firm` is the load without what is planned. `told` is how supply (position) is told of by pegs,
    noted by whoever tells of it first."""

    snapshot: Snapshot
    rules: PromisingRules
    terms: Terms
    spots: Spots
    known: Commitments
    firm: WorkLoad
    load: WorkLoad
    working: WorkingDays
    drawn: dict[Pool, int]
    stock: Mapping[tuple[int, int], int]
    whole: bool
    all_planned: bool
    told: dict[int, Told] = field(default_factory=dict[int, Told])


def opened(
    snapshot: Snapshot,
    rules: PromisingRules = USUAL,
    *,
    without: Collection[tuple[str, int]] = (),
    before: Opened | None = None,
) -> Opened:
    """Make a reading ready; the order lines `without`, as (order, line), do not count as promised, nor does what is
    planned for them take minutes or a supplier's week. What is the same as in what was opened `before` is taken from
    there."""
    kept = None if before is None or before.snapshot.as_of != snapshot.as_of else before
    same = Unchanged(None if kept is None else kept.snapshot, snapshot)
    master = kept if same(*MASTER_DATA) else None
    terms = master.terms if master else terms_of(snapshot)
    counted = without_planned_for(snapshot, without)
    planned = kept if kept and kept.all_planned and counted is snapshot else None
    worked = (
        kept if master and kept and same("bookings", "work_centers") and same_work(kept.snapshot, snapshot) else None
    )
    firm = worked.firm if worked else firm_load(snapshot, terms.steps)
    loaded = planned if master and same("supply", "bookings", "work_centers") else None
    working = kept if same("working_days") else None
    ordered = planned if same("supply", "sources", "source_terms") else None
    lying = kept if same("stock") else None
    return Opened(
        snapshot=snapshot,
        rules=rules,
        terms=terms,
        spots=master.spots if master else Spots(snapshot, terms),
        known=commitments(snapshot, rules, without),
        firm=firm,
        load=loaded.load if loaded else work_load(counted, terms.steps, firm),
        working=working.working if working else WorkingDays(snapshot.working_days, today=snapshot.as_of),
        drawn=ordered.drawn if ordered else _drawn(counted),
        stock=lying.stock if lying else _stock(snapshot),
        whole=not without,
        all_planned=counted is snapshot,
    )


def week_of(source: int, day: int) -> Pool:
    """What a source may deliver in the week of a day."""
    return "week", source, day // 7


def _drawn(snapshot: Snapshot) -> dict[Pool, int]:
    """What is on order from each source that has a limit a week."""
    limits, sources, supply = snapshot.source_terms.weekly_capacity, snapshot.sources, snapshot.supply
    found: dict[Pool, int] = {}
    if limits.size == 0:
        return found
    rows = {pair: n for n, pair in enumerate(zip(sources.item.tolist(), sources.supplier.tolist(), strict=True))}
    columns = (supply.kind, supply.item, supply.supplier, supply.due, supply.quantity)
    for kind, item, supplier, due, quantity in zip(*(column.tolist() for column in columns), strict=True):
        row = rows.get((item, supplier))
        if kind in (PURCHASE_ORDER, PLANNED_PURCHASE) and row is not None:
            pool = week_of(row, due)
            found[pool] = found.get(pool, 0) + quantity
    return found


def _stock(snapshot: Snapshot) -> dict[tuple[int, int], int]:
    stock = snapshot.stock
    keys = zip(stock.item.tolist(), stock.location.tolist(), strict=True)
    return dict(zip(keys, stock.available.tolist(), strict=True))

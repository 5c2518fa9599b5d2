"""The impact of one supply told in the words of the books: which lines, whose, how much, from when to when."""

from collections.abc import Sequence

import numpy as np

from core.domain.errors import NotFoundError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.supply_impact import Footing, ImpactAsked, PeggedLine, SupplyImpact, UpstreamSupply, WorsenedLine
from core.planning.naming import first_location, supply_name
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, Ints, Positions, Snapshot, date_of, day_of
from core.planning.supply_impact import Upstream, impact_of, upstream_of


def impact_report(snapshot: Snapshot, result: NetResult, asked: ImpactAsked) -> SupplyImpact | Footing:
    """What hangs on the supply that is named, or what the order line that is named rests on; NotFoundError where
    nothing open is called so. `result` is the netting of the snapshot."""
    number, line = _read(asked.reference)
    supplies = _named(snapshot.supply.number, snapshot.supply.line, number, line)
    if supplies.size:
        return _impact(snapshot, result, supplies, asked.later)
    lines = _named(snapshot.demand.order, snapshot.demand.line, number, line)
    if lines.size:
        return _footing(snapshot, result, lines)
    raise NotFoundError(
        f"nothing open is called {asked.reference!r}; accepted: open supply such as 'PO-17', 'PO-17/1' or 'WO-3', or an"
        " open order line such as 'SO-1042/1'"
    )


def _read(reference: str) -> tuple[str, int]:
    """Number and line of a reference; -1 where all lines are meant."""
    number, slash, line = reference.strip().rpartition("/")
    if slash and line.isdecimal() and len(line) < 10:
        return number, int(line)
    return reference.strip(), -1


def _named(numbers: Sequence[str], lines: Positions, number: str, line: int) -> Ints:
    rows = [row for row, text in enumerate(numbers) if text == number and line in (-1, lines[row])]
    return np.array(rows, dtype=np.int64)


def _impact(snapshot: Snapshot, result: NetResult, supplies: Ints, later: int | None) -> SupplyImpact:
    pegged, worsened = impact_of(snapshot, result, supplies, later=later)
    hits = zip(pegged.line.tolist(), pegged.units.tolist(), pegged.available.tolist(), strict=True)
    columns = (worsened.line, worsened.short, worsened.before, worsened.after, worsened.days)
    losses = zip(*(column.tolist() for column in columns), strict=True)
    return SupplyImpact(
        supplies=tuple(supply_name(snapshot, at) for at in supplies.tolist()),
        later=later,
        pegged=tuple(_pegged(snapshot, line, units, there) for line, units, there in hits),
        worsened=tuple(_worsened(snapshot, *loss) for loss in losses),
    )


def _key(snapshot: Snapshot, line: int) -> tuple[OrderNo, int, CustomerCode, ItemCode]:
    demand = snapshot.demand
    customer = snapshot.parties.customer[int(demand.customer[line])]
    item = snapshot.items.code[int(demand.item[line])]
    return OrderNo(demand.order[line]), int(demand.line[line]), CustomerCode(customer), ItemCode(item)


def _pegged(snapshot: Snapshot, at: int, units: int, there: int) -> PeggedLine:
    order, line, customer, item = _key(snapshot, at)
    due = date_of(int(snapshot.demand.due[at]))
    return PeggedLine(
        order=order, line=line, customer=customer, item=item, units=units, due=due, projected=day_of(there)
    )


def _worsened(snapshot: Snapshot, at: int, short: int, before: int, after: int, days: int) -> WorsenedLine:
    order, line, customer, item = _key(snapshot, at)
    return WorsenedLine(
        order=order,
        line=line,
        customer=customer,
        item=item,
        more_short=short,
        before=day_of(before),
        after=day_of(after),
        days_later=None if after == NEVER else days,
    )


def _footing(snapshot: Snapshot, result: NetResult, lines: Ints) -> Footing:
    found, demand = upstream_of(snapshot, result, lines), snapshot.demand
    return Footing(
        lines=tuple(f"{demand.order[at]}/{demand.line[at]}" for at in lines.tolist()),
        upstream=tuple(_upstream(snapshot, result, found, row) for row in range(found.supply.size)),
    )


def _upstream(snapshot: Snapshot, result: NetResult, found: Upstream, row: int) -> UpstreamSupply:
    """One row; stock lies at the first location of its group."""
    supply = int(found.supply[row])
    place = int(snapshot.supply.location[supply]) if supply >= 0 else first_location(result, int(found.group[row]))
    return UpstreamSupply(
        level=int(found.level[row]),
        supply="stock" if supply < 0 else supply_name(snapshot, supply),
        item=ItemCode(snapshot.items.code[int(found.item[row])]),
        location=LocationCode(snapshot.locations.code[place]),
        units=int(found.units[row]),
        on=day_of(int(found.day[row])),
    )

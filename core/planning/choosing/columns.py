"""The columns of a problem: its parts sorted by id, as plain lists by position, for the programs that run over them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.planning.choosing.problem import Problem, Source

NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """How a source sells: lots of `multiple` up to `most`; `tiers` are (least in whole lots, price and holding)."""

    multiple: int
    most: int
    holding: int
    tiers: tuple[tuple[int, int], ...]

    @property
    def plain(self) -> bool:
        """Whether any number of units can be had at one price."""
        return self.multiple == 1 and len(self.tiers) == 1 and self.tiers[0][0] <= 1

    def bought(self, needed: int, cap: int) -> tuple[int, int] | None:
        """The units to bring for so many needed, at most `cap`, and what they cost with holding; None where no lot
        fits. The least money wins, of equals the fewest units."""
        if not needed:
            return 0, 0
        best: tuple[int, int] | None = None
        for least, price in self.tiers:
            wanted = max(least, -(-needed // self.multiple) * self.multiple)
            if wanted <= cap:
                paid = price * wanted - self.holding * needed
                if best is None or (paid, wanted) < (best[1], best[0]):
                    best = wanted, paid
        return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A problem by position. `unit` is what a unit of a way costs with its lateness, without the price of its source;
    a way is `late` where it moves the date of its line. Ways of a shortage and of a source are sorted. A source is
    `plain` where any number of units can be had, each at `unit_price`."""

    problem: Problem
    shortage: list[str]
    units: list[int]
    waiting: list[int]
    waits_late: list[bool]
    whole: list[bool]
    line: list[int]
    ways_of: list[list[int]]
    way: list[str]
    way_shortage: list[int]
    way_source: list[int]
    unit: list[int]
    late: list[bool]
    asks: list[int]
    source: list[str]
    lots: list[Lots]
    plain: list[bool]
    most: list[int]
    multiple: list[int]
    unit_price: list[int]
    source_ways: list[list[int]]
    source_charges: list[tuple[int, ...]]
    source_draws: list[tuple[tuple[int, int, int], ...]]
    source_moves: list[tuple[int, ...]]
    pool: list[str]
    capacity: list[int]
    charge: list[str]
    amount: list[int]
    charge_sources: list[list[int]]
    customer: list[int]
    customers: int
    moved: int
    contacted: int


def columns_of(problem: Problem) -> Columns:
    """The columns; shortages in order of (need, id), all else by id."""
    shortages = sorted(problem.shortages, key=lambda one: (one.need, one.id))
    lines, sources = sorted(problem.lines, key=lambda one: one.id), sorted(problem.sources, key=lambda one: one.id)
    at, line_at = _positions(one.id for one in shortages), _positions(one.id for one in lines)
    source_at, ways = _positions(one.id for one in sources), sorted(problem.ways, key=lambda one: one.id)
    pools, charges = sorted(problem.pools, key=lambda one: one.id), sorted(problem.charges, key=lambda one: one.id)
    pool_at, charge_at = _positions(one.id for one in pools), _positions(one.id for one in charges)
    names = sorted({line.customer for line in lines})
    customer_at = _positions(names)
    customer = [customer_at[line.customer] for line in lines]
    line = [line_at[one.line] for one in shortages]
    way_shortage, way_source = [at[way.shortage] for way in ways], [source_at[way.source] for way in ways]
    source_charges = [tuple(sorted({charge_at[name] for name in one.charges})) for one in sources]
    stability, lots = problem.stability, [_lots(one) for one in sources]
    return Columns(
        problem=problem,
        shortage=[one.id for one in shortages],
        units=[one.units for one in shortages],
        waiting=[one.waiting for one in shortages],
        waits_late=[one.otherwise > one.need for one in shortages],
        whole=[one.whole for one in shortages],
        line=line,
        ways_of=_grouped(way_shortage, len(shortages)),
        way=[way.id for way in ways],
        way_shortage=way_shortage,
        way_source=way_source,
        unit=[way.cost + shortages[s].lateness(way.arrives) for way, s in zip(ways, way_shortage, strict=True)],
        late=[way.arrives > shortages[s].need for way, s in zip(ways, way_shortage, strict=True)],
        asks=[customer[line[s]] if way.asks else NOWHERE for way, s in zip(ways, way_shortage, strict=True)],
        source=[one.id for one in sources],
        lots=lots,
        plain=[one.plain for one in lots],
        most=[one.most for one in lots],
        multiple=[one.multiple for one in lots],
        unit_price=[one.tiers[0][1] - one.holding for one in lots],
        source_ways=_grouped(way_source, len(sources)),
        source_charges=source_charges,
        source_draws=[tuple((pool_at[d.pool], d.fixed, d.unit) for d in one.draws) for one in sources],
        source_moves=[tuple(sorted({line_at[name] for name in one.moves})) for one in sources],
        pool=[one.id for one in pools],
        capacity=[max(0, one.capacity) for one in pools],
        charge=[one.id for one in charges],
        amount=[one.amount + stability.document * one.document for one in charges],
        charge_sources=_grouped_many(source_charges, len(charges)),
        customer=customer,
        customers=len(names),
        moved=stability.moved,
        contacted=stability.contacted,
    )


def _lots(source: Source) -> Lots:
    """The tiers in order of their least; a dearer tier that begins no sooner than a cheaper one is never used."""
    tiers: list[tuple[int, int]] = []
    for tier in sorted(source.tiers, key=lambda one: (one.least, one.price)):
        least = -(-tier.least // source.multiple) * source.multiple
        if not tiers or tier.price + source.holding < tiers[-1][1]:
            tiers.append((least, tier.price + source.holding))
    most = source.most // source.multiple * source.multiple
    return Lots(multiple=source.multiple, most=most, holding=source.holding, tiers=tuple(tiers))


def _positions(ids: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(ids)}


def _grouped(keys: list[int], size: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for at, key in enumerate(keys):
        found[key].append(at)
    return found


def _grouped_many(keys: list[tuple[int, ...]], size: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for at, several in enumerate(keys):
        for key in several:
            found[key].append(at)
    return found

"""The columns of a problem: its parts sorted by id, as plain lists by position, for the programs that run over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from core.planning.choosing.problem import Charge, Line, Pool, Problem, Shortage, Source, Way

NOWHERE = -1
_ID = attrgetter("id")
Drawn = tuple[tuple[int, int, int], ...]
"""(pool, once, for each unit brought)."""
_Named = Line | Shortage | Source | Pool | Charge


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

    def room(self, caps: Sequence[int]) -> int:
        """The most units it can bring in whole lots, at most so many at each tier."""
        most = 0
        for (least, _), cap in zip(self.tiers, caps, strict=True):
            if least <= cap and cap - cap % self.multiple > most:
                most = cap - cap % self.multiple
        return most

    def bought(self, needed: int, caps: Sequence[int]) -> tuple[int, int] | None:
        """The units to bring for so many needed, at most so many at each tier, and what they cost with holding; None
        where no lot fits. The least money wins, of equals the fewest units."""
        if not needed:
            return 0, 0
        best: tuple[int, int] | None = None
        for (least, price), cap in zip(self.tiers, caps, strict=True):
            wanted = max(least, -(-needed // self.multiple) * self.multiple)
            if wanted <= cap:
                paid = price * wanted - self.holding * needed
                if best is None or (paid, wanted) < (best[1], best[0]):
                    best = wanted, paid
        return best

    def tier(self, units: int) -> int:
        """The last tier that so many units reach: tiers get cheaper."""
        return max(at for at, (least, _) in enumerate(self.tiers) if least <= units)

    def money(self, needed: int, brought: int) -> int:
        """What so many units brought cost with holding when so many are needed."""
        return self.tiers[self.tier(brought)][1] * brought - self.holding * needed if brought else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A problem by position. `unit` is what a unit of a way costs with its lateness, without the price of its source;
    a way is `late` where it moves the date of its line. Ways of a shortage and of a source are sorted. A source is
    `plain` where any number of units can be had, each at `unit_price`. `source_draws` are those of its first tier, the
    dearest; `tier_draws` those of each tier, none where all draw alike."""

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
    source_draws: list[Drawn]
    tier_draws: list[tuple[Drawn, ...]]
    source_moves: list[tuple[int, ...]]
    pool: list[str]
    capacity: list[int]
    charge: list[str]
    amount: list[int]
    charge_sources: list[list[int]]
    customer: list[int]
    told: list[bool]
    moved: int
    contacted: int

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.told)


class _Sorted:
    """The parts of a problem in the order of their positions, and the positions by id."""

    def __init__(self, problem: Problem) -> None:
        self.shortages = sorted(problem.shortages, key=attrgetter("need", "id"))
        self.lines = sorted(problem.lines, key=_ID)
        self.sources = sorted(problem.sources, key=_ID)
        self.ways = sorted(problem.ways, key=_ID)
        self.pools = sorted(problem.pools, key=_ID)
        self.charges = sorted(problem.charges, key=_ID)
        self.line_at, self.pool_at = _positions(self.lines), _positions(self.pools)
        customers = sorted({line.customer for line in self.lines})
        names = {name: at for at, name in enumerate(customers)}
        self.told = [name in problem.told for name in customers]
        self.customer = [names[line.customer] for line in self.lines]
        self.line = [self.line_at[one.line] for one in self.shortages]
        at, source_at, charge_at = _positions(self.shortages), _positions(self.sources), _positions(self.charges)
        self.way_shortage = [at[way.shortage] for way in self.ways]
        self.way_source = [source_at[way.source] for way in self.ways]
        self.source_charges = [_places(one.charges, charge_at) for one in self.sources]
        alike: dict[tuple[int, int, int, int, int], Lots] = {}
        self.lots = [_lots(one, alike) for one in self.sources]
        pairs = zip(self.sources, self.lots, strict=True)
        self.draws = [_drawn(one, sold, self.pool_at) for one, sold in pairs]

    def ways_out(self) -> Iterator[tuple[Way, Shortage]]:
        """Each way with the shortage it is for."""
        return zip(self.ways, map(self.shortages.__getitem__, self.way_shortage), strict=True)


def columns_of(problem: Problem) -> Columns:
    """The columns; shortages in order of (need, id), all else by id."""
    known = _Sorted(problem)
    shortages, sources, lots, line_at = known.shortages, known.sources, known.lots, known.line_at
    return Columns(
        problem=problem,
        shortage=[one.id for one in shortages],
        units=[one.units for one in shortages],
        waiting=[one.waiting for one in shortages],
        waits_late=[one.otherwise > one.need for one in shortages],
        whole=[one.whole for one in shortages],
        line=known.line,
        ways_of=_by_owner(known.way_shortage, len(shortages)),
        way=[way.id for way in known.ways],
        way_shortage=known.way_shortage,
        way_source=known.way_source,
        unit=[way.cost + one.penalty * max(0, way.arrives - one.need) for way, one in known.ways_out()],
        late=[way.arrives > one.need for way, one in known.ways_out()],
        asks=[known.customer[line_at[one.line]] if way.asks else NOWHERE for way, one in known.ways_out()],
        source=[one.id for one in sources],
        lots=lots,
        plain=[one.plain for one in lots],
        most=[one.most for one in lots],
        multiple=[one.multiple for one in lots],
        unit_price=[one.tiers[0][1] - one.holding for one in lots],
        source_ways=_by_owner(known.way_source, len(sources)),
        source_charges=known.source_charges,
        source_draws=[tiers[0] for tiers in known.draws],
        tier_draws=[tiers if len(tiers) > 1 else () for tiers in known.draws],
        source_moves=[_places(one.moves, line_at) for one in sources],
        pool=[one.id for one in known.pools],
        capacity=[max(0, one.capacity) for one in known.pools],
        charge=[one.id for one in known.charges],
        amount=[one.amount + problem.stability.document * one.document for one in known.charges],
        charge_sources=_grouped(known.source_charges, len(known.charges)),
        customer=known.customer,
        told=known.told,
        moved=problem.stability.moved,
        contacted=problem.stability.contacted,
    )


def _lots(source: Source, known: dict[tuple[int, int, int, int, int], Lots]) -> Lots:
    """The tiers in order of their least; a dearer tier that begins no sooner than a cheaper one is never used. Sources
    that sell alike at one price share their lots."""
    multiple, holding, most = source.multiple, source.holding, source.most // source.multiple * source.multiple
    if len(source.tiers) == 1:
        least, price = source.tiers[0].least, source.tiers[0].price
        key = multiple, most, holding, least, price
        if key not in known:
            tier = -(-least // multiple) * multiple, price + holding
            known[key] = Lots(multiple=multiple, most=most, holding=holding, tiers=(tier,))
        return known[key]
    tiers: list[tuple[int, int]] = []
    for tier in sorted(source.tiers, key=attrgetter("least", "price")):
        least = -(-tier.least // multiple) * multiple
        if not tiers or tier.price + holding < tiers[-1][1]:
            tiers.append((least, tier.price + holding))
    return Lots(multiple=multiple, most=most, holding=holding, tiers=tuple(tiers))


def _drawn(source: Source, lots: Lots, pool_at: dict[str, int]) -> tuple[Drawn, ...]:
    """What it draws at each tier; once where that is all the same."""
    draws = source.draws
    if not any(draw.paid for draw in draws):
        return (tuple((pool_at[draw.pool], draw.fixed, draw.unit) for draw in draws),) if draws else ((),)
    prices = [max(0, price - lots.holding) for _, price in lots.tiers]
    return tuple(
        tuple((pool_at[draw.pool], draw.fixed, draw.unit + price * draw.paid) for draw in draws) for price in prices
    )


def _places(names: tuple[str, ...], at: dict[str, int]) -> tuple[int, ...]:
    """Positions by name, sorted, each once."""
    return tuple(sorted({at[name] for name in names})) if len(names) > 1 else tuple(at[name] for name in names)


def _positions(parts: Sequence[_Named]) -> dict[str, int]:
    return {part.id: at for at, part in enumerate(parts)}


def _by_owner(owners: Sequence[int], size: int) -> list[list[int]]:
    """Positions by the owner of each."""
    found: list[list[int]] = [[] for _ in range(size)]
    for at, owner in enumerate(owners):
        found[owner].append(at)
    return found


def _grouped(keys: Sequence[tuple[int, ...]], size: int) -> list[list[int]]:
    """Positions by each of their keys."""
    found: list[list[int]] = [[] for _ in range(size)]
    for at, several in enumerate(keys):
        for key in several:
            found[key].append(at)
    return found

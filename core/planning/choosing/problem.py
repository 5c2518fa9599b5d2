"""The problem of choosing: shortages, the ways to cover them and what the ways share; pure values, whole numbers.

Quantities are whole base units, days are day numbers, money is whole steps of one size the caller chooses.
"""

from collections import Counter
from dataclasses import dataclass, field

from core.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A promise that can move: an order line, with the customer who would be told."""

    id: str
    customer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Units a line lacks on day `need`. What is left waiting comes on day `otherwise`. A unit that comes late costs
    `penalty` for each day, one left waiting `risk` more. `whole`: all of it is covered or nothing, by one way or by
    several that are all there by its day."""

    id: str
    line: str
    units: int
    need: int
    otherwise: int
    penalty: int
    risk: int = 0
    whole: bool = False

    def lateness(self, arrives: int) -> int:
        """What a unit that comes on this day costs."""
        return self.penalty * max(0, arrives - self.need)

    @property
    def waiting(self) -> int:
        """What a unit costs that nothing is done about."""
        return self.lateness(self.otherwise) + self.risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What there is once for all: stock a location can give up, a supplier's week, minutes, a budget. A capacity below
    nothing is used up already."""

    id: str
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What is paid once however many sources it serves: a shipment, a purchase order. `document`: it is one."""

    id: str
    amount: int
    document: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What using a source takes from a pool: so much once and so much for each unit brought. `paid`: the price of each
    unit, too, where that is above nothing: what a budget is spent on."""

    pool: str
    fixed: int = 0
    unit: int = 0
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A price break: from `least` units on, each unit brought costs `price`."""

    least: int = 1
    price: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where units come from: one shipment of an item, one line of a new order, an order expedited, units of a giver.

    It brings lots of `multiple`, from the least of a tier up to `most`; each unit brought beyond those used costs
    `holding`. `moves` are the lines that lose their date when it is used.
    """

    id: str
    most: int
    multiple: int = 1
    tiers: tuple[Tier, ...] = (Tier(),)
    holding: int = 0
    charges: tuple[str, ...] = ()
    draws: tuple[Draw, ...] = ()
    moves: tuple[str, ...] = ()

    def price(self, units: int) -> int:
        """What each of so many units costs: the least price of the tiers they reach."""
        dearest = max(tier.price for tier in self.tiers)
        return min((tier.price for tier in self.tiers if tier.least <= units), default=dearest)

    def drawn(self, draw: Draw, units: int) -> int:
        """What bringing so many units, one at least, takes by one of its draws."""
        return draw.fixed + units * (draw.unit + (max(0, self.price(units)) if draw.paid else 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to cover units of a shortage: from a source, there on day `arrives`, at `cost` a unit beyond the price of
    the source (freight, risk premium, less what is saved). `asks`: the customer must be asked."""

    id: str
    shortage: str
    source: str
    arrives: int
    cost: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What unrest counts: a line whose date moves, a customer who is told or asked, a document touched."""

    moved: int = 0
    contacted: int = 0
    document: int = 0

    def times(self, factor: int) -> "Stability":
        """The weight of a moved line multiplied, the others as they are."""
        return Stability(moved=self.moved * factor, contacted=self.contacted, document=self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All shortages together; doing nothing about any of them is always possible. The order of its parts says nothing.
    The customers `told` are contacted whatever is chosen: to contact them costs nothing more here.

    InvalidValueError where an id is named twice or not at all, or a number makes no sense.
    """

    lines: tuple[Line, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    sources: tuple[Source, ...] = ()
    ways: tuple[Way, ...] = ()
    pools: tuple[Pool, ...] = ()
    charges: tuple[Charge, ...] = ()
    stability: Stability = field(default_factory=Stability)
    told: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        lines = _ids("line", [line.id for line in self.lines])
        shortages = _ids("shortage", [shortage.id for shortage in self.shortages])
        sources = _ids("source", [source.id for source in self.sources])
        pools = _ids("pool", [pool.id for pool in self.pools])
        charges = _ids("charge", [charge.id for charge in self.charges])
        _ids("way", [way.id for way in self.ways])
        for shortage in self.shortages:
            _known("line", shortage.line, lines)
            _least(f"units of shortage {shortage.id!r}", shortage.units, 1)
            _least(f"the penalty of shortage {shortage.id!r}", shortage.penalty, 0)
        for source in self.sources:
            _check(source, lines=lines, pools=pools, charges=charges)
        for way in self.ways:
            _known("shortage", way.shortage, shortages)
            _known("source", way.source, sources)
        for charge in self.charges:
            _least(f"charge {charge.id!r}", charge.amount, 0)
        weights = self.stability
        _least("a weight of stability", min(weights.moved, weights.contacted, weights.document), 0)


def _check(source: Source, *, lines: frozenset[str], pools: frozenset[str], charges: frozenset[str]) -> None:
    _least(f"the most of source {source.id!r}", source.most, 0)
    _least(f"the multiple of source {source.id!r}", source.multiple, 1)
    _least(f"the number of tiers of source {source.id!r}", len(source.tiers), 1)
    for tier in source.tiers:
        _least(f"the least of a tier of source {source.id!r}", tier.least, 1)
        _least(f"price and holding together of source {source.id!r}", tier.price + source.holding, 0)
    for draw in source.draws:
        _known("pool", draw.pool, pools)
        _least(f"what source {source.id!r} draws", min(draw.fixed, draw.unit), 0)
    for known, names, kind in ((charges, source.charges, "charge"), (lines, source.moves, "line")):
        for name in names:
            _known(kind, name, known)


def _ids(kind: str, ids: list[str]) -> frozenset[str]:
    found = frozenset(ids)
    if len(found) != len(ids):
        twice = min(one for one, times in Counter(ids).items() if times > 1)
        raise InvalidValueError(f"the {kind} {twice!r} is there twice; each id must be there once")
    return found


def _known(kind: str, name: str, known: frozenset[str]) -> None:
    if name not in known:
        raise InvalidValueError(f"there is no {kind} {name!r}; name one of the problem")


def _least(what: str, value: int, least: int) -> None:
    if value < least:
        raise InvalidValueError(f"{what} is {value!r}; it must be at least {least!r}")

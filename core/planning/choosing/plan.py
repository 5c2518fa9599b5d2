"""A plan over all shortages together: what is used, what waits and why, its cost and how good it is proven to be."""

from dataclasses import dataclass
from enum import StrEnum


class Stopped(StrEnum):
    """What ended the search for a better plan."""

    OPTIMAL = "no cheaper plan exists"
    CLOSE = "the gap allowed was reached"
    MOVES = "the search found no better move or used up its moves"
    LIMIT = "the solver reached its limit"
    NOTHING = "the solver found nothing; the plan is the greedy one, improved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """So many units brought to a shortage by a way."""

    way: str
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """So many units a source brings in all, those beyond the need included."""

    source: str
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Units of a shortage nothing is done about, and why."""

    shortage: str
    units: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one unit more is worth in the relaxation, in the money of the problem."""

    id: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The parts of the objective: the ways (freight, risk), what is bought (holding included), what is paid once,
    lateness and risk of units that come late or wait, lines moved, customers contacted, documents touched."""

    ways: int
    bought: int
    charges: int
    lateness: int
    moved: int
    contacted: int
    documents: int

    @property
    def total(self) -> int:
        """All together."""
        return self.ways + self.bought + self.charges + self.lateness + self.moved + self.contacted + self.documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan, sorted by id. `bound`: no plan costs less. `pools` says what a unit more of a pool is worth, `reserves`
    what a unit more for a shortage is: the reserve price of a negotiation about it."""

    uses: tuple[Use, ...]
    brought: tuple[Brought, ...]
    waiting: tuple[Waiting, ...]
    costs: Costs
    lines_moved: int
    customers_contacted: int
    greedy: int
    bound: int
    stopped: Stopped
    pools: tuple[Price, ...] = ()
    reserves: tuple[Price, ...] = ()

    @property
    def total(self) -> int:
        """What the plan costs."""
        return self.costs.total

    @property
    def gap_percent(self) -> float:
        """How much more than the bound it costs at most, in percent of the bound."""
        return 100.0 * (self.total - self.bound) / max(1, abs(self.bound))

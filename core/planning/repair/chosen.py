"""What comes back of the choice over all open cases: for each case, for what is shared, and for all together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import CaseId
from core.domain.options import LineChange, Option
from core.domain.plans import Action
from core.planning.choosing.weighing import Steadiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """An idea of a case in the choice: `marginal` is what the whole plan costs more when it is insisted on (0 for what
    was chosen), `exact` whether that is proven; `units` what it brings, `chosen` how many of them the plan takes."""

    said: str
    resolution: str
    units: int
    chosen: int
    marginal: Decimal
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A way out of a case, simulated alone on the books as they are: what is done, what it costs beyond the usual, what
    the whole plan costs more with it (`exact` where that is proven), and every order line that would stand
    otherwise."""

    title: str
    actions: tuple[Action, ...]
    cost: Decimal
    marginal: Decimal
    exact: bool
    changes: tuple[LineChange, ...]
    recovered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoice:
    """What was chosen for a case. `reserve` is what one unit more would be worth beyond the `usual_price`, the bound of
    a negotiation; `competes` are the cases that want what this one takes or wants, `rides_with` those whose order
    covers it, too. `proposed` begins with the mix that was chosen, where there is one. `options` are the same with new
    promises and waiting, ready to be put before people, where they were asked for."""

    case: CaseId
    title: str
    item: str
    lacking: int
    covered: int
    why_waiting: str
    reserve: Decimal
    usual_price: Decimal
    ideas: tuple[Choosable, ...]
    competes: tuple[CaseId, ...]
    rides_with: tuple[CaseId, ...]
    proposed: tuple[Proposed, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPrice:
    """What a unit more of something shared would be worth."""

    pool: str
    worth: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the policy's weight of a moved line does: how much more is paid (ten-thousandths) than without it, and how
    many lines fewer are moved."""

    costs_more: int
    lines_spared: int


def effect_of(steadiness: Sequence[Steadiness]) -> Effect:
    """The effect, from the plans without the weight and with it."""
    by_factor = {one.factor: one for one in steadiness}
    without, with_it = by_factor[0], by_factor[1]
    return Effect(costs_more=with_it.cost - without.cost, lines_spared=without.lines_moved - with_it.lines_moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The choice over all cases, in the books' currency. `idle` is what doing nothing costs, `greedy` what one case
    after the other does; no plan costs less than `bound`."""

    cases: tuple[CaseChoice, ...]
    total: Decimal
    idle: Decimal
    greedy: Decimal
    bound: Decimal
    gap_percent: Decimal
    stopped: str
    pools: tuple[PoolPrice, ...]
    steadiness: tuple[Steadiness, ...]
    effect: Effect
    actions: tuple[Action, ...]

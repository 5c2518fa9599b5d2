"""Posing: open cases with their ideas as one problem of choosing, so that what is there once is given once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from core.domain.ids import CaseId
from core.planning.choosing.problem import (
    Charge,
    Draw,
    Line,
    Pool,
    Shortage,
    Source,
    Stability,
    Tier,
    Way,
)
from core.planning.choosing.problem import Problem as Choice
from core.planning.exposure import PENALTY_SCALE
from core.planning.positions import line_position
from core.planning.repair.buying import BuyIdea
from core.planning.repair.combining import Urgency
from core.planning.repair.expediting import ExpediteIdea
from core.planning.repair.ideas import Idea, lot
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.reallocating import ReallocateIdea
from core.planning.repair.transferring import TransferIdea
from core.planning.repair.trials import Problem
from core.planning.snapshot import PRICE_SCALE, day_number

_DAYS_OF_CASE = 10
BUDGET = "spending budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A case to choose for: its problem, what a unit late and a unit lacking cost, and its ideas."""

    problem: Problem
    urgency: Urgency
    ideas: tuple[Idea, ...]

    @property
    def case(self) -> CaseId:
        """Which case."""
        return self.problem.case.id


@dataclass(slots=True)
class _Draft:
    """A problem as it grows; what several ask for is kept once."""

    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    shortages: list[Shortage] = field(default_factory=list[Shortage])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    ways: list[Way] = field(default_factory=list[Way])
    pools: dict[str, int] = field(default_factory=dict[str, int])
    charges: dict[str, Charge] = field(default_factory=dict[str, Charge])

    def pool(self, name: str, capacity: int) -> str:
        """The pool of that name: as large as anybody saw it."""
        self.pools[name] = max(capacity, self.pools.get(name, capacity))
        return name

    def charge(self, name: str, amount: int, *, document: bool = False) -> str:
        """The charge of that name: the first to ask says how much."""
        self.charges.setdefault(name, Charge(id=name, amount=amount, document=document))
        return name


def posed(
    cases: Sequence[Posed],
    policy: RepairPolicy,
    *,
    budget: Decimal | None = None,
    days_late: Mapping[str, Decimal] | None = None,
) -> Choice:
    """The problem of all cases together, money in ten-thousandths of the books' currency.

    `budget` is what all of it may cost beyond the usual; `days_late` by how many days a supplier is late on average:
    its units cost as many days of the line's penalty more, the premium for its risk.
    """
    draft = _Draft()
    if budget is not None:
        draft.pool(BUDGET, scaled(budget))
    for case in sorted(cases, key=lambda one: one.case):
        shortages = _shortages(draft, case)
        shared = Counter(take for idea in case.ideas for take in idea.takes)
        for number in range(len(case.ideas)):
            source = _source(draft, case, number, budget=budget, shared=shared)
            for shortage in shortages:
                draft.ways.append(_way(draft, case, number, shortage, source, days_late or {}))
    return Choice(
        lines=tuple(draft.lines.values()),
        shortages=tuple(draft.shortages),
        sources=tuple(draft.sources.values()),
        ways=tuple(draft.ways),
        pools=tuple(Pool(id=name, capacity=capacity) for name, capacity in draft.pools.items()),
        charges=tuple(draft.charges.values()),
        stability=Stability(
            moved=scaled(policy.promise_moved),
            contacted=scaled(policy.customer_contacted),
            document=scaled(policy.document_touched),
        ),
    )


def scaled(amount: Decimal) -> int:
    """Money as ten-thousandths of the currency."""
    return int((amount * PRICE_SCALE).to_integral_value(rounding=ROUND_HALF_UP))


def way_id(case: CaseId, number: int, shortage: str) -> str:
    """The way of an idea of a case for one of its shortages."""
    return f"{case} idea {number} for {shortage}"


def source_id(case: CaseId, number: int, idea: Idea) -> str:
    """The source of an idea: an order expedited is one for all cases, all else is written for one case."""
    if isinstance(idea, ExpediteIdea):
        return f"expedite {idea.quote.purchase_order}/{idea.quote.line}"
    return f"{case} idea {number}"


def _shortages(draft: _Draft, case: Posed) -> list[Shortage]:
    """One for each line that lacks the item itself, the first due first; else one for each day it is needed on."""
    detected, want = case.problem.case.detected, case.problem.want
    found: list[Shortage] = []
    direct = [one for one in detected.impacts if one.item == want.item]
    if direct and len(direct) == len(detected.impacts):
        left = want.units
        for impact in sorted(direct, key=lambda one: (one.due, one.order, one.line)):
            units = min(left, impact.quantity)
            left -= units
            if units:
                name, need = f"{impact.order}/{impact.line}", day_number(impact.due)
                line = draft.lines.setdefault(name, Line(id=name, customer=impact.customer))
                late = impact.days_late
                found.append(_shortage(case, f"{case.case} {name}", line, units, need=need, late=late))
        needs = [(day_number(detected.needed_by), left)] if left else []
    else:
        needs = list(want.needs)
    customer = min((one.customer for one in detected.impacts), default=f"nobody of {case.case}")
    for day, units in needs:
        name = f"{case.case} on day {day}"
        line = draft.lines.setdefault(name, Line(id=name, customer=customer))
        late = max((one.days_late for one in detected.impacts), default=0)
        found.append(_shortage(case, f"{name} lacking {len(found)}", line, units, need=day, late=late))
    draft.shortages += found
    return found


def _shortage(case: Posed, name: str, line: Line, units: int, *, need: int, late: int) -> Shortage:
    """Waiting costs what the case costs a unit if nothing is done; as much of it as days explain is lateness."""
    need = max(need, case.problem.snapshot.as_of)
    penalty, waiting = scaled(case.urgency.unit_day), scaled(case.urgency.uncovered)
    days = max(late, 1 if case.problem.lines else 0) or 0
    days = min(days or _DAYS_OF_CASE, waiting // penalty) if penalty else days
    return Shortage(
        id=name,
        line=line.id,
        units=units,
        need=need,
        otherwise=need + days,
        penalty=penalty,
        risk=max(0, waiting - penalty * days),
    )


def _money(idea: Idea, quantity: int, needed: int) -> int:
    return scaled(sum((term.amount for term in idea.terms(quantity, needed=needed)), Decimal(0)))


def _source(draft: _Draft, case: Posed, number: int, *, budget: Decimal | None, shared: Mapping[str, int]) -> Source:
    """Its terms as a fixed part, a price a unit and what a unit beyond the need costs, read off two quantities."""
    idea = case.ideas[number]
    name = source_id(case.case, number, idea)
    if name in draft.sources:
        return draft.sources[name]
    reach = idea.reach
    least, most = lot(reach, 1), max(reach.most // reach.multiple * reach.multiple, lot(reach, reach.most))
    once, all_of_it = _money(idea, least, least), _money(idea, most, most)
    unit = (all_of_it - once) // (most - least) if most > least else 0
    fixed = once - unit * least
    holding = max(0, _money(idea, least, max(1, least) - 1) - once) if least > 1 else max(0, -unit)
    whole = isinstance(idea, ExpediteIdea) or reach.least == reach.most
    draws = [
        Draw(pool=draft.pool(f"{case.case} {take}", 1), fixed=1) for take in sorted(idea.takes) if shared[take] > 1
    ]
    draws += _draws(draft, idea)
    if budget is not None:
        draws.append(Draw(pool=BUDGET, fixed=max(0, fixed), unit=max(0, unit)))
    charges = [draft.charge(f"document of {name}", max(0, fixed) if not _lane(idea) else 0, document=True)]
    if lane := _lane(idea):
        charges.append(draft.charge(f"shipment {lane}", max(0, fixed)))
    moves = _giver(draft, case, idea)
    source = Source(
        id=name,
        most=most,
        multiple=1 if whole else reach.multiple,
        tiers=(Tier(least=1 if whole else least, price=unit),),
        holding=0 if whole else max(holding, -unit),
        charges=tuple(charges),
        draws=tuple(draws),
        moves=(moves,) if moves else (),
    )
    draft.sources[name] = source
    return source


def _lane(idea: Idea) -> str:
    """Transfers on one lane travel together."""
    if isinstance(idea, TransferIdea):
        return f"{idea.stock.location} to {idea.wanted.location} on day {idea.reach.arrives}"
    return ""


def _draws(draft: _Draft, idea: Idea) -> list[Draw]:
    if isinstance(idea, TransferIdea):
        pool = f"stock of {idea.wanted.item} at {idea.stock.location}"
        return [Draw(pool=draft.pool(pool, idea.stock.quantity), unit=1)]
    if isinstance(idea, BuyIdea):
        pool = f"offer of {idea.quote.supplier} for {idea.quote.item}"
        return [Draw(pool=draft.pool(pool, idea.quote.available_quantity), unit=1)]
    if isinstance(idea, ReallocateIdea):
        pool = f"units of {idea.giver[0]}/{idea.giver[1]}"
        return [Draw(pool=draft.pool(pool, idea.reach.most), unit=1)]
    return []


def _giver(draft: _Draft, case: Posed, idea: Idea) -> str:
    if not isinstance(idea, ReallocateIdea):
        return ""
    snapshot, name = case.problem.snapshot, f"{idea.giver[0]}/{idea.giver[1]}"
    at = line_position(snapshot, *idea.giver)
    customer = "" if at is None else snapshot.parties.customer[int(snapshot.demand.customer[at])]
    draft.lines.setdefault(name, Line(id=name, customer=customer))
    return name


def _way(
    draft: _Draft, case: Posed, number: int, shortage: Shortage, source: Source, days_late: Mapping[str, Decimal]
) -> Way:
    idea = case.ideas[number]
    return Way(
        id=way_id(case.case, number, shortage.id),
        shortage=shortage.id,
        source=source.id,
        arrives=idea.reach.arrives,
        cost=_lost(case, idea, shortage) + _premium(idea, shortage, days_late),
    )


def _lost(case: Posed, idea: Idea, shortage: Shortage) -> int:
    """What the line that gives loses a unit: it waits as long as the one that gets would have."""
    if not isinstance(idea, ReallocateIdea):
        return 0
    demand = case.problem.snapshot.demand
    at = line_position(case.problem.snapshot, *idea.giver)
    if at is None:
        return 0
    penalty = max(int(demand.penalty[at]), case.problem.policy.least_penalty)
    return int(demand.price[at]) * penalty * (shortage.otherwise - shortage.need) // PENALTY_SCALE


def _premium(idea: Idea, shortage: Shortage, days_late: Mapping[str, Decimal]) -> int:
    supplier = idea.quote.supplier if isinstance(idea, BuyIdea | ExpediteIdea) else ""
    return int(days_late.get(supplier, Decimal(0)) * shortage.penalty)

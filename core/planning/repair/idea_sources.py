"""Sources: an idea of a case as a source of units, its terms read as a fixed part, prices a unit and lots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from core.domain.ids import CaseId
from core.planning.choosing.problem import Draw, Source, Tier
from core.planning.positions import line_position
from core.planning.repair.buying import BuyIdea
from core.planning.repair.combining import Urgency
from core.planning.repair.drafting import Draft
from core.planning.repair.expediting import ExpediteIdea
from core.planning.repair.ideas import Idea, lot
from core.planning.repair.line_ideas import LineIdea
from core.planning.repair.minute_draws import minute_draws
from core.planning.repair.reallocating import ReallocateIdea
from core.planning.repair.rescheduling import RescheduleIdea
from core.planning.repair.terms import LineTerms
from core.planning.repair.transferring import TransferIdea
from core.planning.repair.trials import Problem
from core.planning.snapshot import PRICE_SCALE

BUDGET = "spending budget"
ONE_USE = "one use: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A case to choose for: its problem, what a unit late and a unit lacking cost, its ideas, and what may be done with
    its lines."""

    problem: Problem
    urgency: Urgency
    ideas: tuple[Idea, ...]
    lines: Mapping[tuple[str, int], LineTerms] = field(default_factory=dict[tuple[str, int], LineTerms])

    @property
    def case(self) -> CaseId:
        """Which case."""
        return self.problem.case.id


def scaled(amount: Decimal) -> int:
    """Money as ten-thousandths of the currency."""
    return int((amount * PRICE_SCALE).to_integral_value(rounding=ROUND_HALF_UP))


def source_id(case: CaseId, number: int, idea: Idea) -> str:
    """The source of an idea: an order expedited is one for all cases, all else is written for one case."""
    if isinstance(idea, ExpediteIdea):
        return f"expedite {idea.quote.purchase_order}/{idea.quote.line}"
    return f"{case} idea {number}"


def idea_source(draft: Draft, case: Posed, number: int, *, budget: Decimal | None, shared: Mapping[str, int]) -> Source:
    """The source of an idea in the draft. `shared` counts the ideas of the case that take the same thing, which is
    there once; with a budget what is paid for it beyond the usual, at the quantity chosen, is drawn from that."""
    idea = case.ideas[number]
    name = source_id(case.case, number, idea)
    if name in draft.sources:
        return draft.sources[name]
    terms = _terms(idea)
    draws = [
        Draw(pool=draft.pool(f"{ONE_USE}{case.case} {take}", 1), fixed=1)
        for take in sorted(idea.takes)
        if shared[take] > 1
    ]
    draws += [*_draws(draft, idea), *minute_draws(draft, case.problem.snapshot, case.problem.result, idea)]
    if budget is not None:
        draws.append(Draw(pool=BUDGET, fixed=max(0, terms.fixed), paid=True))
    lane = _lane(idea)
    charges = [draft.charge(f"document of {name}", max(0, terms.fixed) if not lane else 0, document=True)]
    if lane:
        charges.append(draft.charge(f"shipment {lane}", max(0, terms.fixed)))
    source = Source(
        id=name,
        most=terms.most,
        multiple=terms.multiple,
        tiers=terms.tiers,
        holding=terms.holding,
        charges=tuple(charges),
        draws=tuple(draws),
        moves=_giver(draft, case, idea),
    )
    draft.sources[name] = source
    return source


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What is paid once, prices a unit from a quantity on, the holding of a unit beyond the need, and lots."""

    fixed: int
    tiers: tuple[Tier, ...]
    holding: int
    most: int
    multiple: int


def _terms(idea: Idea) -> _Terms:
    """Read off two quantities at each price; a price below the usual is no gain on units beyond the need, and holding
    them costs what it does at the last price: more than is needed is bought to get there."""
    reach = idea.reach
    least, most = lot(reach, 1), max(reach.most // reach.multiple * reach.multiple, lot(reach, reach.most))
    if isinstance(idea, ExpediteIdea | RescheduleIdea | LineIdea):
        fixed = _money(idea, most, most)
        return _Terms(fixed=fixed, tiers=(Tier(),), holding=0, most=most, multiple=1)
    begins = sorted({least, *(units for units in _breaks(idea) if least < units <= most)})
    ends = [*(units - reach.multiple for units in begins[1:]), most]
    prices = [_unit(idea, first, last) for first, last in zip(begins, ends, strict=True)]
    fixed = _money(idea, least, least) - prices[0] * least
    last = begins[-1]
    holding = max(0, _money(idea, last, last - 1) - _money(idea, last, last)) if last > 1 else 0
    tiers = tuple(Tier(least=first, price=price) for first, price in zip(begins, prices, strict=True))
    holding = max(holding, *(-price for price in prices))
    return _Terms(fixed=fixed, tiers=tiers, holding=holding, most=most, multiple=reach.multiple)


def _unit(idea: Idea, first: int, last: int) -> int:
    """What a unit costs between two quantities of one price; of one quantity alone, shared out over its units."""
    if last > first:
        return (_money(idea, last, last) - _money(idea, first, first)) // (last - first)
    return _money(idea, first, first) // first if isinstance(idea, BuyIdea) else 0


def _breaks(idea: Idea) -> list[int]:
    """The units from which on another price holds, in whole lots."""
    if not isinstance(idea, BuyIdea):
        return []
    multiple = idea.reach.multiple
    return [-(-one.minimum // multiple) * multiple for one in idea.breaks]


def _money(idea: Idea, quantity: int, needed: int) -> int:
    return scaled(sum((term.amount for term in idea.terms(quantity, needed=needed)), Decimal(0)))


def _lane(idea: Idea) -> str:
    """Transfers on one lane travel together."""
    if isinstance(idea, TransferIdea):
        return f"{idea.stock.location} to {idea.wanted.location} on day {idea.reach.arrives}"
    return ""


def _draws(draft: Draft, idea: Idea) -> list[Draw]:
    if isinstance(idea, TransferIdea):
        pool = draft.pool(_stock(idea.wanted.item, idea.stock.location), idea.stock.quantity)
        return [Draw(pool=pool, unit=1)]
    if isinstance(idea, LineIdea) and idea.taken:
        return [Draw(pool=draft.pool(_stock(idea.item, idea.place), idea.there), fixed=idea.taken)]
    if isinstance(idea, BuyIdea):
        pool = f"offer of {idea.quote.supplier} for {idea.quote.item}"
        return [Draw(pool=draft.pool(pool, idea.quote.available_quantity), unit=1)]
    if isinstance(idea, ReallocateIdea):
        given = draft.pool(f"units of {idea.giver[0]}/{idea.giver[1]}", idea.reach.most)
        there = draft.pool(f"free {idea.item} at {idea.location}", idea.free)
        return [Draw(pool=given, unit=1), Draw(pool=there, unit=1)]
    return []


def _stock(item: str, place: str) -> str:
    return f"stock of {item} at {place}"


def _giver(draft: Draft, case: Posed, idea: Idea) -> tuple[str, ...]:
    """The line that moves where units are taken from it."""
    if not isinstance(idea, ReallocateIdea):
        return ()
    snapshot, name = case.problem.snapshot, f"{idea.giver[0]}/{idea.giver[1]}"
    at = line_position(snapshot, *idea.giver)
    customer = "" if at is None else snapshot.parties.customer[int(snapshot.demand.customer[at])]
    return (draft.line(name, customer).id,)

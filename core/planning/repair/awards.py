"""Awards: the best way to share out what a case lacks among the quotes of several suppliers, as mixes of purchases."""

from collections.abc import Sequence
from decimal import Decimal

from core.domain.awarding import Bounds
from core.domain.options import RejectedIdea
from core.domain.plans import Resolution
from core.planning.awarding.award import Need, Offer
from core.planning.awarding.solving import best_award
from core.planning.buffers import buffer_of
from core.planning.repair.buying import BuyIdea
from core.planning.repair.combining import Mix, Take, Urgency
from core.planning.repair.idea_sources import scaled
from core.planning.repair.ideas import Desk, Idea
from core.planning.repair.wants import Want
from core.planning.robustness.lateness import SupplierLateness

FEWEST, MOST = 2, 12


def award_mixes(
    desk: Desk, ideas: Sequence[Idea], urgency: Urgency, lateness: SupplierLateness | None
) -> tuple[Mix, ...]:
    """The best award for what the case lacks and, where others there lack units too, for all of it; none that buys from
    one supplier only, which the ideas alone are. `lateness` says how late suppliers are after their word."""
    bought = [idea for idea in ideas if type(idea) is BuyIdea]
    if not FEWEST <= len(bought) <= MOST or len({idea.quote.supplier for idea in bought}) < FEWEST:
        return ()
    offers = [_offer(desk, idea, urgency, lateness) for idea in bought]
    usual = bought[0].usual_price
    needs = (_need(desk, days, urgency, usual) for days in _days(desk.want))
    found = (_mix(bought, offers, need, desk.terms.award) for need in needs)
    distinct: list[Mix] = []
    for mix in found:
        if len(mix) >= FEWEST and mix not in distinct:
            distinct.append(mix)
    return tuple(distinct)


def within(bounds: Bounds, candidates: Sequence[Mix], awards: Sequence[Mix]) -> tuple[list[Mix], list[RejectedIdea]]:
    """The candidates and the awards without those that give one supplier more or less than the bounds, and these with
    the reason. Where there is no award that keeps to the bounds nothing is taken out."""
    every = [*candidates, *(mix for mix in awards if mix not in candidates)]
    if not any(_keeps(bounds, mix) for mix in awards):
        return every, []
    out = [mix for mix in every if not _keeps(bounds, mix)]
    reason = f"the policy gives one supplier {bounds.least_share} to {bounds.largest_share} of 100 units of a need"
    rejected = [
        RejectedIdea(
            resolution=Resolution.BUY.value,
            what=" and ".join(take.idea.said(take.quantity) for take in mix),
            reason=reason,
        )
        for mix in out
    ]
    return [mix for mix in every if mix not in out], rejected


def _keeps(bounds: Bounds, mix: Mix) -> bool:
    units: dict[str, int] = {}
    for take in mix:
        if isinstance(take.idea, BuyIdea):
            units[take.idea.quote.supplier] = units.get(take.idea.quote.supplier, 0) + take.quantity
    return bounds.allow(tuple(units.values()))


def _mix(bought: Sequence[BuyIdea], offers: Sequence[Offer], need: Need, bounds: Bounds) -> Mix:
    award = best_award(offers, need, bounds)
    if award is None:
        return ()
    rows = zip(bought, award.units, award.needed, strict=True)
    return tuple(Take(idea=idea, quantity=units, needed=needed) for idea, units, needed in rows if units)


def _days(want: Want) -> list[tuple[tuple[int, int], ...]]:
    if not want.needs or want.in_all <= want.units:
        return [want.needs]
    return [want.needs, (*want.needs, (want.needs[-1][0], want.in_all - want.units))]


def _need(desk: Desk, days: tuple[tuple[int, int], ...], urgency: Urgency, usual: Decimal) -> Need:
    return Need(
        days=days,
        unit_day=scaled(urgency.unit_day),
        uncovered=scaled(urgency.uncovered),
        usual=scaled(usual),
        excess_percent=desk.policy.excess_percent,
    )


def _offer(desk: Desk, idea: BuyIdea, urgency: Urgency, lateness: SupplierLateness | None) -> Offer:
    reach = idea.reach
    lots = sorted({0, *(one.minimum for one in idea.breaks if one.minimum <= reach.most)})
    prices = tuple((units, scaled(idea.price(units))) for units in lots)
    return Offer(
        supplier=idea.quote.supplier,
        arrives=reach.arrives,
        least=-(-reach.least // reach.multiple) * reach.multiple,
        most=reach.most,
        multiple=reach.multiple,
        prices=prices,
        risk=_risk(desk, idea, urgency, lateness),
        fixed=scaled(desk.policy.document_touched),
    )


def _risk(desk: Desk, idea: BuyIdea, urgency: Urgency, lateness: SupplierLateness | None) -> int:
    """What a unit is expected to cost for coming later than it is counted on."""
    if lateness is None:
        return 0
    days = lateness.of(idea.quote.supplier).expected_after(buffer_of(desk.snapshot, idea.quote.supplier))
    return scaled(urgency.unit_day * Decimal(round(days * 1000)) / 1000)

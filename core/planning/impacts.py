"""Impacts: what one case does to an order line, and what holds for all lines of a case together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.cases import LineImpact, WhyStep
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.planning.explaining import Explainer
from core.planning.exposure import Standing, daily_penalty, in_money, standing
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, Snapshot, date_of, day_of
from core.planning.tracing import Paths

LOWEST_TIER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One netting with all that detection reads from it."""

    snapshot: Snapshot
    result: NetResult
    stand: Standing
    paths: Paths
    explainer: Explainer


def scan_of(snapshot: Snapshot, result: NetResult) -> Scan:
    """The reading of a netting."""
    paths = Paths(snapshot, result)
    return Scan(
        snapshot=snapshot,
        result=result,
        stand=standing(snapshot, result),
        paths=paths,
        explainer=Explainer(snapshot, result, paths),
    )


def impacts_of(scan: Scan, lines: list[int], *, otherwise: Scan | None = None) -> tuple[LineImpact, ...]:
    """The impacts on these lines, the first due first; why a line still on time may not stay so is read in the scan
    `otherwise`, where there is one."""
    demand = scan.snapshot.demand
    order = sorted(lines, key=lambda line: (int(demand.due[line]), line))
    return tuple(_impact(scan, line, _why(scan, line, otherwise)) for line in order)


def _why(scan: Scan, line: int, otherwise: Scan | None) -> tuple[WhyStep, ...]:
    now = scan.explainer.why(line)
    if otherwise is None or not scan.stand.on_time[line] or otherwise.stand.on_time[line]:
        return now
    return now[:1] + otherwise.explainer.why(line)[1:]


def _impact(scan: Scan, line: int, why: tuple[WhyStep, ...]) -> LineImpact:
    snapshot, demand = scan.snapshot, scan.snapshot.demand
    due, projected = int(demand.due[line]), int(scan.result.line_available[line])
    return LineImpact(
        order=OrderNo(demand.order[line]),
        line=int(demand.line[line]),
        customer=CustomerCode(snapshot.parties.customer[int(demand.customer[line])]),
        item=ItemCode(snapshot.items.code[int(demand.item[line])]),
        quantity=int(demand.quantity[line]),
        short=int(scan.stand.short[line]),
        due=date_of(due),
        projected=day_of(projected),
        days_late=0 if projected == NEVER else max(0, projected - due),
        exposure=line_exposure(scan, line),
        why=why,
    )


def line_exposure(scan: Scan, line: int) -> Decimal:
    """What is at stake on a line; on one that is still on time, the penalty of one day: what the first slip costs."""
    if scan.stand.on_time[line]:
        return daily_penalty(scan.snapshot, line)
    return in_money(int(scan.stand.cents[line]))


def exposure_of(impacts: tuple[LineImpact, ...]) -> Decimal:
    """The exposure of all lines."""
    return sum((impact.exposure for impact in impacts), Decimal("0.00"))


def best_tier(scan: Scan, lines: list[int]) -> int:
    """The tier of the most important customer among the lines; LOWEST_TIER where there is none."""
    tiers, customer = scan.snapshot.parties.customer_tier, scan.snapshot.demand.customer
    return min((int(tiers[int(customer[line])]) for line in lines), default=LOWEST_TIER)


def not_before_today(snapshot: Snapshot, day: int) -> date:
    """The date of a day by which something is needed; nothing can be there before the business date."""
    return date_of(max(day, snapshot.as_of))

"""Answering a what-if: the scenario followed through resident books, told by line, customer, money and date."""

from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import (
    CenterStop,
    CustomerWhatIf,
    DemandChange,
    Disruption,
    LineOutlook,
    LineWhatIf,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
    Totals,
    WhatIfReport,
)
from core.planning.exposure import in_money
from core.planning.snapshot import Snapshot, date_of, day_of
from core.planning.whatif.costing import dearer
from core.planning.whatif.difference import CENTS, ON_TIME, SHORT, Difference, LineDifference, Stand
from core.planning.whatif.resident import Resident
from core.planning.whatif.scenario import NOBODY, scenario_events
from core.planning.whatif.view import view_of

NOBODY_CODE = CustomerCode("")


def answer(resident: Resident, scenario: Scenario, *, limit: int) -> WhatIfReport:
    """What the scenario would do to the books; at most `limit` lines, those that lose most money first. Refused is what
    scenario.py and netting refuse."""
    books = resident.snapshot
    found = view_of(resident).change(*scenario_events(books, scenario))
    before = _totals(resident)
    lines = tuple(_line(books, line) for line in found.worst(limit))
    return WhatIfReport(
        as_of=date_of(books.as_of),
        currency=books.currency,
        assumed=assumed(scenario),
        before=before,
        after=_after(before, found),
        changed=found.lines,
        newly_late=found.newly("late"),
        newly_uncovered=found.newly("uncovered"),
        saved=found.saved,
        lines=lines,
        left_out=found.lines - len(lines),
        customers=_customers(books, found),
        cost=dearer(books, scenario),
        path=found.path,
        why=found.why,
    )


def assumed(scenario: Scenario) -> tuple[str, ...]:
    """The scenario in words, one sentence a part."""
    return (
        *(_said(one) for one in scenario.disruptions),
        *(_demanded(one) for one in scenario.demand),
        *(action.sentence for action in scenario.actions),
    )


def _said(one: Disruption) -> str:
    match one:
        case SupplierOutage():
            return f"{one.supplier} delivers nothing for {one.days} days"
        case SupplyDelay():
            name = one.order if one.line is None else f"{one.order}/{one.line}"
            how = "later" if one.days >= 0 else "sooner"
            return f"{name} comes {abs(one.days)} days {how}"
        case SupplyCut():
            return f"{one.order}/{one.line} brings {one.quantity:,} less"
        case CenterStop():
            return f"{one.center} stands still for {one.days} days"
        case PriceRise():
            return f"{one.supplier} asks {one.percent:+f} % for what is open"
        case TariffRise():
            whose = f"all from {one.country}" if one.country else ", ".join(one.suppliers)
            return f"duty on {whose} is {one.percent:+f} % of what is open"
        case DemandChange():
            parts = [f"for {one.quantity:,}" if one.quantity is not None else "", f"by {one.due}" if one.due else ""]
            return f"{one.order}/{one.line} is wanted {' '.join(part for part in parts if part) or 'as it is'}"


def _demanded(one: NewDemand) -> str:
    where = f" at {one.location}" if one.location else ""
    return f"somebody asks for {one.quantity:,} {one.item} by {one.due}{where}"


def _totals(resident: Resident) -> Totals:
    stand = resident.standing
    uncovered = int((stand[SHORT] > 0).sum())
    return Totals(
        lines=stand.shape[1],
        late=stand.shape[1] - uncovered - int(stand[ON_TIME].sum()),
        uncovered=uncovered,
        exposure=in_money(sum(stand[CENTS].tolist())),
    )


def _after(before: Totals, found: Difference) -> Totals:
    return Totals(
        lines=before.lines + int(found.is_.sum()) - int(found.was.sum()),
        late=before.late + found.count("late"),
        uncovered=before.uncovered + found.count("uncovered"),
        exposure=before.exposure + in_money(found.cents),
    )


def _line(books: Snapshot, line: LineDifference) -> LineWhatIf:
    name = line.name
    customer = books.parties.customer[name.customer] if name.customer != NOBODY else NOBODY_CODE
    return LineWhatIf(
        order=OrderNo(name.order),
        line=name.line,
        customer=CustomerCode(customer),
        item=ItemCode(books.items.code[name.item]),
        before=_outlook(line.before),
        after=_outlook(line.after),
    )


def _outlook(stand: Stand | None) -> LineOutlook | None:
    if stand is None:
        return None
    return LineOutlook(
        promised=date_of(stand.due),
        projected=day_of(stand.projected),
        quantity=stand.quantity,
        short=stand.short,
        late=stand.late,
        state=stand.state,
        exposure=in_money(stand.cents),
    )


def _customers(books: Snapshot, found: Difference) -> tuple[CustomerWhatIf, ...]:
    """Whose lines stand otherwise, those who lose most first."""
    parties = books.parties
    told = [
        CustomerWhatIf(
            customer=CustomerCode(parties.customer[at]),
            name=parties.customer_name[at],
            lines=lines,
            exposure=in_money(cents),
        )
        for at, (lines, cents) in found.by_customer().items()
        if at != NOBODY
    ]
    return tuple(sorted(told, key=lambda one: (-one.exposure, one.customer)))

"""Scanning: net the books, detect what is about to go wrong, and keep one case a root cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from core.domain.approval import ApprovalState
from core.domain.cases import ACTIVE_STATES, WAITING_STATES, Case, CaseHead, CaseState, DetectedCase
from core.domain.checking_values import checked
from core.domain.errors import UsageError
from core.domain.ids import CaseId
from core.domain.overlays import SupplierOutage
from core.domain.queueing import in_queue_order
from core.domain.watching.facts import Facts
from core.planning.detection import detect
from core.planning.figures import OnHandFigures, on_hand_figures
from core.planning.forecasting import forecast
from core.planning.linestates import line_states
from core.planning.netting import net
from core.planning.outage import OutageImpact, lines_at_risk, outage, with_outage
from core.planning.outcome import NetResult
from core.planning.rules import ScanRules
from core.planning.snapshot import PRICE_SCALE, Snapshot, date_of
from core.ports.storage import UnitOfWork
from core.services.expiring import expire_approvals
from core.services.rule_values import rules_of, values_of

_MAY_VANISH = WAITING_STATES | {CaseState.SNOOZED, CaseState.PROPOSED, CaseState.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCommand:
    """How to look. With an outage the look is a what-if: it is shown and never kept. Rules other than those the cases
    are kept under are looked at only, too, unless `adopt` says that the cases are to follow them from now on."""

    rules: ScanRules
    outage: SupplierOutage | None = None
    adopt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing counted or measured; `goal` is what it should be, such as ">= 2", or None."""

    name: str
    value: int | Decimal
    unit: str
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatus:
    """One open order line: `state` starts with `on time`, `late` or `uncovered`; `short` is never covered by known
    supply."""

    order: str
    line: int
    item: str
    quantity: int
    due: date
    state: str
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTransfer:
    """Units another location holds that this one lacks."""

    item: str
    origin: str
    destination: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeSource:
    """Another approved supplier of an item that an outage hits."""

    item: str
    supplier: str
    lead_days: int
    unit_price: Decimal
    minimum: int


@dataclass(frozen=True, kw_only=True)
class Look:
    """The books as a scan sees them. `lines` is the late list, written out when it is first asked for.

    With an outage `snapshot` and `result` are with it, and `hurt` counts the lines that only the outage puts at risk.
    """

    snapshot: Snapshot
    result: NetResult
    rules: ScanRules
    outage: OutageImpact | None
    hurt: int
    facts: Facts

    @cached_property
    def lines(self) -> tuple[LineStatus, ...]:
        """A state and the units short of every open line."""
        return _lines(self.snapshot, self.result)

    @property
    def as_of(self) -> date:
        """The business date of the books."""
        return date_of(self.snapshot.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan found and what it changed among the cases."""

    as_of: date
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...]
    opened: tuple[CaseId, ...]
    refreshed: tuple[CaseId, ...]
    closed: tuple[CaseId, ...]


def look(uow: UnitOfWork, command: ScanCommand) -> Look:
    """Read the books and net them: from here on nothing is read again."""
    checked(command)
    if command.rules.pool_locations and command.rules.ship_from is not None:
        raise UsageError("--pool-locations treats all locations as one, so --ship-from cannot be used with it")
    snapshot = uow.snapshot()
    facts = uow.watch.facts(as_of=date_of(snapshot.as_of))
    result = net(snapshot, command.rules)
    impact, hurt = None, 0
    if command.outage is not None:
        supplier, days = command.outage.supplier, command.outage.days
        impact, without = outage(snapshot, supplier, days), result
        overlaid = with_outage(snapshot, supplier, days)
        result = net(overlaid, command.rules)
        hurt = len(lines_at_risk(snapshot, before=without, after=result))
        snapshot = overlaid
    return Look(
        snapshot=snapshot,
        result=result,
        rules=command.rules,
        outage=impact,
        hurt=hurt,
        facts=facts,
    )


def _lines(snapshot: Snapshot, result: NetResult) -> tuple[LineStatus, ...]:
    demand, items = snapshot.demand, snapshot.items.code
    states = line_states(snapshot, result)
    return tuple(
        LineStatus(
            order=order,
            line=int(demand.line[at]),
            item=items[int(demand.item[at])],
            quantity=int(demand.quantity[at]),
            due=date_of(int(demand.due[at])),
            state=states[at],
            short=int(result.line_short[at]),
        )
        for at, order in enumerate(demand.order)
    )


def transfers_of(seen: Look) -> tuple[ProposedTransfer, ...]:
    """The transfers that would bring what the shipping location lacks and others hold; none without --ship-from."""
    if seen.rules.ship_from is None:
        return ()
    items, places = seen.snapshot.items.code, seen.snapshot.locations.code
    return tuple(
        ProposedTransfer(
            item=items[transfer.item],
            origin=places[transfer.origin],
            destination=places[transfer.destination],
            quantity=transfer.quantity,
        )
        for transfer in on_hand_figures(seen.snapshot, seen.rules.ship_from).transfers
    )


def alternatives_of(seen: Look) -> tuple[AlternativeSource, ...]:
    """The other suppliers of the items an outage hits; none without --outage."""
    if seen.outage is None:
        return ()
    return tuple(
        AlternativeSource(
            item=seen.snapshot.items.code[other.item],
            supplier=seen.snapshot.parties.supplier[other.supplier],
            lead_days=other.lead_days,
            unit_price=Decimal(other.price) / PRICE_SCALE,
            minimum=other.minimum,
        )
        for other in seen.outage.alternatives
    )


def scan(uow: UnitOfWork, command: ScanCommand) -> ScanReport:
    """Look, detect, and reconcile the cases with what was found; UsageError for a look that may not be kept."""
    seen = look(uow, command)
    if command.outage is None and not may_keep(uow, command):
        raise UsageError("the cases are kept under other rules; adopt these, or only look")
    return reconcile(uow, seen)


def may_keep(uow: UnitOfWork, command: ScanCommand) -> bool:
    """Whether the cases may follow this look: it is no what-if, and its rules are theirs or are to become theirs."""
    last = uow.cases.last_scan()
    return command.outage is None and (last is None or command.adopt or rules_of(last[1]) == command.rules)


def reconcile(uow: UnitOfWork, seen: Look) -> ScanReport:
    """Detect, and keep what was found."""
    if seen.outage is not None:
        raise UsageError("an outage is a what-if; its look is shown, never kept")
    return write_back(uow, seen, detect(seen.snapshot, seen.result, seen.facts), figures=figures_of(seen))


def write_back(
    uow: UnitOfWork, seen: Look, found: Iterable[DetectedCase], *, figures: tuple[Figure, ...]
) -> ScanReport:
    """Open a case for each new root cause, refresh those that are still there, close those whose cause is gone.

    The same look twice changes nothing the second time. A closed case whose cause is back opens again under its id.
    """
    expire_approvals(uow)
    last = uow.cases.last_scan()
    if last is not None and rules_of(last[1]) != seen.rules:
        _drop_plans(uow)
    detected, known = {one.key: one for one in found}, uow.cases.heads()
    opened = _open(uow, detected, known, on=seen.as_of)
    refreshed = uow.cases.refresh_all([(head, detected[key]) for key, head in known.items() if key in detected])
    closed = _close(uow, [head for key, head in known.items() if key not in detected])
    values = {figure.name: str(figure.value) for figure in figures}
    number = uow.cases.record_scan(as_of=seen.as_of, rules=values_of(seen.rules), figures=values)
    if opened or refreshed or closed:
        uow.audit.note(scope="scans", event="scan_finished", subject=f"scan {number}", facts={"as_of": seen.as_of})
    return ScanReport(
        as_of=seen.as_of,
        figures=figures,
        cases=_queue(uow, uow.cases.heads() if opened or closed else known, detected, as_of=seen.as_of),
        opened=opened,
        refreshed=refreshed,
        closed=closed,
    )


def _drop_plans(uow: UnitOfWork) -> None:
    """Options planned under other rules predict what these rules would not find: nothing of them may be decided on."""
    for case in uow.cases.all():
        if case.state not in WAITING_STATES | {CaseState.PROPOSED}:
            continue
        for approval in uow.approvals.of_case(case.id):
            uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.SUPERSEDED)
        if case.state is CaseState.PROPOSED:
            uow.cases.move(case.id, to=CaseState.OPEN)
        if case.planning_round:
            uow.cases.start_round(case.id)


def queue(uow: UnitOfWork, as_of: date) -> tuple[Case, ...]:
    """The active cases, most urgent first."""
    return in_queue_order((case for case in uow.cases.all() if case.state in ACTIVE_STATES), as_of=as_of)


def _queue(
    uow: UnitOfWork, heads: Mapping[str, CaseHead], detected: Mapping[str, DetectedCase], *, as_of: date
) -> tuple[Case, ...]:
    """The active cases, most urgent first; what was just detected is not read again."""
    active = (head for head in heads.values() if head.state in ACTIVE_STATES)
    cases = (head.of(detected[head.key]) if head.key in detected else uow.cases.get(head.id) for head in active)
    return in_queue_order(cases, as_of=as_of)


def figures_of(seen: Look) -> tuple[Figure, ...]:
    """What the look counts, in a fixed order."""
    totals = forecast(seen.snapshot, seen.result)
    late, uncovered, lines = totals.lines_late, totals.lines_uncovered, seen.snapshot.demand.quantity.size
    found = [
        Figure(name="lines", value=lines, unit="order lines"),
        Figure(name="lines_on_time", value=lines - late - uncovered, unit="order lines"),
        Figure(name="lines_late", value=late, unit="order lines"),
        Figure(name="lines_uncovered", value=uncovered, unit="order lines"),
        Figure(name="units_uncovered", value=int(seen.result.line_short.sum()), unit="units"),
        Figure(name="exposure", value=totals.exposure, unit=seen.snapshot.currency),
    ]
    if seen.rules.ship_from is not None:
        found.extend(_on_hand(on_hand_figures(seen.snapshot, seen.rules.ship_from)))
    if seen.outage is not None:
        found.extend(_outage(seen.outage, seen.hurt))
    return tuple(found)


def _on_hand(figures: OnHandFigures) -> list[Figure]:
    return [
        Figure(name="items_short_on_hand", value=figures.items_short_on_hand, unit="items"),
        Figure(name="units_short_on_hand", value=figures.units_short_on_hand, unit="units"),
        Figure(name="units_coverable_by_transfer", value=figures.units_coverable_by_transfer, unit="units"),
        Figure(name="items_coverable_by_transfer", value=figures.items_coverable_by_transfer, unit="items"),
    ]


def _outage(impact: OutageImpact, hurt: int) -> list[Figure]:
    units = {
        "purchase_orders_hit": "purchase orders",
        "items_hit": "items",
        "items_with_alternative": "items",
        "parents_reachable": "items",
        "lines_reachable": "order lines",
    }
    found = [Figure(name=name, value=value, unit=units[name]) for name, value in impact.figures.items()]
    return [*found, Figure(name="lines_at_risk", value=hurt, unit="order lines")]


def _open(
    uow: UnitOfWork, detected: Mapping[str, DetectedCase], known: Mapping[str, CaseHead], *, on: date
) -> tuple[CaseId, ...]:
    """New cases, and those that are open again, in the order detected."""
    new = iter(uow.cases.open_all([found for key, found in detected.items() if key not in known], on=on))
    opened = (
        _open_again(uow, found, known[key], on=on) if key in known else next(new) for key, found in detected.items()
    )
    return tuple(case for case in opened if case is not None)


def _open_again(uow: UnitOfWork, found: DetectedCase, known: CaseHead, *, on: date) -> CaseId | None:
    closed = known.state in {CaseState.RESOLVED, CaseState.AUTO_CLOSED}
    worse = known.state is CaseState.ACCEPTED and found.exposure > known.exposure
    awake = known.snoozed_until is not None and (known.snoozed_until <= on or found.exposure > known.exposure)
    if closed or worse or awake:
        uow.cases.move(known.id, to=CaseState.OPEN)
        return known.id
    return None


def _close(uow: UnitOfWork, gone: Iterable[CaseHead]) -> tuple[CaseId, ...]:
    """What is no longer detected closes, unless somebody is at it."""
    closed = [case.id for case in gone if case.state in _MAY_VANISH]
    for approval in uow.approvals.listed(ApprovalState.PENDING) if closed else ():
        if approval.case in closed:
            uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.SUPERSEDED)
    for case in closed:
        uow.cases.move(case, to=CaseState.AUTO_CLOSED)
    return tuple(closed)

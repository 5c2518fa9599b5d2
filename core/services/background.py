"""What the books say beside suppliers' offers: substitutes, what work centres have free, what customers allow.

Each is looked up by itself, as a note with an id, the day it is of and where it comes from.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from core.domain.cases import Case
from core.domain.errors import InvalidValueError
from core.domain.evidence import EvidenceNote
from core.domain.ids import CaseId, CustomerCode, OrderNo, WorkCenterCode
from core.planning.repair.work_minutes import centers_of
from core.planning.snapshot import PER_PARENT_SCALE, Snapshot, date_of
from core.ports.storage import UnitOfWork

CAPACITY_DAYS = 14
MOST_NOTES = 5
Look = Callable[[UnitOfWork, Case], list[EvidenceNote]]


def background(uow: UnitOfWork, case: CaseId, about: str) -> tuple[EvidenceNote, ...]:
    """What is known of one subject, at most five notes, by id; InvalidValueError for a subject that is none."""
    look = LOOKS.get(about)
    if look is None:
        raise InvalidValueError(f"{about!r} is nothing to look at; accepted are {sorted(LOOKS)}", field="about")
    return tuple(sorted(look(uow, uow.cases.get(case)), key=lambda note: note.id)[:MOST_NOTES])


def _substitutes(uow: UnitOfWork, case: Case) -> list[EvidenceNote]:
    """The valid alternates of the item, and what of each is available where it lacks."""
    snapshot, item = uow.snapshot(), case.detected.item
    if item not in snapshot.items.code:
        return []
    at, table = snapshot.items.code.index(item), snapshot.alternates
    found: list[EvidenceNote] = []
    for row in range(len(table.item)):
        if int(table.item[row]) != at or not table.valid_from[row] <= snapshot.as_of <= table.valid_to[row]:
            continue
        other = int(table.alternate[row])
        there = _available(snapshot, other, case.detected.location)
        ratio = int(table.ratio[row]) / PER_PARENT_SCALE
        text = f"{snapshot.items.code[other]} may stand in for {item}, {ratio:g} for 1; {there:,} are available"
        found.append(_note(uow, "substitute", snapshot.items.code[other], f"{text} at {case.detected.location}"))
    return found


def _available(snapshot: Snapshot, item: int, location: str) -> int:
    if location not in snapshot.locations.code:
        return 0
    place, stock = snapshot.locations.code.index(location), snapshot.stock
    return int(stock.available[(stock.item == item) & (stock.location == place)].sum())


def _capacity(uow: UnitOfWork, case: Case) -> list[EvidenceNote]:
    """The minutes free in two weeks at each work centre the item goes through."""
    snapshot = uow.snapshot()
    first = date_of(snapshot.as_of)
    last = first + timedelta(days=CAPACITY_DAYS - 1)
    found: list[EvidenceNote] = []
    for code in centers_of(snapshot, case.detected.item):
        loads = uow.capacity.loads(WorkCenterCode(code), first=first, last=last)
        free, capacity = sum(max(0, load.free) for load in loads), sum(load.capacity for load in loads)
        text = f"work centre {code} has {free:,} of {capacity:,} minutes free up to {last}"
        found.append(_note(uow, "capacity", code, text))
    return found


def _customers(uow: UnitOfWork, case: Case) -> list[EvidenceNote]:
    """What the customers the case hurts most accept, by their orders."""
    worst = sorted(case.detected.impacts, key=lambda one: (-one.exposure, one.order, one.line))
    orders: dict[CustomerCode, OrderNo] = {}
    for impact in worst:
        orders.setdefault(impact.customer, impact.order)
    found: list[EvidenceNote] = []
    for code, number in list(orders.items())[:MOST_NOTES]:
        order, customer = uow.orders.order(number), uow.company.customer(code)
        whole = order.ship_complete or not order.allow_partial
        parts = f"takes order {number} only complete" if whole else f"takes parts of order {number}"
        other = "other items" if order.allow_substitution else "no other items"
        penalty = f"{customer.late_penalty_percent:f}".rstrip("0").rstrip(".") or "0"
        text = f"{code} (tier {customer.tier}) {parts} and {other}; {penalty} percent a day late"
        found.append(_note(uow, "customer", code, text))
    return found


def _note(uow: UnitOfWork, kind: str, subject: str, text: str) -> EvidenceNote:
    today = uow.company.settings().as_of
    return EvidenceNote(id=f"{kind}:{subject}", kind=kind, subject=subject, text=text, as_of=today, source="books")


LOOKS: Mapping[str, Look] = {"substitutes": _substitutes, "capacity": _capacity, "customers": _customers}

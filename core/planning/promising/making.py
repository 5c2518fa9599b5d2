"""Making what is missing: operations placed backward from the day, components wanted when they begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Changed, Ordered, Received, Worked
from core.planning.promising.capacity import Slot
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import (
    Answer,
    Need,
    Searching,
    day_text,
    item_name,
    place_name,
    rounded_down,
    rounded_up,
)
from core.planning.snapshot import NEVER, PER_PARENT_SCALE


@dataclass(frozen=True, slots=True)
class _Schedule:
    start: int
    slots: Sequence[Slot]


def make(search: Searching, need: Need) -> Answer:
    """Work orders that are done by the day, and when the rest could be; each of the largest lot at most."""
    book, got, next_day = search.book, 0, NEVER
    lot = book.terms.lot(need.item)
    fence = book.today + lot.fence
    if fence > need.day:
        name = item_name(book, need.item)
        search.note(ConstraintCode.PLANNING_FENCE, f"{name}: nothing new is planned before {day_text(fence)}")
        return Answer(0, fence)
    largest = rounded_down(lot.maximum, lot.minimum, lot.multiple)
    if largest == 0:
        name = item_name(book, need.item)
        search.note(ConstraintCode.ORDER_SIZE, f"{name}: no lot size between minimum, multiple and maximum")
        return Answer(0)
    while got < need.quantity:
        if not search.another():
            return Answer(got)
        wanted = min(need.quantity - got, largest)
        answer = _with_safety(search, Need(need.item, need.group, wanted, need.day, need.level), fence)
        got, next_day = got + answer.quantity, answer.next_day
        if answer.quantity < wanted:
            break
    return Answer(got, NEVER if got == need.quantity else next_day)


def _with_safety(search: Searching, need: Need, fence: int) -> Answer:
    """Done the safety lead time early where all of it can be, else on the day."""
    early = max(need.day - search.book.terms.lot(need.item).safety_days, fence)
    if early < need.day:
        mark = search.book.bookmark()
        answer = _one_lot(search, need, due=early)
        if answer.quantity == need.quantity:
            return answer
        search.book.rollback(mark)
    return _one_lot(search, need, due=need.day)


def _one_lot(search: Searching, need: Need, *, due: int) -> Answer:
    """One work order; with fewer units where components or capacity do not do for all."""
    lot, next_day = search.book.terms.lot(need.item), NEVER
    units = rounded_up(need.quantity, lot.minimum, lot.multiple)
    while units > 0:
        schedule = _backward(search, need.item, units, due)
        if schedule is None:
            answer = _too_late(search, need, units, due)
            next_day = min(next_day, answer.next_day)
            units = min(units - 1, rounded_down(answer.quantity, lot.minimum, lot.multiple))
            continue
        mark = search.book.bookmark()
        for slot in schedule.slots:
            search.book.write(Worked(slot.center, slot.day, slot.minutes))
        answer = _components(search, need, units, schedule.start)
        if answer.quantity >= units:
            _order(search, need, units, begin=schedule.start, due=due)
            return Answer(min(units, need.quantity), next_day)
        search.book.rollback(mark)
        ready = _finish(search, need.item, units, max(answer.next_day, schedule.start))
        next_day = min(next_day, ready)
        units = rounded_down(answer.quantity, lot.minimum, lot.multiple)
    return Answer(0, next_day)


def _components(search: Searching, need: Need, units: int, day: int) -> Answer:
    """Get all components by a day: for how many units they do, and when they do for all."""
    book, enough, ready = search.book, units, 0
    group = book.terms.production[need.group]
    for component, per_unit in book.terms.parts.get(need.item, []):
        wanted = -(-units * per_unit // PER_PARENT_SCALE)
        answer = search.supply(Need(component, group, wanted, day, need.level + 1))
        if answer.quantity < wanted:
            enough = min(enough, answer.quantity * PER_PARENT_SCALE // per_unit)
            ready = max(ready, answer.next_day)
            short = f"{wanted - answer.quantity} of {item_name(book, component)} are missing on {day_text(day)}"
            search.note(ConstraintCode.COMPONENT, f"{short} for making {units} of {item_name(book, need.item)}")
    return Answer(enough, ready)


def _backward(search: Searching, item: int, units: int, due: int) -> _Schedule | None:
    """The latest begin that has them done by a day; None before today."""
    book = search.book
    steps = book.terms.steps.get(item)
    if steps and not book.terms.lot(item).phantom:
        placed = book.load.backward(steps, units, last=due, first=book.today)
        return None if placed is None else _Schedule(placed.first, placed.slots)
    start = due - _lead(search, item)
    return _Schedule(start, ()) if start >= book.today else None


def _too_late(search: Searching, need: Need, units: int, due: int) -> Answer:
    """How many can be done by then after all, and when the lot can be when its components come first."""
    book = search.book
    mark = book.bookmark()
    answer = _components(search, need, units, book.today)
    book.rollback(mark)
    steps = book.terms.steps.get(need.item)
    begin = book.today if answer.quantity else answer.next_day
    lot = book.terms.lot(need.item)
    least = units if search.whole else min(units, rounded_up(1, lot.minimum, lot.multiple))
    next_day = _finish(search, need.item, least, begin)
    name, where = item_name(book, need.item), place_name(book, need.group)
    if not steps:
        days = _lead(search, need.item)
        search.note(
            ConstraintCode.LEAD_TIME, f"making {name} at {where} takes {days} days, too long for {day_text(due)}"
        )
        return Answer(0, next_day)
    search.note(ConstraintCode.CAPACITY, f"making {units} of {name} at {where} does not fit before {day_text(due)}")
    return Answer(_fitting(search, need.item, units, due), next_day)


def _fitting(search: Searching, item: int, units: int, due: int) -> int:
    """By bisection: how many units can be made by a day in what is free."""
    low, high = 0, units
    while high - low > 1:
        middle = (low + high) // 2
        if _backward(search, item, middle, due) is None:
            high = middle
        else:
            low = middle
    return low


def _finish(search: Searching, item: int, units: int, begin: int) -> int:
    """The forward pass: when so many are done if they are begun on a day."""
    if begin >= NEVER:
        return NEVER
    steps = search.book.terms.steps.get(item)
    if steps and not search.book.terms.lot(item).phantom:
        done = search.book.load.forward(steps, units, first=begin)
        return NEVER if done is None else done
    return begin + _lead(search, item)


def _lead(search: Searching, item: int) -> int:
    return 0 if search.book.terms.lot(item).phantom else int(search.book.snapshot.items.lead_days[item])


def _order(search: Searching, need: Need, units: int, *, begin: int, due: int) -> None:
    book = search.book
    number, used = book.new_number(), min(units, need.quantity)
    book.write(Ordered(number, TrialKind.MAKE, need.item, book.terms.place[need.group], units, begin, due))
    book.write(Received(need.item, need.group, Receipt(due, number, units)))
    book.write(Changed(need.item, need.group, need.day, -used, need.level, number))


def makes(search: Searching, item: int) -> bool:
    """Whether the item is made here."""
    return bool(search.book.snapshot.items.make[item])

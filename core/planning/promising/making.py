"""Making what is missing: operations placed backward from the day, components wanted when they begin."""

from collections.abc import Sequence
from typing import NamedTuple

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Book, Ordered
from core.planning.promising.capacity import Slot
from core.planning.promising.needs import NOTHING, Answer, Need, Searching, day_text
from core.planning.promising.sizes import rounded_down, rounded_up
from core.planning.promising.spots import Spot
from core.planning.snapshot import NEVER, PER_PARENT_SCALE


class _Schedule(NamedTuple):
    start: int
    slots: Sequence[Slot]


def make(search: Searching, need: Need) -> Answer:
    """Work orders that are done by the day, and when the rest could be; each of the largest lot at most."""
    got, next_day, spot = 0, NEVER, need.node.spot
    fence = search.book.today + spot.lot.fence
    if spot.lot.fence:
        fence = search.book.times.there(spot.place, fence)
    if fence > need.day:
        search.note(
            ConstraintCode.PLANNING_FENCE, lambda: f"{spot.name}: nothing new is planned before {day_text(fence)}"
        )
        return 0, fence
    largest = rounded_down(spot.lot.maximum, spot.lot.minimum, spot.lot.multiple)
    if largest == 0:
        search.note(
            ConstraintCode.ORDER_SIZE, lambda: f"{spot.name}: no lot size between minimum, multiple and maximum"
        )
        return NOTHING
    while got < need.quantity:
        if not search.another():
            return got, NEVER
        wanted = min(need.quantity - got, largest)
        lot = need if wanted == need.quantity else need._replace(quantity=wanted)
        units, next_day = _with_safety(search, lot, fence)
        got += units
        if units < wanted:
            break
    return got, NEVER if got == need.quantity else next_day


def _with_safety(search: Searching, need: Need, fence: int) -> Answer:
    """Done the safety lead time early where all of it can be, else on the day."""
    early = max(need.day - need.node.spot.lot.safety_days, fence)
    if early < need.day:
        mark = search.book.bookmark()
        answer = _one_lot(search, need, due=early)
        if answer[0] == need.quantity:
            return answer
        search.book.rollback(mark)
    return _one_lot(search, need, due=need.day)


def _one_lot(search: Searching, need: Need, *, due: int) -> Answer:
    """One work order; with fewer units where components or capacity do not do for all."""
    book, spot, next_day = search.book, need.node.spot, NEVER
    lot, due = spot.lot, book.times.comes_by(spot.place, due)
    units = rounded_up(need.quantity, lot.minimum, lot.multiple)
    while units > 0:
        schedule = _backward(book, spot, units, due)
        if schedule is None:
            fitting, later = _too_late(search, need, units, due)
            next_day = min(next_day, later)
            units = min(units - 1, rounded_down(fitting, lot.minimum, lot.multiple))
            continue
        mark = book.bookmark()
        if schedule.slots:
            book.work(schedule.slots)
        enough, ready = _components(search, need, units, schedule.start)
        if enough >= units:
            _order(book, need, units, begin=schedule.start, due=due)
            return min(units, need.quantity), next_day
        book.rollback(mark)
        next_day = min(next_day, _finish(book, spot, units, max(ready, schedule.start)))
        units = rounded_down(enough, lot.minimum, lot.multiple)
    return 0, next_day


def _components(search: Searching, need: Need, units: int, day: int) -> Answer:
    """Get all components by a day: for how many units they do, and when they do for all."""
    book, enough, ready, spot, level = search.book, units, 0, need.node.spot, need.level + 1
    for component, per_unit in spot.parts:
        wanted = -(-units * per_unit // PER_PARENT_SCALE)
        part = book.node(component, spot.production)
        if part.free(day) >= wanted:
            book.change(part, day, -wanted, level=level)
            continue
        got, later = search.supply(Need(part, wanted, day, level))
        if got < wanted:
            enough = min(enough, got * PER_PARENT_SCALE // per_unit)
            ready = max(ready, later)
            _note_missing(search, need, units, short=Need(part, wanted - got, day, level))
    return enough, ready


def _note_missing(search: Searching, need: Need, units: int, *, short: Need) -> None:
    missing, name = f"{short.quantity} of {short.node.spot.name}", need.node.spot.name
    search.note(
        ConstraintCode.COMPONENT, lambda: f"{missing} are missing on {day_text(short.day)} for making {units} of {name}"
    )


def _backward(book: Book, spot: Spot, units: int, due: int) -> _Schedule | None:
    """The latest begin that has them done by a day; None before today."""
    if spot.steps:
        placed = book.load.backward(spot.steps, units, last=due, first=book.today)
        return None if placed is None else _Schedule(placed.first, placed.slots)
    start = book.times.begun(spot.place, due, spot.lead)
    return _Schedule(start, ()) if start >= book.today else None


def _too_late(search: Searching, need: Need, units: int, due: int) -> Answer:
    """How many can be done by then after all, and when the lot can be when its components come first."""
    book, spot = search.book, need.node.spot
    mark = book.bookmark()
    enough, ready = _components(search, need, units, book.today)
    book.rollback(mark)
    begin = book.today if enough else ready
    least = units if search.whole else min(units, rounded_up(1, spot.lot.minimum, spot.lot.multiple))
    next_day = _finish(book, spot, least, begin)
    if not spot.steps:
        search.note(
            ConstraintCode.LEAD_TIME,
            lambda: f"making {spot.name} at {spot.where} takes {spot.lead} days, too long for {day_text(due)}",
        )
        return 0, next_day
    search.note(
        ConstraintCode.CAPACITY,
        lambda: f"making {units} of {spot.name} at {spot.where} does not fit before {day_text(due)}",
    )
    return _fitting(book, spot, units, due), next_day


def _fitting(book: Book, spot: Spot, units: int, due: int) -> int:
    """By bisection: how many units can be made by a day in what is free."""
    low, high = 0, units
    while high - low > 1:
        middle = (low + high) // 2
        if _backward(book, spot, middle, due) is None:
            high = middle
        else:
            low = middle
    return low


def _finish(book: Book, spot: Spot, units: int, begin: int) -> int:
    """The forward pass: when so many are done if they are begun on a day."""
    if begin >= NEVER:
        return NEVER
    if spot.steps:
        done = book.load.forward(spot.steps, units, first=begin)
        return NEVER if done is None else book.times.there(spot.place, done)
    return book.times.done(spot.place, begin, spot.lead)


def _order(book: Book, need: Need, units: int, *, begin: int, due: int) -> None:
    node, number, used = need.node, book.new_number(), min(units, need.quantity)
    order = Ordered(number, TrialKind.MAKE, node.item, node.spot.place, units, begin, due)
    book.supply(order, node, (due, number, units), day=need.day, used=used, level=need.level)

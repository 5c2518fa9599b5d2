"""Moving what lies elsewhere: what a place can give away, and what it could get and send on."""

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Changed, Drawn, Ordered, Received, stock_at
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import Answer, Need, Searching, day_text, item_name
from core.planning.promising.terms import Lane
from core.planning.snapshot import NEVER


def move_stock(search: Searching, need: Need) -> Answer:
    """Transfers of what other places have and need not keep, quickest lane of the best priority first."""
    got, next_day = 0, NEVER
    for lane in lanes_for(search, need):
        wanted = Need(need.item, need.group, need.quantity - got, need.day, need.level)
        answer = _stock_over(search, lane, wanted)
        got, next_day = got + answer.quantity, min(next_day, answer.next_day)
        if got == need.quantity:
            break
    return Answer(got, next_day)


def move_new(search: Searching, lane: Lane, need: Need) -> Answer:
    """A transfer of what the other place gets for it."""
    book = search.book
    leaves = book.working_before(lane.origin, need.day - lane.days)
    if leaves < book.today:
        ready = _forward(search, lane, need)
        if ready < NEVER:
            search.note(ConstraintCode.LEAD_TIME, _too_long(search, lane, need))
        return Answer(0, ready)
    mark = book.bookmark()
    answer = search.supply(Need(need.item, lane.group, need.quantity, leaves, need.level + 1))
    if answer.quantity == 0:
        book.rollback(mark)
    else:
        _send(search, lane, need, leaves=leaves, units=answer.quantity)
    return Answer(answer.quantity, _arrival(search, lane, answer.next_day))


def lanes_for(search: Searching, need: Need) -> list[Lane]:
    """The lanes this item may take to the place, as they are tried."""
    lanes = search.book.terms.lanes.get(need.group, [])
    return [lane for lane in lanes if lane.item in (-1, need.item)]


def _stock_over(search: Searching, lane: Lane, need: Need) -> Answer:
    book = search.book
    leaves = book.working_before(lane.origin, need.day - lane.days)
    if leaves < book.today:
        if _spare(search, lane, need, day=book.today) == 0:
            return Answer(0)
        search.note(ConstraintCode.LEAD_TIME, _too_long(search, lane, need))
        return Answer(0, _arrival(search, lane, book.today))
    units = _spare(search, lane, need, day=leaves)
    if units:
        book.write(Changed(need.item, lane.group, leaves, -units, need.level + 1))
        _send(search, lane, need, leaves=leaves, units=units)
    later = book.ledger(need.item, lane.group).next_free(leaves, 0) if book.terms.alone[lane.group] else NEVER
    return Answer(units, _arrival(search, lane, later))


def _spare(search: Searching, lane: Lane, need: Need, *, day: int) -> int:
    """What the other place can give away; of several locations together, what lies at the one the lane leaves from."""
    book = search.book
    units = min(need.quantity, book.free(need.item, lane.group, day))
    return units if book.terms.alone[lane.group] else min(units, book.on_hand(need.item, lane.origin))


def _forward(search: Searching, lane: Lane, need: Need) -> int:
    """When something can be there at the earliest, if it leaves as soon as the other place has it."""
    book = search.book
    mark = book.bookmark()
    answer = search.supply(Need(need.item, lane.group, need.quantity, book.today, need.level + 1))
    book.rollback(mark)
    return _arrival(search, lane, book.today if answer.quantity else answer.next_day)


def _arrival(search: Searching, lane: Lane, there: int) -> int:
    return NEVER if there >= NEVER else search.book.working_after(lane.origin, there) + lane.days


def _send(search: Searching, lane: Lane, need: Need, *, leaves: int, units: int) -> None:
    book = search.book
    number, arrives = book.new_number(), leaves + lane.days
    order = Ordered(number, TrialKind.MOVE, need.item, lane.destination, units, leaves, arrives, origin=lane.origin)
    book.write(order)
    if not book.terms.alone[lane.group]:
        book.write(Drawn(stock_at(lane.origin, need.item), units))
    book.write(Received(need.item, need.group, Receipt(arrives, number, units)))
    book.write(Changed(need.item, need.group, need.day, -units, need.level, number))


def _too_long(search: Searching, lane: Lane, need: Need) -> str:
    origin = search.book.snapshot.locations.code[lane.origin]
    when = day_text(need.day)
    return f"{item_name(search.book, need.item)} needs {lane.days} days from {origin!r}, too long for {when}"

"""Moving what lies elsewhere: what a place can give away, and what it could get and send on."""

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Book, Node, Ordered, stock_at
from core.planning.promising.needs import NOTHING, Answer, Need, Searching, day_text
from core.planning.promising.terms import Lane
from core.planning.snapshot import NEVER


def move_stock(search: Searching, need: Need) -> Answer:
    """Transfers of what other places have and need not keep, quickest lane of the best priority first."""
    got, next_day, node, book = 0, NEVER, need.node, search.book
    for lane in node.spot.lanes:
        other = book.holding(node.item, lane.group)
        if other is None:
            continue
        units, later = _stock_over(search, lane, Need(node, need.quantity - got, need.day, need.level), other)
        got, next_day = got + units, min(next_day, later)
        if got == need.quantity:
            break
    return got, next_day


def move_new(search: Searching, lane: Lane, need: Need) -> Answer:
    """A transfer of what the other place gets for it."""
    book = search.book
    leaves = _leaves(book, lane, need)
    if leaves < book.today:
        ready = _forward(search, lane, need)
        if ready < NEVER:
            search.note(ConstraintCode.LEAD_TIME, lambda: _too_long(search, lane, need))
        return 0, ready
    mark, other = book.bookmark(), book.node(need.node.item, lane.group)
    units, later = search.to_send(Need(other, need.quantity, leaves, need.level + 1))
    if units == 0:
        book.rollback(mark)
    else:
        _send(search, lane, need, leaves=leaves, units=units)
    return units, _arrival(search, lane, need, later)


def _stock_over(search: Searching, lane: Lane, need: Need, other: Node) -> Answer:
    book = search.book
    leaves = _leaves(book, lane, need)
    units = _spare(book, lane, need.quantity, other, day=max(leaves, book.today))
    if leaves < book.today:
        if units == 0:
            return NOTHING
        search.note(ConstraintCode.LEAD_TIME, lambda: _too_long(search, lane, need))
        return 0, _arrival(search, lane, need, book.today)
    later = other.ledger.next_free(leaves, other.kept + units) if other.spot.alone else NEVER
    if units:
        book.change(other, leaves, -units, level=need.level + 1)
        _send(search, lane, need, leaves=leaves, units=units)
    return units, _arrival(search, lane, need, later)


def _spare(book: Book, lane: Lane, wanted: int, other: Node, *, day: int) -> int:
    """What the other place can give away; of several locations together, what lies at the one the lane leaves from."""
    units = min(wanted, other.free(day))
    return units if units == 0 or other.spot.alone else min(units, book.on_hand(other.item, lane.origin))


def _forward(search: Searching, lane: Lane, need: Need) -> int:
    """When something can be there at the earliest, if it leaves as soon as the other place has it."""
    book = search.book
    mark, other = book.bookmark(), book.node(need.node.item, lane.group)
    units, later = search.to_send(Need(other, need.quantity, book.today, need.level + 1))
    book.rollback(mark)
    return _arrival(search, lane, need, book.today if units else later)


def _leaves(book: Book, lane: Lane, need: Need) -> int:
    """The last day to leave on in order to be there when it is needed."""
    return book.times.leaves(lane.origin, book.times.comes_by(need.node.spot.place, need.day) - lane.days)


def _arrival(search: Searching, lane: Lane, need: Need, there: int) -> int:
    """The day on which what the other place has on a day is here."""
    if there >= NEVER:
        return NEVER
    book = search.book
    return book.times.there(need.node.spot.place, book.working_after(lane.origin, there) + lane.days)


def _send(search: Searching, lane: Lane, need: Need, *, leaves: int, units: int) -> None:
    book, node = search.book, need.node
    number, arrives = book.new_number(), leaves + lane.days
    order = Ordered(number, TrialKind.MOVE, node.item, lane.destination, units, leaves, arrives, origin=lane.origin)
    if not book.terms.alone[lane.group]:
        book.draw(stock_at(lane.origin, node.item), units)
    there = book.times.there(node.spot.place, arrives)
    book.supply(order, node, (there, number, units), day=need.day, used=units, level=need.level)


def _too_long(search: Searching, lane: Lane, need: Need) -> str:
    origin = search.book.snapshot.locations.code[lane.origin]
    when = day_text(need.day)
    return f"{need.node.spot.name} needs {lane.days} days from {origin!r}, too long for {when}"

"""Buying what is missing: suppliers in order of priority, with lead time, order sizes, weekly capacity and validity."""

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Book, Ordered
from core.planning.promising.needs import Answer, Need, Searching, day_text
from core.planning.promising.opened import week_of
from core.planning.promising.sizes import rounded_down, rounded_up
from core.planning.promising.spots import Offer, Spot
from core.planning.promising.terms import UNLIMITED, Source
from core.planning.snapshot import NEVER


def buy(search: Searching, need: Need) -> Answer:
    """Order what the suppliers can bring by the day, and say when they could bring the rest."""
    node, quantity, day, level = need
    got, next_day, counted = 0, NEVER, search.book.times.counted
    for offer in node.spot.offers:
        earliest = _earliest(search.book, node.spot, offer) if counted else offer.earliest
        if earliest <= day and offer.valid and offer.order_size:
            rest = Need(node, quantity - got, day, level) if got else need
            more, later = _within_weeks(search, offer, rest)
            got, next_day = got + more, min(next_day, later)
            if got == quantity:
                break
        else:
            next_day = min(next_day, _not_by_then(search, offer, node.spot, earliest=earliest))
    return got, next_day


def _earliest(book: Book, spot: Spot, offer: Offer) -> int:
    """The first working day on which what is ordered there is here, with its safety lead time."""
    safety = offer.source.safety
    return book.times.there(spot.place, offer.earliest - safety) + safety


def _not_by_then(search: Searching, offer: Offer, spot: Spot, *, earliest: int) -> int:
    """Why an offer is of no use by the day, and the day from which it is."""
    source, fence = offer.source, offer.fence
    name = f"{spot.name} from {search.book.snapshot.parties.supplier[source.supplier]!r}"
    if not offer.valid:
        text = f"{name} could be ordered until {day_text(source.valid_to)} only"
        search.note(ConstraintCode.NOT_VALID, lambda: text)
        return NEVER
    if not offer.order_size:
        search.note(ConstraintCode.ORDER_SIZE, lambda: f"{name}: no order size between minimum, multiple and maximum")
        return NEVER
    if offer.earliest == fence:
        search.note(ConstraintCode.PLANNING_FENCE, lambda: f"{name}: nothing new is planned before {day_text(fence)}")
    else:
        days = source.lead + source.safety
        search.note(ConstraintCode.LEAD_TIME, lambda: f"{name} takes {days} days: {day_text(earliest)} at the earliest")
    return earliest


def _within_weeks(search: Searching, offer: Offer, need: Need) -> Answer:
    """Orders that arrive as late as the need, its safety lead time and the validity allow, earlier where a supplier's
    week is full."""
    book, source, got, quantity = search.book, offer.source, 0, need.quantity
    latest = book.times.comes_by(need.node.spot.place, need.day - source.safety)
    latest = min(latest, source.valid_to + source.lead)
    earliest = max(offer.first, offer.fence - source.safety)
    arrival = max(earliest, latest - need.node.spot.lot.safety_days)
    while got < quantity and arrival >= earliest:
        size = _size(book, source, quantity - got, arrival)
        if size:
            if not search.another():
                return got, NEVER
            used = min(size, quantity - got)
            _order(book, source, need, arrival=arrival, size=size, used=used)
            got += used
        elif source.weekly >= UNLIMITED:
            break
        else:
            arrival = arrival // 7 * 7 - 1
    if got == quantity:
        return got, NEVER
    _note_full(search, source, need)
    return got, _next_room(book, source, need, after=max(latest, earliest))


def _note_full(search: Searching, source: Source, need: Need) -> None:
    name = f"{need.node.spot.name} from {search.book.snapshot.parties.supplier[source.supplier]!r}"
    search.note(ConstraintCode.SUPPLIER_CAPACITY, lambda: f"{name}: not more than {source.weekly} a week")


def _size(book: Book, source: Source, wanted: int, arrival: int) -> int:
    """The size of one order for so many units that arrives on a day."""
    size = rounded_up(wanted, source.minimum, source.multiple)
    room = source.maximum
    if source.weekly < UNLIMITED:
        room = min(room, source.weekly - book.drawn(week_of(source.row, arrival)))
    return size if size <= room else rounded_down(room, source.minimum, source.multiple)


def _next_room(book: Book, source: Source, need: Need, *, after: int) -> int:
    """The day after this one on which an order may arrive in a week with room, as the need sees it."""
    for week in range(after // 7 + 1, after // 7 + 1 + 520):
        if _size(book, source, need.quantity, week * 7) and week * 7 - source.lead <= source.valid_to:
            return book.times.there(need.node.spot.place, week * 7) + source.safety
    return NEVER


def _order(book: Book, source: Source, need: Need, *, arrival: int, size: int, used: int) -> None:
    node, number = need.node, book.new_number()
    begin, place = arrival - source.lead, node.spot.place
    order = Ordered(number, TrialKind.BUY, node.item, place, size, begin, arrival, supplier=source.supplier)
    if source.weekly < UNLIMITED:
        book.draw(week_of(source.row, arrival), size)
    there = book.times.there(place, arrival) + source.safety
    book.supply(order, node, (there, number, size), day=need.day, used=used, level=need.level)

"""Buying what is missing: suppliers in order of priority, with lead time, order sizes, weekly capacity and validity."""

from core.domain.promising import ConstraintCode, TrialKind
from core.planning.promising.book import Book, Changed, Drawn, Ordered, Received, week_of
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import Answer, Need, Searching, day_text, item_name, rounded_down, rounded_up
from core.planning.promising.terms import UNLIMITED, Source
from core.planning.snapshot import NEVER


def buy(search: Searching, need: Need) -> Answer:
    """Order what the suppliers can bring by the day, and say when they could bring the rest."""
    book, got, next_day = search.book, 0, NEVER
    for source in book.terms.sources.get(need.item, []):
        if source.location >= 0 and book.terms.group_of[source.location] != need.group:
            continue
        answer = _from_source(search, source, Need(need.item, need.group, need.quantity - got, need.day, need.level))
        got += answer.quantity
        next_day = min(next_day, answer.next_day)
        if got == need.quantity:
            break
    return Answer(got, next_day)


def _from_source(search: Searching, source: Source, need: Need) -> Answer:
    book = search.book
    name = f"{item_name(book, need.item)} from {book.snapshot.parties.supplier[source.supplier]!r}"
    first_order = max(book.today, source.valid_from)
    if first_order > source.valid_to:
        search.note(ConstraintCode.NOT_VALID, f"{name} could be ordered until {day_text(source.valid_to)} only")
        return Answer(0)
    if rounded_down(source.maximum, source.minimum, source.multiple) == 0:
        search.note(ConstraintCode.ORDER_SIZE, f"{name}: no order size between minimum, multiple and maximum")
        return Answer(0)
    arrival = first_order + source.lead
    fence = book.today + book.terms.lot(need.item).fence
    earliest = max(arrival + source.safety, fence)
    if earliest > need.day:
        _note_late(search, name, earliest, fence=fence, days=source.lead + source.safety)
        return Answer(0, earliest)
    return _within_weeks(search, source, need, first=arrival, name=name)


def _note_late(search: Searching, name: str, earliest: int, *, fence: int, days: int) -> None:
    if earliest == fence:
        search.note(ConstraintCode.PLANNING_FENCE, f"{name}: nothing new is planned before {day_text(fence)}")
    else:
        search.note(ConstraintCode.LEAD_TIME, f"{name} takes {days} days: {day_text(earliest)} at the earliest")


def _within_weeks(search: Searching, source: Source, need: Need, *, first: int, name: str) -> Answer:
    """Orders that arrive as late as the need, its safety lead time and the validity allow, earlier where a supplier's
    week is full."""
    book, got = search.book, 0
    latest = min(need.day - source.safety, source.valid_to + source.lead)
    fence = book.today + book.terms.lot(need.item).fence - source.safety
    earliest = max(first, fence)
    arrival = max(earliest, latest - book.terms.lot(need.item).safety_days)
    while got < need.quantity and arrival >= earliest:
        size = _size(book, source, need.quantity - got, arrival)
        if size:
            if not search.another():
                return Answer(got)
            _order(book, source, need, arrival=arrival, size=size, used=min(size, need.quantity - got))
            got += min(size, need.quantity - got)
        elif source.weekly >= UNLIMITED:
            break
        else:
            arrival = arrival // 7 * 7 - 1
    if got == need.quantity:
        return Answer(got)
    search.note(ConstraintCode.SUPPLIER_CAPACITY, f"{name}: not more than {source.weekly} a week")
    return Answer(got, _next_room(book, source, need, after=max(latest, earliest)))


def _size(book: Book, source: Source, wanted: int, arrival: int) -> int:
    """The size of one order for so many units that arrives on a day."""
    size = rounded_up(wanted, source.minimum, source.multiple)
    room = min(source.maximum, source.weekly - book.drawn(week_of(source.row, arrival)))
    return size if size <= room else rounded_down(room, source.minimum, source.multiple)


def _next_room(book: Book, source: Source, need: Need, *, after: int) -> int:
    """The day after this one on which an order may arrive in a week with room, as the need sees it."""
    for week in range(after // 7 + 1, after // 7 + 1 + 520):
        if _size(book, source, need.quantity, week * 7) and week * 7 - source.lead <= source.valid_to:
            return week * 7 + source.safety
    return NEVER


def _order(book: Book, source: Source, need: Need, *, arrival: int, size: int, used: int) -> None:
    number, location = book.new_number(), book.terms.place[need.group]
    begin = arrival - source.lead
    book.write(Ordered(number, TrialKind.BUY, need.item, location, size, begin, arrival, supplier=source.supplier))
    book.write(Received(need.item, need.group, Receipt(arrival + source.safety, number, size)))
    if source.weekly < UNLIMITED:
        book.write(Drawn(week_of(source.row, arrival), size))
    book.write(Changed(need.item, need.group, need.day, -used, need.level, number))

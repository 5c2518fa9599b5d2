"""The search for supply: what is free first, then the alternates in order, then what may be lent until replaced."""

from collections.abc import Callable, Iterator

from core.domain.promising import Constraint, ConstraintCode
from core.planning.promising.book import Book, Changed
from core.planning.promising.buying import buy
from core.planning.promising.making import make, makes
from core.planning.promising.moving import lanes_for, move_new, move_stock
from core.planning.promising.needs import Answer, Need, day_text, item_name, place_name
from core.planning.promising.terms import Lane
from core.planning.snapshot import NEVER, PER_PARENT_SCALE

_MAKE, _BUY, _MOVE = range(3)
MOST_TRIALS = 5_000
"""Orders tried for one ask. An answer that rests on more is no plan, and looking for it must end."""
Way = Callable[[Need], Answer]


class Search:
    """One search on a book. Whatever it finds is in the book's log; what stood in the way is in `reasons`. With `whole`
    a part is of no use."""

    def __init__(self, book: Book, *, substitutes: bool = False, whole: bool = False) -> None:
        self._book = book
        self._whole = whole
        self._substitutes = substitutes
        self._visiting: list[tuple[int, int]] = []
        self._reasons: dict[Constraint, None] = {}
        self._quiet = 0
        self._trials = 0

    @property
    def book(self) -> Book:
        """Where it looks and writes."""
        return self._book

    @property
    def whole(self) -> bool:
        """Whether a part is of no use."""
        return self._whole

    @property
    def reasons(self) -> tuple[Constraint, ...]:
        """What stood in the way, in the order it was met."""
        return tuple(self._reasons)

    def note(self, code: ConstraintCode, text: str) -> None:
        """Keep a reason, once."""
        if not self._quiet:
            self._reasons.setdefault(Constraint(code=code, text=text))

    def another(self) -> bool:
        """Whether one more order may be tried."""
        self._trials += 1
        if self._trials <= MOST_TRIALS:
            return True
        self.note(ConstraintCode.ORDER_SIZE, f"more than {MOST_TRIALS} orders were tried; no more are looked for")
        return False

    def supply(self, need: Need) -> Answer:
        """As many units as can be there by the day, and the first later day on which more may be."""
        book = self._book
        got = self._take_free(need)
        if got == need.quantity:
            return Answer(got)
        later = self._next_free(need)
        short = Need(need.item, need.group, need.quantity - got, need.day, need.level)
        if self._awaited(short):
            return Answer(got, later)
        if (need.item, need.group) in self._visiting or need.level >= book.rules.depth:
            self.note(ConstraintCode.DEPTH, f"{item_name(book, need.item)} is not looked for further down")
            return Answer(got, later)
        self._visiting.append((need.item, need.group))
        found = self._from_alternates(short)
        if found.quantity < short.quantity and book.rules.borrow:
            lent = self._borrow(Need(need.item, need.group, short.quantity - found.quantity, need.day, need.level))
            found = Answer(found.quantity + lent, found.next_day)
        self._visiting.pop()
        got += found.quantity
        return Answer(got, NEVER if got == need.quantity else min(later, found.next_day))

    def _take_free(self, need: Need) -> int:
        units = min(need.quantity, self._book.free(need.item, need.group, need.day))
        if units:
            self._book.write(Changed(need.item, need.group, need.day, -units, need.level))
        return units

    def _next_free(self, need: Need) -> int:
        kept = int(self._book.snapshot.items.safety_stock[need.item]) if self._book.rules.keep_safety_stock else 0
        return self._book.ledger(need.item, need.group).next_free(need.day, kept)

    def _awaited(self, short: Need) -> bool:
        """Whether supply on order comes so soon that nothing new is ordered beside it."""
        days = self._book.rules.await_days
        if not days or self._book.free(short.item, short.group, short.day + days) < short.quantity:
            return False
        name, until = item_name(self._book, short.item), day_text(short.day + days)
        text = f"{short.quantity} of {name} are on order and come by {until}: nothing new is ordered"
        self.note(ConstraintCode.AWAITING_SUPPLY, text)
        return True

    def _from_alternates(self, short: Need) -> Answer:
        got, next_day, tried = 0, NEVER, False
        for way in self._ways(short):
            tried = True
            answer = way(Need(short.item, short.group, short.quantity - got, short.day, short.level))
            got, next_day = got + answer.quantity, min(next_day, answer.next_day)
            if got == short.quantity:
                return Answer(got)
        if not tried:
            name, where = item_name(self._book, short.item), place_name(self._book, short.group)
            self.note(ConstraintCode.NO_SOURCE, f"{name} is not made, bought or brought to {where}")
        return Answer(got, next_day)

    def _ways(self, short: Need) -> Iterator[Way]:
        """Stock elsewhere; by priority making, buying, what other places get for it; what may take its place."""
        book, lanes = self._book, lanes_for(self, short)
        if lanes:
            yield lambda need: move_stock(self, need)
        site = book.terms.site
        elsewhere = [lane for lane in lanes if site[lane.group] != site[short.group]]
        ways: list[tuple[int, int, Way]] = [(lane.priority, _MOVE, self._over(lane)) for lane in elsewhere]
        if makes(self, short.item):
            ways.append((1, _MAKE, lambda need: make(self, need)))
        elif sources := book.terms.sources.get(short.item):
            ways.append((sources[0].priority, _BUY, lambda need: buy(self, need)))
        for _, _, way in sorted(ways, key=lambda one: one[:2]):
            yield way
        for substitute in book.terms.substitutes.get(short.item, []):
            allowed = not substitute.approval if short.level else self._substitutes
            if allowed and substitute.component == (short.level > 0):
                yield self._instead(substitute.item, substitute.ratio)

    def _over(self, lane: Lane) -> Way:
        return lambda need: move_new(self, lane, need)

    def _instead(self, item: int, ratio: int) -> Way:
        """Another item in its place, `ratio` millionths of it for one."""

        def instead(need: Need) -> Answer:
            wanted = -(-need.quantity * ratio // PER_PARENT_SCALE)
            answer = self.supply(Need(item, need.group, wanted, need.day, need.level))
            units = min(need.quantity, answer.quantity * PER_PARENT_SCALE // ratio)
            return Answer(units, answer.next_day)

        return instead

    def _borrow(self, need: Need) -> int:
        """Units that are there but promised for later, when new ones can take their place in time."""
        book, wanted = self._book, need.quantity
        while wanted > 0:
            lent, missed = book.ledger(need.item, need.group).lendable(need.day, wanted)
            if lent <= 0 or missed >= NEVER:
                return 0
            mark, before = book.bookmark(), self._quiet
            self._quiet += 1
            repaid = self._from_alternates(Need(need.item, need.group, lent, missed, need.level + 1)).quantity
            self._quiet = before
            if repaid == lent:
                book.write(Changed(need.item, need.group, missed, lent))
                book.write(Changed(need.item, need.group, need.day, -lent, need.level))
                return lent
            book.rollback(mark)
            wanted = repaid
        return 0

"""The search for supply: what is free first, then the alternates in order, then what may be lent until replaced."""

from collections.abc import Callable
from typing import Final

from core.domain.promising import Constraint, ConstraintCode
from core.planning.promising.book import Book, Node
from core.planning.promising.buying import buy
from core.planning.promising.making import make
from core.planning.promising.moving import move_new, move_stock
from core.planning.promising.needs import NOTHING, Answer, Need, day_text
from core.planning.promising.spots import Choice, Way
from core.planning.promising.terms import Substitute
from core.planning.snapshot import NEVER, PER_PARENT_SCALE

MOST_TRIALS = 5_000
"""Orders tried for one ask. An answer that rests on more is no plan, and looking for it must end."""
MOST_NEEDS = 2_000
"""Places looked at for one ask: where lanes go round and nothing is there, every way round could be tried for every
part. What is free is still taken after so many; nothing is ordered any more."""
MOST_REASONS = 12
"""Reasons kept of one answer: the first ones met."""
_GIVEN_UP: Final = Constraint(
    code=ConstraintCode.DEPTH,
    text=f"more than {MOST_NEEDS} places were looked at; nothing more is looked for, so there may be more than this",
)


class Search:
    """One search on a book. Whatever it finds is in the book's log; what stood in the way is in `reasons`. With `whole`
    a part is of no use."""

    def __init__(self, book: Book, *, substitutes: bool = False, whole: bool = False) -> None:
        self.book: Final = book
        self.whole: Final = whole
        self._substitutes = substitutes
        self._visiting: list[Node] = []
        self._sent: Node | None = None
        self._reasons: dict[str, ConstraintCode] = {}
        self._quiet = 0
        self._trials = 0
        self._needs = 0
        self._exhausted = False

    @property
    def reasons(self) -> tuple[Constraint, ...]:
        """What stood in the way, in the order it was met; first that the search was given up, where it was."""
        met = tuple(Constraint(code=code, text=text) for text, code in self._reasons.items())
        return (_GIVEN_UP, *met) if self._exhausted else met

    def note(self, code: ConstraintCode, say: Callable[[], str]) -> None:
        """Keep a reason, once, as long as there are few."""
        if not self._quiet and len(self._reasons) < MOST_REASONS:
            self._reasons.setdefault(say(), code)

    def another(self) -> bool:
        """Whether one more order may be tried."""
        self._trials += 1
        if self._trials <= MOST_TRIALS:
            return True
        self.note(
            ConstraintCode.ORDER_SIZE, lambda: f"more than {MOST_TRIALS} orders were tried; no more are looked for"
        )
        return False

    def supply(self, need: Need) -> Answer:
        """As many units as can be there by the day, and the first later day on which more may be."""
        node, quantity, day, level = need
        got, later, short, rules = min(quantity, node.free(day)), NEVER, need, self.book.rules
        if got < quantity and node.ledger.days:
            later = node.ledger.next_free(day, node.kept + got)
        if got:
            self.book.change(node, day, -got, level=level)
            if got == quantity:
                return got, NEVER
            short = Need(node, quantity - got, day, level)
        if rules.await_days and self._awaited(short):
            return got, later
        self._needs += 1
        if node.spot.only_bought and level < rules.depth and self._needs <= MOST_NEEDS and not rules.borrow:
            found, next_day = buy(self, short)
        else:
            found, next_day = self._search(short)
        got += found
        return got, NEVER if got == quantity else min(later, next_day)

    def to_send(self, need: Need) -> Answer:
        """The same of what is sent on from there: another item in its place would be another transfer."""
        before, self._sent = self._sent, need.node
        answer = self.supply(need)
        self._sent = before
        return answer

    def _search(self, short: Need) -> Answer:
        """What is not free, from elsewhere; not where this is looked for already."""
        node, rules = short.node, self.book.rules
        if self._needs > MOST_NEEDS:
            self._exhausted = True
            return NOTHING
        if short.level >= rules.depth or node in self._visiting:
            self.note(ConstraintCode.DEPTH, lambda: f"{node.spot.name} is not looked for further down")
            return NOTHING
        self._visiting.append(node)
        found, next_day = self._from_alternates(short)
        if found < short.quantity and rules.borrow:
            found += self._borrow(Need(node, short.quantity - found, short.day, short.level))
        self._visiting.pop()
        return found, next_day

    def _awaited(self, short: Need) -> bool:
        """Whether supply on order comes so soon that nothing new is ordered beside it."""
        until = short.day + self.book.rules.await_days
        if short.node.free(until) < short.quantity:
            return False
        name = short.node.spot.name
        self.note(
            ConstraintCode.AWAITING_SUPPLY,
            lambda: f"{short.quantity} of {name} are on order and come by {day_text(until)}: nothing new is ordered",
        )
        return True

    def _from_alternates(self, short: Need) -> Answer:
        """Stock elsewhere; by priority making, buying, what other places get for it; what may take its place."""
        spot = short.node.spot
        instead = self._instead_of(short)
        if not (spot.lanes or spot.choices or instead):
            self.note(ConstraintCode.NO_SOURCE, lambda: f"{spot.name} is not made, bought or brought to {spot.where}")
            return NOTHING
        got, next_day = move_stock(self, short) if spot.lanes else NOTHING
        node, quantity, day, level = short
        for choice in (*spot.choices, *instead) if instead else spot.choices:
            if got == quantity:
                break
            more, later = self._got(choice, Need(node, quantity - got, day, level) if got else short)
            got, next_day = got + more, min(next_day, later)
        return got, NEVER if got == quantity else next_day

    def _instead_of(self, need: Need) -> tuple[Substitute, ...]:
        """What may be sold, or built in, in its place."""
        spot = need.node.spot
        if need.level:
            return () if need.node is self._sent else spot.built_in
        return spot.sold if self._substitutes else ()

    def _got(self, choice: Choice | Substitute, need: Need) -> Answer:
        if isinstance(choice, Substitute):
            return self._instead(choice, need)
        way, lane = choice
        if lane is not None:
            return move_new(self, lane, need)
        return make(self, need) if way is Way.MAKE else buy(self, need)

    def _instead(self, substitute: Substitute, need: Need) -> Answer:
        """Another item in its place, `ratio` millionths of it for one."""
        wanted = -(-need.quantity * substitute.ratio // PER_PARENT_SCALE)
        node = self.book.node(substitute.item, need.node.group)
        got, later = self.supply(Need(node, wanted, need.day, need.level))
        return min(need.quantity, got * PER_PARENT_SCALE // substitute.ratio), later

    def _borrow(self, need: Need) -> int:
        """Units that are there but promised for later, when new ones can take their place in time."""
        book, node, wanted = self.book, need.node, need.quantity
        while wanted > 0:
            lent, missed = node.ledger.lendable(need.day, wanted)
            if lent <= 0 or missed >= NEVER:
                return 0
            mark, before = book.bookmark(), self._quiet
            self._quiet += 1
            repaid = self._from_alternates(Need(node, lent, missed, need.level + 1))[0]
            self._quiet = before
            if repaid == lent:
                book.change(node, missed, lent)
                book.change(node, need.day, -lent, level=need.level)
                return lent
            book.rollback(mark)
            wanted = repaid
        return 0

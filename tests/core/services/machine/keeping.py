"""Steps of stock: reservations made, moved and expired as time passes, counts and corrections."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core.domain.ids import ItemCode, LocationCode
from core.domain.stock import Claim, ReservationKind, ReserveStock
from core.services.holding import lapse_holds
from core.services.ordering.amending import cancel_past
from core.services.ordering.quoting import expire_quotes
from core.services.reserving import Reallocate, expire_reservations, reallocate, reserve_stock
from core.services.stocking.adjusting import AdjustReason, AdjustStock, adjust_stock
from core.services.stocking.counting import EnterCount, OpenCount, PostCount, enter_count, open_count, post_count
from tests.builders import MARIA, MOTOR, OMAR, PUMP, SEAL, VALVE, YARD
from tests.core.services.machine.books import Books
from tests.core.services.machine.selling import NTH, SITES, UNITS

GOODS = st.sampled_from([VALVE, SEAL, PUMP, MOTOR])
PLACES = st.one_of(SITES, st.just(YARD))
KINDS = st.sampled_from([ReservationKind.TIME_BOXED, ReservationKind.HARD, ReservationKind.ADVISORY])
FREE = "SELECT reference, item_id, location_id, quantity - taken FROM reservations WHERE state = 'open' ORDER BY id"


class Keeping:
    """The rules of stock."""

    books: Books

    @rule(item=GOODS, place=PLACES, units=UNITS, kind=KINDS, minutes=st.sampled_from([5, 60, 600]), twice=st.booleans())
    def reserve(self, item, place, units, kind, minutes, twice) -> None:
        key = self.books.key()
        until = self.books.clock.now + timedelta(minutes=minutes) if kind is ReservationKind.TIME_BOXED else None
        claims = tuple(
            Claim(item=item, location=place, quantity=units, reference=f"R {key}/{n}", kind=kind, expires_at=until)
            for n in range(1 + twice)
        )
        self.books.ask(f"reserve {kind}", reserve_stock, ReserveStock(key=key, claims=claims))

    @rule(nth=NTH, units=UNITS)
    def pass_on(self, nth: int, units: int) -> None:
        query = """
            SELECT r.reference, i.code, l.code FROM reservations r JOIN items i ON i.id = r.item_id
            JOIN locations l ON l.id = r.location_id
            WHERE r.state = 'open' AND r.kind IN ('hard', 'time_boxed') AND r.order_id IS NULL ORDER BY r.id"""
        if (found := self.books.choose(nth, query)) is None:
            return
        key = self.books.key()
        to = Claim(item=found[1], location=found[2], quantity=units, reference=f"R {key}")
        self.books.ask("pass on", reallocate, Reallocate(key=key, source=found[0], to=to))

    @rule(minutes=st.sampled_from([10, 45, 300, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.books.send()
        self.books.clock.pass_by(minutes=minutes)
        today = self.books.clock.now.date()
        self.books.do("expire", expire_reservations)
        self.books.do("expire quotes", lambda uow: expire_quotes(uow, today=today))
        self.books.do("lapse holds", lambda uow: lapse_holds(uow, today=today))
        self.books.do("cancel past", lambda uow: cancel_past(uow, today=today))

    @rule(item=GOODS, place=PLACES, units=st.integers(0, 80), other=st.booleans())
    def count(self, item: ItemCode, place: LocationCode, units: int, other: bool) -> None:
        code = f"CC-{self.books.key()[5:]}"
        opened = OpenCount(
            key=f"{code} o", code=code, location=place, items=((item, None),), tolerance_percent=Decimal(5)
        )
        if self.books.ask("open count", open_count, opened).result is None:
            return
        found = EnterCount(key=f"{code} e", code=code, version=1, found={1: units})
        if self.books.ask("enter count", enter_count, found).result is None:
            return
        user = OMAR if other else MARIA
        post = PostCount(key=f"{code} p", code=code, version=2)
        self.books.ask("post count", post_count, post, user, by=user.name)

    @rule(item=GOODS, place=PLACES, by=st.integers(-12, 12).filter(bool), reason=st.sampled_from(list(AdjustReason)))
    def adjust(self, item: ItemCode, place: LocationCode, by: int, reason: AdjustReason) -> None:
        key = self.books.key()
        command = AdjustStock(
            key=key, document=f"ADJ {key}", item=item, location=place, by=by, reason=reason, note="as found"
        )
        self.books.ask("adjust", adjust_stock, command)

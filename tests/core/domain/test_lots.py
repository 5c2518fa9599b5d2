"""What expires first is taken first, and nothing that may not be used or is too old for the customer."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import ItemCode, LocationCode, LotCode
from core.domain.lots import Lot, LotStatus, LotStock, first_expired_first_out

DAY = date(2026, 3, 2)
HERE = LocationCode("DOCK")


def stock(code: str, units: int, *, expires: int | None = None, received: int = 0, reserved: int = 0) -> LotStock:
    lot = Lot(
        code=LotCode(code),
        item=ItemCode("GLUE"),
        expires_on=None if expires is None else DAY + timedelta(days=expires),
        received_on=DAY - timedelta(days=received),
    )
    return LotStock(lot=lot, location=HERE, on_hand=units, reserved=reserved)


def test_what_expires_first_is_taken_first_then_what_came_first_then_by_code() -> None:
    kept = [
        stock("E", 5),
        stock("D", 5, expires=20),
        stock("C", 5, expires=10),
        stock("B", 5, expires=10),
        stock("A", 5, expires=10, received=3),
    ]

    taken, missing = first_expired_first_out(kept, 23, on=DAY)

    assert taken == (("A", 5), ("B", 5), ("C", 5), ("D", 5), ("E", 3))
    assert missing == 0


def test_a_customer_who_wants_days_left_gets_younger_lots() -> None:
    kept = [stock("OLD", 5, expires=29), stock("NEW", 5, expires=30)]

    assert first_expired_first_out(kept, 7, on=DAY, remaining_days=30) == ((("NEW", 5),), 2)


def test_the_last_good_day_is_good_and_the_next_is_not() -> None:
    kept = [stock("OVER", 5, expires=-1), stock("TODAY", 5, expires=0)]

    assert first_expired_first_out(kept, 6, on=DAY) == ((("TODAY", 5),), 1)


def test_a_held_lot_and_reserved_units_are_left() -> None:
    held = LotStock(
        lot=Lot(code=LotCode("HELD"), item=ItemCode("GLUE"), status=LotStatus.HOLD), location=HERE, on_hand=9
    )

    assert first_expired_first_out([held, stock("FREE", 5, reserved=3)], 9, on=DAY) == ((("FREE", 2),), 7)


@given(
    lots=st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(-2, 9)), max_size=8),
    wanted=st.integers(0, 40),
)
def test_taken_and_missing_are_what_was_wanted(lots: list[tuple[int, int | None]], wanted: int) -> None:
    kept = [stock(f"L{n}", units, expires=expires) for n, (units, expires) in enumerate(lots)]

    taken, missing = first_expired_first_out(kept, wanted, on=DAY)

    assert sum(units for _, units in taken) + missing == wanted
    assert taken == first_expired_first_out(reversed(kept), wanted, on=DAY)[0]
    good = sum(units for units, expires in lots if expires is None or expires >= 0)
    assert missing == max(0, wanted - good)

"""Counts and adjustments: what was found is the truth, by another person where it matters, and who loses is told."""

from decimal import Decimal

import pytest

from core.domain.counting import CountState
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import ItemCode, LotCode, TransferOrderNo
from core.domain.orders import SupplyState
from core.ports.storage import UnitOfWork
from core.services.fulfilment.releasing import ReleaseOrder, release_order
from core.services.stocking.adjusting import AdjustReason, AdjustStock, Hurt, StockAdjusted, adjust_stock
from core.services.stocking.counting import (
    CountAt,
    CountPosted,
    EnterCount,
    OpenCount,
    PostCount,
    enter_count,
    open_count,
    post_count,
)
from tests.builders import MARIA, OMAR, PAUL, RENO, SO_1, SO_2, VALVE, VIVIAN
from tests.core.services.stocking.goods import arrived, claimed
from tests.desk import Desk


def opened(*items: tuple[ItemCode, LotCode | None], percent: int = 5) -> OpenCount:
    lines = items or ((VALVE, None),)
    return OpenCount(key="c-1", code="CC-1", location=RENO, items=lines, tolerance_percent=Decimal(percent))


def counted(*units: int, version: int = 1, key: str = "c-2") -> EnterCount:
    return EnterCount(key=key, code="CC-1", version=version, found=dict(enumerate(units, start=1)))


TO_1 = TransferOrderNo("TO-1")
POST = PostCount(key="c-3", code="CC-1", version=2)


def test_a_difference_within_the_tolerance_is_posted_by_who_counted(desk: Desk) -> None:
    with desk.open() as uow:
        assert open_count(uow, opened()) == CountAt(code="CC-1", state=CountState.OPEN, version=1)
        assert enter_count(uow, counted(57)) == CountAt(code="CC-1", state=CountState.COUNTED, version=2)

        posted = post_count(uow, POST, MARIA)

        assert posted == CountPosted(code="CC-1", differences=((1, -3),), hurt=())
        assert post_count(uow, POST, MARIA) == posted
        assert uow.stock.balance(VALVE, RENO).on_hand == 57
        assert [(m.quantity, m.destination, m.reason) for m in uow.stock.moves_of("CC-1")] == [
            (3, "(adjustment)", "count")
        ]


def test_a_greater_difference_is_approved_by_another_person(desk: Desk) -> None:
    with desk.open() as uow:
        open_count(uow, opened())
        assert enter_count(uow, counted(56)).needs_another

    for who in (MARIA, VIVIAN):
        with pytest.raises(NotAuthorisedError, match="somebody other than 'maria' approves it"), desk.open() as uow:
            post_count(uow, POST, who)

    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 60
        assert post_count(uow, POST, OMAR).differences == ((1, -4),)
        assert uow.counts.get("CC-1").approved_by == "omar"


def test_a_count_below_what_is_reserved_is_the_truth_and_the_latest_promise_loses(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many(
            [
                claimed(20, "SO-1/1", order=SO_1, line=1),
                claimed(15, "SO-1/2", order=SO_1, line=2),
                claimed(10, "SO-2/1", order=SO_2, line=1),
            ]
        )
        open_count(uow, opened())
        enter_count(uow, counted(18))

        posted = post_count(uow, POST, PAUL)

        # TO-1 is for no order line and loses first, then the line due last.
        assert [(h.reference, h.units) for h in posted.hurt] == [
            ("TO-1", 10),
            ("SO-1/2", 15),
            ("SO-2/1", 10),
            ("SO-1/1", 2),
        ]
        level = uow.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.reserved) == (18, 18)
        assert uow.supply.transfer(TO_1).state is SupplyState.CANCELLED


def test_a_transfer_that_loses_some_of_its_units_moves_the_rest(desk: Desk) -> None:
    with desk.open() as uow:
        open_count(uow, opened())
        enter_count(uow, counted(6))

        posted = post_count(uow, POST, OMAR)

        assert [(h.reference, h.units) for h in posted.hurt] == [("TO-1", 4)]
        transfer = uow.supply.transfer(TO_1)
        assert (transfer.quantity, transfer.state) == (6, SupplyState.OPEN)
        assert uow.stock.balance(VALVE, RENO).reserved == 6


def test_what_a_location_is_sending_is_not_counted_away(desk: Desk) -> None:
    with desk.open() as uow:
        shipment = released(uow)
        open_count(uow, opened())
        enter_count(uow, counted(3))

    with pytest.raises(ConflictError, match=f"are being sent by {shipment}; record the picks"), desk.open() as uow:
        post_count(uow, POST, OMAR)

    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 60
        assert uow.supply.transfer(TO_1).state is SupplyState.OPEN
        assert uow.counts.get("CC-1").state is CountState.COUNTED


def released(uow: UnitOfWork) -> str:
    """Mesa's 20 valves, released at Reno."""
    version = uow.orders.order(SO_2).version
    return release_order(uow, ReleaseOrder(key="rel", order=SO_2, version=version)).shipments[0]


def test_what_moved_since_it_was_counted_is_kept(desk: Desk) -> None:
    with desk.open() as uow:
        lot = arrived(uow, "A", 10)
        open_count(uow, opened((VALVE, lot)))
        enter_count(uow, counted(9))
        adjust_stock(uow, adjusted(-4, lot=lot))

        post_count(uow, POST, OMAR)

        assert [part.on_hand for part in uow.lots.where(lot)] == [5]


def test_a_count_is_entered_whole_and_at_the_version_that_was_read(desk: Desk) -> None:
    with desk.open() as uow:
        open_count(uow, opened())

    with pytest.raises(InvalidValueError, match=r"has the lines \[1\]"), desk.open() as uow:
        enter_count(uow, counted(1, 2))
    with pytest.raises(ConflictError, match="is at version 1, not 7"), desk.open() as uow:
        enter_count(uow, counted(60, version=7))
    with pytest.raises(ConflictError, match="is open"), desk.open() as uow:
        post_count(uow, POST, OMAR)


def adjusted(by: int, key: str = "a-1", **values: object) -> AdjustStock:
    given: dict[str, object] = {"item": VALVE, "location": RENO, "reason": AdjustReason.DAMAGE, **values}
    return AdjustStock(key=key, document="AD-1", by=by, **given)  # pyright: ignore[reportArgumentType]


def test_an_adjustment_has_a_reason_and_is_made_once(desk: Desk) -> None:
    with desk.open() as uow:
        first = adjust_stock(uow, adjusted(-4, note="forklift"))

        assert first == StockAdjusted(on_hand=56, hurt=()) == adjust_stock(uow, adjusted(-4, note="forklift"))
        assert [move.reason for move in uow.stock.moves_of("AD-1")] == ["damage: forklift"]
        assert uow.stock.balance(VALVE, RENO).on_hand == 56


def test_scrapping_units_of_a_lot_takes_them_from_who_reserved_that_lot(desk: Desk) -> None:
    with desk.open() as uow:
        lot = arrived(uow, "A", 10)
        uow.stock.reserve_many([claimed(8, "R-1", lot=lot), claimed(5, "R-2")])

        done = adjust_stock(uow, adjusted(-6, lot=lot, reason=AdjustReason.SCRAP))

        assert done == StockAdjusted(on_hand=64, hurt=(Hurt(reference="R-1", order=None, line=None, units=4),))
        assert [part.on_hand - part.reserved for part in uow.lots.where(lot)] == [0]


def test_an_adjustment_by_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="by 0 changes nothing"), desk.open() as uow:
        adjust_stock(uow, adjusted(0))

"""Fulfilment in a wider company: rates and stores, lots that expire, serial numbers, carriers that lose things."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.connectors.documents import ReportlabDocuments
from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError, NotFoundError
from core.domain.ids import CarrierCode, ItemCode, LotCode, SerialNo
from core.domain.lots import Lot
from core.domain.order_life import OrderState
from core.domain.returns import DispositionKind, ReturnReason
from core.domain.shipments import ShipmentState, TrackingEvent, TrackingKind
from core.domain.sourcing import ShippingMethod, WhyNot
from core.domain.stock import StockMove, VirtualPlace
from core.services.fulfilment.choosing import explain
from core.services.fulfilment.papers import packing_slip_paper, pick_list_paper
from core.services.fulfilment.picking import Pick, RecordPicks, record_picks
from core.services.fulfilment.tracking import RecordTracking, Reship, record_tracking, reship
from core.services.returning.receiving import Dispose, DisposeReturn, TakenOut, dispose_return
from core.services.returning.reporting import unit_history
from core.services.returning.requesting import AskedBack, RequestReturn, request_return
from core.services.stocking.binning import PutInBin, put_in_bin
from tests.builders import HOUSTON, RENO, SO_2, VALVE, YARD, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.returning.counter import RMA, Counter
from tests.desk import Desk

RATES = """
INSERT INTO carriers (code, name) VALUES ('ROAD', 'Road');
INSERT INTO freight_rates (carrier, service, origin_id, region, days, shipment_cost, kilogram_cost, carbon)
SELECT 'ROAD', 'ground', l.id, 'WEST', CASE l.code WHEN 'RENO' THEN 2 ELSE 4 END, 20, 1, 0 FROM locations l
WHERE l.code IN ('HOUSTON', 'RENO')"""
LOTS = """
UPDATE items SET lot_control = 'lot' WHERE code = 'VALVE-3';
UPDATE customers SET shelf_life_days = 30 WHERE code = 'MESA';
INSERT INTO lots (code, item_id, status, received_on, expires_on, supplier_lot, origin, recorded_at)
SELECT v.code, i.id, 'available', '2024-09-01', v.expires::date, '', 'DE', now() FROM items i,
    (VALUES ('L-OLD', '2024-10-20'), ('L-MID', '2025-01-31'), ('L-NEW', '2025-06-30')) v(code, expires)
WHERE i.code = 'VALVE-3';
INSERT INTO stock_moves (item_id, origin_id, destination_id, quantity, reason, reference, moved_on, recorded_at, lot_id)
SELECT i.id, f.id, t.id, v.units, 'counted', 'lots', '2024-10-01', now(), o.id
FROM items i, locations f, locations t, lots o, (VALUES ('L-OLD', 9), ('L-MID', 12), ('L-NEW', 30)) v(code, units)
WHERE i.code = 'VALVE-3' AND f.code = '(adjustment)' AND t.code = 'RENO' AND o.code = v.code"""
SERIALS = "UPDATE items SET lot_control = 'serial' WHERE code = 'VALVE-3'"


def receive_units(desk: Desk) -> None:
    """Twenty-five valves come to Reno, each with a serial number."""
    desk.alter(SERIALS)
    units = tuple(SerialNo(f"V{number}") for number in range(1, 26))
    with desk.open() as uow:
        uow.lots.add(Lot(code=LotCode("L-S"), item=VALVE))
        received = StockMove(
            item=VALVE,
            origin=VirtualPlace.SUPPLIER.location,
            destination=RENO,
            quantity=25,
            reason="received",
            reference="GR-1",
            moved_on=day(-1),
            lot=LotCode("L-S"),
            serials=units,
        )
        uow.stock.move((received,))


def report(kind: TrackingKind, number: str, *, hour: int, expected: int | None = None) -> RecordTracking:
    """What the carrier says of the first shipment on the day it left."""
    at = datetime(2024, 10, 4, hour, tzinfo=UTC)
    expected_on = None if expected is None else day(expected)
    event = TrackingEvent(event=number, kind=kind, happened_at=at, expected_on=expected_on)
    return RecordTracking(key=f"{number} {hour}", shipment="SO-2-S1", event=event)


def test_a_choice_is_explained_with_what_every_location_costs(desk: Desk) -> None:
    desk.alter(RATES)
    desk.alter("UPDATE customers SET region = 'WEST' WHERE code = 'MESA'")

    with desk.open() as uow:
        decision = explain(uow, SO_2)

    (shipment,) = decision.shipments
    assert (shipment.location, shipment.carrier, shipment.cost.freight) == (RENO, CarrierCode("ROAD"), Decimal("20.00"))
    assert {x.location: x.why_not for x in decision.looked_at}[YARD] is WhyNot.MAY_NOT_SHIP
    with desk.open() as uow:
        assert uow.shipments.of_order(SO_2) == ()


def test_a_customer_collects_in_a_store(desk: Desk) -> None:
    desk.alter("UPDATE locations SET kind = 'store', pick_up = true WHERE code = 'RENO'")
    house = Warehouse(desk)

    house.release(method=ShippingMethod.PICK_UP, store=RENO)

    shipment = house.shipment("SO-2-S1")
    assert (shipment.method, shipment.service, shipment.carrier) == (ShippingMethod.PICK_UP, "pick-up", None)
    house.send("SO-2-S1")
    house.deliver("SO-2-S1")
    assert house.line().state is OrderState.DELIVERED


def test_no_more_lines_are_released_than_a_location_picks_in_a_day(desk: Desk) -> None:
    desk.alter("UPDATE locations SET lines_a_day = 1 WHERE code = 'RENO'")
    house = Warehouse(desk)
    house.release()
    desk.alter("UPDATE sales_order_lines SET ordered = ordered + 2 WHERE ordered = 30")
    desk.alter("UPDATE schedule_lines SET quantity = quantity + 2 WHERE state <> 'shipped' AND quantity = 20")

    first, second = house.shipment("SO-2-S1"), house.shipment(house.release().shipments[0])

    assert second.ship_on > first.ship_on


def test_what_expires_first_goes_first_if_it_lives_as_long_as_the_customer_asks(desk: Desk) -> None:
    desk.alter(LOTS)
    house = Warehouse(desk)

    house.release()

    lines = house.shipment("SO-2-S1").lines
    assert [(part.lot, part.quantity) for part in lines] == [("L-MID", 12), ("L-NEW", 8)]
    house.send("SO-2-S1")
    with desk.open() as uow:
        assert [(x.lot.code, x.on_hand) for x in uow.lots.stock_of(VALVE, RENO)] == [("L-NEW", 22), ("L-OLD", 9)]
    assert house.broken() == []


def test_a_unit_is_followed_by_its_serial_number_through_sale_return_and_reuse(desk: Desk) -> None:
    receive_units(desk)
    desk.alter("UPDATE locations SET takes_returns = true WHERE code = 'RENO'")
    house = Warehouse(desk)
    house.release()
    units = tuple(f"V{number}" for number in range(1, 21))
    with pytest.raises(InvalidValueError, match="needs 20 different serial numbers"):
        house.pick("SO-2-S1")
    with desk.open() as uow:
        picks = (Pick(position=1, quantity=20, serials=units),)
        record_picks(uow, RecordPicks(key="s", shipment="SO-2-S1", version=1, picks=picks))
    house.pack("SO-2-S1")
    house.ship("SO-2-S1")
    house.deliver("SO-2-S1")
    counter = Counter(desk=desk, house=house)
    never_left = (AskedBack(line=1, quantity=1, reason=ReturnReason.END_OF_LIFE, serial="V21"),)
    back = (AskedBack(line=1, quantity=1, reason=ReturnReason.END_OF_LIFE, serial="V7"),)

    with pytest.raises(InvalidValueError, match="unit 'V21' of 'VALVE-3' did not leave with"), desk.open() as uow:
        request_return(uow, RequestReturn(key="r0", order=SO_2, location=RENO, lines=never_left))
    with desk.open() as uow:
        request_return(uow, RequestReturn(key="r", order=SO_2, location=RENO, lines=back))
    counter.taken_in(1)
    seal = TakenOut(item=ItemCode("SEAL"), quantity=2)
    reuse = Dispose(position=1, kind=DispositionKind.REUSE, quantity=1, components=(seal,))
    with desk.open() as uow:
        dispose_return(uow, DisposeReturn(key="d", number=RMA, version=counter.rma().version, parts=(reuse,)))

    with desk.open() as uow:
        history = unit_history(uow, VALVE, SerialNo("V7"))
        assert [(x.event, x.document, x.place) for x in history] == [
            ("received", "GR-1", "(supplier) -> RENO"),
            ("shipped", "SO-2-S1", "RENO -> (customer)"),
            ("returned", RMA, "(customer) -> RENO"),
            ("reuse", RMA, "RENO -> (production)"),
        ]
        assert [(x.item, x.quantity) for x in uow.returns.retrieved(RMA)] == [("SEAL", 2)]
        assert uow.stock.balance(ItemCode("SEAL"), RENO).on_hand == 2
    assert house.broken() == []


def test_a_unit_nobody_knows_has_no_history(desk: Desk) -> None:
    with desk.open() as uow, pytest.raises(NotFoundError, match="there is no serial number 'V99'"):
        unit_history(uow, VALVE, SerialNo("V99"))


def test_what_a_carrier_reports_counts_once_and_in_its_own_order(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")

    for command in (
        report(TrackingKind.LATE, "2", hour=9, expected=12),
        report(TrackingKind.IN_TRANSIT, "1", hour=8, expected=6),
        report(TrackingKind.LATE, "2", hour=9, expected=12),
    ):
        with desk.open() as uow:
            record_tracking(uow, command)

    shipment = house.shipment("SO-2-S1")
    assert (shipment.problem, shipment.expected_on) == ("late", day(12))
    with desk.open() as uow:
        assert [event.event for event in uow.shipments.tracking("SO-2-S1")] == ["1", "2"]


def test_a_lost_shipment_is_made_good_once_and_is_not_owed_twice(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    with desk.open() as uow:
        record_tracking(uow, report(TrackingKind.LOST, "3", hour=9))
    lost = house.shipment("SO-2-S1")
    assert (lost.state, house.line().state) == (ShipmentState.LOST, OrderState.SHIPPED)

    with desk.open() as uow:
        made = reship(uow, Reship(key="again", shipment="SO-2-S1", version=lost.version))
    with pytest.raises(ConflictError, match="is made good by SO-2-S2 already"), desk.open() as uow:
        reship(uow, Reship(key="and again", shipment="SO-2-S1", version=lost.version))

    assert made.shipments == ("SO-2-S2",)
    house.send("SO-2-S2")
    assert house.line().shipped == 25
    house.deliver("SO-2-S2")
    assert (house.line().state, house.line().delivered) == (OrderState.DELIVERED, 20)
    house.deliver("SO-2-S1")
    assert house.line().delivered == 20
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 20
    assert house.broken() == []


def test_what_has_not_left_is_not_tracked_and_what_is_well_is_not_sent_again(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()

    with pytest.raises(IllegalTransitionError, match="only what has left is tracked"), desk.open() as uow:
        record_tracking(uow, report(TrackingKind.LATE, "1", hour=9))
    house.send("SO-2-S1")
    version = house.shipment("SO-2-S1").version
    with pytest.raises(IllegalTransitionError, match="neither lost nor damaged"), desk.open() as uow:
        reship(uow, Reship(key="again", shipment="SO-2-S1", version=version))


def test_papers_of_a_shipment_can_be_printed(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    with desk.open() as uow:
        put_in_bin(uow, PutInBin(key="bin", location=RENO, item=VALVE, zone="B", bin="07"))
    house.pick_list(day(1), at=RENO)
    with desk.open() as uow:
        listed = house.shipment("SO-2-S1").pick_list
        paper = pick_list_paper(uow, str(listed))
    assert paper.rows == (("B", "07", "VALVE-3", "3-inch valve", "", "20", "EA", "SO-2-S1/1", "____"),)
    house.send("SO-2-S1")

    with desk.open() as uow:
        slip = packing_slip_paper(uow, "SO-2-S1")

    assert slip.rows == (("1", "1", "VALVE-3", "3-inch valve", "", "", "20", "EA"),)
    assert ("Customer", "Mesa Water (MESA)") in slip.facts
    assert ReportlabDocuments().pdf(slip).startswith(b"%PDF-")


def test_houston_is_looked_at_too(desk: Desk) -> None:
    with desk.open() as uow:
        places = {x.location for x in explain(uow, SO_2).looked_at}

    assert places == {HOUSTON, RENO, YARD}

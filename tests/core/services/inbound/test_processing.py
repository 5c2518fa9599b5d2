"""What came is done once with people's own commands; what nothing can be made of is put aside and stops nobody."""

from datetime import timedelta
from typing import Any

import pytest

from core.domain.ids import LocationCode
from core.domain.inbound import TRIES, InboundState, Message, SourceKind
from core.domain.supply_life import PurchaseStage
from core.domain.users import WORKER_NAME
from core.services.inbound.doing import NOTHING_NEW
from core.services.inbound.processing import FIRST_PAUSE, process, quarantined, retry
from tests.builders import RENO, VALVE, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.inbound.partners import arrives, envelope, messages, program, source, worked
from tests.core.services.supplying.works import PO_9, sent
from tests.desk import Desk

TRACKED = "shipment.tracked"


@pytest.fixture(autouse=True)
def _program(desk: Desk) -> None:
    program(desk)


def acknowledged(*, reference: str = "ACK-1", due: int = 19, **values: Any) -> dict[str, object]:
    line = {"line": 1, "answer": "changed", "quantity": 15, "due": day(due).isoformat()}
    return {"purchase_order": "PO-9", "reference": reference, "lines": [line | values]}


def ended(desk: Desk) -> list[tuple[str, str]]:
    """State, and why or what."""
    return [(one.state.value, one.code or one.said) for one in messages(desk)]


def test_a_supplier_answers_its_purchase_order(desk: Desk) -> None:
    source(desk)
    sent(desk)
    arrives(desk, envelope("purchase_order.acknowledged", acknowledged()))

    assert worked(desk).done == 1

    with desk.open() as uow:
        (line,) = uow.purchasing.lines(PO_9)
        assert uow.purchasing.order(PO_9).stage is PurchaseStage.ACKNOWLEDGED
        trail = uow.audit.trail(f"purchase:{PO_9}")
    assert (line.confirmed, line.due) == (15, day(19))
    assert ("edi-in", "purchase_order_answered") in [(who, what) for _, who, what, _, _ in trail]
    assert ended(desk) == [("done", "purchase order PO-9 is acknowledged")]


def test_an_older_answer_does_not_undo_a_newer_one(desk: Desk) -> None:
    source(desk)
    sent(desk)
    newer = acknowledged(reference="ACK-2", due=25)
    arrives(desk, envelope("purchase_order.acknowledged", newer, id="e-2", version=2))
    arrives(desk, envelope("purchase_order.acknowledged", acknowledged(), id="e-1", version=1))

    worked(desk)

    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].due == day(25)
    assert ended(desk) == [("done", "purchase order PO-9 is acknowledged"), ("done", NOTHING_NEW)]


def test_a_supplier_speaks_for_its_own_orders_alone(desk: Desk) -> None:
    source(desk, name="delta", party="DELTA")
    sent(desk)
    arrives(desk, envelope("purchase_order.acknowledged", acknowledged()), name="delta")
    arrives(desk, envelope("stock.counted", {"items": [{"item": "VALVE-3", "units": 0}]}, id="e-2"), name="delta")

    worked(desk)

    assert ended(desk) == [("quarantined", "not_found"), ("quarantined", "not_authorised")]
    with desk.open() as uow:
        assert uow.purchasing.order(PO_9).stage is PurchaseStage.SENT


def test_a_supplier_that_is_late_raises_a_signal(desk: Desk) -> None:
    source(desk)
    said = {"text": "our foundry is flooded", "first": day(1).isoformat(), "last": day(9).isoformat()}
    arrives(desk, envelope("supply.delayed", said))

    worked(desk)

    with desk.open() as uow:
        (signal,) = uow.signals.open()
    assert (signal.supplier, signal.text, signal.first, signal.last) == (
        "GULF",
        "our foundry is flooded",
        day(1),
        day(9),
    )


def test_a_carrier_reports_in_its_own_order_and_on_its_own_shipments(desk: Desk) -> None:
    desk.alter("INSERT INTO carriers (code, name) VALUES ('ROAD', 'Road'), ('RAIL', 'Rail')")
    source(desk, name="road", kind=SourceKind.CARRIER, party="ROAD")
    source(desk, name="rail", kind=SourceKind.CARRIER, party="RAIL")
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    desk.alter("UPDATE shipments SET carrier = 'ROAD' WHERE number = 'SO-2-S1'")
    late = {"shipment": "SO-2-S1", "event": "2", "kind": "late", "happened_at": "2024-10-04T09:00:00+00:00"}
    moving = late | {"event": "1", "kind": "in_transit", "happened_at": "2024-10-04T08:00:00Z"}

    arrives(desk, envelope(TRACKED, late | {"expected_on": day(12).isoformat()}, id="e-2"), name="road")
    arrives(desk, envelope(TRACKED, moving | {"expected_on": day(6).isoformat()}, id="e-1"), name="road")
    arrives(desk, envelope(TRACKED, late | {"event": "9", "kind": "lost"}, id="e-9"), name="rail")
    worked(desk)

    shipment = house.shipment("SO-2-S1")
    assert (shipment.problem, shipment.expected_on, shipment.state.value) == ("late", day(12), "shipped")
    assert [state for state, _ in ended(desk)] == ["done", "done", "quarantined"]


def test_a_count_as_the_books_say_is_posted_and_any_other_waits_for_a_person(desk: Desk) -> None:
    source(desk, name="wms", kind=SourceKind.WAREHOUSE, party="RENO")
    arrives(desk, envelope("stock.counted", {"items": [{"item": "VALVE-3", "units": 60}]}, id="e-1"), name="wms")
    arrives(desk, envelope("stock.counted", {"items": [{"item": "VALVE-3", "units": 7}]}, id="e-2"), name="wms")

    worked(desk)

    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 60
        assert [sheet.code for sheet in uow.counts.waiting(VALVE, LocationCode("RENO"))] == ["wms-e-2"]
    assert ended(desk) == [
        ("done", "count wms-e-1 is as the books say"),
        ("done", "count wms-e-2 differs from the books and waits for a person"),
    ]


POISON = {
    "no JSON": b"PO-9 is late",
    "not text": b"\xff\xfe\x00",
    "nothing": b"",
    "a key twice": b'{"id":"a","id":"b","type":"supply.delayed","data":{"text":"x"}}',
    "no number": b'{"id":"a","type":"supply.delayed","data":{"text":"x","n":NaN}}',
    "out of reach": b'{"id":"a","type":"supply.delayed","data":{"text":"x","n":1E+1000000}}',
    "many digits": b'{"id":"a","type":"supply.delayed","data":{"text":"x","n":' + b"9" * 10_000 + b"}}",
    "deep": b'{"id":"a","type":"supply.delayed","data":' + b'{"a":' * 50 + b"1" + b"}" * 50 + b"}",
    "bottomless": b"[" * 100_000,
    "a list": b"[]",
    "no such type": b'{"id":"a","type":"supply.exploded","data":{}}',
    "no id": b'{"type":"supply.delayed","data":{"text":"x"}}',
    "a NUL": b'{"id":"a","type":"supply.delayed","data":{"text":"x\\u0000"}}',
    "half a character": b'{"id":"a","type":"supply.delayed","data":{"text":"\\ud800"}}',
    "a day that is none": b'{"id":"a","type":"supply.delayed","data":{"text":"x","first":"2024-02-31"}}',
    "ends before it begins": b'{"id":"a","type":"supply.delayed","data":{"text":"x","first":"2024-03-02","last":'
    b'"2024-03-01"}}',
    "an order nobody knows": b'{"id":"a","type":"purchase_order.acknowledged","data":{"purchase_order":"PO-0",'
    b'"reference":"R","lines":[{"line":1,"answer":"accepted"}]}}',
    "a float for units": b'{"id":"a","type":"purchase_order.acknowledged","data":{"purchase_order":"PO-9",'
    b'"reference":"R","lines":[{"line":1,"answer":"changed","quantity":1.0}]}}',
}


@pytest.mark.parametrize("raw", POISON.values(), ids=POISON.keys())
def test_poison_is_put_aside_once_with_its_reason_and_what_is_behind_it_goes_on(desk: Desk, raw: bytes) -> None:
    source(desk)
    arrives(desk, raw)
    arrives(desk, envelope("supply.delayed", {"text": "a storm"}, id="good"))

    first, second = worked(desk), worked(desk)

    assert (first.done, first.quarantined, second.done, second.quarantined) == (1, 1, 0, 0)
    bad, good = messages(desk)
    assert (bad.state, good.state) == (InboundState.QUARANTINED, InboundState.DONE)
    assert bad.code in {"invalid_value", "not_found"}
    assert bad.said
    with desk.open() as uow:
        assert [one.id for one in quarantined(uow)] == [bad.id]
        assert f"message {bad.id} of gulf" in {task.subject for task in uow.tasks.listed()}


def test_what_was_put_aside_is_worked_on_again_when_a_person_says_so(desk: Desk) -> None:
    source(desk)
    arrives(desk, envelope("purchase_order.acknowledged", acknowledged()))
    worked(desk)
    sent(desk)

    with desk.open() as uow:
        retry(uow, messages(desk)[0].id)
    worked(desk)

    assert ended(desk) == [("done", "purchase order PO-9 is acknowledged")]


def test_a_fault_of_ours_is_tried_five_times_and_then_put_aside(desk: Desk) -> None:
    source(desk)
    arrives(desk, envelope("supply.delayed", {"text": "a storm"}))

    def broken(raw: bytes) -> Message:
        raise ZeroDivisionError

    found = [process(desk.open_uow, broken, by=WORKER_NAME)]
    for turn in range(TRIES - 1):
        desk.clock.now += FIRST_PAUSE * 4**turn
        found.append(process(desk.open_uow, broken, by=WORKER_NAME))

    assert [(one.later, one.quarantined) for one in found] == [*[(1, 0)] * (TRIES - 1), (0, 1)]
    assert ended(desk) == [("quarantined", "internal_error")]


def test_what_was_done_and_that_it_was_done_are_one(desk: Desk) -> None:
    source(desk)
    sent(desk)
    arrives(desk, envelope("purchase_order.acknowledged", acknowledged()))
    desk.alter(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;"
        "CREATE TRIGGER die BEFORE UPDATE ON inbound_events FOR EACH ROW WHEN (NEW.state = 'done')"
        " EXECUTE FUNCTION die()"
    )

    worked(desk)
    with desk.open() as uow:
        before = uow.purchasing.order(PO_9).stage
    desk.alter("DROP TRIGGER die ON inbound_events; DROP FUNCTION die()")
    desk.clock.now += timedelta(hours=1)
    worked(desk)

    assert before is PurchaseStage.SENT
    assert ended(desk) == [("done", "purchase order PO-9 is acknowledged")]

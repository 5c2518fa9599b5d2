"""What happens in the books becomes deliveries, in the transaction in which it happens, for those that may hear."""

import pytest
from sqlalchemy.exc import ProgrammingError

from core.bootstrap.batching import placing
from core.bootstrap.opening import open_books
from core.domain.errors import ConflictError
from core.domain.ids import UserName
from core.domain.order_life import OrderState
from core.domain.scopes import Scope
from core.domain.users import AGENT_NAME, Role, User
from core.domain.webhooks import Topic
from core.services.halting import HaltCommand, ResumeCommand, halt, resume
from core.services.ordering.placing import place_order
from tests.builders import HARBOR, MARIA, MESA, OMAR, SO_1, SO_2, buy, transfer
from tests.core.db.batching.test_placing import order, placed
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.supplying.works import sent
from tests.core.services.webhooks.receiving import Receiver, delivered, deliveries, gathered, hook
from tests.desk import Desk


def told(desk: Desk) -> list[dict[str, object]]:
    """What a receiver hears of all that happened."""
    receiver = Receiver()
    gathered(desk)
    delivered(desk, receiver)
    return [{key: one[key] for key in ("type", "subject", "data")} for one in receiver.told]


def notes(desk: Desk) -> int:
    with desk.open() as uow:
        return len(uow.webhooks.take_noted(limit=1000))


def test_nothing_is_noted_while_nobody_is_told_of_it(desk: Desk) -> None:
    desk.executed(transfer())
    hook(desk, Topic.SCAN_FINISHED)

    sent(desk)

    assert notes(desk) == 0


def test_what_is_rolled_back_is_not_told(desk: Desk) -> None:
    hook(desk, Topic.HALT_CHANGED)

    with pytest.raises(ConflictError):
        _halt_twice(desk)

    assert notes(desk) == 0


def _halt_twice(desk: Desk) -> None:
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="a fire drill"))
        halt(uow, HaltCommand(reason="and another"))


def test_a_plan_is_told_from_its_case_to_its_execution(desk: Desk) -> None:
    hook(
        desk,
        Topic.CASE_OPENED,
        Topic.STOCK_SHORT,
        Topic.APPROVAL_REQUESTED,
        Topic.APPROVAL_DECIDED,
        Topic.PLAN_EXECUTED,
        Topic.PURCHASE_ORDER_SENT,
    )

    approval = desk.executed(buy())

    found = {str(one["type"]): one["data"] for one in told(desk)}
    assert found["case.opened"] == {"case": "CASE-1", "type": "E01", "exposure": "1000.00"}
    assert found["stock.short"] == {"case": "CASE-1", "type": "E01", "item": "VALVE-3", "location": "HOUSTON"}
    assert found["approval.decided"] == {
        "approval": approval.id,
        "about": "CASE-1",
        "decision": "approve",
        "by": "maria",
        "role": "operations_manager",
        "plan_hash": approval.plan_hash,
    }
    assert found["plan.executed"] == {"approval": approval.id, "plan_hash": approval.plan_hash}
    assert found["purchase_order.sent"] == {"purchase_order": "PO-1.1A-2"}
    assert len(found) == 6


def test_a_shipment_and_an_order_are_told_without_names_of_people(desk: Desk) -> None:
    hook(desk, Topic.SHIPMENT_SHIPPED, Topic.SHIPMENT_DELIVERED)
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    house.deliver("SO-2-S1")

    assert told(desk) == [
        {"type": "shipment.shipped", "subject": "SO-2-S1", "data": {"shipment": "SO-2-S1"}},
        {"type": "shipment.delivered", "subject": "SO-2-S1", "data": {"shipment": "SO-2-S1"}},
    ]


def test_only_the_step_that_cancels_an_order_is_told_as_such(desk: Desk) -> None:
    hook(desk, Topic.ORDER_CANCELLED)

    with desk.open() as uow:
        before = uow.orders.order(SO_1).state
        uow.orders.advance(SO_1, None, to=OrderState.CANCELLED, why="the customer closed down")

    assert told(desk) == [
        {"type": "order.cancelled", "subject": "SO-1", "data": {"order": "SO-1", "state_before": before.value}}
    ]


def test_a_link_of_the_log_is_told_once_to_each_who_asked(desk: Desk) -> None:
    hook(desk, Topic.HALT_CHANGED, name="w1")
    hook(desk, Topic.HALT_CHANGED, Topic.CASE_OPENED, name="w2")

    with desk.open() as uow:
        halt(uow, HaltCommand(reason="a fire drill"))

    assert [gathered(desk), gathered(desk)] == [2, 0]
    assert sorted((one.webhook, one.topic.value) for one in deliveries(desk)) == [
        ("w1", "halt.changed"),
        ("w2", "halt.changed"),
    ]
    assert len({one.event for one in deliveries(desk)}) == 1


def test_orders_of_a_batch_are_told_as_those_of_a_store_are(desk: Desk) -> None:
    hook(desk, Topic.ORDER_PLACED, Topic.PROMISE_MADE)

    with open_books(desk.urls.app, frozen=desk.clock.read) as books, placing(books) as batcher:
        placed([batcher], order("SO-7", 2), order("SO-8", 3))
    with desk.open() as uow:
        place_order(uow, order("SO-9", 1))

    found = told(desk)
    assert sorted((str(one["type"]), str(one["subject"])) for one in found) == [
        *(("order.placed", number) for number in ("SO-7", "SO-8", "SO-9")),
        *(("promise.made", number) for number in ("SO-7", "SO-8", "SO-9")),
    ]
    assert {frozenset(one["data"]) for one in found if one["type"] == "order.placed"} == {  # type: ignore[call-overload]  # a mapping
        frozenset({"order", "customer", "kind", "lines", "state"})
    }


def test_what_an_agent_writes_down_is_told_and_the_agent_reads_nothing_of_it(desk: Desk) -> None:
    hook(desk, Topic.APPROVAL_REQUESTED)

    with desk.open_agent_uow(AGENT_NAME) as uow:
        facts = {"rule": "r", "expires_at": "2024-10-05"}
        uow.audit.note(scope="case:CASE-1", event="approval_requested", subject="AP-1", facts=facts)

    assert [one["subject"] for one in told(desk)] == ["CASE-1"]
    with pytest.raises(ProgrammingError, match="permission denied"), desk.open_agent_uow(AGENT_NAME) as uow:
        uow.webhooks.take_noted(limit=1)


def test_a_webhook_of_a_customer_hears_of_that_customer_alone(desk: Desk) -> None:
    hook(desk, Topic.ORDER_CANCELLED, Topic.SHIPMENT_SHIPPED, Topic.HALT_CHANGED, scope=Scope.of(None, [HARBOR]))
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    with desk.open() as uow:
        assert (uow.orders.order(SO_1).customer, uow.orders.order(SO_2).customer) == (HARBOR, MESA)
        uow.orders.advance(SO_1, None, to=OrderState.CANCELLED, why="the customer closed down")
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="a fire drill"))
    with desk.open() as uow:
        resume(uow, ResumeCommand())

    assert [one["subject"] for one in told(desk)] == ["SO-1"]


def test_the_webhook_of_somebody_who_left_tells_nothing_more_and_a_person_knows(desk: Desk) -> None:
    hook(desk, Topic.HALT_CHANGED)
    desk.become(User(name=MARIA.name, role=Role.VIEWER, limit=None))
    with desk.open(OMAR.name) as uow:
        halt(uow, HaltCommand(reason="a fire drill"))

    assert gathered(desk) == 0

    with desk.open(UserName("omar")) as uow:
        assert uow.webhooks.active() == ()
        assert uow.webhooks.all()[0].disabled_because == "maria may not manage webhooks any more"
        assert "webhook w1" in {task.subject for task in uow.tasks.listed()}

"""Amendments are shown before they are carried out, carried out as they were shown, and one at a time."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from core.domain.amendments import (
    Amendment,
    CancelOpen,
    Change,
    ChangeAddress,
    ChangeDate,
    ChangeItem,
    ChangeQuantity,
)
from core.domain.errors import (
    ConflictError,
    IllegalTransitionError,
    InvalidValueError,
    NotAuthorisedError,
    ProposalStaleError,
)
from core.domain.ids import UserName
from core.domain.order_life import OrderState
from core.domain.schedules import ScheduleLine, ScheduleState
from core.domain.stock import Claim
from core.domain.timeline import TimelineKind
from core.domain.users import WORKER_NAME
from core.services.ordering.amending import AmendOrder, CancelOrder, OrderAmended, amend, cancel_order, cancel_past
from core.services.ordering.previewing import preview_amendment
from tests.builders import HOUSTON, MARIA, RENO, SEAL, SO_1, SO_2, VALVE, VIVIAN, day
from tests.core.services.ordering.entries import counts
from tests.desk import Desk

FROZEN = "UPDATE items SET demand_fence_days = 7 WHERE code = 'VALVE-3'"


PRICED = "UPDATE items SET list_price = 25 WHERE code = 'VALVE-3'"


def asked(*changes: Change) -> Amendment:
    return Amendment(order=SO_1, changes=changes, reason="the customer called")


def shown(desk: Desk, amendment: Amendment, *, key: str = "a-1") -> AmendOrder:
    """The command that carries out what is shown now."""
    with desk.open() as uow:
        preview = preview_amendment(uow, amendment)
    return AmendOrder(key=key, amendment=amendment, version=preview.version, preview_digest=preview.digest)


def carried_out(desk: Desk, *changes: Change, actor: UserName = MARIA.name) -> OrderAmended:
    command = shown(desk, asked(*changes))
    with desk.open(actor) as uow:
        return amend(uow, command)


def reserved(desk: Desk, quantity: int, reference: str = "SO-1/1") -> None:
    with desk.open() as uow:
        uow.stock.reserve_many(
            [Claim(item=VALVE, location=RENO, quantity=quantity, reference=reference, order=SO_1, line=1)]
        )


def test_a_preview_says_everything_and_changes_nothing(desk: Desk) -> None:
    reserved(desk, 30)
    before = counts(desk)

    with desk.open() as uow:
        preview = preview_amendment(
            uow, asked(ChangeQuantity(line=1, quantity=50), ChangeDate(line=2, requested=day(12)))
        )

    assert [one.words for one in preview.consequences] == [
        "quantity 40 -> 50 EA; to be confirmed again; given back: 30 VALVE-3 at RENO",
        "requested 2024-10-14 -> 2024-10-16; promised 2024-10-14 until it is promised again; to be confirmed again",
    ]
    assert (preview.value_before, preview.value_after) == (Decimal("2800.00"), Decimal("3050.00"))
    assert preview.state_after is OrderState.VALIDATED
    assert not preview.needs_person
    assert counts(desk) == before


def test_more_is_ordered_and_has_to_be_confirmed_again(desk: Desk) -> None:
    desk.alter(PRICED)
    reserved(desk, 30)

    done = carried_out(desk, ChangeQuantity(line=1, quantity=50))

    with desk.open() as uow:
        line = uow.orders.line(SO_1, 1)
        assert (line.ordered, line.state, line.first_promised) == (50, OrderState.VALIDATED, day(5))
        assert uow.stock.claims_of(SO_1, 1) == ()
        assert uow.orders.schedule(SO_1, 1) == (
            ScheduleLine(day=day(5), quantity=40, location=HOUSTON),
            ScheduleLine(day=None, quantity=10, location=HOUSTON, state=ScheduleState.BACKORDERED),
        )
    assert (done.version, done.state) == (2, OrderState.VALIDATED)


def test_a_price_that_nobody_knows_holds_what_was_changed(desk: Desk) -> None:
    done = carried_out(desk, ChangeQuantity(line=1, quantity=50))

    with desk.open() as uow:
        assert uow.orders.line(SO_1, 1).state is OrderState.ON_HOLD
        assert uow.orders.line(SO_1, 1).held_from is OrderState.VALIDATED
        assert uow.orders.line(SO_1, 2).state is OrderState.CONFIRMED
    assert len(done.holds) == 1


def test_less_is_ordered_and_what_is_held_beyond_it_is_given_back(desk: Desk) -> None:
    reserved(desk, 20)
    reserved(desk, 10, "SO-1/1-2")

    carried_out(desk, ChangeQuantity(line=1, quantity=15))

    with desk.open() as uow:
        line = uow.orders.line(SO_1, 1)
        assert (line.ordered, line.state) == (15, OrderState.CONFIRMED)
        assert [(claim.reference, claim.held) for claim in uow.stock.claims_of(SO_1, 1)] == [("SO-1/1", 15)]
        assert uow.orders.schedule(SO_1, 1) == (ScheduleLine(day=day(5), quantity=15, location=HOUSTON),)


def test_another_item_takes_the_place_of_what_is_open(desk: Desk) -> None:
    desk.alter("UPDATE items SET list_price = 4 WHERE code = 'SEAL'")

    carried_out(desk, ChangeItem(line=1, item=SEAL))

    with desk.open() as uow:
        old, _, new = uow.orders.lines(SO_1)
    assert (old.item, old.cancelled, old.state) == (VALVE, 40, OrderState.CANCELLED)
    assert (new.line, new.item, new.ordered, new.unit_price, new.state) == (
        3,
        SEAL,
        40,
        Decimal("4.0000"),
        OrderState.VALIDATED,
    )


def test_the_earlier_version_is_kept_whole(desk: Desk) -> None:
    carried_out(desk, ChangeQuantity(line=1, quantity=50), ChangeAddress(address="DOCK-2"))

    with desk.open() as uow:
        first, now = uow.orders.version_of(SO_1, 1), uow.orders.version_of(SO_1, 2)
        kept = uow.orders.amendments(SO_1)
        told = uow.orders.timeline(SO_1)[-1]
    assert (first.order.address, first.lines[0].ordered, first.order.version) == (None, 40, 1)
    assert (now.order.address, now.lines[0].ordered, now.order.version) == ("DOCK-2", 50, 2)
    assert [(one.version, one.amendment.changes) for one in kept] == [
        (1, (ChangeQuantity(line=1, quantity=50), ChangeAddress(address="DOCK-2")))
    ]
    assert (told.kind, told.text) == (
        TimelineKind.AMENDMENT,
        "line 1: quantity 40 -> 50 EA; to be confirmed again; address not given -> DOCK-2 (the customer called)",
    )


def test_inside_the_freeze_fence_a_planner_has_to_agree(desk: Desk) -> None:
    desk.alter(FROZEN)
    command = shown(desk, asked(ChangeQuantity(line=1, quantity=50)))
    before = counts(desk)

    with pytest.raises(NotAuthorisedError, match="a planner or operations_manager may"), desk.open(VIVIAN.name) as uow:
        amend(uow, command)
    assert counts(desk) == before

    with desk.open(MARIA.name) as uow:
        done = amend(uow, command)
        assert uow.orders.amendments(SO_1)[0].agreed_by == MARIA.name
    assert done.done == (
        "line 1: quantity 40 -> 50 EA; to be confirmed again; frozen until 2024-10-11: a planner has to agree",
    )


def test_a_date_inside_the_fence_is_frozen_even_when_the_line_was_not(desk: Desk) -> None:
    desk.alter("UPDATE items SET demand_fence_days = 3 WHERE code = 'PUMP-1'")

    with desk.open() as uow:
        near = preview_amendment(uow, asked(ChangeDate(line=2, requested=day(2))))
        far = preview_amendment(uow, asked(ChangeDate(line=2, requested=day(20))))

    assert (near.needs_person, far.needs_person) == (True, False)


def test_what_would_now_be_different_is_refused(desk: Desk) -> None:
    command = shown(desk, asked(ChangeQuantity(line=1, quantity=50)))
    reserved(desk, 30)
    before = counts(desk)

    with pytest.raises(ProposalStaleError, match="something else than was shown"), desk.open() as uow:
        amend(uow, command)

    assert counts(desk) == before


def test_of_two_amendments_at_once_one_wins(desk: Desk) -> None:
    commands = [shown(desk, asked(ChangeQuantity(line=1, quantity=units)), key=f"a-{units}") for units in (45, 50)]

    def carry_out(command: AmendOrder) -> str:
        try:
            with desk.open() as uow:
                return str(amend(uow, command).version)
        except ConflictError as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(carry_out, commands))

    assert answers == ["2", "conflict"]
    with desk.open() as uow:
        assert uow.orders.order(SO_1).version == 2
        assert len(uow.orders.amendments(SO_1)) == 1


def test_the_same_amendment_again_is_the_same_answer(desk: Desk) -> None:
    command = shown(desk, asked(ChangeQuantity(line=1, quantity=50)))
    with desk.open() as uow:
        first = amend(uow, command)

    with desk.open() as uow:
        assert amend(uow, command) == first


MEANINGLESS: dict[str, tuple[tuple[Change, ...], str]] = {
    "nothing": ((), "accepted is one change or more"),
    "the same quantity": ((ChangeQuantity(line=1, quantity=40),), "other than 40"),
    "none": ((ChangeQuantity(line=1, quantity=0),), "accepted is 1 to"),
    "true": ((ChangeQuantity(line=1, quantity=True),), "quantity is True; accepted is a whole number"),
    "beyond bigint": ((ChangeQuantity(line=1, quantity=2**63),), "accepted is a whole number"),
    "a past date": ((ChangeDate(line=1, requested=day(-1)),), "or later"),
    "the same date": ((ChangeDate(line=1, requested=day(4)),), "other than"),
    "the same item": ((ChangeItem(line=1, item=VALVE),), "another item that is sold"),
    "an item without price": ((ChangeItem(line=1, item=SEAL),), "has no price"),
    "no address": ((ChangeAddress(address=" "),), "the code of one"),
    "no such line": ((CancelOpen(line=9),), "has no line 9; accepted are 1, 2"),
    "two of one line": ((CancelOpen(line=1), ChangeQuantity(line=1, quantity=5)), "two changes of one line"),
}


@pytest.mark.parametrize(("changes", "why"), MEANINGLESS.values(), ids=MEANINGLESS.keys())
def test_a_change_that_means_nothing_is_refused(desk: Desk, changes: tuple[Change, ...], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why), desk.open() as uow:
        preview_amendment(uow, asked(*changes))


def test_what_is_picked_is_not_changed_any_more(desk: Desk) -> None:
    with desk.open() as uow:
        for state in (OrderState.ALLOCATED, OrderState.RELEASED, OrderState.PICKED):
            uow.orders.advance(SO_1, 1, to=state, why="on its way")

    with (
        pytest.raises(IllegalTransitionError, match="SO-1/1 is picked and cannot be changed any more"),
        desk.open() as uow,
    ):
        preview_amendment(uow, asked(ChangeQuantity(line=1, quantity=50)))


def test_an_order_is_cancelled_with_what_it_holds(desk: Desk) -> None:
    reserved(desk, 30)

    with desk.open() as uow:
        done = cancel_order(uow, CancelOrder(key="c-1", order=SO_1, version=1, reason="not needed"))

    with desk.open() as uow:
        assert [(line.cancelled, line.state) for line in uow.orders.lines(SO_1)] == [
            (40, OrderState.CANCELLED),
            (2, OrderState.CANCELLED),
        ]
        assert uow.stock.claims_of(SO_1) == ()
        assert uow.orders.schedule(SO_1, 2) == (
            ScheduleLine(day=None, quantity=2, location=HOUSTON, state=ScheduleState.CANCELLED),
        )
    assert done.state is OrderState.CANCELLED


def test_what_has_shipped_stays_when_the_rest_is_cancelled(desk: Desk) -> None:
    with desk.open() as uow:
        cancel_order(uow, CancelOrder(key="c-1", order=SO_2, version=1, reason="not needed", line=1))

    with desk.open() as uow:
        line = uow.orders.line(SO_2, 1)
        assert (line.shipped, line.cancelled, line.state) == (5, 25, OrderState.SHIPPED)
        assert uow.orders.order(SO_2).state is OrderState.SHIPPED


def test_what_is_open_after_its_last_day_is_cancelled_once(desk: Desk) -> None:
    desk.alter(FROZEN)
    desk.alter("UPDATE sales_order_lines SET cancel_after = '2024-10-09' WHERE ordered = 40")

    with desk.open(WORKER_NAME) as uow:
        assert cancel_past(uow, today=day(5)) == ()
        (done,) = cancel_past(uow, today=day(6))
        assert cancel_past(uow, today=day(6)) == ()

    with desk.open() as uow:
        assert [line.state for line in uow.orders.lines(SO_1)] == [OrderState.CANCELLED, OrderState.CONFIRMED]
    assert (done.order, done.version) == (SO_1, 2)

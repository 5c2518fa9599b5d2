"""A backorder run is shown first and carried out only as shown: schedules, promises, reservations, states."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.backorders import Override, RunIssue
from core.domain.errors import (
    ConflictError,
    IllegalTransitionError,
    InvalidValueError,
    NotAuthorisedError,
    ProposalStaleError,
)
from core.domain.holds import HoldKind
from core.domain.order_life import OrderState
from core.domain.order_terms import Strategy
from core.domain.orders import PromiseRecord
from core.domain.schedules import ScheduleLine, ScheduleState
from core.services.allocating.locking import Decommit, LockLine, decommit, lock_line
from core.services.allocating.running import CommitRun, SimulateRun, commit_run, simulate_run
from core.services.checking import check
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from tests.builders import HOUSTON, MARIA, RENO, SO_1, SO_2, VALVE, VIVIAN, day
from tests.core.services.allocating.rivals import SO_3, carried_out, of, simulated, units
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk

SENT = ScheduleState.SHIPPED


def test_a_run_shows_what_each_line_would_have_and_what_cannot_be_kept(rival: Desk) -> None:
    run = simulated(rival)

    # 5 are there, 10 come on day 3 and 40 on day 20; Harbor was promised 40 for day 5
    assert of(run, SO_1).before == (units(5, 40),)
    assert of(run, SO_1).after == (units(4, 15), units(20, 25))
    assert of(run, SO_3).after == (units(20, 12),)
    assert run.outcome.issues == (
        RunIssue(subject="SO-1/1", problem="floor infeasible", wanted=40, given=15),
        RunIssue(subject="SO-3/1", problem="win unmet", wanted=12, given=0),
    )
    with rival.open() as uow:
        assert uow.orders.schedule(SO_1, 1) == (ScheduleLine(day=day(5), quantity=40, location=HOUSTON),)


def test_carried_out_it_moves_schedules_promises_and_the_timeline(rival: Desk) -> None:
    run = carried_out(rival, simulated(rival))

    assert run.committed
    with rival.open() as uow:
        assert uow.orders.schedule(SO_1, 1) == (
            ScheduleLine(day=day(4), quantity=15, location=HOUSTON),
            ScheduleLine(day=day(20), quantity=25, location=HOUSTON),
        )
        assert (uow.orders.line(SO_1, 1).promised, uow.orders.line(SO_1, 1).first_promised) == (day(20), day(5))
        assert uow.orders.line(SO_3, 1).promised == day(20)
        assert uow.orders.promises(SO_3, 1)[-1].reason == "backorder run R-1"
        assert "backorder run R-1" in uow.orders.timeline(SO_3)[-1].text
        assert [result for result in check(uow) if result.broken] == []


def test_an_override_takes_from_one_line_for_another_and_stock_is_reserved(rival: Desk) -> None:
    lose = Override(order=SO_1, line=1, reason="Harbor agreed to wait", strategy=Strategy.REDISTRIBUTE, at_most=20)
    run = carried_out(rival, simulated(rival, lose))

    assert of(run, SO_3).after == (units(4, 12),)
    assert of(run, SO_1).after == (units(4, 3), units(20, 17))
    with rival.open() as uow:
        assert uow.stock.claims_of(SO_1, 1) == ()
        assert uow.orders.schedule(SO_1, 1)[-1] == ScheduleLine(
            day=None, quantity=20, location=HOUSTON, state=ScheduleState.BACKORDERED
        )
        assert [result for result in check(uow) if result.broken] == []


def test_units_for_today_are_reserved_and_a_line_that_has_all_is_allocated(rival: Desk) -> None:
    with rival.open() as uow:
        uow.orders.save_line(replace(uow.orders.line(SO_3, 1), ordered=5, requested=day(0)))
    lose = Override(order=SO_1, line=1, reason="Harbor agreed to wait", strategy=Strategy.LOSE)
    carried_out(rival, simulated(rival, lose))

    with rival.open() as uow:
        assert uow.orders.line(SO_3, 1).state is OrderState.ALLOCATED
        assert [(claim.quantity, claim.reference) for claim in uow.stock.claims_of(SO_3, 1)] == [(5, "SO-3/1:R-1")]
        assert uow.stock.available(VALVE, HOUSTON) == 0
        assert [result for result in check(uow) if result.broken] == []


def test_the_same_command_again_does_nothing_more(rival: Desk) -> None:
    run = simulated(rival)

    assert carried_out(rival, run) == carried_out(rival, run)
    with rival.open() as uow, pytest.raises(ConflictError, match="before"):
        commit_run(uow, CommitRun(key="another", code=run.code, digest=run.digest), MARIA)


def test_books_that_moved_since_it_was_shown_refuse_it(rival: Desk) -> None:
    run = simulated(rival)
    with rival.open() as uow:
        uow.stock.reserve(VALVE, HOUSTON, quantity=2, reference="ELSEWHERE")

    with pytest.raises(ProposalStaleError) as refusal:
        carried_out(rival, run)

    assert refusal.value.details["differences"] == ("SO-1/1 is not as it was shown",)
    with rival.open() as uow:
        assert uow.orders.line(SO_1, 1).promised == day(5)
        assert not uow.allocation.run(run.code).committed


def test_another_digest_than_the_one_shown_is_refused(rival: Desk) -> None:
    run = simulated(rival)

    with pytest.raises(ProposalStaleError):
        carried_out(rival, replace(run, digest="0" * 64))


def test_who_only_looks_carries_nothing_out(rival: Desk) -> None:
    run = simulated(rival)

    with rival.open() as uow, pytest.raises(NotAuthorisedError):
        commit_run(uow, CommitRun(key="c", code=run.code, digest=run.digest), VIVIAN)


@pytest.mark.parametrize(
    "override",
    [
        Override(order=SO_2, line=1, reason="x"),
        Override(order=SO_1, line=1, reason=" "),
        Override(order=SO_1, line=1, reason="x", at_most=-1),
    ],
    ids=["another place", "no reason", "less than none"],
)
def test_an_override_that_means_nothing_is_refused(rival: Desk, override: Override) -> None:
    with pytest.raises(InvalidValueError):
        simulated(rival, override)


def test_a_locked_line_is_left_alone_and_may_be_unlocked(rival: Desk) -> None:
    with rival.open() as uow:
        lock_line(uow, LockLine(key="l", order=SO_3, line=1, locked=True, reason="the customer thinks about it"))
    assert of(simulated(rival), SO_3).after == ()

    with rival.open() as uow:
        lock_line(uow, LockLine(key="u", order=SO_3, line=1, locked=False, reason="decided"))
    assert of(simulated(rival, code="R-2"), SO_3).after == (units(20, 12),)


def test_a_line_can_give_up_what_it_was_confirmed(rival: Desk) -> None:
    with rival.open() as uow:
        freed = decommit(uow, Decommit(key="d", order=SO_1, line=1, reason="Harbor waits"))

    assert (freed.freed, freed.from_stock) == (40, 0)
    with rival.open() as uow:
        assert [part.state for part in uow.orders.schedule(SO_1, 1)] == [ScheduleState.BACKORDERED]
        assert uow.orders.line(SO_1, 1).promised == date(2024, 10, 9)
        assert [result for result in check(uow) if result.broken] == []
    assert of(simulated(rival), SO_3).after == (units(4, 12),)


def test_a_line_on_hold_stays_on_hold_though_the_run_cannot_keep_what_it_has(rival: Desk) -> None:
    with rival.open() as uow:
        hold = hold_order(uow, HoldOrder(key="h", order=SO_1, kind=HoldKind.MANUAL, why="the customer thinks about it"))
    run = carried_out(rival, simulated(rival))

    assert of(run, SO_1).after == (units(5, 15),)
    with rival.open() as uow:
        assert uow.orders.line(SO_1, 1).state is OrderState.ON_HOLD
        assert uow.holds.get(hold.number).released is None
        release_hold(uow, ReleaseHold(key="r", hold=hold.number, why="decided"))
        assert uow.orders.line(SO_1, 1).state is OrderState.CONFIRMED
        assert [result for result in check(uow) if result.broken] == []


def test_a_run_takes_nothing_from_a_line_that_a_location_is_sending(desk: Desk) -> None:
    # 50 of SO-2's 60 are in a shipment from Reno, where nothing comes: the other 10 cannot be kept
    with desk.open() as uow:
        uow.orders.save_line(replace(uow.orders.line(SO_2, 1), ordered=70, requested=day(0)))
        closed = [part for part in uow.orders.schedule(SO_2, 1) if part.state in {SENT, ScheduleState.CANCELLED}]
        new = [ScheduleLine(day=day(on), quantity=units, location=RENO) for on, units in ((0, 50), (1, 10))]
        uow.orders.set_schedule(SO_2, 1, (*closed, *new))
        uow.orders.promise(PromiseRecord(order=SO_2, line=1, old=day(0), new=day(1), reason="agreed"))
    Warehouse(desk).release()
    with desk.open() as uow:
        before = (uow.stock.claims_of(SO_2, 1), uow.orders.schedule(SO_2, 1))
        run = simulate_run(uow, SimulateRun(key="s", code="R-1", item=VALVE, location=RENO))
    carried_out(desk, run)

    assert of(run, SO_2).lost == 10
    with desk.open() as uow:
        assert (uow.stock.claims_of(SO_2, 1), uow.orders.schedule(SO_2, 1)) == before
        assert [result for result in check(uow) if result.broken] == []


def test_a_line_that_a_location_is_sending_keeps_what_it_has(desk: Desk) -> None:
    Warehouse(desk).release()
    with desk.open() as uow:
        uow.orders.advance(SO_2, 1, to=OrderState.CONFIRMED, why="half of it was not there")
        claims = uow.stock.claims_of(SO_2, 1)

    with pytest.raises(IllegalTransitionError, match="is in shipment SO-2-S1"), desk.open() as uow:
        decommit(uow, Decommit(key="d", order=SO_2, line=1, reason="another needs it"))

    with desk.open() as uow:
        assert uow.stock.claims_of(SO_2, 1) == claims

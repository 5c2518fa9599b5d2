"""Two customers who want the same valves, and runs over them by hand."""

from dataclasses import replace

from core.domain.backorders import DatedUnits, LineOutcome, Override, RunKept, RunRule
from core.domain.ids import OrderNo
from core.domain.order_terms import Strategy
from core.domain.schedules import ScheduleLine, ScheduleState
from core.services.allocating.running import CommitRun, SimulateRun, commit_run, simulate_run
from tests.builders import HOUSTON, MARIA, SO_1, SO_2, VALVE, day
from tests.desk import Desk

SO_3 = OrderNo("SO-3")


def units(on: int, quantity: int) -> DatedUnits:
    return DatedUnits(on=day(on), quantity=quantity)


def enter(desk: Desk) -> Desk:
    """Mesa, too, wants valves from Houston: 12 by day 4, nothing confirmed yet, and it must win."""
    with desk.open() as uow:
        order = replace(uow.orders.order(SO_2), number=SO_3, ship_from=HOUSTON, entry_sequence=0, customer_po="M-3")
        line = replace(
            uow.orders.line(SO_1, 1),
            order=SO_3,
            ordered=12,
            requested=day(4),
            first_promised=None,
            promised=None,
            strategy=Strategy.WIN,
        )
        uow.orders.add(order, (line,))
        nothing = ScheduleLine(day=None, quantity=12, location=HOUSTON, state=ScheduleState.BACKORDERED)
        uow.orders.set_schedule(SO_3, 1, (nothing,))
    return desk


def simulated(
    desk: Desk, *overrides: Override, code: str = "R-1", rule: RunRule = RunRule.PRIORITY, lot: int = 1
) -> RunKept:
    """A run over the valves in Houston."""
    with desk.open() as uow:
        return simulate_run(
            uow,
            SimulateRun(
                key=f"k-{code}", code=code, item=VALVE, location=HOUSTON, rule=rule, lot=lot, overrides=overrides
            ),
        )


def carried_out(desk: Desk, run: RunKept) -> RunKept:
    with desk.open() as uow:
        return commit_run(uow, CommitRun(key=f"c-{run.code}", code=run.code, digest=run.digest), MARIA)


def of(run: RunKept, order: OrderNo) -> LineOutcome:
    return next(one for one in run.outcome.lines if one.order == order)

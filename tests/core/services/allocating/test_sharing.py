"""A run by shares: what is short is shared among lines of one strategy, shown and carried out like any other run."""

from dataclasses import replace

import pytest

from core.domain.backorders import Override, RunKept, RunRule
from core.domain.errors import InvalidValueError
from core.domain.order_terms import Strategy
from core.domain.quotas import Quota
from core.services.allocating.quotas import SetQuota, set_quota
from core.services.checking import check
from tests.builders import HARBOR, MARIA, MESA, SO_1, VALVE, day
from tests.core.services.allocating.rivals import SO_3, carried_out, of, simulated, units
from tests.desk import Desk

BOTH_MAY_GAIN_OR_LOSE = tuple(
    Override(order=order, line=1, reason="shared out", strategy=Strategy.REDISTRIBUTE) for order in (SO_1, SO_3)
)


def shared(desk: Desk, rule: RunRule, *, lot: int = 1) -> RunKept:
    return simulated(desk, *BOTH_MAY_GAIN_OR_LOSE, code=f"R-{rule}-{lot}", rule=rule, lot=lot)


def early(run: RunKept) -> tuple[int, int]:
    """What Harbor and Mesa have of the 15 units of day 4."""
    first = [of(run, order).after[0] for order in (SO_1, SO_3)]
    return tuple(part.quantity if part.on == day(4) else 0 for part in first)  # type: ignore[return-value]  # two


def test_the_example_of_the_manual(rival: Desk) -> None:
    with rival.open() as uow:
        for customer, quantity in ((HARBOR, 10), (MESA, 30)):
            quota = Quota(
                code=f"Q-{customer}", item=VALVE, first=day(0), last=day(9), quantity=quantity, customer=customer
            )
            set_quota(uow, SetQuota(key=quota.code, quota=quota), MARIA)
        uow.orders.save_line(replace(uow.orders.line(SO_1, 1), ordered=52))
        uow.orders.count_line(SO_1, 1, shipped=12)

    assert early(shared(rival, RunRule.PRIORITY)) == (15, 0)
    assert early(shared(rival, RunRule.BY_ENTRY)) == (15, 0)
    assert early(shared(rival, RunRule.FIRST_COME)) == (3, 12)
    assert early(shared(rival, RunRule.PROPORTIONAL)) == (12, 3)
    assert early(shared(rival, RunRule.PROPORTIONAL, lot=5)) == (10, 5)
    assert early(shared(rival, RunRule.TARGET)) == (10, 5)
    assert early(shared(rival, RunRule.QUOTA)) == (8, 7)


def test_a_run_by_shares_is_carried_out_as_shown(rival: Desk) -> None:
    run = carried_out(rival, shared(rival, RunRule.PROPORTIONAL))

    assert (run.rule, run.lot) == (RunRule.PROPORTIONAL, 1)
    assert of(run, SO_1).after == (units(4, 12), units(20, 28))
    with rival.open() as uow:
        assert uow.allocation.run(run.code) == run
        assert [part.quantity for part in uow.orders.schedule(SO_3, 1)] == [3, 9]
        assert uow.orders.line(SO_3, 1).promised == day(20)
        assert [result for result in check(uow) if result.broken] == []


def test_lots_of_nothing_are_refused(rival: Desk) -> None:
    with pytest.raises(InvalidValueError, match="accepted is 1 or more"):
        shared(rival, RunRule.PROPORTIONAL, lot=0)

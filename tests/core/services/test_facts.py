"""Key figures of a small history, every one worked out by hand; docs/facts.md tells the same story."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.domain.approval import DecisionKind
from core.domain.errors import InvalidValueError
from core.domain.fact_table import FACTS
from core.domain.facts import Kpi
from core.domain.ids import OrderNo
from core.domain.orders import PromiseRecord
from core.domain.quotas import Quota
from core.domain.returns import ReturnReason
from core.planning.rules import ScanRules
from core.services.allocating.quotas import SetQuota, set_quota
from core.services.facts import FactsAsked, facts
from core.services.ordering.amending import CancelOrder, cancel_order
from core.services.proposing import propose
from core.services.returning.receiving import Arrived, ReceiveReturn, receive_return
from core.services.returning.requesting import (
    AskedBack,
    AuthoriseReturn,
    RequestReturn,
    authorise_return,
    request_return,
)
from core.services.rule_values import values_of
from core.services.supplying.producing import CompleteWork, ReleaseWork, complete_work, release_work
from core.services.supplying.receiving import Receive, receive
from core.services.verifying import verify
from tests.builders import MARIA, RENO, TODAY, VALVE, day, transfer, wait
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.promising.orders import add, confirmed, line
from tests.core.services.supplying.works import PO_9, WO_9, sent, wanted, work_order
from tests.desk import Desk, command

PERIOD = FactsAsked(first=day(-5), last=day(10), as_of=day(10))
EARLY, LATE, SPLIT, CALLED_OFF, OPEN, GIVEN_UP, SHORT = (OrderNo(f"SO-7{n}") for n in range(1, 8))


def told(desk: Desk, asked: FactsAsked = PERIOD) -> dict[tuple[str, str], Kpi]:
    with desk.open() as uow:
        return {(kpi.name, kpi.of): kpi for kpi in facts(uow, asked).kpis}


def values(found: dict[tuple[str, str], Kpi], *names: str) -> dict[tuple[str, str], str | None]:
    return {key: None if kpi.value is None else str(kpi.value) for key, kpi in found.items() if key[0] in names}


def until(desk: Desk, offset: int) -> None:
    """Let days pass."""
    desk.clock.pass_by(days=offset - (desk.clock.now.date() - TODAY).days)


def sell(desk: Desk) -> None:
    """Seven orders of valves from Reno, where thirty are free, wanted in two days and promised today."""
    desk.alter("UPDATE locations SET takes_returns = true WHERE code = 'RENO'")
    for number, *quantities in (
        (EARLY, 6),
        (LATE, 8),
        (SPLIT, 5, 4),
        (CALLED_OFF, 2),
        (OPEN, 2),
        (GIVEN_UP, 2),
        (SHORT, 20),
    ):
        add(desk, *(line(n, units) for n, units in enumerate(quantities, start=1)), number=number)
        confirmed(desk, number)


def cancel(desk: Desk, number: OrderNo) -> None:
    with desk.open() as uow:
        cancel_order(uow, CancelOrder(key=f"cancel {number}", order=number, version=1, reason="not wanted"))


def ten_days(desk: Desk) -> None:
    """One order leaves a day early, one late, one in two parts; two are cancelled, one is forgotten."""
    house = Warehouse(desk)
    sell(desk)
    until(desk, 1)
    house.release(EARLY)
    house.send("SO-71-S1")
    cancel(desk, CALLED_OFF)
    with desk.open() as uow:
        uow.orders.promise(PromiseRecord(order=OPEN, line=1, old=day(2), new=day(8), reason="no hurry"))
    house.deliver("SO-71-S1")
    house.release(SPLIT)
    house.pick("SO-73-S1", 0, 2)
    house.pack("SO-73-S1")
    house.ship("SO-73-S1")
    until(desk, 4)
    house.release(SPLIT)
    house.send("SO-73-S2")
    until(desk, 5)
    house.release(LATE)
    house.send("SO-72-S1")
    house.deliver("SO-72-S1")
    cancel(desk, GIVEN_UP)
    give_back(desk, 3)


def give_back(desk: Desk, quantity: int) -> None:
    """So many of the late valves are no longer needed and come back."""
    with desk.open() as uow:
        lines = (AskedBack(line=1, quantity=quantity, reason=ReturnReason.NOT_NEEDED),)
        asked = request_return(uow, RequestReturn(key="ask", order=LATE, location=RENO, lines=lines))
        given = authorise_return(uow, AuthoriseReturn(key="may", number=asked.number, version=asked.version))
        arrived = (Arrived(position=1, quantity=quantity),)
        receive_return(uow, ReceiveReturn(key="in", number=asked.number, version=given.version, arrived=arrived))


TOLD = {
    ("otif_promise", ""): "25.00",  # 71 and 73/1 of 71, 72, 73/1, 73/2, 75, 76, 77 and SO-1/1
    ("promise_lines", "on time"): "2.00",
    ("promise_lines", "late"): "3.00",  # 72, 73/2, and 76 which was cancelled after its day
    ("promise_lines", "open"): "3.00",
    ("customers_at_target", ""): "0.00",
    ("otif_below_target", "HARBOR (95 % agreed)"): "25.00",
    ("otif_request", ""): "22.22",  # the same 2 of 9: SO-2/1 was asked for but never promised
    ("request_lines", "on time"): "2.00",
    ("request_lines", "late"): "3.00",
    ("request_lines", "open"): "4.00",
    ("line_fill_rate", ""): "87.50",  # all lines but 77
    ("unit_fill_rate", ""): "61.22",  # 30 of 49
    ("order_fill_rate", ""): "85.71",  # 6 of 7
    ("perfect_order", ""): "14.29",  # 71 of the 6 promised that were not cancelled in time, and SO-1
    ("cycle_entry_to_confirmed", "median"): "0.00",
    ("cycle_entry_to_confirmed", "p90"): "0.00",
    ("cycle_confirmed_to_released", "median"): "2.00",  # 1, 2, 2 and 5 days
    ("cycle_confirmed_to_released", "p90"): "5.00",
    ("cycle_released_to_shipped", "median"): "0.00",  # 0, 0, 0 and 2 days
    ("cycle_released_to_shipped", "p90"): "2.00",
    ("cycle_shipped_to_delivered", "median"): "1.00",
    ("cycle_shipped_to_delivered", "p90"): "1.00",
    ("cycle_entry_to_delivered", "median"): "2.00",  # 2 and 6 days
    ("cycle_entry_to_delivered", "p90"): "6.00",
    ("backorder_lines", ""): "4.00",  # 75, 77, SO-1/1 and SO-2/1
    ("backorder_value", "USD"): "2060.00",  # 2 x 25 + 20 x 25 + 40 x 25 + 20 x 25.50
    ("backorder_age", "median"): "4.00",  # 2, 4, 4 and 5 days
    ("backorder_age", "p90"): "5.00",
    ("promise_error", ""): "1.50",  # 1 early, 3 late, on the day, 2 late: 6 days on 4 lines
    ("promise_bias", ""): "1.00",
    ("promise_changes", ""): "0.11",  # 1 on 9 lines
    ("promises_unchanged", ""): "88.89",
    ("exception_rate", ""): "0.00",
    ("price_override_rate", ""): "0.00",
    ("return_rate", ""): "21.43",  # 3 of 14
    ("return_rate", "item VALVE-3"): "21.43",
    ("return_rate", "customer HARBOR"): "21.43",
    ("return_rate", "reason not_needed"): "21.43",
    ("best_seller_units", "VALVE-3"): "23.00",  # 6 + 8 + 5 + 4
    ("best_seller_value", "VALVE-3 USD"): "575.00",
    ("inventory_value", ""): "1655.55",  # 1,938.02 less 23 valves and 3 back, at 14.1234
    ("inventory_value", "HOUSTON"): "120.62",
    ("inventory_value", "RENO"): "564.94",
    ("inventory_value", "YARD"): "970.00",
    ("stock_turns", ""): "6.00",  # 324.84 in 11 days is 10,778.72 a year, on a mean of 1,796.79
    ("days_of_supply", ""): "56.06",  # 1,655.55 at 29.53 a day
    ("supplier_otif", ""): "0.00",  # PO-1/2 of Gulf, due on day 9, is not there
    ("supplier_otif", "GULF"): "0.00",
    ("schedule_adherence", ""): "0.00",  # WO-1, due on day 5, is not finished
}


def test_every_figure_of_ten_days_is_as_worked_out_by_hand(desk: Desk) -> None:
    ten_days(desk)

    found = told(desk)

    assert {key: str(kpi.value) for key, kpi in found.items() if kpi.value is not None} == TOLD
    assert sorted(name for (name, _), kpi in found.items() if kpi.value is None) == [
        "cost_per_exception",
        "override_rate",
        "quota_use",
        "time_to_decide",
        "time_to_detect",
        "time_to_resolve",
    ]


def test_shares_are_of_a_whole_and_parts_add_up_whatever_the_period(desk: Desk) -> None:
    ten_days(desk)
    whole = told(desk)

    for first in range(-3, 12, 3):
        for length in (1, 4, 20):
            found = told(desk, replace(PERIOD, first=day(first), last=day(first + length - 1)))
            assert [kpi for kpi in found.values() if kpi.unit == "%" and not 0 <= (kpi.value or 0) <= 100] == []
            for basis in ("promise", "request"):
                parts = [found[f"{basis}_lines", of].numerator for of in ("on time", "late", "open")]
                assert sum(part for part in parts if part) == found[f"otif_{basis}", ""].denominator
    halves = [told(desk, replace(PERIOD, first=day(a), last=day(b))) for a, b in ((-5, 2), (3, 10))]
    for key in (("otif_promise", ""), ("otif_request", ""), ("promises_unchanged", "")):
        assert sum(half[key].denominator or 0 for half in halves) == whole[key].denominator


def test_what_is_due_today_may_still_come_in_time(desk: Desk) -> None:
    sell(desk)

    found = told(desk, replace(PERIOD, as_of=day(2)))
    next_day = told(desk, replace(PERIOD, as_of=day(3)))

    assert (found["otif_promise", ""].value, found["otif_promise", ""].denominator) == (None, 0)
    assert (next_day["otif_promise", ""].value, next_day["otif_promise", ""].denominator) == (0, 7)


def test_what_left_before_the_books_began_is_not_judged(desk: Desk) -> None:
    found = told(desk)

    assert [found["otif_request", ""].numerator, found["otif_request", ""].denominator] == [0, 2]


def test_exceptions_are_counted_timed_and_costed(desk: Desk) -> None:
    desk.clock.pass_by(hours=1)
    first = desk.proposed(transfer())
    desk.clock.pass_by(hours=2)
    desk.decide(first, kind=DecisionKind.REJECT, comment="too dear")
    desk.clock.pass_by(hours=3)
    with desk.open() as uow:
        uow.cases.record_scan(as_of=TODAY, rules=values_of(ScanRules()), figures={})
    _, (advised, chosen) = desk.offered([wait()], [transfer(reference="TO-2.1B-1")], root="item VALVE-3@YARD")
    with desk.open() as uow:
        asked = command(chosen)
        approval = propose(uow, replace(asked, advice=replace(asked.advice, option=advised.id)))
    desk.clock.pass_by(hours=1)
    desk.decide(approval)
    desk.execute(approval)
    desk.clock.pass_by(hours=1)
    with desk.open() as uow:
        verify(uow, approval.id)

    found = told(desk, replace(PERIOD, minutes_per_case=30, hourly_cost=Decimal(40)))

    names = ("exception_rate", "time_to_detect", "time_to_decide", "time_to_resolve", "cost_per_exception")
    assert values(found, *names, "override_rate") == {
        ("exception_rate", ""): "50.00",  # 2 cases on the 4 lines of the books
        ("exception_rate", "E01"): "50.00",
        ("time_to_detect", "median"): "5.00",
        ("time_to_detect", "p90"): "5.00",
        ("time_to_decide", "median"): "1.00",
        ("time_to_decide", "p90"): "2.00",
        ("time_to_resolve", "median"): "2.00",
        ("time_to_resolve", "p90"): "2.00",
        ("cost_per_exception", ""): "72.50",  # 52.50 of freight and half an hour at 40
        ("override_rate", ""): "100.00",  # one rejected, one not the one advised
    }


def test_suppliers_are_measured_by_the_day_first_asked_for(desk: Desk) -> None:
    sent(desk, wanted(1, due=3), wanted(2, due=3))
    for key, number, units, on in (("a", 1, 20, 3), ("b", 2, 12, 2), ("c", 2, 8, 5)):
        desk.wait_for(day(on))
        with desk.open() as uow:
            arrived = Receive(key=key, number=PO_9, line=number, reference=key, accepted=units, received_on=day(on))
            receive(uow, arrived)

    found = told(desk)

    assert values(found, "supplier_otif") == {("supplier_otif", ""): "33.33", ("supplier_otif", "GULF"): "33.33"}
    assert found["supplier_otif", ""].denominator == 3


def test_work_is_on_schedule_when_all_of_it_is_finished_well_by_its_day(desk: Desk) -> None:
    with desk.open() as uow:
        work_order(uow, ordered=2, start=0, due=4)
        release_work(uow, ReleaseWork(key="r", number=WO_9, version=1))
    desk.wait_for(day(4))
    with desk.open() as uow:
        done = CompleteWork(key="f", number=WO_9, good=2, completed_on=day(4), backflush=True)
        complete_work(uow, done)

    assert values(told(desk), "schedule_adherence") == {("schedule_adherence", ""): "50.00"}


def test_quotas_are_used_by_what_is_promised(desk: Desk) -> None:
    with desk.open() as uow:
        quota = Quota(code="Q-OCT", item=VALVE, first=day(0), last=day(9), quantity=40)
        set_quota(uow, SetQuota(key="q", quota=quota), MARIA)
    add(desk, line(1, 10))
    confirmed(desk)

    found = told(desk)

    assert values(found, "quota_use") == {("quota_use", ""): "25.00", ("quota_use", "Q-OCT"): "25.00"}


def test_the_usual_period_is_the_ninety_days_up_to_the_business_date(desk: Desk) -> None:
    with desk.open() as uow:
        scope = facts(uow, FactsAsked()).scope

    assert (scope.first, scope.last, scope.as_of, scope.days) == (day(-89), TODAY, TODAY, 90)


def test_agents_may_read_every_figure(desk: Desk) -> None:
    with desk.open_agent_uow(MARIA.name) as uow:
        names = {kpi.name for kpi in facts(uow, PERIOD).kpis}

    assert names == {fact.name for fact in FACTS}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": day(1), "last": day(0)}, "a period from"),
        ({"first": day(-3_660), "last": day(0)}, "1 to 3660 days"),
        ({"last": date(1, 1, 1)}, "last is datetime.date"),
        ({"minutes_per_case": 1441}, "1441 minutes a case"),
        ({"minutes_per_case": True}, "minutes_per_case is True; accepted is"),
        ({"hourly_cost": Decimal("NaN")}, "hourly_cost is Decimal"),
        ({"hourly_cost": Decimal(10_001)}, "an hour at Decimal"),
        ({"best": 0}, "the best 0 cannot be named"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said), desk.open() as uow:
        facts(uow, replace(FactsAsked(), **wrong))

"""Quotas: taken all or none, borrowed from neighbours in time, given back, released; never more than there is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from core.domain.errors import InvalidValueError, NotAuthorisedError, NotFoundError, QuotaExhaustedError
from core.domain.quotas import Quota, QuotaUse, QuotaWish
from core.services.allocating.quotas import (
    FitQuotas,
    ReleaseQuota,
    SetQuota,
    fit_quotas,
    give_quotas_back,
    release_quota,
    set_quota,
    take_quotas,
)
from tests.builders import HARBOR, MARIA, MESA, SO_1, TODAY, VALVE, VIVIAN, day
from tests.desk import Desk

OCTOBER = Quota(code="Q-OCT", item=VALVE, first=day(0), last=day(9), quantity=30, customer=HARBOR)


def put(desk: Desk, *quotas: Quota) -> None:
    with desk.open() as uow:
        for quota in quotas:
            set_quota(uow, SetQuota(key=quota.code, quota=quota), MARIA)


def left(desk: Desk) -> dict[str, int]:
    with desk.open() as uow:
        return {quota.code: quota.left for quota in uow.quotas.lock_item(VALVE)}


def test_a_line_takes_from_its_own_days_first_then_from_neighbours_that_lend(desk: Desk) -> None:
    put(
        desk,
        OCTOBER,
        replace(OCTOBER, code="Q-NOV", first=day(10), last=day(19)),
        replace(OCTOBER, code="Q-FIRM", first=day(20), last=day(29), borrow=False),
    )

    with desk.open() as uow:
        assert take_quotas(uow, SO_1) == (
            QuotaUse(quota="Q-NOV", order=SO_1, line=1, quantity=10),
            QuotaUse(quota="Q-OCT", order=SO_1, line=1, quantity=30),
        )
        assert take_quotas(uow, SO_1) == uow.quotas.uses(SO_1)
    assert left(desk) == {"Q-FIRM": 30, "Q-NOV": 20, "Q-OCT": 0}


def test_too_little_is_refused_with_what_there_is_and_nothing_is_taken(desk: Desk) -> None:
    put(desk, OCTOBER)

    with pytest.raises(QuotaExhaustedError) as refusal, desk.open() as uow:
        take_quotas(uow, SO_1)

    assert refusal.value.details["lines"] == [("SO-1", 1, 40, 30)]
    assert left(desk) == {"Q-OCT": 30}


def test_a_quota_for_somebody_else_limits_nobody(desk: Desk) -> None:
    put(desk, replace(OCTOBER, customer=MESA), replace(OCTOBER, code="Q-POS", customer=None, channel="pos"))

    with desk.open() as uow:
        assert take_quotas(uow, SO_1) == ()


def test_a_released_quota_no_longer_limits(desk: Desk) -> None:
    put(desk, OCTOBER)
    with desk.open() as uow:
        release_quota(uow, ReleaseQuota(key="r", quota="Q-OCT", on=TODAY), MARIA)

    with desk.open() as uow:
        assert take_quotas(uow, SO_1) == ()


def test_quotas_for_more_than_there_is_are_cut_in_proportion(desk: Desk) -> None:
    # 65 valves are on hand, 10 come from the yard, which are not on their way yet, and 40 from Gulf on day 20
    put(
        desk,
        replace(OCTOBER, quantity=90),
        replace(OCTOBER, code="Q-MESA", customer=MESA, quantity=60),
        replace(OCTOBER, code="Q-NOV", first=day(10), last=day(19), quantity=500),
    )
    with desk.open() as uow:
        uow.quotas.take([QuotaWish(order=SO_1, line=1, quantity=40, on=day(4))], as_of=TODAY)
        first = fit_quotas(uow, FitQuotas(key="f", item=VALVE, on=day(4)), MARIA)

    assert (first.supply, {quota.code: quota.quantity for quota in first.quotas}) == (65, {"Q-MESA": 25, "Q-OCT": 40})
    with desk.open() as uow:
        assert uow.quotas.get("Q-NOV").quantity == 500
        assert fit_quotas(uow, FitQuotas(key="f", item=VALVE, on=day(4)), MARIA) == first
        assert fit_quotas(uow, FitQuotas(key="again", item=VALVE, on=day(4)), MARIA).quotas == first.quotas


def test_where_no_quota_is_in_force_nothing_is_cut(desk: Desk) -> None:
    put(desk, OCTOBER)

    with desk.open() as uow, pytest.raises(NotFoundError, match="in force on"):
        fit_quotas(uow, FitQuotas(key="f", item=VALVE, on=day(10)), MARIA)
    with desk.open() as uow, pytest.raises(NotAuthorisedError):
        fit_quotas(uow, FitQuotas(key="f", item=VALVE, on=day(4)), VIVIAN)
    assert left(desk) == {"Q-OCT": 30}


def test_what_a_line_no_longer_needs_goes_back(desk: Desk) -> None:
    put(desk, replace(OCTOBER, quantity=100))
    with desk.open() as uow:
        take_quotas(uow, SO_1)
        uow.orders.count_line(SO_1, 1, cancelled=15)
        assert give_quotas_back(uow, SO_1) == 15

    assert left(desk) == {"Q-OCT": 75}


def test_sixteen_at_once_never_take_more_than_there_is(desk: Desk) -> None:
    put(desk, replace(OCTOBER, quantity=50))
    ready = Barrier(16)

    def take(units: int) -> int:
        ready.wait()
        try:
            with desk.open() as uow:
                uow.quotas.take([QuotaWish(order=SO_1, line=1, quantity=units, on=day(4))], as_of=TODAY)
        except QuotaExhaustedError:
            return 0
        return units

    with ThreadPoolExecutor(16) as pool:
        taken = sum(pool.map(take, [7] * 16))

    assert taken == 49
    assert left(desk) == {"Q-OCT": 1}


@pytest.mark.parametrize(
    "change", [{"first": day(10)}, {"quantity": -1}, {"consumed": 31}], ids=["days", "quantity", "consumed"]
)
def test_a_quota_that_means_nothing_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        replace(OCTOBER, **change)


def test_who_only_looks_sets_none(desk: Desk) -> None:
    with pytest.raises(NotAuthorisedError), desk.open() as uow:
        set_quota(uow, SetQuota(key="q", quota=OCTOBER), VIVIAN)

    assert left(desk) == {}

"""Nobody takes what is kept for others: any quotas and wishes, against the rule in plain Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.db.unit_of_work import open_engine
from core.domain.errors import QuotaExhaustedError
from core.domain.ids import CustomerCode, OrderNo
from core.domain.quotas import Quota, QuotaWish
from core.services.allocating.quotas import SetQuota, set_quota
from tests.builders import HARBOR, MARIA, MESA, SO_1, SO_2, TODAY, VALVE, day
from tests.core.services.machine.books import Books
from tests.desk import Desk

OF: dict[OrderNo, CustomerCode] = {SO_1: HARBOR, SO_2: MESA}


def drawn(dice: Random, number: int) -> Quota:
    """Some units for one of the customers or for both, over some days; a few are or will be free for everybody."""
    first = dice.randint(0, 20)
    return Quota(
        code=f"Q-{number}",
        item=VALVE,
        first=day(first),
        last=day(first + dice.randint(0, 9)),
        quantity=dice.randint(0, 30),
        customer=dice.choice([None, HARBOR, HARBOR, MESA]),
        borrow=dice.random() < 0.6,
        released_on=dice.choice([None, None, None, day(-1), day(0), day(1)]),
    )


def taken(quotas: list[Quota], wish: QuotaWish) -> list[Quota] | None:
    """What is left of each, nearest first, what names the customer before what is for all; None where it is too little.
    Who is limited by none takes from none."""
    limits = [
        one
        for one in quotas
        if one.customer in {None, OF[wish.order]} and (one.released_on is None or one.released_on > TODAY)
    ]
    usable = [one for one in limits if one.first <= wish.on <= one.last or one.borrow]
    if limits and sum(one.left for one in usable) < wish.quantity:
        return None
    after, need = {one.code: one for one in quotas}, wish.quantity if limits else 0
    for one in sorted(usable, key=lambda one: (gap(one, wish.on), one.customer is None, one.code)):
        part = min(need, one.left)
        after[one.code], need = replace(one, consumed=one.consumed + part), need - part
    return [after[one.code] for one in quotas]


def gap(quota: Quota, on: date) -> int:
    """Days between the day and the days of the quota."""
    return max((quota.first - on).days, (on - quota.last).days, 0)


@contextmanager
def books_of(desk: Desk) -> Iterator[Books]:
    """The books inside a transaction of which nothing stays."""
    engine = open_engine(desk.urls.app)
    with engine.connect() as connection:
        books = Books(connection, desk.urls, desk.clock)
        try:
            yield books
        finally:
            books.end()
    engine.dispose()


def test_whatever_is_wished_quotas_give_what_the_rule_says_and_never_more(desk: Desk) -> None:
    outcomes = set[tuple[bool, bool]]()

    @settings(max_examples=12, phases=[Phase.generate])
    @given(st.integers(0, 2**32 - 1))
    def on_random_quotas(seed: int) -> None:
        with books_of(desk) as books:
            outcomes.update(_wished(books.desk, Random(seed)))
            assert books.broken() == {}

    on_random_quotas()
    assert outcomes == {(True, True), (True, False), (False, False)}


def _wished(desk: Desk, dice: Random) -> Iterator[tuple[bool, bool]]:
    """Some wishes, one after the other: of each, whether it was granted and whether it took from a quota."""
    quotas = [drawn(dice, number) for number in range(dice.randint(1, 4))]
    with desk.open() as uow:
        for quota in quotas:
            set_quota(uow, SetQuota(key=quota.code, quota=quota), MARIA)
    for _ in range(6):
        order = dice.choice([SO_1, SO_2])
        wish = QuotaWish(order=order, line=1, quantity=dice.randint(1, 15), on=day(dice.randint(0, 30)))
        expected = taken(quotas, wish)
        try:
            with desk.open() as uow:
                uow.quotas.take([wish], as_of=TODAY)
            granted = True
        except QuotaExhaustedError:
            granted = False
        assert granted == (expected is not None), (quotas, wish)
        before, quotas = quotas, expected or quotas
        with desk.open() as uow:
            assert sorted(uow.quotas.lock_item(VALVE), key=lambda one: one.code) == quotas
        yield granted, before != quotas

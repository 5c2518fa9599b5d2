"""Reservations in micro-batches: never more than there is, once a key, audited like any other, by two processes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.bootstrap.opening import open_books
from core.db.batching.reserving import ReservingBatcher
from core.domain.errors import IdempotencyConflictError, InsufficientStockError, NotFoundError
from core.domain.ids import ItemCode, UserName
from core.domain.stock import Claim, ReserveStock, StockReserved
from core.services.checking import check
from core.services.reserving import reserve_stock
from tests.builders import HOUSTON, MARIA, OMAR, RENO, SEAL, SO_1, SO_2, VALVE
from tests.desk import Desk


@pytest.fixture
def batchers(desk: Desk) -> Iterator[list[ReservingBatcher]]:
    """Two batchers with connections of their own, as two processes have them."""
    with (
        open_books(desk.urls.app, frozen=desk.clock.read) as one,
        open_books(desk.urls.app, frozen=desk.clock.read) as two,
    ):

        def alone(actor: UserName, command: ReserveStock) -> StockReserved:
            with one(actor) as uow:
                return reserve_stock(uow, command)

        with ReservingBatcher(one, alone) as first, ReservingBatcher(two, alone) as second:
            yield [first, second]


def wish(key: str, *wanted: tuple[ItemCode, int], order: bool = False) -> ReserveStock:
    claims = (
        Claim(
            item=item, location=RENO if item == VALVE else HOUSTON, quantity=units, reference=f"{key}/{n}",
            order=SO_1 if order else None, line=1 if order else None,
        )
        for n, (item, units) in enumerate(wanted)
    )  # fmt: skip
    return ReserveStock(key=key, claims=tuple(claims))


def test_of_many_callers_of_two_processes_only_as_many_get_as_there_is(
    desk: Desk, batchers: list[ReservingBatcher]
) -> None:
    barrier = Barrier(16)

    def ask(thread: int) -> int:
        barrier.wait()
        got = 0
        for turn in range(6):
            try:
                batchers[thread % 2].reserve(MARIA.name, wish(f"{thread}-{turn}", (VALVE, 1), (SEAL, 1), (VALVE, 1)))
                got += 1
            except InsufficientStockError:
                continue
        return got

    with ThreadPoolExecutor(16) as pool:
        granted = sum(pool.map(ask, range(16)))

    with desk.open() as uow:
        assert (granted, uow.stock.available(VALVE, RENO), uow.stock.available(SEAL, HOUSTON)) == (20, 10, 0)
        assert [result for result in check(uow) if result.broken] == []


def test_a_key_is_carried_out_once_and_stands_for_one_request(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    first = batchers[0].reserve(MARIA.name, wish("k", (VALVE, 5)))

    assert batchers[1].reserve(MARIA.name, wish("k", (VALVE, 5))) == first == StockReserved(references=("k/0",))
    with pytest.raises(IdempotencyConflictError):
        batchers[1].reserve(MARIA.name, wish("k", (VALVE, 6)))
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 45


def test_one_bad_command_does_not_fail_the_others(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    barrier = Barrier(9)

    def ask(number: int) -> StockReserved:
        barrier.wait()
        item = ItemCode("NONE") if number == 4 else VALVE
        return batchers[0].reserve(MARIA.name, wish(f"k{number}", (item, 1)))

    with ThreadPoolExecutor(9) as pool:
        futures = [pool.submit(ask, number) for number in range(9)]
        failed = [number for number, future in enumerate(futures) if future.exception() is not None]

    assert failed == [4]
    assert isinstance(futures[4].exception(), NotFoundError)
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 42


def test_who_reserved_what_is_audited_and_the_chains_hold(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    odd = 'K"\\/\u00e4\u0410'
    batchers[0].reserve(MARIA.name, wish("k1", (VALVE, 5)))
    batchers[0].reserve(OMAR.name, wish("k2", (VALVE, 1), order=True))
    batchers[0].reserve(OMAR.name, ReserveStock(key="k3", claims=(Claim(
        item=VALVE, location=RENO, quantity=1, reference=odd, order=SO_2, line=1, cause=odd),)))  # fmt: skip

    with desk.open() as uow:
        ((at, actor, event, subject, facts),) = uow.audit.trail("reservation:k1")
        assert uow.checks.broken("I11") == ()
        assert [link[1] for link in uow.audit.trail("order:SO-1")][-1] == "omar"

    assert (at, actor, event, subject) == (desk.clock.now, MARIA.name, "stock_reserved", "k1/0")
    assert facts == '{"k1/0": {"item": "VALVE-3", "location": "RENO", "quantity": 5}}'


def test_a_refusal_lists_every_key_that_was_short(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    with pytest.raises(InsufficientStockError) as refusal:
        batchers[0].reserve(MARIA.name, wish("k", (VALVE, 26), (SEAL, 21), (VALVE, 26)))

    assert [(s["item"], s["wanted"], s["available"]) for s in refusal.value.details["short"]] == [  # pyright: ignore
        (SEAL, 21, 20),
        (VALVE, 52, 50),
    ]
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50

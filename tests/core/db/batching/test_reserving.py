"""Reservations in micro-batches: never more than there is, once a key, audited like any other, by two processes."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta

import pytest

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.db.batching.reserving import ReservingBatcher
from core.domain.errors import IdempotencyConflictError, InsufficientStockError, NotFoundError
from core.domain.ids import ItemCode
from core.domain.stock import Claim, ReservationKind, ReserveStock, StockReserved
from core.services.checking import check
from core.services.reserving import reserve_stock
from tests.builders import HOUSTON, MARIA, OMAR, RENO, SEAL, SO_1, SO_2, VALVE
from tests.desk import Desk


@pytest.fixture
def batchers(desk: Desk) -> Iterator[list[ReservingBatcher]]:
    """Two batchers with connections of their own, as two processes have them."""
    with ExitStack() as stack:
        books = [stack.enter_context(open_books(desk.urls.app, frozen=desk.clock.read)) for _ in range(2)]
        yield [stack.enter_context(reserving(each)) for each in books]


Answer = StockReserved | BaseException


def asked(batchers: Sequence[ReservingBatcher], *commands: ReserveStock) -> list[Answer]:
    """What becomes of commands that are asked for all at once, of the batchers in turn."""

    async def ask() -> list[Answer]:
        asking = (batchers[n % len(batchers)].reserve(MARIA.name, command) for n, command in enumerate(commands))
        return await asyncio.gather(*asking, return_exceptions=True)

    return asyncio.run(ask())


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
    wishes = [wish(f"k{n}", (VALVE, 1), (SEAL, 1), (VALVE, 1)) for n in range(60)]

    found = asked(batchers, *wishes)

    with desk.open() as uow:
        assert sum(isinstance(answer, StockReserved) for answer in found) == 20
        assert {type(answer) for answer in found} == {StockReserved, InsufficientStockError}
        assert (uow.stock.available(VALVE, RENO), uow.stock.available(SEAL, HOUSTON)) == (10, 0)
        assert [result for result in check(uow) if result.broken] == []


def test_a_key_is_carried_out_once_and_stands_for_one_request(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    same, other = wish("k", (VALVE, 5)), wish("k", (VALVE, 6))

    found = asked(batchers, same, same, same, other)

    assert found[:3] == [StockReserved(references=("k/0",))] * 3
    assert isinstance(found[3], IdempotencyConflictError)
    with desk.open() as uow:
        assert reserve_stock(uow, same) == found[0]
        assert uow.stock.available(VALVE, RENO) == 45


def test_one_bad_command_fails_no_other(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    before = wish("before", (VALVE, 1))
    asked(batchers, before)
    wishes = [wish(f"k{n}", (ItemCode("NONE") if n == 4 else VALVE, 1)) for n in range(9)]
    again = ReserveStock(key="again", claims=before.claims)  # its reference is open, which only the row's key shows

    found = asked(batchers[:1], *wishes, again)

    assert [n for n, answer in enumerate(found) if not isinstance(answer, StockReserved)] == [4, 9]
    assert isinstance(found[4], NotFoundError)
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 41
        assert [result for result in check(uow) if result.broken] == []


def test_who_is_asked_first_gets_it_and_a_smaller_wish_still_fits(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    found = asked(batchers[:1], wish("a", (VALVE, 30)), wish("b", (VALVE, 30)), wish("c", (VALVE, 20)))

    assert [type(answer) for answer in found] == [StockReserved, InsufficientStockError, StockReserved]
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 0


def test_what_is_written_is_what_the_service_writes(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    until, boxed = desk.clock.now + timedelta(days=2), ReservationKind.TIME_BOXED
    odd = 'K"\\/\u00e4\u0410'
    claims = (
        Claim(item=VALVE, location=RENO, quantity=3, reference="X/1", order=SO_1, line=1, cause=odd),
        Claim(item=VALVE, location=RENO, quantity=2, reference="X/2", order=SO_1, line=1),
        Claim(item=SEAL, location=HOUSTON, quantity=1, reference="X/3", kind=ReservationKind.ADVISORY),
        Claim(item=SEAL, location=HOUSTON, quantity=1, reference="Y", kind=boxed, expires_at=until),
    )  # fmt: skip
    written = list[object]()
    for batched in (False, True):
        command = ReserveStock(key=f"key-{batched}", claims=claims)
        if batched:
            assert asked(batchers[:1], command) == [command.granted()]
        else:
            with desk.open() as uow:
                assert reserve_stock(uow, command) == command.granted()
        with desk.open() as uow:
            trails = [
                [link[1:] for link in uow.audit.trail(scope)]
                for scope in ("order:SO-1", "reservation:X", "reservation:Y")
            ]
            written.append(([trail[-1:] for trail in trails], uow.stock.claims_of(SO_1)))
            uow.stock.release_references([claim.reference for claim in claims])
    assert written[0] == written[1]


def test_who_reserved_what_is_audited_and_the_chains_hold(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    odd = 'K"\\/\u00e4\u0410'
    strange = Claim(item=VALVE, location=RENO, quantity=1, reference=odd, order=SO_2, line=1, cause=odd)

    async def ask() -> None:
        await asyncio.gather(
            batchers[0].reserve(MARIA.name, wish("k1", (VALVE, 5))),
            batchers[0].reserve(OMAR.name, wish("k2", (VALVE, 1), order=True)),
            batchers[0].reserve(OMAR.name, wish("k4", (VALVE, 1), order=True)),
            batchers[0].reserve(OMAR.name, ReserveStock(key="k3", claims=(strange,))),
        )

    asyncio.run(ask())

    with desk.open() as uow:
        ((at, actor, event, subject, facts),) = uow.audit.trail("reservation:k1")
        assert uow.checks.broken("I11") == ()
        assert [link[1] for link in uow.audit.trail("order:SO-1")][-1] == "omar"

    assert (at, actor, event, subject) == (desk.clock.now, MARIA.name, "stock_reserved", "k1/0")
    assert facts == '{"k1/0": {"item": "VALVE-3", "location": "RENO", "quantity": 5}}'


def test_a_refusal_lists_every_key_that_was_short(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    (refusal,) = asked(batchers, wish("k", (VALVE, 26), (SEAL, 21), (VALVE, 26)))

    assert isinstance(refusal, InsufficientStockError)
    assert [(s["item"], s["wanted"], s["available"]) for s in refusal.details["short"]] == [  # pyright: ignore
        (SEAL, 21, 20),
        (VALVE, 52, 50),
    ]
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50


def test_a_document_that_comes_again_lengthens_its_own_chain(desk: Desk, batchers: list[ReservingBatcher]) -> None:
    claim = Claim(item=VALVE, location=RENO, quantity=2, reference="DOC")
    first = asked(batchers[:1], ReserveStock(key="first", claims=(claim,)))
    with desk.open() as uow:
        uow.stock.release_references(["DOC"])

    second = asked(batchers[:1], ReserveStock(key="second", claims=(claim,)), wish("other", (VALVE, 1)))

    assert [*first, *second] == [StockReserved(references=(name,)) for name in ("DOC", "DOC", "other/0")]
    with desk.open() as uow:
        assert [link[2] for link in uow.audit.trail("reservation:DOC")].count("stock_reserved") == 2
        assert uow.stock.available(VALVE, RENO) == 47

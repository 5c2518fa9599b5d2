"""A command is carried out once: again gives the kept answer, another request under its key is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from core.domain.errors import IdempotencyConflictError, InvalidValueError
from core.ports.storage import UnitOfWork
from tests.builders import RENO, VALVE, day
from tests.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request."""

    units: int
    on: date
    price: Decimal = Decimal("1.50")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """An answer."""

    number: str
    total: Decimal


def place(desk: Desk, key: str, command: Order, done: list[str]) -> Ordered:
    def act() -> Ordered:
        done.append(key)
        return Ordered(number=f"SO-{len(done)}", total=command.units * command.price)

    with desk.open() as uow:
        return uow.commands.once(key, command, Ordered, act)


def test_the_same_command_again_is_answered_from_memory(desk: Desk) -> None:
    done: list[str] = []

    first = place(desk, "K-1", Order(units=3, on=day(1)), done)
    again = place(desk, "K-1", Order(units=3, on=day(1)), done)

    assert (first, again, done) == (Ordered(number="SO-1", total=Decimal("4.50")), first, ["K-1"])


def test_another_request_under_the_key_is_refused_and_nothing_is_done(desk: Desk) -> None:
    done: list[str] = []
    place(desk, "K-1", Order(units=3, on=day(1)), done)

    with pytest.raises(IdempotencyConflictError, match="'K-1' was used for another Order"):
        place(desk, "K-1", Order(units=4, on=day(1)), done)

    assert done == ["K-1"]


def test_a_command_that_failed_may_be_tried_again_under_its_key(desk: Desk) -> None:
    def fail() -> Ordered:
        raise InvalidValueError("no")

    with pytest.raises(InvalidValueError), desk.open() as uow:
        uow.commands.once("K-1", Order(units=3, on=day(1)), Ordered, fail)

    assert place(desk, "K-1", Order(units=9, on=day(1)), []).total == Decimal("13.50")


def test_an_error_that_is_caught_leaves_neither_the_key_nor_half_the_work(desk: Desk) -> None:
    def fail(uow: UnitOfWork) -> Ordered:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HALF")
        raise InvalidValueError("no")

    with desk.open() as uow:
        with pytest.raises(InvalidValueError):
            uow.commands.once("K-1", Order(units=3, on=day(1)), Ordered, lambda: fail(uow))
        assert uow.stock.available(VALVE, RENO) == 50

    assert place(desk, "K-1", Order(units=9, on=day(1)), []).total == Decimal("13.50")


def test_eight_at_once_do_it_once_and_all_get_the_one_answer(desk: Desk) -> None:
    done: list[str] = []
    ready = Barrier(8)

    def together(_: int) -> Ordered:
        ready.wait()
        return place(desk, "K-1", Order(units=3, on=day(1)), done)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(together, range(8)))

    assert (len(answers), done) == (1, ["K-1"])


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", "a\x00b"])
def test_a_key_that_is_none_is_refused(desk: Desk, key: str) -> None:
    with pytest.raises(InvalidValueError, match="idempotency key"):
        place(desk, key, Order(units=3, on=day(1)), [])

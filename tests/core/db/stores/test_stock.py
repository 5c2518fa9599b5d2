"""Stock is reserved in the statement that checks it: however many ask at once, nothing is promised twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from core.db.loading import insert_company
from core.db.roles import RoleUrls, dsn_of
from core.db.stores.checks import SqlBookCheckStore
from core.db.stores.stock import SqlStockStore
from core.db.transaction import Transaction
from core.db.unit_of_work import open_engine
from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode
from core.domain.master_data import MasterDataKind
from core.domain.stock import Claim, Consumption, StockMove, VirtualPlace
from tests.builders import HOUSTON, MARIA, MOTOR, RENO, SEAL, TODAY, VALVE, company
from tests.desk import Clock, Desk


def available(desk: Desk) -> int:
    with desk.open() as uow:
        return uow.stock.available(VALVE, RENO)


def test_available_is_what_is_on_hand_less_what_is_reserved(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50
        assert uow.stock.available(MOTOR, RENO) == 0
        assert uow.stock.available(ItemCode("NONE"), LocationCode("NOWHERE")) == 0


def test_a_reservation_takes_from_what_is_available_and_a_release_gives_it_back(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=50, reference="HOLD-1")
        assert uow.stock.available(VALVE, RENO) == 0
        uow.stock.release("HOLD-1")

    assert available(desk) == 50


def test_more_than_there_is_is_refused_with_what_there_is(desk: Desk) -> None:
    with pytest.raises(InsufficientStockError) as refusal, desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=51, reference="HOLD-1")

    assert refusal.value.message == ("51 of 'VALVE-3' were needed at 'RENO', 50 are available; nothing was reserved")
    assert (refusal.value.details["wanted"], refusal.value.details["available"]) == (51, 50)
    assert available(desk) == 50


@pytest.mark.parametrize("quantity", [0, -5])
def test_nothing_and_less_are_no_reservation(desk: Desk, quantity: int) -> None:
    with pytest.raises(InvalidValueError, match="at least 1 unit"), desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=quantity, reference="HOLD-1")

    assert available(desk) == 50


def test_what_is_not_kept_at_a_place_cannot_be_reserved_there(desk: Desk) -> None:
    with pytest.raises(InsufficientStockError, match="'RENO', 0 are available"), desk.open() as uow:
        uow.stock.reserve(MOTOR, RENO, quantity=1, reference="HOLD-1")


def test_a_document_reserves_once(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")

    with pytest.raises(ConflictError, match=r"Key \(reference\)=\(HOLD-1\) already exists"), desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")

    assert available(desk) == 45


def test_a_reservation_is_released_once(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")
        uow.stock.release("HOLD-1")

    for reference in ("HOLD-1", "HOLD-2"):
        with pytest.raises(ConflictError, match="is not open any more; nothing was released"), desk.open() as uow:
            uow.stock.release(reference)
    assert available(desk) == 50


def test_of_many_who_reserve_at_once_only_as_many_get_as_there_is(desk: Desk) -> None:
    barrier = Barrier(16)

    def ask(number: int) -> int:
        barrier.wait()
        got = 0
        for turn in range(3):
            try:
                with desk.open() as uow:
                    uow.stock.reserve(VALVE, RENO, quantity=2 + number % 3, reference=f"HOLD-{number}-{turn}")
                    got += 2 + number % 3
            except InsufficientStockError:
                continue
        return got

    with ThreadPoolExecutor(16) as pool:
        taken = sum(pool.map(ask, range(16)))

    assert taken + available(desk) == 50
    assert available(desk) < 2
    with desk.open() as uow:
        assert uow.checks.broken("I2") == ()


PLACES = [(VALVE, RENO, 50), (VALVE, HOUSTON, 5), (SEAL, HOUSTON, 20), (MOTOR, RENO, 0)]


@pytest.fixture(scope="module")
def books(worker_role_urls: RoleUrls) -> Iterator[Transaction]:
    """The small company in a transaction that is never committed."""
    engine = open_engine(worker_role_urls.app)
    with Session(engine) as session:
        transaction = Transaction(session=session, actor=MARIA.name, now=Clock().now)
        transaction.declare(MasterDataKind.PACK, scope="company", event="company_loaded", subject="it", facts={})
        insert_company(session, company(), content_hash="x", now=Clock().now)
        yield transaction
        session.rollback()
    engine.dispose()


@settings(max_examples=25)
@given(asked=st.lists(st.tuples(st.sampled_from(PLACES), st.integers(1, 30), st.booleans()), max_size=12))
def test_whatever_is_reserved_and_released_adds_up(
    books: Transaction, asked: list[tuple[tuple[ItemCode, LocationCode, int], int, bool]]
) -> None:
    left = {(item, place): quantity for item, place, quantity in PLACES}
    stock, example = SqlStockStore(books), books.session.begin_nested()

    for number, ((item, place, _), quantity, back) in enumerate(asked):
        if quantity > left[item, place]:
            with pytest.raises(InsufficientStockError):
                stock.reserve(item, place, quantity=quantity, reference=f"H{number}")
            continue
        stock.reserve(item, place, quantity=quantity, reference=f"H{number}")
        if back:
            stock.release(f"H{number}")
        else:
            left[item, place] -= quantity

    assert {key: stock.available(*key) for key in left} == left
    assert SqlBookCheckStore(books).broken("I2") == ()
    example.rollback()


class Balances(RuleBasedStateMachine):
    """Claims, parts that leave, moves and lots in any order: the books agree with themselves and with a plain count."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        assert _BOOKS
        self.stock = SqlStockStore(_BOOKS[0])
        self.example = _BOOKS[0].session.begin_nested()
        self.on_hand, self.held, self.number = 60, {"TO-1": 10}, 0

    def teardown(self) -> None:
        self.example.rollback()

    @rule(target=claims, units=st.integers(1, 30))
    def reserve(self, units: int) -> str:
        self.number += 1
        reference = f"R-{self.number}"
        wanted = [Claim(item=VALVE, location=RENO, quantity=units, reference=reference)]
        if units > self.on_hand - sum(self.held.values()):
            with pytest.raises(InsufficientStockError):
                self.stock.reserve_many(wanted)
        else:
            self.stock.reserve_many(wanted)
            self.held[reference] = units
        return reference

    @rule(reference=claims)
    def release(self, reference: str) -> None:
        assert len(self.stock.release_references([reference])) == (reference in self.held)
        self.held.pop(reference, None)

    @rule(reference=claims, units=st.integers(1, 12))
    def ship(self, reference: str, units: int) -> None:
        customer = VirtualPlace.CUSTOMER.location
        part = Consumption(
            reference=reference, quantity=units, destination=customer, reason="sold", document="SH", moved_on=TODAY
        )
        if units > self.held.get(reference, 0):
            with pytest.raises(InsufficientStockError):
                self.stock.consume([part])
            return
        self.stock.consume([part])
        self.on_hand -= units
        self.held[reference] -= units
        if not self.held[reference]:
            del self.held[reference]

    @rule(units=st.integers(-20, 20).filter(bool))
    def adjust(self, units: int) -> None:
        ends = (VirtualPlace.ADJUSTMENT.location, RENO)
        origin, destination = ends if units > 0 else ends[::-1]
        move = StockMove(
            item=VALVE, origin=origin, destination=destination, quantity=abs(units), reason="x", reference="AD",
            moved_on=TODAY,
        )  # fmt: skip
        if units < 0 and -units > self.on_hand - sum(self.held.values()):
            with pytest.raises(InsufficientStockError):
                self.stock.move([move])
            return
        self.stock.move([move])
        self.on_hand += units

    @invariant()
    def the_books_agree(self) -> None:
        level = self.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.reserved) == (self.on_hand, sum(self.held.values()))

    @invariant()
    def the_laws_hold(self) -> None:
        checks = SqlBookCheckStore(self.stock.transaction)
        assert checks.broken("I1") == checks.broken("I2") == ()


_BOOKS = list[Transaction]()


def test_whatever_is_done_with_stock_units_are_conserved(books: Transaction) -> None:
    _BOOKS[:] = [books]

    run_state_machine_as_test(Balances, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))


def test_a_reservation_written_by_hand_cannot_take_more_than_there_is(desk: Desk) -> None:
    statement = (
        "INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at)"
        " SELECT item_id, location_id, 51, 'hard', 'X', 'open', now() FROM stock_balances WHERE on_hand = 60"
    )

    with psycopg.connect(dsn_of(desk.urls.app)) as app, pytest.raises(psycopg.Error, match="fewer units are free"):
        app.execute(statement)

    assert available(desk) == 50

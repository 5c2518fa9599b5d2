"""One transaction: all or nothing, its time read once, and failures told in the words of the domain."""

import socket
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError

from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError, StorageUnavailableError, TryAgainError
from core.domain.ids import ApprovalId, OrderNo
from core.domain.proposals import MessageKind, OutboxMessage
from core.domain.users import WORKER_NAME
from core.ports.storage import UnitOfWork
from tests.builders import MARIA, RENO, SO_1, TODAY, VALVE
from tests.desk import Desk, detected


def test_leaving_the_block_well_keeps_everything(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")

    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 45


def test_raising_takes_everything_back(desk: Desk) -> None:
    def think_twice() -> None:
        with desk.open() as uow:
            uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")
            uow.cases.open(detected(), on=TODAY, deadline=None)
            raise RuntimeError("on second thoughts")

    with pytest.raises(RuntimeError, match="on second thoughts"):
        think_twice()

    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50
        assert uow.cases.all() == ()
        assert uow.audit.trail("reservation:HOLD-1") == ()


def test_the_time_is_the_databases_and_stands_still_in_a_transaction(company_urls: RoleUrls) -> None:
    with open_books(company_urls.app) as books, books(MARIA.name) as uow:
        first, second = uow.now, uow.now

    assert first == second
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)


def test_in_a_frozen_world_the_time_is_given(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.now == datetime(2024, 10, 4, 9, 0, tzinfo=UTC)


def test_who_acts_is_written_in_the_audit_log(desk: Desk) -> None:
    with desk.open(WORKER_NAME) as uow:
        uow.stock.reserve(VALVE, RENO, quantity=5, reference="HOLD-1")

    with desk.open() as uow:
        ((at, actor, event, subject, facts),) = uow.audit.trail("reservation:HOLD-1")
    assert (at, actor, event, subject) == (desk.clock.now, WORKER_NAME, "stock_reserved", "HOLD-1")
    assert facts == '{"item": "VALVE-3", "location": "RENO", "quantity": 5}'


def test_a_database_that_is_down_is_one_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"postgresql+psycopg://nobody:secret@127.0.0.1:{port}/books"
        with open_books(url) as books, pytest.raises(StorageUnavailableError) as refusal, books(MARIA.name):
            pass

    assert refusal.value.code == "database_unavailable"
    assert "the database does not answer" in refusal.value.message
    assert "secret" not in refusal.value.message


READS: dict[str, Callable[[UnitOfWork], object]] = {
    "through SQLAlchemy": lambda uow: uow.cases.all(),
    "through the driver": lambda uow: uow.snapshot(),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_database_that_goes_away_in_the_middle_is_the_same_error(
    desk: Desk, read: Callable[[UnitOfWork], object]
) -> None:
    def cut_off() -> None:
        with desk.open() as uow:
            with psycopg.connect(dsn_of(desk.urls.app)) as same_role:
                same_role.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
                )
            read(uow)

    with pytest.raises(StorageUnavailableError, match="the database does not answer"):
        cut_off()

    assert len(desk.snapshot().items.code) == 4


def test_a_database_without_tables_says_what_to_run(role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(role_urls.owner)) as owner:
        owner.execute("DROP TABLE settings CASCADE")

    with (
        open_books(role_urls.app) as books,
        pytest.raises(StorageUnavailableError, match="run `expediter db migrate`"),
        books(MARIA.name) as uow,
    ):
        uow.snapshot()


def test_the_same_case_opened_at_the_same_moment_is_a_conflict(desk: Desk) -> None:
    def open_case() -> None:
        with desk.open() as uow:
            uow.cases.open(detected(), on=TODAY, deadline=None)

    with ThreadPoolExecutor(1) as pool:
        with desk.open() as uow:
            uow.cases.open(detected(), on=TODAY, deadline=None)
            later = pool.submit(open_case)
            desk.until_somebody_waits()
        error = later.exception()

    assert isinstance(error, ConflictError)
    assert not isinstance(error, TryAgainError)
    assert "Key (key)=(E01|item VALVE-3@HOUSTON|uncovered) already exists" in error.message


def test_a_deadlock_asks_to_try_again(desk: Desk) -> None:
    """Which of the two has to is up to the database: whoever has waited for a second when it looks."""

    def other_way_round() -> None:
        with desk.open() as uow:
            uow.audit.note(scope="b", event="x", subject="s", facts={})
            uow.audit.note(scope="a", event="x", subject="s", facts={})

    def one_way(pool: ThreadPoolExecutor) -> None:
        with desk.open() as uow:
            uow.audit.note(scope="a", event="x", subject="s", facts={})
            later.append(pool.submit(other_way_round))
            desk.until_somebody_waits()
            with psycopg.connect(dsn_of(desk.urls.app)) as third:
                assert third.execute("SELECT count(*) FROM audit_heads WHERE scope = 'a'").fetchone() == (0,)
            uow.audit.note(scope="b", event="x", subject="s", facts={})

    later = list[Future[None]]()
    with ThreadPoolExecutor(1) as other, ThreadPoolExecutor(1) as one:
        ended = [one.submit(one_way, other).exception(), later[0].exception()]

    (error,) = [error for error in ended if error is not None]
    assert isinstance(error, TryAgainError)
    assert "try again" in error.message


@pytest.mark.parametrize("number", ["SO-\ud800", "SO-\0"])
def test_a_number_that_is_no_text_is_refused_when_it_is_only_looked_up(desk: Desk, number: str) -> None:
    with pytest.raises(InvalidValueError, match="a value cannot be stored: "), desk.open() as uow:
        uow.orders.order(OrderNo(number))


def test_a_number_without_end_is_not_echoed(desk: Desk) -> None:
    with pytest.raises(NotFoundError) as refusal, desk.open() as uow:
        uow.orders.order(OrderNo("x" * 1_000_000))

    assert len(refusal.value.message) == 2003


def test_a_text_the_database_cannot_hold_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="a value cannot be stored: "), desk.open() as uow:
        uow.stock.shrink("NUL\x00", to=1)


def test_a_number_the_database_cannot_hold_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="a value cannot be stored: "), desk.open() as uow:
        uow.orders.count_line(SO_1, 1, shipped=2**70)


def test_a_failure_that_means_nothing_to_the_domain_stays_what_it_is(desk: Desk) -> None:
    with pytest.raises(IntegrityError) as failure, desk.open() as uow:
        uow.outbox.add(
            OutboxMessage(
                key="k", partner="mail", kind=MessageKind.CUSTOMER_NOTICE, payload={}, approval=ApprovalId("AP-9")
            )
        )

    assert failure.value.__cause__ is not failure.value

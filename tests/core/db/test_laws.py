"""Every invariant is silent on healthy books and names the place when somebody breaks them behind our back."""

import itertools
import random
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.bootstrap.opening import open_books
from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.db.embedded import Server, create_database, drop_database
from core.db.roles import dsn_of
from core.db.stores.checks import SqlBookCheckStore
from core.db.transaction import Transaction
from core.db.unit_of_work import open_engine
from core.domain.approval import DecisionKind
from core.domain.errors import NotFoundError
from core.domain.users import WORKER_NAME
from core.services.checking import InvariantResult, check
from core.services.dispatching import dispatch
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import DELTA, GULF, MARIA, VALVE, buy, expedite, re_promise, transfer
from tests.core.db.breaches import BREACHES
from tests.core.db.master_breaches import PRICED
from tests.database import WORKER
from tests.desk import Clock, Desk

_numbers = itertools.count(1)
Broken = Callable[[str, str], tuple[str, ...]]


@pytest.fixture(scope="module")
def busy(postgres_server: Server, company_template: str) -> Iterator[Desk]:
    """Books after some work: a plan executed, sent and verified, one pending, one rejected, one undone."""
    name = f"busy_{WORKER}_{next(_numbers)}"
    create_database(postgres_server, name, company_template)
    urls, clock = postgres_server.role_urls(name), Clock()
    with open_books(urls.app, frozen=clock.read) as books, open_books(urls.agent) as agents:
        desk = Desk(open_uow=books, open_agent_uow=agents, clock=clock, urls=urls)
        work(desk)
        yield desk
    drop_database(postgres_server, name)


@pytest.fixture
def broken(busy: Desk, postgres_server: Server) -> Iterator[Broken]:
    """Says what an invariant finds after a statement that no guard, right or constraint stopped; nothing stays."""
    engine = open_engine(postgres_server.url("postgres", busy.urls.app.rpartition("/")[2]))
    with Session(engine) as session:

        def found(statement: str, invariant: str) -> tuple[str, ...]:
            breach = session.begin_nested()
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text(statement))
            transaction = Transaction(session=session, actor=MARIA.name, now=busy.clock.now)
            sentences = SqlBookCheckStore(transaction).broken(invariant)
            breach.rollback()
            session.expire_all()
            return sentences

        yield found
        session.rollback()
    engine.dispose()


def work(desk: Desk) -> None:
    offer = SandboxOffer(unit_price=buy().unit_price, lead_time_days=6, available=100, expedite_fee=expedite().fee)
    trade = SandboxTrade(SandboxSupplier(code=code, items={VALVE: offer}) for code in (DELTA, GULF))
    done = desk.executed(transfer(), buy(), expedite(), re_promise())
    dispatch(desk.open_uow, suppliers=SandboxSuppliers(trade), mail=SandboxMailbox(), by=WORKER_NAME)
    with desk.open() as uow:
        assert verify(uow, done.id).verified
    desk.decide(desk.proposed(transfer(1, "TO-2.1A-1"), root="item A"), kind=DecisionKind.REJECT)
    desk.proposed(transfer(2, "TO-3.1A-1"), root="item B")
    undone = desk.proposed(buy(5, "PO-4.1A-1"), re_promise(12, line=2, old=10, quantity=2), root="item C")
    desk.execute(desk.decide(undone))
    with desk.open() as uow:
        undo(uow, undone.id, MARIA)


def results(desk: Desk) -> tuple[InvariantResult, ...]:
    with desk.open() as uow:
        return check(uow)


def test_every_invariant_holds_on_books_just_loaded(desk: Desk) -> None:
    found = results(desk)

    assert [result.name for result in found] == [f"I{n}" for n in (*range(1, 13), 15)]
    assert [result for result in found if result.broken] == []


def test_every_invariant_holds_after_the_work_of_a_day(busy: Desk) -> None:
    assert [result for result in results(busy) if result.broken] == []


def test_an_unknown_invariant_is_refused(busy: Desk) -> None:
    with pytest.raises(NotFoundError, match="there is no invariant 'I13'"), busy.open() as uow:
        uow.checks.broken("I13")


@pytest.mark.parametrize(
    ("invariant", "breach", "sentences"), BREACHES, ids=[f"{name} {found[0]}" for name, _, found in BREACHES]
)
def test_a_breach_is_named(broken: Broken, invariant: str, breach: str, sentences: tuple[str, ...]) -> None:
    assert broken(breach, invariant) == sentences


def test_an_order_of_a_plan_may_be_rescheduled_afterwards(broken: Broken) -> None:
    later = """
        UPDATE purchase_order_lines SET due = '2024-10-30' WHERE ordered = 25;
        INSERT INTO audit_log SELECT scope, 99, actor, 'purchase_line_rescheduled', subject, facts, recorded_at, hash,
            hash FROM audit_log WHERE scope = 'purchase:PO-1.1A-2' AND sequence = 1"""

    assert broken(later, "I9") == ()


def test_prices_that_two_people_agreed_to_break_nothing(broken: Broken) -> None:
    assert broken(PRICED, "I10") == ()


TAMPERED: dict[str, tuple[str, str]] = {
    "edit who": (
        "UPDATE audit_log SET actor = 'paul' WHERE scope = 'case:CASE-1' AND sequence = 3",
        "audit chain 'case:CASE-1' is broken at link 3",
    ),
    "edit what": (
        "UPDATE audit_log SET facts = '{}' WHERE scope = 'case:CASE-1' AND sequence = 1",
        "audit chain 'case:CASE-1' is broken at link 1",
    ),
    "edit when": (
        "UPDATE audit_log SET recorded_at = recorded_at + interval '1 second' WHERE scope = 'company'",
        "audit chain 'company' is broken at link 1",
    ),
    "delete the first": (
        "DELETE FROM audit_log WHERE scope = 'case:CASE-1' AND sequence = 1",
        "audit chain 'case:CASE-1' is broken at link 2",
    ),
    "delete one in the middle": (
        "DELETE FROM audit_log WHERE scope = 'case:CASE-1' AND sequence = 4",
        "audit chain 'case:CASE-1' is broken at link 5",
    ),
    "reorder": (
        (
            "UPDATE audit_log SET sequence = CASE sequence WHEN 3 THEN 1004 WHEN 4 THEN 1003 END"
            " WHERE scope = 'case:CASE-1' AND sequence IN (3, 4);"
            " UPDATE audit_log SET sequence = sequence - 1000 WHERE sequence > 1000"
        ),
        "audit chain 'case:CASE-1' is broken at link 3",
    ),
    "insert": (
        (
            "INSERT INTO audit_log SELECT scope, 99, actor, event, subject, facts, recorded_at, hash, hash"
            " FROM audit_log WHERE scope = 'company'"
        ),
        "audit chain 'company' is broken at link 99",
    ),
    "cut the tail": (
        "DELETE FROM audit_log WHERE scope = 'user:maria' AND sequence = 1",
        "audit chain 'user:maria' ends at link 0, its head says 1",
    ),
    "cut the tail and move the head": (
        (
            "DELETE FROM audit_log WHERE scope = 'case:CASE-1' AND event = 'decision_approve';"
            " UPDATE audit_heads SET sequence = 99 WHERE scope = 'case:CASE-1'"
        ),
        "decision of maria on AP-1-1A is not in the audit log",
    ),
    "forget the head": (
        "DELETE FROM audit_heads WHERE scope = 'company'",
        "audit chain 'company' has no head",
    ),
    "forget the whole chain": (
        (
            "DELETE FROM audit_log WHERE scope = 'approval:AP-1-1A'; DELETE FROM audit_heads"
            " WHERE scope = 'approval:AP-1-1A'"
        ),
        "effect of AP-1-1A is not in the audit log",
    ),
    "forget all about a case": (
        "DELETE FROM audit_log WHERE scope = 'case:CASE-3'; DELETE FROM audit_heads WHERE scope = 'case:CASE-3'",
        "audit chain 'case:CASE-3' is missing",
    ),
    "forget the company": (
        "DELETE FROM audit_log WHERE scope = 'company'; DELETE FROM audit_heads WHERE scope = 'company'",
        "audit chain 'company' is missing",
    ),
    "forget a user": (
        "DELETE FROM audit_log WHERE scope = 'user:maria'; DELETE FROM audit_heads WHERE scope = 'user:maria'",
        "audit chain 'user:maria' is missing",
    ),
    "forget an order of a plan": (
        (
            "DELETE FROM audit_log WHERE scope = 'purchase:PO-1.1A-2';"
            " DELETE FROM audit_heads WHERE scope = 'purchase:PO-1.1A-2'"
        ),
        "audit chain 'purchase:PO-1.1A-2' is missing",
    ),
    "forget a message": (
        (
            "DELETE FROM audit_log WHERE scope = 'outbox:AP-1-1A:PO-1.1A-2';"
            " DELETE FROM audit_heads WHERE scope = 'outbox:AP-1-1A:PO-1.1A-2'"
        ),
        "audit chain 'outbox:AP-1-1A:PO-1.1A-2' is missing",
    ),
    "forget a request for approval": (
        "DELETE FROM audit_log WHERE event = 'approval_requested' AND subject = 'AP-3-1A'",
        "request of AP-3-1A is not in the audit log",
    ),
    "forget a promise": (
        "DELETE FROM audit_log WHERE scope = 'order:SO-1'; DELETE FROM audit_heads WHERE scope = 'order:SO-1'",
        "promise of order SO-1/1 for 2024-10-13 is not in the audit log",
    ),
}


@pytest.mark.parametrize(("tampering", "sentence"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_with_the_audit_log_is_found(broken: Broken, tampering: str, sentence: str) -> None:
    assert sentence in broken(tampering, "I11")


COLUMNS = ("actor", "event", "subject", "facts", "previous", "hash")


def test_of_a_hundred_random_tamperings_every_one_is_found(broken: Broken, busy: Desk) -> None:
    with psycopg.connect(dsn_of(busy.urls.app)) as connection:
        links = connection.execute("SELECT scope, sequence FROM audit_log ORDER BY 1, 2").fetchall()
    dice = random.Random(12)

    for _ in range(100):
        scope, sequence = dice.choice(links)
        where = f"WHERE scope = '{scope}' AND sequence = {sequence}"
        column = dice.choice(COLUMNS)
        tampering = dice.choice(
            [
                f"UPDATE audit_log SET {column} = {column} || 'x' {where}",
                f"UPDATE audit_log SET recorded_at = recorded_at - interval '1 microsecond' {where}",
                f"UPDATE audit_log SET sequence = {sequence + 1000} {where}",
                f"UPDATE audit_log SET scope = 'elsewhere' {where}",
                f"DELETE FROM audit_log {where}",
            ]
        )
        assert broken(tampering, "I11") != (), tampering

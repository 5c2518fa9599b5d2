"""The small company's books on one connection: a call of a service is a savepoint, an example is one transaction.

It is rolled back in the end, so that thousands of steps need no table put back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import psycopg
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.db.laws import broken_links
from core.db.roles import RoleUrls
from core.db.unit_of_work import SqlUnitOfWork
from core.domain.errors import DomainError
from core.domain.ids import UserName
from core.domain.users import WORKER_NAME
from core.ports.storage import UnitOfWork
from core.services.dispatching import dispatch
from tests.builders import DELTA, GULF, MARIA, VALVE, buy, expedite
from tests.desk import Clock, Desk
from tests.laws import Laws, prepare_once

R = TypeVar("R")
AGAIN = 4  # each so manyth command is sent again
MOST_PLANS = 1_000
# All that a call may change, in one row: cheap enough to be read after every step.
DIGEST = """
    SELECT (SELECT sum(sequence) FROM audit_heads), (SELECT count(*) FROM commands), (SELECT count(*) FROM stock_moves),
        (SELECT sum(on_hand * 31 + reserved * 7 + blocked) FROM stock_balances),
        (SELECT md5(string_agg(concat_ws(' ', id, state, quantity, taken, expires_at), ';' ORDER BY id))
         FROM reservations),
        (SELECT md5(string_agg(l::text, ';' ORDER BY order_id, line)) FROM sales_order_lines l),
        (SELECT md5(string_agg(o::text, ';' ORDER BY id)) FROM sales_orders o),
        (SELECT md5(string_agg(s::text, ';' ORDER BY s::text)) FROM schedule_lines s),
        (SELECT md5(string_agg(p::text, ';' ORDER BY order_id, line)) FROM purchase_order_lines p),
        (SELECT md5(string_agg(w::text, ';' ORDER BY id)) FROM work_orders w),
        (SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM transfer_orders t),
        (SELECT md5(string_agg(s::text, ';' ORDER BY id)) FROM shipments s),
        (SELECT md5(string_agg(r::text, ';' ORDER BY id)) FROM returns r),
        (SELECT md5(string_agg(number || state, ';' ORDER BY number)) FROM planned_orders),
        (SELECT md5(string_agg(id || state, ';' ORDER BY id)) FROM approvals),
        (SELECT count(*) FROM outbox), (SELECT count(*) FROM promise_records), (SELECT count(*) FROM order_timeline)"""
# How often this transaction wrote to each table; what was undone counts too, so that the count only grows.
WRITES = """
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[R]):
    """What a service answered: a result, or the code of a refusal."""

    result: R | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Savepoints:
    """Opens units of work as savepoints of one connection."""

    connection: Connection
    clock: Clock

    def __call__(self, actor: UserName, /) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.connection, actor, self.clock.read)


@dataclass(slots=True)
class Books:
    """One example: the desk at work inside one transaction, what was done, and what was refused."""

    connection: Connection
    urls: RoleUrls
    clock: Clock
    steps: int = 0
    answers: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    desk: Desk = field(init=False)
    digest: tuple[Any, ...] = ()
    trade: SandboxTrade = field(init=False)
    laws: Laws = field(init=False)
    writes: dict[str, int] | None = None

    def __post_init__(self) -> None:
        keep_plans(self.connection)
        self.connection.begin()
        self.connection.begin_nested()  # a session on a connection with a savepoint commits and rolls back to its own
        opener = Savepoints(self.connection, self.clock)
        self.desk = Desk(open_uow=opener, open_agent_uow=opener, clock=self.clock, urls=self.urls)
        offer = SandboxOffer(
            unit_price=buy().unit_price, lead_time_days=6, available=10_000, expedite_fee=expedite().fee
        )
        self.trade = SandboxTrade(SandboxSupplier(code=code, items={VALVE: offer}) for code in (DELTA, GULF))
        self.laws = Laws.of(self.connection)
        prepare_once(self._raw, {"digest": DIGEST, "writes": WRITES})
        self.digest = self.read_digest()

    def end(self) -> None:
        """Nothing of the example stays."""
        self._raw.prepare_threshold = None
        self._raw.execute("ROLLBACK")
        self.connection.rollback()

    def key(self) -> str:
        """A key nobody used."""
        self.steps += 1
        return f"move {self.steps}"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the books, in an order the query gives."""
        return self._raw.execute(query.encode(), values or None).fetchall()

    def choose(self, nth: int, query: str, *values: object) -> tuple[Any, ...] | None:
        """One of the rows, by its number from the front, counted round."""
        found = self.rows(query, *values)
        return found[nth % len(found)] if found else None

    def do(self, name: str, act: Callable[[UnitOfWork], R], *, by: UserName = MARIA.name) -> Said[R]:
        """One call in one transaction; what is refused has changed nothing."""
        try:
            with self.desk.open(by) as uow:
                result = act(uow)
        except DomainError as error:
            self.unchanged(name, error.code)
            return Said(refusal=error.code)
        self.note(name, "done")
        before, self.digest = self.digest, self.read_digest()
        assert not name.endswith(" again") or self.digest == before, f"{name} changed the books"
        return Said(result=result)

    def ask(self, name: str, service: Callable[..., R], command: Any, *more: Any, by: UserName = MARIA.name) -> Said[R]:
        """A command under a key; now and then it is sent again, changed under its key, and for another version."""
        said = self.do(name, lambda uow: service(uow, command, *more), by=by)
        if said.refusal or self.steps % AGAIN or not hasattr(command, "key"):
            return said
        again = self.do(f"{name} again", lambda uow: service(uow, command, *more), by=by)
        assert again == said, f"{name} answered {said} and, asked again, {again}"
        if hasattr(command, "version"):
            other = replace(command, version=command.version + 1000)
            conflict = self.do(f"{name} changed", lambda uow: service(uow, other, *more), by=by)
            assert conflict.refusal == "idempotency_conflict", f"{name}: another request under the key: {conflict}"
            stale = replace(other, key=f"{command.key} stale")
            refused = self.do(f"{name} stale", lambda uow: service(uow, stale, *more), by=by)
            assert refused.refusal, f"{name}: a version that is not there was taken: {refused}"
        return said

    def unchanged(self, name: str, code: str) -> None:
        """A refusal is an ordinary answer, and leaves no trace."""
        self.note(name, code)
        assert self.read_digest() == self.digest, f"{name} was refused ({code}) but changed the books"

    def note(self, name: str, answer: str) -> None:
        """Count what was answered."""
        of = self.answers.setdefault(name, {})
        of[answer] = of.get(answer, 0) + 1

    def send(self) -> None:
        """Suppliers and customers get their messages, so that none waits when time passes."""
        dispatch(self.desk.open_uow, suppliers=SandboxSuppliers(self.trade), mail=SandboxMailbox(), by=WORKER_NAME)
        self.digest = self.read_digest()

    def broken(self) -> Mapping[str, Sequence[str]]:
        """What the laws find that what was written since the last time can have broken; each is asked at the end."""
        before, self.writes = self.writes, self.read_writes()
        written = None if before is None else {name for name, count in self.writes.items() if count != before[name]}
        return self.laws.broken(self.clock.now, written)

    def all_broken(self) -> Mapping[str, Sequence[str]]:
        """What every law finds, whatever was written."""
        return self.laws.broken(self.clock.now)

    def broken_chains(self) -> tuple[str, ...]:
        """What hashing the audit chains again finds."""
        with Session(self.connection, join_transaction_mode="create_savepoint") as session:
            return tuple(broken_links(session))

    def read_digest(self) -> tuple[Any, ...]:
        """The books in one row."""
        (row,) = self.rows("EXECUTE digest")
        return row

    def read_writes(self) -> dict[str, int]:
        """How often each table was written to."""
        return dict(self.rows("EXECUTE writes"))

    @property
    def _raw(self) -> psycopg.Connection[tuple[Any, ...]]:
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        return raw


def keep_plans(connection: Connection) -> None:
    """Plan each statement once for as long as the connection lives.

    The driver forgets its prepared statements, and those of prepare_once with them, when it sees a rollback prepared or
    counted; so those of savepoints pass it by. Nothing here changes the schema, which is what it forgets them for.
    """
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    if raw.prepared_max == MOST_PLANS:
        return
    raw.prepared_max = MOST_PLANS
    connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
    connection.commit()

    @event.listens_for(connection, "before_cursor_execute")
    def choose(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        raw.prepare_threshold = None if "SAVEPOINT" in statement else 1


__all__ = ["Books", "Said"]

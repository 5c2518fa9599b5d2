"""One transaction on PostgreSQL with a store for each noun; the time is read once, when it begins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self, cast

import psycopg
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from core.db.failing import translated, unavailable
from core.db.jobs.store import write_deferred
from core.db.snapshot.reader import read_snapshot
from core.db.snapshot.resident import ResidentBooks
from core.db.transaction import Transaction, forget_taken_back
from core.db.unit_stores import UnitStores
from core.domain.errors import NotAuthorisedError
from core.domain.ids import UserName
from core.domain.scopes import Scope
from core.planning.snapshot import Snapshot

POOL_SIZE = 8
CONNECT_SECONDS = 5
_BEGUN = text("SELECT transaction_timestamp()")
# For this transaction only: the next one on the connection begins with nothing in sight.
_LIMITED = text("""
SELECT set_config('expediter.sites', :sites, true), set_config('expediter.customers', :customers, true)""")


class SqlUnitOfWork(UnitStores):
    """A unit of work; use it as a context manager. Leaving the block well commits, raising rolls back.

    On a connection with a savepoint open it is a savepoint: whoever has the connection may take it back.
    """

    def __init__(
        self,
        bind: Engine | Connection,
        actor: UserName,
        frozen: Callable[[], datetime] | None,
        resident: ResidentBooks | None = None,
        scope: Scope | None = None,
    ) -> None:
        self._session = Session(bind, expire_on_commit=False, autoflush=True)
        forget_taken_back(self._session)
        self._actor = actor
        self._frozen = frozen
        self._resident = resident
        self._scope = scope
        self._transaction: Transaction | None = None

    def __enter__(self) -> Self:
        try:
            read = self._session.scalars(_BEGUN).one()
            if self._scope is not None:
                self._session.execute(_LIMITED, _limits(self._scope))
        except (OperationalError, PoolTimeoutError) as error:
            self._session.close()
            raise unavailable(error) from error
        now = self._frozen() if self._frozen else read
        self._transaction = Transaction(session=self._session, actor=self._actor, now=now)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                write_deferred(self._session)
                self._session.commit()
            else:
                self._session.rollback()
        except DBAPIError as failed:
            _tell(failed)
            raise
        finally:
            self._session.close()
        if isinstance(error, DBAPIError | psycopg.Error | UnicodeEncodeError):
            if self._scope is not None and _forbidden(error):
                raise NotAuthorisedError(
                    f"this needs more of the books than you see ({self._scope.words}); somebody who sees all can ask it"
                ) from error
            _tell(error)

    @property
    def actor(self) -> UserName:
        """Who acts."""
        return self._actor

    @property
    def now(self) -> datetime:
        """The time of this transaction."""
        return self._open.now

    def snapshot(self) -> Snapshot:
        """The books as columns, as a statement of this transaction sees them now: from those the process keeps, if it
        keeps any and nothing was written here, or read in one statement."""
        self._session.flush()
        raw = self._session.connection().connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        connection = cast("psycopg.Connection[Any]", raw)
        kept = None if self._resident is None else self._resident.current(connection, self.now)
        return read_snapshot(connection, self.now) if kept is None else kept

    def forget_changes(self, *, keep: timedelta) -> int:
        """Prune the change feed of what everybody has seen who asked within that time; how many were forgotten."""
        return self._session.scalars(select(func.prune_book_changes(keep))).one()

    @property
    def _noted(self) -> Transaction:
        """The transaction for who reads the audit chains: what was noted is in them."""
        self._open.write_notes()
        return self._open

    @property
    def _open(self) -> Transaction:
        assert self._transaction is not None, "a unit of work is used inside its with block"
        return self._transaction


@dataclass(frozen=True, slots=True)
class SqlOpener:
    """Opens units of work on one database under one role; `frozen` gives the time in a frozen world. With `resident`
    they look at the books the process keeps, as long as they have written nothing."""

    engine: Engine
    frozen: Callable[[], datetime] | None = None
    resident: ResidentBooks | None = None

    def __call__(self, actor: UserName, /) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, actor, self.frozen, self.resident)


@dataclass(frozen=True, slots=True)
class SqlVisitorOpener:
    """Opens units of work under the visitors' role, which sees the rows of the scope given and writes nothing."""

    engine: Engine
    frozen: Callable[[], datetime] | None = None

    def __call__(self, actor: UserName, scope: Scope, /) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, actor, self.frozen, scope=scope)


def open_engine(url: str) -> Engine:
    """A small pool of connections; a dead one is noticed and replaced when it is next taken."""
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )


def _limits(scope: Scope) -> dict[str, str]:
    return {"sites": _setting(scope.sites), "customers": _setting(scope.customers)}


def _setting(codes: frozenset[str] | None) -> str:
    return "*" if codes is None else "\x1f".join(sorted(codes - {"*"}))


def _forbidden(error: BaseException) -> bool:
    """Whether a table was asked for that its role may not read."""
    return isinstance(error.orig if isinstance(error, DBAPIError) else error, InsufficientPrivilege)


def _tell(error: DBAPIError | psycopg.Error | UnicodeEncodeError) -> None:
    """Raise what a failure means in the words of the domain, if it has a meaning there."""
    meaning = translated(error)
    if meaning is not error:
        raise meaning from error

"""Books that a process keeps: the change feed says which rows to read again, and now and then all are."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from core.db.snapshot.demand import demand
from core.db.snapshot.feed import NEVER_ASKED, Feed, Seen, keys_of, read_feed, seen_in
from core.db.snapshot.large import Large
from core.db.snapshot.patching import demand_with, stock_with, supply_with
from core.db.snapshot.reader import Books, moved_with, read_books, reading
from core.db.snapshot.statements import Statement
from core.db.snapshot.supply import stock, supply
from core.db.snapshot.terms import claims
from core.planning.planned import with_planned
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER, Snapshot

# The feed is kept for longer than this: see core/services/upkeep.py.
LONGEST_APART = timedelta(minutes=30)
CHECKED_EVERY = timedelta(minutes=15)
MOST_KEYS = 2_000
_TRIES = 4
_log = logging.getLogger(__name__)
_KINDS = {"work": WORK_ORDER, "purchase": PURCHASE_ORDER, "transfer": TRANSFER_ORDER}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The books at one moment: all changes of transactions before `horizon` are in them, of later ones those `seen`.
    `shown` is the snapshot with its planned orders."""

    books: Books
    shown: Snapshot
    horizon: int
    seen: frozenset[int]
    at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The books as they were at one moment, `at` by the database's clock: all changes of transactions before `horizon`
    are in them, of later ones those `seen`."""

    snapshot: Snapshot
    horizon: int
    seen: frozenset[int]
    at: datetime


class ResidentBooks:
    """The columns of one database, brought up to date when somebody asks; for any number of threads.

    What is handed out never changes: its arrays refuse to be written to, and the next state shares those that are the
    same.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: _Held | None = None

    def current(self, connection: Connection[Any], now: datetime) -> Snapshot | None:
        """The books as a statement of this connection sees them now, with the quotes not expired at `now`; None for a
        transaction that has written or looks at an older moment, as what it sees is no other's to see.

        Every CHECKED_EVERY all is read again and compared: a warning in the log names the columns that differed.
        """
        found = self.look(connection, now)
        return None if found is None else found.snapshot

    def look(self, connection: Connection[Any], now: datetime | None) -> Look | None:
        """The same, with what is needed to tell later whether something has changed; without `now`, of the moment at
        which it was looked."""
        with self._lock:
            held = self._held
            feed = read_feed(connection, NEVER_ASKED if held is None else held.horizon)
            if feed.written or (held is not None and feed.horizon < held.horizon):
                return None
            if held is not None and feed.at - held.checked_at > CHECKED_EVERY:
                self._check(connection, feed)
            else:
                self._held = _followed(connection, held, feed)
            assert self._held is not None
            held = self._held
        return Look(
            snapshot=replace(held.shown, claims=claims(held.books.columns, now or feed.at)),
            horizon=held.horizon,
            seen=held.seen,
            at=feed.at,
        )

    def verify(self, connection: Connection[Any]) -> tuple[str, ...] | None:
        """The columns in which the books kept differ from the database, which are then as the database has them; None
        where the books changed too often to be compared, or the transaction has written."""
        with self._lock:
            feed = read_feed(connection, NEVER_ASKED if self._held is None else self._held.horizon)
            return None if feed.written else self._check(connection, feed)

    def _check(self, connection: Connection[Any], feed: Feed) -> tuple[str, ...] | None:
        for _ in range(_TRIES):
            held = _followed(connection, self._held, feed)
            whole = _whole(connection, feed, since=held.horizon)
            self._held = whole
            assert whole.books.seen is not None
            if whole.books.seen.changes.keys() <= held.seen:
                found = tuple(differing(held.shown, whole.shown))
                if found:
                    _log.warning("books kept in memory were not as the database has them: %s", ", ".join(found))
                return found
            feed = read_feed(connection, whole.horizon)
        return None


def differing(found: Any, expected: Any, name: str = "books") -> Iterator[str]:
    """The columns that are not equal."""
    if is_dataclass(expected):
        for column in fields(expected):
            yield from differing(getattr(found, column.name), getattr(expected, column.name), f"{name}.{column.name}")
    elif isinstance(expected, np.ndarray):
        there = cast("NDArray[Any]", expected)
        if found.dtype != there.dtype or not np.array_equal(found, there):
            yield name
    elif found != expected:
        yield name


def _followed(connection: Connection[Any], held: _Held | None, feed: Feed) -> _Held:
    """What is held, with the changes of the feed; read as a whole where that is less work."""
    if held is None or feed.at - held.at > LONGEST_APART:
        return _whole(connection, feed, since=NEVER_ASKED)
    for _ in range(_TRIES):
        new = [change for change in feed.changes if change.id not in held.seen]
        if not new:
            seen = frozenset(change.id for change in feed.changes if change.transaction >= feed.horizon)
            return replace(held, horizon=feed.horizon, seen=seen, at=feed.at)
        keys = keys_of(new, most=MOST_KEYS)
        if keys is None:
            break
        with reading(connection, Statement.CHANGED, {**keys, "since": held.horizon}) as (row, large):
            seen = seen_in(large)
            same = seen.changes.keys() <= {change.id for change in feed.changes}
            patched = _patched(held.books, row, large, keys, seen) if same else None
        if same:
            if patched is None:
                break
            return _standing(patched, at=feed.at, checked_at=held.checked_at)
        # More was committed between the feed and the rows: these would not be of one moment.
        feed = read_feed(connection, held.horizon)
    return _whole(connection, feed, since=NEVER_ASKED)


def _whole(connection: Connection[Any], feed: Feed, *, since: int) -> _Held:
    return _standing(read_books(connection, since=since), at=feed.at, checked_at=feed.at)


def _standing(books: Books, *, at: datetime, checked_at: datetime) -> _Held:
    seen, shown = books.seen, with_planned(books.snapshot)
    assert seen is not None, "the feed was read along"
    _seal(books.snapshot)
    _seal(shown)
    return _Held(
        books=books,
        shown=shown,
        horizon=seen.horizon,
        seen=frozenset(change for change, transaction in seen.changes.items() if transaction >= seen.horizon),
        at=at,
        checked_at=checked_at,
    )


def _patched(books: Books, row: dict[str, Any], large: Large, keys: dict[str, list[int]], seen: Seen) -> Books | None:
    """The books with the rows of these keys as they were read now; None where the rows contradict each other."""
    columns = books.columns.with_moving(row)
    snapshot, order_keys, supply_keys = books.snapshot, books.order_keys, books.supply_keys
    lines = demand(large, columns, keyed=True)
    if lines is None:
        return None
    if keys["sales"]:
        table, order_keys = demand_with(
            snapshot.demand, order_keys, *lines, changed=np.array(keys["sales"], dtype=np.int64)
        )
        snapshot = replace(snapshot, demand=table)
    if keys["stock"]:
        items = columns.item.at(np.array(keys["stock"], dtype=np.int64))
        out = np.flatnonzero(np.isin(snapshot.stock.item, items))
        snapshot = replace(snapshot, stock=stock_with(snapshot.stock, stock(large, columns), out=out))
    if any(keys[source] for source in _KINDS):
        old, gone = snapshot.supply, np.zeros(supply_keys.size, dtype=np.bool_)
        for source, kind in _KINDS.items():
            gone |= (old.kind == kind) & np.isin(supply_keys, np.array(keys[source], dtype=np.int64))
        receipts, receipt_keys = supply(large, columns, keyed=True)
        receipts, supply_keys = supply_with(old, supply_keys, receipts, receipt_keys, out=np.flatnonzero(gone))
        snapshot = replace(snapshot, supply=receipts)
    return Books(
        snapshot=moved_with(snapshot, columns),
        order_keys=order_keys,
        supply_keys=supply_keys,
        columns=columns,
        seen=seen,
    )


def _seal(table: Any) -> None:
    """Make the arrays of a snapshot refuse to be written to."""
    for column in fields(table):
        value = getattr(table, column.name)
        if is_dataclass(value):
            _seal(value)
        elif isinstance(value, np.ndarray):
            value.flags.writeable = False

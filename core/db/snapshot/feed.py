"""The change feed: what was committed since somebody last asked, however late its transaction ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from core.db.snapshot.large import Large

_STATEMENT = b"""
SELECT h.horizon, h.written, h.at, f.id, f.transaction, f.source, f.keys
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
             pg_current_xact_id_if_assigned() IS NOT NULL AS written, statement_timestamp() AS at) h
LEFT JOIN book_changes f ON f.transaction >= %(since)s::bigint ORDER BY f.id"""
NEVER_ASKED = 2**62
_MASTER, _MARK, _OTHER = "master", "mark", "other"
KEYED = ("sales", "stock", "work", "purchase", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One statement that changed rows; `keys` is None where it changed many."""

    id: int
    transaction: int
    source: str
    keys: list[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The changes of transactions from the one asked for on. All before `horizon` have ended and can be seen; `written`
    says that the transaction that asks has written itself; `at` is the database's time."""

    horizon: int
    written: bool
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a reading shows of the feed: the transaction of each change, and before which all have ended."""

    horizon: int
    changes: Mapping[int, int]


def seen_in(large: Large) -> Seen:
    """What was read along with the rows."""
    changes = zip(large.longs("feed_id").tolist(), large.longs("feed_transaction").tolist(), strict=True)
    return Seen(horizon=int(large.longs("feed_horizon")[0]), changes=dict(changes))


def read_feed(connection: Connection[Any], since: int) -> Feed:
    """The changes seen from this connection now, of transactions from `since` on."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_STATEMENT, {"since": since}, prepare=True).fetchall()
    changes = (
        Change(id=row["id"], transaction=row["transaction"], source=row["source"], keys=row["keys"])
        for row in rows
        if row["id"] is not None
    )
    first = rows[0]
    return Feed(horizon=first["horizon"], written=first["written"], at=first["at"], changes=tuple(changes))


def keys_of(changes: Iterable[Change], *, most: int) -> dict[str, list[int]] | None:
    """The keys to read again, by source; None where all is to be read: master data changed, or more keys than `most`
    did."""
    found: dict[str, set[int]] = {source: set() for source in KEYED}
    for change in changes:
        if change.source in (_MARK, _OTHER):
            continue
        if change.source == _MASTER or change.keys is None:
            return None
        found[change.source].update(change.keys)
    if sum(len(keys) for keys in found.values()) > most:
        return None
    return {source: sorted(keys) for source, keys in found.items()}

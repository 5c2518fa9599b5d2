"""Commands carried out once: the key is claimed before the work and the answer kept after it, in one transaction."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import CommandRow
from core.db.transaction import Transaction
from core.domain.checking_values import checked
from core.domain.errors import IdempotencyConflictError, InvalidValueError
from core.domain.showing import shown

R = TypeVar("R")
LONGEST_KEY = 200
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class SqlCommandStore:
    """The commands of this transaction."""

    transaction: Transaction

    def once(self, key: str, command: object, shape: type[R], act: Callable[[], R]) -> R:
        """The kept answer of the key, or what `act` answers now."""
        if not is_key(key):
            accepted = f"accepted are 1 to {LONGEST_KEY} printable characters"
            raise InvalidValueError(f"idempotency key {shown(key)} is not one; {accepted}", field="key")
        checked(command)
        kind, asked = type(command).__name__, hash_of(command)
        values = {
            "key": key,
            "kind": kind,
            "request_hash": asked,
            "actor": self.transaction.actor,
            "recorded_at": self.transaction.now,
        }
        session = self.transaction.session
        claim = insert(CommandRow).values(values).on_conflict_do_nothing().returning(CommandRow.key)
        with session.begin_nested():  # an error that somebody catches leaves neither half the work nor the key
            if session.scalars(claim).one_or_none() is None:
                return self._kept(key, kind, asked, shape)
            with self.transaction.gathered():
                answer = act()
            session.execute(update(CommandRow).where(CommandRow.key == key).values(result=to_json(shape, answer)))
            return answer

    def _kept(self, key: str, kind: str, asked: str, shape: type[R]) -> R:
        row = self.transaction.one(CommandRow, CommandRow.key == key, what=f"command {key!r}")
        if (row.kind, row.request_hash) != (kind, asked):
            raise IdempotencyConflictError(
                f"idempotency key {key!r} was used for another {row.kind}; a new request needs a new key", key=key
            )
        return from_json(shape, row.result)


def is_key(key: object) -> bool:
    """Whether a value may be an idempotency key."""
    return isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and key.isprintable()


def hash_of(command: object) -> str:
    """The hash of what is asked, by which the same request is known again."""
    shape: type[Any] = type(command)
    return hashlib.sha256(_canonical(to_json(shape, command)).encode()).hexdigest()

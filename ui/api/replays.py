"""Idempotency keys: the same request under the same key is done once and answered with the same words.

In memory: after a restart the compare-and-set of approvals still lets a decision count only once.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from pydantic import BaseModel

from core.domain.ids import UserName
from ui.api.errors import ApiError

KEPT = timedelta(hours=24)
MOST_KEPT = 10_000
Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(slots=True, kw_only=True)
class _Entry:
    fingerprint: str
    at: datetime
    reply: BaseModel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Generic[Reply]):
    """A reply, and whether it was given before."""

    reply: Reply
    replayed: bool


class Replays:
    """What was answered under which key, for each person."""

    def __init__(self, *, kept: timedelta = KEPT, most: int = MOST_KEPT) -> None:
        self._kept = kept
        self._most = most
        self._entries: OrderedDict[tuple[UserName, str], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def once(
        self, user: UserName, key: str, *, fingerprint: str, now: datetime, act: Callable[[], Reply]
    ) -> Once[Reply]:
        """The reply of `act`, or the one it gave under this key before; a failed act leaves the key free."""
        entry = _Entry(fingerprint=fingerprint, at=now)
        known = self._begin((user, key), entry)
        if known is not None:
            return Once(reply=known, replayed=True)  # type: ignore[arg-type] - an equal fingerprint had the same act
        try:
            reply = act()
        except BaseException:
            self._forget((user, key))
            raise
        entry.reply = reply
        return Once(reply=reply, replayed=False)

    def _begin(self, place: tuple[UserName, str], entry: _Entry) -> BaseModel | None:
        with self._lock:
            self._drop_old(entry.at)
            known = self._entries.setdefault(place, entry)
        if known is entry:
            return None
        if known.fingerprint != entry.fingerprint:
            raise ApiError(
                422, "idempotency_key_reused", f"key {place[1]!r} was used for another request; send a new one"
            )
        if known.reply is None:
            raise ApiError(
                409, "idempotency_in_progress", f"the request with key {place[1]!r} is still being worked on"
            )
        return known.reply

    def _drop_old(self, now: datetime) -> None:
        while self._entries:
            oldest = next(iter(self._entries.values()))
            if oldest.at > now - self._kept and len(self._entries) < self._most:
                return
            self._entries.popitem(last=False)

    def _forget(self, place: tuple[UserName, str]) -> None:
        with self._lock:
            self._entries.pop(place, None)


def fingerprint(*parts: str) -> str:
    """A digest by which two requests are told apart."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

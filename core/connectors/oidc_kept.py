"""What was fetched from elsewhere, kept for a while: fetched anew when it is old, used on when that fails."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from core.ports.identity_provider import LoginUnavailableError

T = TypeVar("T")
FRESH, USABLE, PAUSE = timedelta(hours=1), timedelta(days=1), timedelta(seconds=10)


class Kept(Generic[T]):
    """One value and when it came. One caller fetches, the others wait for it; between two fetches there is a pause, so
    that nobody makes this program call again and again."""

    def __init__(self, fetch: Callable[[datetime], T]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._value: T | None = None
        self._came: datetime | None = None
        self._asked: datetime | None = None
        self._failure = ""

    def value(self, now: datetime) -> T:
        """The value, not older than an hour, or a day where no newer one is to be had."""
        if (value := self._younger(now, FRESH)) is not None:
            return value
        with self._lock:
            if (value := self._younger(now, FRESH)) is not None:
                return value
            if not self._within(self._asked, now, PAUSE):
                self._renew(now)
            if (value := self._younger(now, USABLE)) is not None:
                return value
            raise LoginUnavailableError(self._failure)

    def renewed(self, now: datetime) -> T:
        """The value fetched anew, for what it should hold and does not; within the pause the one there is."""
        with self._lock:
            if not self._within(self._asked, now, PAUSE):
                self._renew(now)
        return self.value(now)

    def _renew(self, now: datetime) -> None:
        self._asked = now
        try:
            self._value = self._fetch(now)
            self._came = now
        except LoginUnavailableError as error:
            self._failure = error.message

    def _younger(self, now: datetime, age: timedelta) -> T | None:
        return self._value if self._within(self._came, now, age) else None

    @staticmethod
    def _within(since: datetime | None, now: datetime, age: timedelta) -> bool:
        return since is not None and since <= now < since + age

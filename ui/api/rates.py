"""How often a key is used: so many calls in a minute, counted in this process."""

import threading
import time
from collections import deque

from core.domain.identity import ApiKey, KeyId
from ui.api.errors import ApiError

WINDOW = 60.0


class Rates:
    """The calls of the last minute by key. Where several processes serve, each counts for itself."""

    def __init__(self) -> None:
        self._calls: dict[KeyId, deque[float]] = {}
        self._lock = threading.Lock()

    def admit(self, key: ApiKey) -> None:
        """Count a call; 429 when there were too many, with the seconds until there is room."""
        now = time.monotonic()
        with self._lock:
            calls = self._calls.setdefault(key.id, deque())
            while calls and calls[0] <= now - WINDOW:
                calls.popleft()
            if len(calls) < key.per_minute:
                calls.append(now)
                return
            wait = max(1, round(calls[0] + WINDOW - now + 0.5))
        raise ApiError(
            429,
            "rate_limited",
            f"key {key.id!r} may be used {key.per_minute} times a minute; try again in {wait} seconds",
            headers={"Retry-After": str(wait)},
        )

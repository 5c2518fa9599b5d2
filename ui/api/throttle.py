"""The brake on guessing passwords; it lives in memory and ends with the server."""

import threading
from collections import deque
from datetime import datetime, timedelta

from ui.api.errors import ApiError

MINUTE = timedelta(minutes=1)


class Throttle:
    """Counts attempts to sign in of the last minute, for one name and over all names."""

    def __init__(self, *, per_name: int = 5, overall: int = 60) -> None:
        self._per_name = per_name
        self._overall = overall
        self._attempts: deque[tuple[datetime, str]] = deque()
        self._lock = threading.Lock()

    def admit(self, name: str, *, now: datetime) -> None:
        """Count an attempt; 429 when there were too many."""
        with self._lock:
            while self._attempts and self._attempts[0][0] <= now - MINUTE:
                self._attempts.popleft()
            of_name = sum(1 for _, one in self._attempts if one == name)
            if of_name >= self._per_name or len(self._attempts) >= self._overall:
                raise ApiError(
                    429,
                    "rate_limited",
                    f"more than {self._per_name} attempts to sign in as {name!r} in a minute; wait one minute",
                    headers={"Retry-After": "60"},
                )
            self._attempts.append((now, name))

    def forget(self, name: str) -> None:
        """Somebody proved to be this person: the attempts before do not count."""
        with self._lock:
            self._attempts = deque(one for one in self._attempts if one[1] != name)

"""Sessions of signed-in people and the brake on guessing passwords; both live in memory and end with the server."""

import hashlib
import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.errors import AuthenticationError
from core.domain.ids import UserName
from ui.api.errors import ApiError

LIFETIME = timedelta(hours=8)
MOST_SESSIONS = 1000
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who signed in, and until when that holds."""

    name: UserName
    expires_at: datetime


class Sessions:
    """The open sessions by the hash of their token; the oldest gives way when there are too many."""

    def __init__(self, *, lifetime: timedelta = LIFETIME, most: int = MOST_SESSIONS) -> None:
        self._lifetime = lifetime
        self._most = most
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, name: UserName, *, now: datetime) -> tuple[str, Session]:
        """A new session and the token that stands for it."""
        token = secrets.token_urlsafe(32)
        session = Session(name=name, expires_at=now + self._lifetime)
        with self._lock:
            self._open[_digest(token)] = session
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        return token, session

    def find(self, token: str) -> Session:
        """The session of a token, expired or not; AuthenticationError when there is none."""
        with self._lock:
            session = self._open.get(_digest(token))
        if session is None:
            raise AuthenticationError("the session is not known; sign in again")
        return session

    def end(self, token: str) -> None:
        """Forget a session."""
        with self._lock:
            self._open.pop(_digest(token), None)


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


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

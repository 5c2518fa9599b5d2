"""Journeys to a login and back: begun in a browser, taken up again by the same browser within ten minutes, once."""

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.bootstrap.application import fresh_text
from core.ports.identity_provider import Journey, LoginRefusedError

JOURNEY_LIFE = timedelta(minutes=10)
LONGEST_SEALED = 4000
LONGEST_ONWARD = 1000
HOME = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A journey, and where on this server it was to end."""

    journey: Journey
    onward: str


class Journeys:
    """What a journey is bound by travels in a cookie under a seal: any process with the same key can take it up.

    That it is taken up once is remembered here, for this process; the login takes its code once in all.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._lock = threading.Lock()
        self._taken: dict[str, datetime] = {}

    def begin(self, *, return_to: str, onward: str, now: datetime) -> tuple[Journey, str]:
        """A new journey, and its sealed record."""
        journey = Journey(state=fresh_text(), nonce=fresh_text(), verifier=fresh_text(), return_to=return_to)
        facts = (journey.state, journey.nonce, journey.verifier, return_to, onward, int(now.timestamp()))
        text = base64.urlsafe_b64encode(json.dumps(facts).encode()).decode()
        return journey, f"{text}.{self._seal(text)}"

    def take(self, sealed: str, state: str, *, now: datetime) -> Begun:
        """The journey that was begun with this state; LoginRefusedError for another, an old one, or a second time."""
        facts = self._opened(sealed)
        if facts is None or not state or not hmac.compare_digest(state.encode("utf-8", "surrogatepass"), facts[0]):
            raise LoginRefusedError("this sign-in was not begun in this browser, or another was begun since; try again")
        _, nonce, verifier, return_to, onward, began = facts[1]
        began_at = datetime.fromtimestamp(began, tz=now.tzinfo)
        if now - began_at > JOURNEY_LIFE:
            raise LoginRefusedError("this sign-in took longer than ten minutes; begin again")
        self._take_once(state, now)
        return Begun(
            journey=Journey(state=state, nonce=nonce, verifier=verifier, return_to=return_to),
            onward=local_path(onward),
        )

    def _take_once(self, state: str, now: datetime) -> None:
        with self._lock:
            self._taken = {one: at for one, at in self._taken.items() if now - at < 2 * JOURNEY_LIFE}
            if state in self._taken:
                raise LoginRefusedError("this sign-in was finished before; begin again")
            self._taken[state] = now

    def _opened(self, sealed: str) -> tuple[bytes, list[Any]] | None:
        text, _, seal = sealed.rpartition(".")
        if len(sealed) > LONGEST_SEALED or not sealed.isascii() or not hmac.compare_digest(seal, self._seal(text)):
            return None
        facts = json.loads(base64.urlsafe_b64decode(text))
        return facts[0].encode(), facts

    def _seal(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def local_path(text: str) -> str:
    """The text, if it is a path of this server; else the beginning. Whatever a browser might take for another host is
    none, and neither are the pages of signing in themselves."""
    fine = 0 < len(text) <= LONGEST_ONWARD and text.isascii() and text.isprintable() and " " not in text
    if not fine or not text.startswith("/") or text.startswith(("//", "/auth/")) or "\\" in text:
        return HOME
    return text

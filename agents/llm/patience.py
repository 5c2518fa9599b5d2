"""How long to wait for a model and how often to try again: the one layer of retries."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from agents.llm.errors import ModelFailure, ModelUnavailableError

Result = TypeVar("Result")
WORTH_ANOTHER_TRY = frozenset(
    {ModelFailure.RATE_LIMITED, ModelFailure.SERVER_ERROR, ModelFailure.TIMEOUT, ModelFailure.CONNECTION}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Limits in seconds and tries. The pause doubles from `first_pause`, or is what the server asks for."""

    call_seconds: float = 15.0
    total_seconds: float = 45.0
    tries: int = 3
    first_pause: float = 0.5
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


class Deadline:
    """The moment after which nothing is waited for."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._end - self._monotonic())


def try_within(patience: Patience, attempt: Callable[[Deadline], Result]) -> Result:
    """Call `attempt` until it answers; a pause that would outlast the total deadline ends it at once."""
    total = Deadline(patience.total_seconds, patience.monotonic)
    for number in range(1, patience.tries + 1):
        try:
            return attempt(Deadline(min(patience.call_seconds, total.remaining), patience.monotonic))
        except ModelUnavailableError as error:
            pause = error.retry_after or patience.first_pause * 2 ** (number - 1)
            last = number == patience.tries or error.failure not in WORTH_ANOTHER_TRY
            if last or pause >= total.remaining:
                raise
            patience.sleep(pause)
    raise AssertionError(f"tries must be at least 1, got {patience.tries!r}")

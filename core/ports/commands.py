"""Commands carried out: the same key and request have the same answer, another request under the key is refused."""

from collections.abc import Callable
from typing import Protocol, TypeVar

R = TypeVar("R")


class CommandStore(Protocol):
    """Idempotency keys with the hash of what was asked and the answer that was given."""

    def once(self, key: str, command: object, shape: type[R], act: Callable[[], R]) -> R:
        """The answer to a command, carried out by `act` the first time only.

        `shape` is the type of the answer, a frozen dataclass of domain values. IdempotencyConflictError (code
        `idempotency_conflict`) when another request was made under the key. Of two at once the second waits.
        """
        ...

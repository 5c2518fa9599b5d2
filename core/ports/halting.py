"""What the services need of storage to stop everything and to go on."""

from typing import Protocol

from core.domain.halting import Halt


class HaltStore(Protocol):
    """At most one halt is open. The database itself refuses effects and claims of messages while one is."""

    def current(self) -> Halt | None:
        """The open halt, as a statement of this moment sees it."""
        ...

    def begin(self, reason: str) -> Halt:
        """Halt in the name of the one who acts; waits for whoever is committing an effect at this moment, and
        ConflictError when a halt is open already."""
        ...

    def end(self, comment: str) -> Halt:
        """Go on, in the name of the one who acts; ConflictError when nothing is halted."""
        ...

    def listed(self, *, limit: int) -> tuple[Halt, ...]:
        """The last halts, newest first."""
        ...

    def on_their_way(self) -> tuple[str, ...]:
        """The keys of messages that were claimed before and may be leaving at this moment."""
        ...

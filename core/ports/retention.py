"""Forgetting what is over."""

from datetime import datetime
from typing import Protocol

from core.domain.retention import Passing


class RetentionStore(Protocol):
    """What is kept for a time only, but for checkpoints, which their own role keeps. What somebody may still need is
    never over: an open draft, case or reply, a run under way, a job that waits."""

    def count(self, kind: Passing, *, before: datetime) -> int:
        """How many rows are over."""
        ...

    def forget(self, kind: Passing, *, before: datetime, most: int) -> int:
        """Forget some of them; how many."""
        ...

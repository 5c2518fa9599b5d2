"""Reading what detection looks at beside the columns of the engine."""

from datetime import date
from typing import Protocol

from core.domain.watching.facts import Facts


class WatchStore(Protocol):
    """The facts of one moment, read in the transaction of the snapshot."""

    def facts(self, *, as_of: date) -> Facts: ...

"""The netted books of the last what-if of this process: while they say the same, the next need not net them."""

from typing import Final

from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from core.planning.unchanged import same_books
from core.planning.whatif.resident import Resident

# Quotes are counted when promising, never scanned, and every reading has its own.
_NOT_SCANNED: Final = frozenset({"claims"})


class Kept:
    """What was netted last. Nothing that is kept is ever written in, so any number of threads may ask at once."""

    def __init__(self) -> None:
        self._last: Resident | None = None

    def of(self, snapshot: Snapshot, rules: ScanRules) -> Resident:
        """The same as `Resident.of`, netted only where books or rules are not those of last time."""
        last = self._last
        if last is None or last.rules != rules or not same_books(last.snapshot, snapshot, besides=_NOT_SCANNED):
            self._last = last = Resident.of(snapshot, rules)
        return last


_KEPT: Final = Kept()
resident_of: Final = _KEPT.of

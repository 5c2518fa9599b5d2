"""Erasing a person."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class ErasureStore(Protocol):
    """Where values that tell who somebody is stand in the books; `Mapping` gives rows by table."""

    def found(self, marks: Sequence[str]) -> Mapping[str, int]:
        """Where they stand now."""
        ...

    def erase(self, request: str, *, stand_in: str) -> Mapping[str, int]:
        """Replace those of a request that was agreed to in this transaction, and all that an account left at the doors;
        what changed. The audit log is told of it, and nothing else of it changes."""
        ...

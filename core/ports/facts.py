"""What facts for people need of storage."""

from typing import Protocol

from core.domain.facts import FactScope, Measured


class FactStore(Protocol):
    """What the ledgers add up to; nothing is written."""

    def measure(self, scope: FactScope) -> tuple[Measured, ...]: ...

"""A halt: everything that executes, sends or drives an agent stands still until somebody who may resumes it."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import UserName
from core.domain.users import Role

MAY_RESUME = (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR)
"""Anybody who is active may halt; going on is for these alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Why everything stands still, who stopped it and when; `resumed_by` and `resumed_at` once it went on."""

    number: int
    reason: str
    halted_by: UserName
    halted_at: datetime
    resumed_by: UserName | None = None
    resumed_at: datetime | None = None
    comment: str = ""

    @property
    def words(self) -> str:
        """One sentence for a person."""
        return f"halted since {self.halted_at:%Y-%m-%d %H:%M} UTC by {self.halted_by}: {self.reason}"

"""The rules of one scan: who is served first, from where, and what overdue supply is believed to do."""

from dataclasses import dataclass
from enum import StrEnum


class Policy(StrEnum):
    """The order in which demand is served; under fair share what is not enough for all is short in proportion."""

    FIRST_COME = "first-come"
    BY_ENTRY = "by-entry"
    PRIORITY = "priority"
    FAIR_SHARE = "fair-share"

    @property
    def by_day(self) -> bool:
        """Whether what is needed first comes first, whoever needs it."""
        return self in (Policy.FIRST_COME, Policy.FAIR_SHARE)


class OverdueSupply(StrEnum):
    """What supply dated before the business date does: keep its date, arrive today, or never come."""

    AS_DATED = "as-dated"
    FROM_TODAY = "from-today"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRules:
    """`ship_from` (a location code) sends every line from one place; `pool_locations` treats all as one place.

    With `calendars` days of making are working days and what comes comes on one; with `capacity` what must be made
    waits for free minutes of its work centres; with `lanes` short units may be had from where some are left, with
    `alternates` from what may take their place. None of these changes what is short: only when it is there."""

    policy: Policy = Policy.PRIORITY
    overdue: OverdueSupply = OverdueSupply.FROM_TODAY
    pool_locations: bool = False
    ship_from: str | None = None
    use_bom: bool = True
    calendars: bool = False
    capacity: bool = False
    lanes: bool = False
    alternates: bool = False

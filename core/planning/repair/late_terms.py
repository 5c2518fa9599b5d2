"""What lateness costs on order lines, on whatever day they come: of a netting, or of many scenarios at once."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from core.planning.exposure import PENALTY_SCALE, UNKNOWN_DATE_DAYS, cents
from core.planning.outcome import NetResult
from core.planning.repair.policy import RepairPolicy
from core.planning.snapshot import NEVER, Days, Flags, Ints, Snapshot

_PERCENT = PENALTY_SCALE // 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LateColumns:
    """Per line: value, penalty in hundredths of a percent a day, the day promised before, whether it has no other date
    (`untold`), units short, units that lack supply, and whether its day rests on nothing (`unfounded`)."""

    price: Ints
    quantity: Ints
    penalty: Ints
    promised: Ints
    untold: Flags
    short: Ints
    lacking: Ints
    unfounded: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTerms:
    """What a day late costs on some lines under a policy."""

    as_of: int
    buffer: int
    policy: RepairPolicy
    columns: LateColumns

    def of(self, lines: Ints) -> "LateTerms":
        """Those of these rows only."""
        some: dict[str, Any] = {one.name: getattr(self.columns, one.name)[lines] for one in fields(LateColumns)}
        return LateTerms(as_of=self.as_of, buffer=self.buffer, policy=self.policy, columns=LateColumns(**some))

    def kept(self, cover: Ints) -> Flags:
        """Per line and scenario: whether all units are covered by the promised day."""
        return (self.columns.short == 0)[:, None] & (cover <= self.columns.promised[:, None])

    def cents(self, cover: Ints, available: Ints) -> Ints:
        """Per line and scenario what lateness costs in cents, given the day the last unit covered comes and the day all
        is there: the terms of policy.py."""
        policy, columns, kept = self.policy, self.columns, self.kept(cover)
        promised, unfounded = columns.promised[:, None], columns.unfounded[:, None]
        days = np.where(available >= NEVER, UNKNOWN_DATE_DAYS, np.maximum(available - promised, 0))
        days = np.where(unfounded, np.maximum(days, UNKNOWN_DATE_DAYS), days)
        thin = (cover > self.as_of) & (promised - cover < self.buffer)
        days = np.where(kept, thin, days)
        percent = np.where(unfounded, policy.unordered_percent, policy.planned_percent) * _PERCENT
        silent = np.where(~kept & columns.untold[:, None], int(policy.unannounced * 100), 0)
        lacking = np.where(kept, 0, columns.lacking[:, None])
        late = (columns.quantity[:, None], columns.penalty[:, None] * days)
        return cents(columns.price[:, None], late, (lacking, percent)) + silent


def late_terms(
    snapshot: Snapshot, result: NetResult, policy: RepairPolicy, *, promised: Days, unfounded: Flags, late: Ints
) -> LateTerms:
    """Those of every open line; `promised` are the dates promised before, `late` the units that come late as netted."""
    demand = snapshot.demand
    columns = LateColumns(
        price=demand.price,
        quantity=demand.quantity,
        penalty=np.maximum(demand.penalty, policy.least_penalty).astype(np.int64),
        promised=promised.astype(np.int64),
        untold=demand.due == promised,
        short=result.line_short,
        lacking=np.where(unfounded, late + result.line_short, result.line_short),
        unfounded=unfounded,
    )
    return LateTerms(as_of=snapshot.as_of, buffer=snapshot.buffer_days, policy=policy, columns=columns)

"""A backorder run over one item at one place: seven strategies decide who may gain, keep or lose (domain.md g6).

*Skip* is not touched. *Win* gets the full quantity on the requested day, or an exception. *Gain* has at no day fewer
units than before and more where possible; *improve* the same, after every gain. *Redistribute* may gain or lose. *Fill*
may keep or lose and never gains. *Lose* gives everything up. What skip, gain and improve have is reserved before
anybody wins: without that a win would quietly break a gain. Where supply was cut so far that it cannot be kept, that is
an exception too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.backorders import RunRule
from core.domain.errors import InvalidValueError
from core.domain.order_terms import Strategy
from core.planning.allocation.dated_shares import kept_shared, served_shared
from core.planning.allocation.ledger import Portion, SupplyLedger, by_day, together
from core.planning.allocation.lines import Backorder, first_day, units_of

S = Strategy
_FLOORED = (S.SKIP, S.GAIN, S.IMPROVE)
_SERVED = (S.WIN, S.GAIN, S.IMPROVE, S.REDISTRIBUTE, S.FILL)


class RunProblem(StrEnum):
    """What a run cannot keep: supply was cut below what lines had, or a line did not win."""

    FLOOR_INFEASIBLE = "floor infeasible"
    WIN_UNMET = "win unmet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunException:
    """Something a person must look at."""

    key: str
    problem: RunProblem
    wanted: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What each line has after the run, by key, and what could not be kept."""

    given: dict[str, tuple[Portion, ...]]
    exceptions: tuple[RunException, ...]


def backorder_run(
    supply: Sequence[Portion], lines: Sequence[Backorder], *, rule: RunRule = RunRule.PRIORITY, lot: int = 1
) -> RunResult:
    """Confirm the lines anew. No day has more confirmed by it than has come by it.

    Strategy goes before rule: the rule says who of the lines of one strategy is served where there is not enough, one
    after the other by `rank`, or all at once by shares in whole lots.
    """
    _check(lines)
    ledger = SupplyLedger(supply)
    given: dict[str, tuple[Portion, ...]] = {line.key: () for line in lines}
    for group in _groups(lines, _FLOORED):
        given |= kept_shared(ledger, group, rule=rule, lot=lot) if rule.shares else _kept(ledger, group)
    exceptions = [problem for line in lines for problem in _cut(line, given[line.key])]
    broken = {one.key for one in exceptions}
    for group in _groups(lines, _SERVED):
        if group[0].way is S.FILL:
            given |= kept_shared(ledger, group, rule=rule, lot=lot) if rule.shares else _kept(ledger, group)
        elif rule.shares:
            given |= served_shared(ledger, group, given, rule=rule, lot=lot)
        else:
            given |= {line.key: _served(ledger, line, given[line.key]) for line in group}
    exceptions += [e for line in lines if line.key not in broken for e in _unmet(line, given[line.key])]
    return RunResult(given=given, exceptions=tuple(sorted(exceptions, key=lambda one: (one.problem, one.key))))


def _check(lines: Sequence[Backorder]) -> None:
    if len({line.key for line in lines}) != len(lines):
        raise InvalidValueError("each line of a run needs a key of its own")
    for line in lines:
        if units_of(line.confirmed) > line.quantity or any(p.quantity < 1 for p in line.confirmed):
            raise InvalidValueError(
                f"line {line.key!r} is confirmed {units_of(line.confirmed)} of {line.quantity} units"
            )


def _groups(lines: Sequence[Backorder], ways: Sequence[Strategy]) -> list[list[Backorder]]:
    """The lines of each of these strategies that has some, by rank, requested day and key."""
    ordered = sorted(lines, key=lambda line: (line.rank, line.requested, line.key))
    groups = ([line for line in ordered if line.way is way] for way in ways)
    return [group for group in groups if group]


def _kept(ledger: SupplyLedger, lines: Sequence[Backorder]) -> dict[str, tuple[Portion, ...]]:
    """What can still be kept of what the lines were confirmed, one after the other, reserved in the ledger."""
    kept: dict[str, tuple[Portion, ...]] = {}
    for line in lines:
        portions = list[Portion]()
        for portion in together(line.confirmed):
            if units := min(portion.quantity, ledger.available(portion.day)):
                portions.append(Portion(day=portion.day, quantity=units))
                ledger.give(portions[-1])
        kept[line.key] = tuple(portions)
    return kept


def _served(ledger: SupplyLedger, line: Backorder, floor: tuple[Portion, ...]) -> tuple[Portion, ...]:
    ledger.take_back(floor)
    found = ledger.earliest(max(line.most, units_of(floor)), since=first_day(line, floor))
    for portion in found:
        ledger.give(portion)
    return together(found)


def _cut(line: Backorder, kept: tuple[Portion, ...]) -> list[RunException]:
    had, has = units_of(line.confirmed), units_of(kept)
    if line.way not in _FLOORED or has == had:
        return []
    return [RunException(key=line.key, problem=RunProblem.FLOOR_INFEASIBLE, wanted=had, given=has)]


def _unmet(line: Backorder, given: tuple[Portion, ...]) -> list[RunException]:
    if line.way is S.WIN and (found := by_day(given, line.requested)) < line.quantity:
        return [RunException(key=line.key, problem=RunProblem.WIN_UNMET, wanted=line.quantity, given=found)]
    return []

"""A backorder run over one item at one place: seven strategies decide who may gain, keep or lose (domain.md g6).

*Skip* is not touched. *Win* gets the full quantity on the requested day, or an exception. *Gain* has at no day fewer
units than before and more where possible, or an exception; *improve* the same without one. *Redistribute* may gain or
lose. *Fill* may keep or lose and never gains. *Lose* gives everything up. What skip, gain and improve have is reserved
before anybody wins: without that a win would quietly break a gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.order_terms import Strategy
from core.planning.allocation.ledger import Portion, SupplyLedger, by_day, together

S = Strategy
_FLOORED = (S.SKIP, S.GAIN, S.IMPROVE)
_SERVED = (S.WIN, S.GAIN, S.IMPROVE, S.REDISTRIBUTE, S.FILL)


class RunProblem(StrEnum):
    """What a run cannot keep: supply was cut below what lines had, or a line did not win or gain."""

    FLOOR_INFEASIBLE = "floor infeasible"
    WIN_UNMET = "win unmet"
    GAIN_UNMET = "gain unmet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backorder:
    """A line in a run: what it wants from which day on, and what is confirmed to it now. Lower `rank` is served first;
    `allowed` caps what it may have (a quota); a locked line is skipped whatever its strategy."""

    key: str
    quantity: int
    requested: int
    confirmed: tuple[Portion, ...]
    strategy: Strategy
    rank: tuple[int, ...] = ()
    locked: bool = False
    allowed: int | None = None

    @property
    def way(self) -> Strategy:
        """The strategy it is treated by."""
        return S.SKIP if self.locked else self.strategy

    @property
    def most(self) -> int:
        """The units it may have at most."""
        return self.quantity if self.allowed is None else min(self.quantity, self.allowed)


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


def backorder_run(supply: Sequence[Portion], lines: Sequence[Backorder]) -> RunResult:
    """Confirm the lines anew. No day has more confirmed by it than has come by it."""
    _check(lines)
    ledger = SupplyLedger(supply)
    given: dict[str, tuple[Portion, ...]] = {line.key: () for line in lines}
    exceptions = list[RunException]()
    for line in _in_order(lines, _FLOORED):
        given[line.key] = _floor(ledger, line)
        kept, had = _units(given[line.key]), _units(line.confirmed)
        if kept < had:
            exceptions.append(RunException(key=line.key, problem=RunProblem.FLOOR_INFEASIBLE, wanted=had, given=kept))
    broken = {one.key for one in exceptions}
    for line in _in_order(lines, _SERVED):
        given[line.key] = _served(ledger, line, given[line.key])
        if line.key not in broken:
            exceptions += _unmet(line, given[line.key])
    return RunResult(given=given, exceptions=tuple(sorted(exceptions, key=lambda one: (one.problem, one.key))))


def _check(lines: Sequence[Backorder]) -> None:
    if len({line.key for line in lines}) != len(lines):
        raise InvalidValueError("each line of a run needs a key of its own")
    for line in lines:
        if _units(line.confirmed) > line.quantity or any(p.quantity < 1 for p in line.confirmed):
            raise InvalidValueError(f"line {line.key!r} is confirmed {_units(line.confirmed)} of {line.quantity} units")


def _in_order(lines: Sequence[Backorder], ways: Sequence[Strategy]) -> list[Backorder]:
    """The lines of these strategies, strategy by strategy, inside one by rank, requested day and key."""
    chosen = [line for line in lines if line.way in ways]
    return sorted(chosen, key=lambda line: (ways.index(line.way), line.rank, line.requested, line.key))


def _floor(ledger: SupplyLedger, line: Backorder) -> tuple[Portion, ...]:
    """What of the line's confirmation can still be kept, reserved in the ledger."""
    kept = list[Portion]()
    for portion in together(line.confirmed):
        units = min(portion.quantity, ledger.available(portion.day))
        if units:
            kept.append(Portion(day=portion.day, quantity=units))
            ledger.give(kept[-1])
    return tuple(kept)


def _served(ledger: SupplyLedger, line: Backorder, floor: tuple[Portion, ...]) -> tuple[Portion, ...]:
    if line.way is S.FILL:
        return _floor(ledger, line)
    ledger.take_back(floor)
    most = max(line.most, _units(floor))
    since = min((line.requested, *(portion.day for portion in floor)))
    found = ledger.earliest(most, since=since)
    for portion in found:
        ledger.give(portion)
    return together(found)


def _unmet(line: Backorder, given: tuple[Portion, ...]) -> list[RunException]:
    if line.way is S.WIN and by_day(given, line.requested) < line.quantity:
        found = by_day(given, line.requested)
        return [RunException(key=line.key, problem=RunProblem.WIN_UNMET, wanted=line.quantity, given=found)]
    if line.way is S.GAIN and any(by_day(given, p.day) < by_day(line.confirmed, p.day) for p in line.confirmed):
        return [
            RunException(
                key=line.key, problem=RunProblem.GAIN_UNMET, wanted=_units(line.confirmed), given=_units(given)
            )
        ]
    return []


def _units(portions: Sequence[Portion]) -> int:
    return sum(portion.quantity for portion in portions)

"""R12: new promises for the lines a plan leaves late, each to the day the simulation of the whole plan projects."""

from dataclasses import dataclass

import numpy as np

from core.domain.ids import OrderNo
from core.domain.plans import RePromise
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair.grounding import groundless
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A plan with its promises: the books after it, their netting and the promises made."""

    snapshot: Snapshot
    result: NetResult
    promises: tuple[RePromise, ...]


def settle(before: Snapshot, after: Snapshot, result: NetResult, *, lines: tuple[int, ...], rounds: int) -> Settled:
    """Promise new dates for those of the lines that need one, until promises and projections agree; `result` is the
    netting of the books after the plan, without promises.

    A new promise can change who is served first, so the netting is repeated. A line that a later date pushes off its
    supply keeps its old date, and so does, in the second half of the rounds, one whose day still moves. Nothing is
    promised on a date that rests on nothing, nor earlier than it was promised before.
    """
    unpromised = Settled(snapshot=after, result=result, promises=())
    settled, wanted, open_ = unpromised, dict[int, int](), list(lines)
    for turn in range(rounds):
        dates = _dates(before, settled, open_)
        if dates == wanted:
            return settled
        lost = wanted.keys() - dates.keys()
        unsettled = {line for line in dates if turn > rounds // 2 and wanted.get(line) != dates[line]}
        open_ = [line for line in open_ if line not in lost and line not in unsettled]
        wanted = {line: day for line, day in dates.items() if line not in unsettled}
        settled = _promised(before, after, result.rules, wanted)
    return settled if _dates(before, settled, open_) == wanted else unpromised


def _promised(before: Snapshot, after: Snapshot, rules: ScanRules, wanted: dict[int, int]) -> Settled:
    promises = _promises(before, wanted)
    snapshot = apply(after, promises)
    return Settled(snapshot=snapshot, result=net(snapshot, rules), promises=promises)


def _promises(before: Snapshot, wanted: dict[int, int]) -> tuple[RePromise, ...]:
    demand = before.demand
    return tuple(
        RePromise(
            order=OrderNo(demand.order[line]),
            line=int(demand.line[line]),
            old=date_of(int(demand.due[line])),
            new=date_of(day),
            quantity=int(demand.quantity[line]),
        )
        for line, day in sorted(wanted.items())
    )


def _dates(before: Snapshot, settled: Settled, lines: list[int]) -> dict[int, int]:
    """The projected days of the lines that miss their old promise and whose projected day rests on something."""
    at, result = np.array(lines, dtype=np.int64), settled.result
    late = result.line_available[at] > before.demand.due[at]
    at = at[late & ~groundless(settled.snapshot, result)[at]]
    return dict(zip(at.tolist(), result.line_available[at].tolist(), strict=True))

"""Floors in the choice: reallocations that keep every strategy's floor one by one keep them together, too.

Each alone leaves the lines that keep what they have as they were; several may not. All that a choice takes is netted at
once. Where a line would come later, those that make it so may take less between them, and the choice is made again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.plans import Reallocate
from core.planning.choosing.choose import Effort, choose
from core.planning.choosing.plan import Plan
from core.planning.choosing.problem import Draw, Pool
from core.planning.choosing.problem import Problem as Choice
from core.planning.outcome import NetResult
from core.planning.repair.floors import LineKey, broken_floor, most_within_floors
from core.planning.repair.idea_sources import Posed, source_id
from core.planning.repair.reallocating import ReallocateIdea
from core.planning.repair.terms import LineTerms
from core.planning.snapshot import Snapshot

_ROUNDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """So many units of a source of the choice that the idea takes."""

    source: str
    idea: ReallocateIdea
    units: int

    def action(self, units: int) -> Reallocate:
        """Taking so many."""
        return self.idea.action(units, needed=units, number=self.source)


def choose_within_floors(
    snapshot: Snapshot, result: NetResult, desks: Sequence[Posed], choice: Choice, effort: Effort
) -> tuple[Choice, Plan]:
    """The plan, and the choice with what keeps the floors; after some rounds nothing is taken from any line."""
    lines: dict[LineKey, LineTerms] = {}
    for desk in desks:
        lines |= desk.lines
    for turn in range(_ROUNDS):
        plan = choose(choice, effort)
        takings = _takings(desks, {one.source: one.units for one in plan.brought})
        line = _broken(snapshot, result, lines, takings) if len(takings) > 1 else ""
        if not line:
            return choice, plan
        few, most = _conflict(snapshot, result, lines, takings)
        name = f"what {line} can spare" + (f" ({turn + 1})" if turn else "")
        choice = _shared(choice, [one.source for one in few], Pool(id=name, capacity=most))
    every = [one.source for one in _takings(desks, {source.id: 1 for source in choice.sources})]
    choice = _shared(choice, every, Pool(id="what others can spare", capacity=0))
    return choice, choose(choice, effort)


def _takings(desks: Sequence[Posed], brought: Mapping[str, int]) -> list[_Taking]:
    """What is taken from lines, in order of the cases."""
    return [
        _Taking(source=source, idea=idea, units=units)
        for desk in desks
        for number, idea in enumerate(desk.ideas)
        if isinstance(idea, ReallocateIdea) and (units := brought.get(source := source_id(desk.case, number, idea), 0))
    ]


def _conflict(
    snapshot: Snapshot, result: NetResult, lines: Mapping[LineKey, LineTerms], takings: Sequence[_Taking]
) -> tuple[list[_Taking], int]:
    """Of what is taken some that break a floor together and would not without any one of them, and how many units they
    may take between them: the last of them as many as the others leave it."""
    few = list(takings)
    for one in takings:
        rest = [other for other in few if other is not one]
        if rest and _broken(snapshot, result, lines, rest):
            few = rest
    *others, last = few
    beside = [one.action(one.units) for one in others]
    most, _ = most_within_floors(snapshot, result, lines, most=last.units, action=last.action, beside=beside)
    return few, most + sum(one.units for one in others)


def _broken(
    snapshot: Snapshot, result: NetResult, lines: Mapping[LineKey, LineTerms], takings: Sequence[_Taking]
) -> str:
    return broken_floor(snapshot, result, lines, [one.action(one.units) for one in takings])


def _shared(choice: Choice, sources: Sequence[str], pool: Pool) -> Choice:
    """The choice in which these sources draw on one pool more."""
    draw, names = Draw(pool=pool.id, unit=1), frozenset(sources)
    drawing = (replace(one, draws=(*one.draws, draw)) if one.id in names else one for one in choice.sources)
    return replace(choice, sources=tuple(drawing), pools=(*choice.pools, pool))

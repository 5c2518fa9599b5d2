"""Combining: mixes of ideas for a case, by greedy on unit cost with the promised dates as floors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.planning.repair.ideas import Idea, cost, lot
from core.planning.repair.wants import Want


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """So many units of an idea, of which so many are needed."""

    idea: Idea
    quantity: int
    needed: int


Mix = tuple[Take, ...]
_Score = Callable[[int, int, int, int], tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What a unit costs when it comes a day late, and when nobody brings it."""

    unit_day: Decimal
    uncovered: Decimal


def mixes(ideas: Sequence[Idea], want: Want, urgency: Urgency) -> tuple[Mix, ...]:
    """The cheapest mix, the fastest mix, and both for all that is lacking there; then each idea alone, cheapest first.
    Equal mixes are given once."""
    found: list[Mix] = []
    for everything in (False, True):
        needs = _needs(want, everything=everything)
        found.append(_Greedy(ideas, needs, urgency).cheapest())
        found.append(_Greedy(ideas, needs, urgency).fastest())
    found += _alone(ideas, want)
    distinct: dict[tuple[tuple[int, int], ...], Mix] = {}
    for mix in found:
        distinct.setdefault(_key(ideas, mix), mix)
    return tuple(mix for mix in distinct.values() if mix)


def _key(ideas: Sequence[Idea], mix: Mix) -> tuple[tuple[int, int], ...]:
    return tuple((ideas.index(take.idea), take.quantity) for take in mix)


def _needs(want: Want, *, everything: bool) -> list[tuple[int, int]]:
    needs = list(want.needs)
    if everything and needs and want.in_all > want.units:
        needs.append((needs[-1][0], want.in_all - want.units))
    return needs


def _alone(ideas: Sequence[Idea], want: Want) -> list[Mix]:
    needed = [min(want.units, idea.reach.most) for idea in ideas]
    order = sorted(range(len(ideas)), key=lambda n: (cost(ideas[n], needed[n]) / needed[n], ideas[n].reach.arrives, n))
    return [(Take(idea=ideas[n], quantity=lot(ideas[n].reach, needed[n]), needed=needed[n]),) for n in order]


class _Greedy:
    """One pass over the needs, the first day first; `_needed` are the units each idea covers so far."""

    def __init__(self, ideas: Sequence[Idea], needs: Sequence[tuple[int, int]], urgency: Urgency) -> None:
        self._ideas = ideas
        self._needs = needs
        self._urgency = urgency
        self._needed = [0] * len(ideas)

    def cheapest(self) -> Mix:
        """For each need the idea with the least unit cost, days late included; none where waiting costs less."""

        def score(at: int, day: int, now: int, later: int) -> tuple[Decimal, ...]:
            late = max(0, self._ideas[at].reach.arrives - day)
            return self._unit_cost(at, now, later) + self._urgency.unit_day * late, Decimal(late)

        return self._served(score, limit=self._urgency.uncovered)

    def fastest(self) -> Mix:
        """For each need the idea that comes first, of equals the cheaper one."""

        def score(at: int, day: int, now: int, later: int) -> tuple[Decimal, ...]:
            return Decimal(self._ideas[at].reach.arrives), self._unit_cost(at, now, later)

        return self._served(score, limit=None)

    def _served(self, score: _Score, *, limit: Decimal | None) -> Mix:
        total = sum(units for _, units in self._needs)
        for day, units in self._needs:
            self._serve(score, limit, day=day, units=units, later=total)
            total -= units
        return tuple(
            Take(idea=idea, quantity=lot(idea.reach, needed), needed=needed)
            for idea, needed in zip(self._ideas, self._needed, strict=True)
            if needed
        )

    def _serve(self, score: _Score, limit: Decimal | None, *, day: int, units: int, later: int) -> None:
        """`later` are the units needed from this day on: a fixed charge is shared by all an idea could cover."""
        while units:
            usable = [at for at in range(len(self._ideas)) if self._left(at) and not self._offer_used(at)]
            if not usable:
                return
            scored = min((*score(at, day, units, later), Decimal(at)) for at in usable)
            if limit is not None and scored[0] >= limit:
                return
            best = int(scored[-1])
            taken = min(units, self._left(best))
            self._needed[best] += taken
            units -= taken
            later -= taken

    def _offer_used(self, at: int) -> bool:
        """Whether another idea takes from the same offer, order or stock: what is there is there once."""
        taken = self._ideas[at].takes
        used = (n for n, needed in enumerate(self._needed) if needed and n != at)
        return any(taken & self._ideas[n].takes for n in used)

    def _left(self, at: int) -> int:
        return self._ideas[at].reach.most - self._needed[at]

    def _unit_cost(self, at: int, now: int, later: int) -> Decimal:
        """Cost a unit: of all it could cover when it is not used yet, else of these units more."""
        used, idea = self._needed[at], self._ideas[at]
        more = min(self._left(at), now if used else later)
        return (cost(idea, used + more) - (cost(idea, used) if used else Decimal(0))) / more

"""Drafting: a problem of choosing as it grows; what several ask for is there once."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from core.planning.choosing.problem import Charge, Line, Pool, Problem, Shortage, Source, Stability, Way
from core.planning.free_minutes import FreeMinutes


@dataclass(slots=True)
class Draft:
    """Sources, lines and charges by id, pools with what they hold; shortages and ways as they come. `free` are the
    minutes of the work centres, once anybody asked for them."""

    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    shortages: list[Shortage] = field(default_factory=list[Shortage])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    ways: list[Way] = field(default_factory=list[Way])
    pools: dict[str, int] = field(default_factory=dict[str, int])
    charges: dict[str, Charge] = field(default_factory=dict[str, Charge])
    free: FreeMinutes | None = None

    def line(self, name: str, customer: str) -> Line:
        """The line of that name."""
        return self.lines.setdefault(name, Line(id=name, customer=customer))

    def pool(self, name: str, capacity: int) -> str:
        """The pool of that name: as large as anybody saw it."""
        self.pools[name] = max(capacity, self.pools.get(name, capacity))
        return name

    def charge(self, name: str, amount: int, *, document: bool = False) -> str:
        """The charge of that name: the first to ask says how much."""
        self.charges.setdefault(name, Charge(id=name, amount=amount, document=document))
        return name

    def stated(self, stability: Stability, *, spare: str) -> Problem:
        """The problem; pools whose names start with `spare` are left out where they can never run out."""
        wanted = Counter[str]()
        for source in self.sources.values():
            for draw in source.draws:
                wanted[draw.pool] += draw.fixed + draw.unit * source.most
        idle = {name for name, most in self.pools.items() if name.startswith(spare) and wanted[name] <= most}
        sources = (_without(source, idle) for source in self.sources.values())
        return Problem(
            lines=tuple(self.lines.values()),
            shortages=tuple(self.shortages),
            sources=tuple(sources),
            ways=tuple(self.ways),
            pools=tuple(Pool(id=name, capacity=capacity) for name, capacity in self.pools.items() if name not in idle),
            charges=tuple(self.charges.values()),
            stability=stability,
        )


def _without(source: Source, pools: Collection[str]) -> Source:
    draws = tuple(draw for draw in source.draws if draw.pool not in pools)
    return source if len(draws) == len(source.draws) else replace(source, draws=draws)

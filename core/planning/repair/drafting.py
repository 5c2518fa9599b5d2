"""Drafting: a problem of choosing as it grows; what several ask for is there once."""

from dataclasses import dataclass, field

from core.planning.choosing.problem import Charge, Line, Pool, Problem, Shortage, Source, Stability, Way


@dataclass(slots=True)
class Draft:
    """Sources, lines and charges by id, pools with what they hold; shortages and ways as they come."""

    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    shortages: list[Shortage] = field(default_factory=list[Shortage])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    ways: list[Way] = field(default_factory=list[Way])
    pools: dict[str, int] = field(default_factory=dict[str, int])
    charges: dict[str, Charge] = field(default_factory=dict[str, Charge])

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

    def stated(self, stability: Stability) -> Problem:
        """The problem."""
        return Problem(
            lines=tuple(self.lines.values()),
            shortages=tuple(self.shortages),
            sources=tuple(self.sources.values()),
            ways=tuple(self.ways),
            pools=tuple(Pool(id=name, capacity=capacity) for name, capacity in self.pools.items()),
            charges=tuple(self.charges.values()),
            stability=stability,
        )

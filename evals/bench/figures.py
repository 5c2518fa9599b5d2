"""What every benchmark hands over: figures with goals, printed alike, as text or as JSON."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from time import perf_counter

from core.services.scanning import Figure
from ui.cli.failing import DONE, MISSED
from ui.cli.figures import figure_json, misses
from ui.cli.printing import print_json, say

_DIGITS = 4


def figure(name: str, value: float | int, unit: str = "", goal: str | None = None) -> Figure:
    """A figure, rounded to four digits that count; `goal` is what it should be, such as "<= 1.5"."""
    return Figure(name=name, value=value if isinstance(value, int) else _rounded(value), unit=unit, goal=goal)


def shown(bench: str, figures: Sequence[Figure], *, as_json: bool) -> int:
    """Print the figures of a benchmark; the exit code says whether each reached its goal."""
    missed = misses(figures)
    if as_json:
        print_json(
            {"bench": bench, "figures": [figure_json(one) for one in figures], "missed": [m.name for m in missed]}
        )
    else:
        for one in figures:
            goal = f"   goal {one.goal}{', missed' if one in missed else ''}" if one.goal else ""
            say(f"{one.name}: {one.value} {one.unit}{goal}".rstrip(), style="yellow" if one in missed else "")
    return MISSED if missed else DONE


def best_of(times: int, act: Callable[[], object]) -> float:
    """Seconds of the fastest of so many runs."""
    found = list[float]()
    for _ in range(times):
        began = perf_counter()
        act()
        found.append(perf_counter() - began)
    return min(found)


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.{_DIGITS}g}") + 0 if value else Decimal(0)

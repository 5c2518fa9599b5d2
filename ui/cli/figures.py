"""Figures with goals: how they are written, and whether one misses its goal."""

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.services.scanning import Figure

_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
}


def figure_json(figure: Figure) -> dict[str, object]:
    """The figure as every measuring command prints it."""
    return {"name": figure.name, "value": figure.value, "unit": figure.unit, "goal": figure.goal}


def misses(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that are not what their goal says."""
    return tuple(figure for figure in figures if figure.goal is not None and not _met(figure, figure.goal))


def _met(figure: Figure, goal: str) -> bool:
    sign, _, wanted = goal.partition(" ")
    return _COMPARED[sign](Decimal(figure.value), Decimal(wanted))

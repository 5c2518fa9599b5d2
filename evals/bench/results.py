"""The results of a run of all benchmarks: kept as one small JSON file for each size of the book."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.domain.errors import InvalidValueError
from core.services.scanning import Figure
from ui.cli.figures import figure_json, misses


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The figures of a run on a book of so many lines, each named with its bench before a dot; `taken` is the day in
    ISO form, `machine` says on what."""

    lines: int
    taken: str
    machine: Mapping[str, str]
    figures: tuple[Figure, ...]

    def value(self, name: str) -> Decimal | None:
        """The value of a figure; None where it was not measured."""
        return next((Decimal(one.value) for one in self.figures if one.name == name), None)


def as_json(results: Results) -> dict[str, object]:
    """The results as they are printed and kept."""
    return {
        "bench": "all",
        "lines": results.lines,
        "taken": results.taken,
        "machine": dict(results.machine),
        "figures": [figure_json(one) for one in results.figures],
        "missed": [one.name for one in misses(results.figures)],
    }


def figures_from(found: Sequence[Mapping[str, Any]], *, bench: str = "") -> tuple[Figure, ...]:
    """Figures out of JSON, their bench set before them."""
    before = f"{bench}." if bench else ""
    return tuple(
        Figure(name=f"{before}{one['name']}", value=_number(one["value"]), unit=one["unit"], goal=one["goal"])
        for one in found
    )


def keep(results: Results, folder: Path) -> Path:
    """Write the results under their size, in place of those that were there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{results.lines}.json"
    path.write_text(json.dumps(as_json(results), indent=1, default=_plain) + "\n", encoding="utf-8")
    return path


def kept(folder: Path) -> tuple[Results, ...]:
    """All results kept in a folder, the smallest book first."""
    return tuple(sorted((read(path) for path in folder.glob("*.json")), key=lambda one: one.lines))


def read(path: Path) -> Results:
    """Results from a file; InvalidValueError when it is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Results(
            lines=found["lines"],
            taken=found["taken"],
            machine=found["machine"],
            figures=figures_from(found["figures"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidValueError(f"{path.name!r} holds no results; `expediter bench all --keep` writes them") from error


def _number(value: float) -> Decimal | int:
    return value if isinstance(value, int) else Decimal(str(value))


def _plain(value: object) -> object:
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)

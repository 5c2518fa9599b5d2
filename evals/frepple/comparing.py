"""Our answers beside frePPLe's: which demands have the same days and quantities, and why the others have not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.domain.errors import InvalidValueError
from core.domain.promising import Promise
from core.planning.promising import PromisingRules, open_book, promise
from core.services.scanning import Figure
from evals.frepple.models import Model, read_model

GOAL = ">= 0.9"
# frePPLe lets stock go out that is wanted later, where new supply can take its place by then.
RULES = PromisingRules(borrow=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One demand of a model: what we promise and what its expected plan says; `assumed` where the case leaves out
    what making its item takes."""

    model: str
    demand: str
    promised: str
    expected: str
    why: tuple[str, ...]
    assumed: bool = False

    @property
    def exact(self) -> bool:
        """Same days, quantities and rest."""
        return self.promised == self.expected


def compare_file(path: Path) -> tuple[Compared, ...]:
    """Every open demand of every case of the file."""
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidValueError(f"{path.name!r} is not JSON: {error}", field="cases") from error
    return tuple(one for case in cases for one in _compare(read_model(case), case["expected"]))


def figures(found: tuple[Compared, ...]) -> tuple[Figure, ...]:
    """How many demands there are, and the share that is exact; beside it how many rest on an assumption, and of those
    how many are exact all the same."""
    exact = sum(one.exact for one in found)
    assumed = [one for one in found if one.assumed]
    share = (Decimal(exact) / Decimal(len(found) or 1)).quantize(Decimal("0.0001"))
    return (
        Figure(name="demands", value=len(found), unit="demands"),
        Figure(name="exact", value=exact, unit="demands"),
        Figure(name="exact_share", value=share, unit="share", goal=GOAL),
        Figure(name="assumed", value=len(assumed), unit="demands"),
        Figure(name="assumed_exact", value=sum(one.exact for one in assumed), unit="demands"),
    )


def _compare(model: Model, expected: Mapping[str, Any]) -> list[Compared]:
    """The demands are promised one after the other on one book, as frePPLe plans them."""
    book, found = open_book(model.snapshot, RULES), list[Compared]()
    for name, ask in model.asks:
        answer = promise(book, ask)
        found.append(
            Compared(
                model=model.name,
                demand=name,
                promised=_ours(answer),
                expected=_theirs(expected[name]),
                assumed=ask.item in model.assumed,
                why=tuple(filter(None, (model.assumed.get(ask.item), *(reason.text for reason in answer.reasons)))),
            )
        )
    return found


def _ours(answer: Promise) -> str:
    parts = [f"{part.quantity} on {part.on}" for part in answer.dates]
    return _sentence(parts, answer.unplannable)


def _theirs(expected: Mapping[str, Any]) -> str:
    parts = [f"{quantity:g} on {day.removesuffix('T00:00:00')}" for day, quantity in sorted(expected["ship"])]
    return _sentence(parts, expected["short"])


def _sentence(parts: list[str], short: float) -> str:
    return ", ".join([*parts, f"{short:g} short"] if short else parts)

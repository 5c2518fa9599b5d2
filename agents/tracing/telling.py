"""A trace as a person reads it: a tree of steps with what each took and cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from agents.tracing.attributes import INPUT_TOKENS, MICROS, OUTPUT_TOKENS
from core.domain.runs import Run, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the tree, set in by `depth`. Money is in the currency of the prices, None where it is unknown."""

    depth: int
    name: str
    took: timedelta | None
    tokens: int
    money: Decimal | None
    status: str


def lines_of(run: Run, spans: Sequence[Span]) -> tuple[Line, ...]:
    """The run first, then its steps in the order they began, each below the step it is part of."""
    children: dict[int, list[Span]] = {}
    known = {span.number for span in spans}
    for span in sorted(spans, key=lambda one: one.number):
        children.setdefault(span.parent if span.parent in known else 0, []).append(span)

    def below(number: int, depth: int) -> list[Line]:
        found: list[Line] = []
        for span in children.get(number, ()):
            found += [_line(span, depth), *below(span.number, depth + 1)]
        return found

    steps = below(0, 1)
    costs = [line.money for line in steps if line.money is not None]
    whole = Line(
        depth=0,
        name=f"{run.graph} over {run.subject}",
        took=_between(run.started_at, run.ended_at),
        tokens=sum(line.tokens for line in steps),
        money=sum(costs, Decimal(0)) if costs else None,
        status=run.outcome or "under way",
    )
    return (whole, *steps)


def _line(span: Span, depth: int) -> Line:
    micros = span.attributes.get(MICROS)
    tokens = [span.attributes.get(name, 0) for name in (INPUT_TOKENS, OUTPUT_TOKENS)]
    return Line(
        depth=depth,
        name=span.name,
        took=span.ended_at - span.started_at,
        tokens=sum(count for count in tokens if isinstance(count, int)),
        money=Decimal(micros) / 1_000_000 if isinstance(micros, int) else None,
        status=span.status,
    )


def _between(began: datetime, ended: datetime | None) -> timedelta | None:
    return None if ended is None else ended - began

"""A trace is told as a tree, with what it took and cost together at its top."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from agents.tracing.telling import Line, lines_of
from core.domain.ids import RunId
from core.domain.runs import Run, Span

RUN = RunId("RUN-1")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def run_of(*, ended: bool = True) -> Run:
    return Run(
        id=RUN,
        graph="exception_desk",
        subject="CASE-1",
        started_at=BEGAN,
        deadline=BEGAN + timedelta(days=1),
        ended_at=BEGAN + timedelta(hours=1) if ended else None,
        outcome="verified" if ended else "",
    )


def step(number: int, name: str, *, parent: int = 0, **attributes: str | int) -> Span:
    began = BEGAN + timedelta(seconds=number)
    told = {name.replace("__", "."): value for name, value in attributes.items()}
    return Span(
        run=RUN,
        number=number,
        parent=parent,
        name=name,
        started_at=began,
        ended_at=began + timedelta(seconds=1),
        attributes=told,
    )


def test_steps_stand_below_the_step_they_are_part_of() -> None:
    tokens = {"gen_ai__usage__input_tokens": 100, "gen_ai__usage__output_tokens": 20, "expediter__micros": 140}
    spans = [step(3, "chat small", parent=1, **tokens), step(2, "gather"), step(1, "advise"), step(9, "tool", parent=7)]

    whole, *rest = lines_of(run_of(), spans)

    assert whole == Line(
        depth=0,
        name="exception_desk over CASE-1",
        took=timedelta(hours=1),
        tokens=120,
        money=Decimal("0.00014"),
        status="verified",
    )
    assert [(line.depth, line.name, line.tokens) for line in rest] == [
        (1, "advise", 0),
        (2, "chat small", 120),
        (1, "gather", 0),
        (1, "tool", 0),
    ]


def test_a_run_under_way_has_no_end_and_no_known_cost() -> None:
    (whole,) = lines_of(run_of(ended=False), [])

    assert (whole.took, whole.money, whole.status) == (None, None, "under way")

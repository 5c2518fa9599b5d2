"""Runs of the agents: what each is about, its steps, what it cost; and following one as it goes on."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from core.domain.ids import RunId
from core.domain.listing.agents import RunFilter, RunSort
from core.domain.permissions import Permission
from core.domain.runs import Run, Span
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.api.streams import AT_ONCE, USUAL_SECONDS, LastEvent, Look, Told, Wait, followed
from ui.schemas.chat import RunDetail, RunList, RunQuery, RunReply, SpanReply

router = APIRouter(prefix="/v1/runs", tags=["runs"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.RUNS_READ, reach=Reach.WHOLE)]
RunPath = Annotated[str, Path(alias="run", max_length=24, pattern=r"^[A-Za-z0-9-]+$", examples=["RUN-17"])]


@router.get("", operation_id="list_runs")
def list_runs(
    visitor: Reader,
    wanted: Annotated[RunQuery, Query()],
    asked: Annotated[Asked[RunSort], pages(RunSort, RunSort.STARTED, descending=True)],
) -> RunList:
    """Runs, the latest first."""
    with visitor.reading() as uow:
        page = uow.lists.runs(filtered(RunFilter, wanted), asked.reading)
    items = tuple(RunReply.model_validate(one, from_attributes=True) for one in page.items)
    return RunList(items=items, next=asked.next(page.next))


@router.get("/{run}", operation_id="get_run")
def get_run(visitor: Reader, run: RunPath) -> RunDetail:
    """One run with its steps and what its model calls cost."""
    with visitor.reading() as uow:
        found, steps = uow.runs.get(RunId(run)), uow.spans.of_run(RunId(run))
        spent = uow.model_calls.spent(found.id)
    whole = RunReply.model_validate(found, from_attributes=True).model_dump()
    return RunDetail(
        **whole, steps=tuple(map(_step, steps)), calls=spent.calls, tokens=spent.tokens, micros=spent.micros
    )


def _checked(visitor: Reader, run: RunPath) -> str:
    """The run, looked up before the stream begins."""
    with visitor.reading() as uow:
        return uow.runs.get(RunId(run)).id


@router.get("/{run}/events", operation_id="follow_run", response_class=EventSourceResponse)
async def follow(
    visitor: Reader, run: Annotated[str, Depends(_checked)], last: LastEvent = 0, wait: Wait = USUAL_SECONDS
) -> AsyncIterator[ServerSentEvent]:
    """The steps of a run as they end, then `ended` with its outcome. Resumes after Last-Event-ID."""
    async for one in followed(_looking(visitor, run), after=last, wait=wait, stopping=visitor.door.stopping):
        yield one


def _looking(visitor: Visitor, run: str) -> Look:
    def look(after: int) -> tuple[list[Told], bool]:
        with visitor.reading() as uow:
            found, spans = uow.runs.get(RunId(run)), uow.spans.of_run(RunId(run))
        return _told(found, spans, after)

    return look


def _told(run: Run, spans: tuple[Span, ...], after: int) -> tuple[list[Told], bool]:
    """The steps after a number; the end of the run has the number after its last step."""
    told = [
        Told(number=one.number, kind="step", data=_step(one).model_dump(mode="json"))
        for one in spans
        if one.number > after
    ][:AT_ONCE]
    end = max((one.number for one in spans), default=0) + 1
    if run.ended_at is None:
        return told, False
    if len(told) < AT_ONCE and after < end:
        told.append(Told(number=end, kind="ended", data={"outcome": run.outcome}))
    return told, True


def _step(span: Span) -> SpanReply:
    return SpanReply.model_validate(span, from_attributes=True)

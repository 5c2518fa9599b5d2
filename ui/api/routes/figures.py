"""How the company does, and what waits for people."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Query

from core.domain.fact_table import FACTS
from core.domain.facts import Kpi
from core.domain.listing.desk import TaskFilter, TaskSort
from core.domain.permissions import Permission
from core.services.facts import FactsAsked, facts
from core.services.tasks import AnswerTask, answer_task, why_not_answer
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.schemas.supply import KpiHistory, KpiPeriod, KpiReply, KpiReport, TaskAnswer, TaskList, TaskQuery, TaskReply
from ui.values import Day

router = APIRouter(prefix="/v1", route_class=DoorRoute)
FigureReader = Annotated[Visitor, needs(Permission.KPIS_READ, reach=Reach.WHOLE)]
TaskReader = Annotated[Visitor, needs(Permission.CASES_READ, reach=Reach.WHOLE)]
Answering = Annotated[Visitor, needs(Permission.TASKS_ANSWER, reach=Reach.WHOLE)]
NAMES = "|".join(fact.name for fact in FACTS)
FactName = Annotated[str, Query(pattern=f"^({NAMES})$", description="One figure only.", examples=["otif_promise"])]


@router.get("/kpis", operation_id="list_kpis", tags=["kpis"])
def list_kpis(
    visitor: FigureReader,
    name: FactName | None = None,
    first: Annotated[Day | None, Query(description="First day; 90 days back without it.")] = None,
    last: Annotated[Day | None, Query(description="Last day; the business date without it.")] = None,
) -> KpiReport:
    """Key figures over a period, from the ledgers: each with what it is divided by and what it means."""
    with visitor.reading() as uow:
        report = facts(uow, FactsAsked(first=first, last=last))
    return KpiReport(
        first=report.scope.first,
        last=report.scope.last,
        as_of=report.scope.as_of,
        currency=report.currency,
        items=_shown(kpi for kpi in report.kpis if name in {None, kpi.name}),
    )


@router.get("/kpis/history", operation_id="kpi_history", tags=["kpis"])
def kpi_history(
    visitor: FigureReader,
    days: Annotated[int, Query(ge=1, le=366, description="How long each period is.")] = 30,
    periods: Annotated[int, Query(ge=1, le=24, description="How many, back from the business date.")] = 12,
) -> KpiHistory:
    """Key figures of the whole company, period by period, to see which way they go."""
    with visitor.reading() as uow:
        end = uow.company.settings().as_of
        reports = [
            facts(uow, FactsAsked(first=last - timedelta(days=days - 1), last=last))
            for last in (end - timedelta(days=days * back) for back in range(periods))
        ]
    return KpiHistory(
        currency=reports[0].currency,
        items=tuple(
            KpiPeriod(first=one.scope.first, last=one.scope.last, items=_shown(kpi for kpi in one.kpis if not kpi.of))
            for one in reports
        ),
    )


def _shown(kpis: Iterable[Kpi]) -> tuple[KpiReply, ...]:
    return tuple(KpiReply.model_validate(kpi, from_attributes=True) for kpi in kpis)


@router.get("/tasks", operation_id="list_tasks", tags=["cases"])
def list_tasks(
    visitor: TaskReader,
    wanted: Annotated[TaskQuery, Query()],
    asked: Annotated[Asked[TaskSort], pages(TaskSort, TaskSort.DUE)],
) -> TaskList:
    """What only people can settle, that due first first, that without a day last."""
    with visitor.reading() as uow:
        page = uow.lists.tasks(filtered(TaskFilter, wanted), asked.reading)
    user = visitor.principal.user
    items = tuple(TaskReply.of(one).model_copy(update={"why_not": why_not_answer(user, one)}) for one in page.items)
    return TaskList(items=items, next=asked.next(page.next))


@router.post("/task-answers", operation_id="answer_task", tags=["cases"])
def answer(visitor: Answering, body: TaskAnswer, key: IdempotencyKey) -> TaskReply:
    """Settle a task by one of its answers, in the role it asks, or as an operations manager."""
    with visitor.acting() as (uow, user):
        command = AnswerTask(key=f"api:{uuid4()}", subject=body.subject, answer=body.answer, note=body.note)
        return TaskReply.of(answer_task(uow, command, user))

"""Looking up how the desk stands: key figures, proposals, tasks and the last scan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import ACTIVE_STATES
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.fact_table import FACTS
from core.domain.ids import ApprovalId
from core.domain.overviews import ScanSeen
from core.domain.proposals import Proposal
from core.domain.tasks import Task
from core.ports.storage import UnitOfWork
from core.services.facts import FactsAsked, FactsReport, facts
from core.services.tasks import open_tasks, overdue_tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFound:
    """An approval with what it is about, and the undone plan's state."""

    approval: Approval
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksFound:
    """Open tasks, those due first first, and the day it is."""

    as_of: date
    tasks: tuple[Task, ...]


def kpis_found(uow: UnitOfWork, names: Sequence[str]) -> FactsReport:
    """The key figures of the last 90 days: all, or those of these names. InvalidValueError for a name of none."""
    known = {fact.name for fact in FACTS}
    for name in names:
        if name not in known:
            raise InvalidValueError(f"no key figure is called {name!r}; accepted are {sorted(known)}", field="names")
    report = facts(uow, FactsAsked())
    kpis = tuple(kpi for kpi in report.kpis if not names or kpi.name in names)
    return FactsReport(scope=report.scope, currency=report.currency, kpis=kpis)


def approvals_found(uow: UnitOfWork, state: ApprovalState | None) -> tuple[Approval, ...]:
    """The approvals in a state, or all of them."""
    return uow.approvals.listed(*([state] if state is not None else list(ApprovalState)))


def proposal_found(uow: UnitOfWork, approval: ApprovalId) -> ProposalFound:
    """What waits, or waited, for a decision."""
    found = uow.approvals.get(approval)
    return ProposalFound(approval=found, proposal=uow.proposals.get(found.proposal))


def tasks_found(uow: UnitOfWork, *, overdue_only: bool) -> TasksFound:
    """The tasks of people that are open, or only those past their day."""
    tasks = overdue_tasks(uow) if overdue_only else open_tasks(uow)
    return TasksFound(as_of=uow.company.settings().as_of, tasks=tasks)


def scan_seen(uow: UnitOfWork) -> ScanSeen:
    """The last scan and the cases that are open; NotFoundError before the first."""
    last = uow.cases.last_scan()
    if last is None:
        raise NotFoundError("nothing was scanned yet; `expediter scan` does it")
    open_now = Counter(case.detected.type.value for case in uow.cases.all() if case.state in ACTIVE_STATES)
    return ScanSeen(
        as_of=last[0],
        at=last[2],
        rules=tuple(sorted((name, str(value)) for name, value in last[1].items())),
        open_cases=tuple(sorted(open_now.items())),
    )

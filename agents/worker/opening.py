"""Putting a worker together: the desk's services over an application, the graph, and its checkpointer."""

from collections.abc import Generator
from contextlib import contextmanager

import structlog

from agents.exception_desk.graph import build_graph
from agents.exception_desk.services import DeskServices, ExecutionReport
from agents.worker.checkpoints import open_saver
from agents.worker.models import NO_MODEL, ModelSettings, model_for
from agents.worker.traces import Export, trace_for
from agents.worker.worker import Worker
from core.bootstrap.application import Application
from core.domain.errors import TryAgainError
from core.domain.ids import ApprovalId
from core.domain.options import Verification
from core.domain.users import WORKER_NAME
from core.services.dispatching import DispatchReport, dispatch
from core.services.execution import ExecutionState, execute
from core.services.overtaking import overtake
from core.services.verifying import verify
from tools.service_core import ServiceCore

_log = structlog.get_logger()


@contextmanager
def open_worker(
    app: Application, *, models: ModelSettings = NO_MODEL, export: Export | None = None
) -> Generator[Worker]:
    """A worker for as long as the block lasts; without a model, advice comes from rules."""
    desk = desk_services(app)
    with open_saver(app.urls) as saver:
        yield Worker(
            graph=build_graph(desk, model_for(app, models), saver),
            saver=saver,
            open_uow=app.open_uow,
            lock_url=app.urls.app,
            execute=desk.execute,
            verify=desk.verify,
            dispatch=lambda: _dispatch(app),
            trace_for=trace_for(app, export=export),
        )


def desk_services(app: Application) -> DeskServices:
    """What the graph is given: reading and proposing under the agents' role, executing by id under the worker's."""

    def execute_approval(approval: ApprovalId) -> ExecutionReport:
        found = execute(app.open_uow, approval, by=WORKER_NAME)
        if found.state is ExecutionState.EXECUTED:
            _overtake(app)
        if found.state in {ExecutionState.EXECUTED, ExecutionState.ALREADY}:
            _dispatch(app)  # what a partner refuses must be known before the outcome is verified
        return ExecutionReport(state=found.state.value, result=found.result, differences=found.differences)

    def verify_approval(approval: ApprovalId) -> Verification:
        with app.open_uow(WORKER_NAME) as uow:
            return verify(uow, approval)

    return DeskServices(
        core=ServiceCore(open_uow=app.open_agent_uow, suppliers=app.suppliers),
        execute=execute_approval,
        verify=verify_approval,
    )


def _overtake(app: Application) -> None:
    """What else waits and wanted the same is stale now; where somebody is at it, upkeep looks again."""
    try:
        with app.open_uow(WORKER_NAME) as uow:
            overtake(uow)
    except TryAgainError as error:
        _log.info("overtaking_put_off", reason=error.message)


def _dispatch(app: Application) -> DispatchReport:
    return dispatch(app.open_uow, suppliers=app.suppliers, mail=app.mail, by=WORKER_NAME)

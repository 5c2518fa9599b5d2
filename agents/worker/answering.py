"""Answering a question about a case beside its run: what waits for a decision waits on, and the answer is kept."""

from agents.exception_desk.answers import answer
from agents.worker.models import NO_MODEL, ModelSettings, model_for
from core.bootstrap.application import Application
from core.domain.ids import CaseId, UserName
from core.domain.questions import KeptAnswer
from core.domain.users import WORKER_NAME
from core.services.questions import KeepAnswer, check_question, keep_answer
from tools.service_core import ServiceCore

GRAPH = "ask"


def answer_question(
    app: Application, case: CaseId, question: str, *, by: UserName, models: ModelSettings = NO_MODEL
) -> KeptAnswer:
    """The answer, kept with the case under the one who asked. With a model it is a run of its own, with its budget.

    NotFoundError for an unknown case, InvalidValueError for an empty or endless question.
    """
    question = check_question(question)
    core = ServiceCore(open_uow=app.open_agent_uow, suppliers=app.suppliers)
    core.case(case)
    if models.model is None:
        found = answer(core, case, question)
    else:
        with app.open_uow(WORKER_NAME) as uow:
            run = uow.runs.begin(graph=GRAPH, subject=case)
        found = answer(core, case, question, model=model_for(app, models)(run))
        with app.open_uow(WORKER_NAME) as uow:
            uow.runs.end(run, outcome="answered" if found.read else "not read")
    with app.open_uow(by) as uow:
        return keep_answer(uow, KeepAnswer(case=case, question=question, answer=found))

"""The tools over an application: what a conversation, or any other loop of a model, is given to work with."""

from agents.order_intake.letters import read_letter
from agents.worker.letters import letter_reader
from agents.worker.models import NO_MODEL, ModelSettings
from core.bootstrap.application import Application
from core.domain.ids import UserName
from core.domain.intake.drafts import DraftOrder
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from tools.registry import Toolset, toolset
from tools.service_core import ServiceCore


def tools_of(app: Application, *, actor: UserName = AGENT_NAME, models: ModelSettings = NO_MODEL) -> Toolset:
    """Every tool under the agents' rights, proposing as `actor`; orders are read as letters are, with a model or by
    rules."""
    return toolset(service_core(app, actor=actor, models=models, open_uow=app.open_agent_uow))


def service_core(
    app: Application, *, actor: UserName, models: ModelSettings, open_uow: OpenUnitOfWork, channel: str = ""
) -> ServiceCore:
    """The narrow core as the actor's, on what `open_uow` opens."""
    reader = letter_reader(app, models=models)

    def read_order(text: str) -> DraftOrder:
        return reader(read_letter(text))

    return ServiceCore(open_uow=open_uow, suppliers=app.suppliers, actor=actor, read_order=read_order, channel=channel)

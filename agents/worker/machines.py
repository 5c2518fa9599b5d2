"""What machines with an API key are given: the tools as the key's owner, within its rights, its scope, its limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.worker.models import NO_MODEL, ModelSettings
from agents.worker.tooling import service_core
from core.bootstrap.application import Application
from core.domain.errors import NotAuthorisedError
from core.domain.identity import ApiKey, Principal
from core.domain.ids import UserName
from core.domain.permissions import Permission
from core.ports.storage import UnitOfWork
from core.services.identity import recognised
from core.services.machine_use import count_use
from tools.admission import AdmittedToolset, admitted_toolset, check_may
from tools.service_core import ServiceCore
from tools.spec import Cost

DOOR = UserName("api")
WEIGHT: Mapping[Cost, int] = {Cost.CHEAP: 1, Cost.MODERATE: 5, Cost.COSTLY: 20}
"""What a call comes to of a key's work a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """Lets machines in over an application."""

    app: Application
    models: ModelSettings = NO_MODEL

    def admit(self, token: str, permission: Permission, cost: Cost) -> Principal:
        """Who holds the key, with one more call of it counted. AuthenticationError for what is no key,
        NotAuthorisedError where it does not open this door, LimitReachedError where it was used as much as it may."""
        with self.app.open_uow(DOOR) as uow:
            principal = recognised(uow, token)
            count_use(uow, _key(principal), weight=WEIGHT[cost])
        check_may(principal, permission)
        return principal

    def check(self, token: str, permission: Permission) -> ApiKey:
        """The key, or the same errors for who may not come in; nothing is counted."""
        with self.app.open_uow(DOOR) as uow:
            principal = recognised(uow, token)
        check_may(principal, permission)
        return _key(principal)

    def tools(self, principal: Principal, *, channel: str) -> AdmittedToolset:
        """Every tool as this owner's; what is proposed is noted to have come through the channel."""
        return admitted_toolset(self.core(principal, channel=channel), principal)

    def core(self, principal: Principal, *, channel: str) -> ServiceCore:
        """The narrow core, on no more of the books than the owner sees: what is limited reads as a visitor, who writes
        nothing."""
        scope, visitors = principal.scope, self.app.open_visitor_uow

        def open_limited(actor: UserName) -> UnitOfWork:
            return visitors(actor, scope)

        opener = self.app.open_agent_uow if scope.whole else open_limited
        return service_core(self.app, actor=principal.name, models=self.models, channel=channel, open_uow=opener)


def _key(principal: Principal) -> ApiKey:
    if principal.key is None:
        raise NotAuthorisedError(
            "this door is for API keys, not for people themselves; an administrator makes one: `expediter keys make`"
        )
    return principal.key

"""The ways out of a case, over the services."""

from core.domain.ids import CaseId, OptionId
from core.domain.options import Option, RejectedIdea
from core.services import resolving
from tools.serving.served import Served


class ServedOptions(Served):
    """Fulfils OptionReads."""

    __slots__ = ()

    def plan_options(self, case: CaseId) -> resolving.OptionsReport:
        """A new planning round on the evidence kept."""
        with self.open_uow(self.actor) as uow:
            return resolving.plan_options(uow, case)

    def options(self, case: CaseId) -> tuple[Option, ...]:
        """The options of the last planning round."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.options(case)

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        """The ideas of the last planning round that are not possible."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.rejected(case)

    def option(self, option: OptionId) -> Option:
        """An option by id."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.option(option)

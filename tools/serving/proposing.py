"""Proposals, over the services."""

from core.domain.approval import Approval
from core.domain.ids import CaseId, OptionId
from core.domain.proposals import Advice
from core.services import proposing
from tools.serving.served import Served


class ServedProposing(Served):
    """Fulfils Proposing."""

    __slots__ = ()

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        """Put an option before people."""
        command = proposing.ProposeCommand(case=case, option=option, advice=advice, proposed_by=self.actor)
        with self.open_uow(self.actor) as uow:
            return proposing.propose(uow, command)

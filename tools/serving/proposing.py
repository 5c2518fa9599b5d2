"""Proposals, over the services."""

from core.domain.approval import Approval, Gate
from core.domain.crafting import Changes
from core.domain.ids import CaseId, OptionId
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation
from core.domain.options import Option
from core.domain.proposals import Advice
from core.services import asking_changes, crafting, policies, proposing
from core.services.looking.naming import supplier_of
from core.services.negotiating.proposing import ProposeNegotiation, propose_negotiation
from tools.serving.served import Served


class ServedProposing(Served):
    """Fulfils Proposing."""

    __slots__ = ()

    def craft(self, case: CaseId, changes: Changes) -> Option:
        """A way out as somebody wants it, kept beside the options of the round."""
        with self.open_uow(self.actor) as uow:
            return crafting.craft_option(uow, crafting.CraftCommand(case=case, changes=changes))

    def ask_change(self, asked: asking_changes.AskChange) -> asking_changes.ChangeAsked:
        """Say that a line is wanted otherwise."""
        with self.open_uow(self.actor) as uow:
            found = asking_changes.ask_change(uow, asked)
            self.note_channel(uow, found.case, found.signal)
            return found

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        """Put an option before people."""
        command = proposing.ProposeCommand(case=case, option=option, advice=advice, proposed_by=self.actor)
        with self.open_uow(self.actor) as uow:
            approval = proposing.propose(uow, command)
            self.note_channel(uow, case, approval.id)
            return approval

    def ask_to_bargain(self, *, case: CaseId, supplier: str, channel: Channel) -> tuple[Negotiation, Approval]:
        """A mandate to bargain, put before people."""
        with self.open_uow(self.actor) as uow:
            whom = supplier_of(uow, supplier)
            asked = ProposeNegotiation(case=case, supplier=whom, proposed_by=self.actor, channel=channel)
            approval = propose_negotiation(uow, asked)
            assert approval.negotiation is not None, "it is of a mandate"
            self.note_channel(uow, case, approval.id)
            return uow.negotiations.get(approval.negotiation), approval

    def gate(self, option: OptionId) -> Gate:
        """What the policy says to an option."""
        with self.open_uow(self.actor) as uow:
            return policies.looked_at(uow, option)

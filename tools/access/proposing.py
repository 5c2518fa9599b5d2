"""How something is put before people. What they decide, and what is then done, is in no tool's reach."""

from typing import Protocol

from core.domain.approval import Approval, Gate
from core.domain.crafting import Changes
from core.domain.ids import CaseId, OptionId
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation
from core.domain.options import Option
from core.domain.proposals import Advice
from core.services.asking_changes import AskChange, ChangeAsked


class Proposing(Protocol):
    """Proposals, and options made to be proposed."""

    def craft(self, case: CaseId, changes: Changes) -> Option:
        """A way out as somebody wants it, kept beside the options of the round; NotFeasibleError with each reason."""
        ...

    def ask_change(self, asked: AskChange) -> ChangeAsked:
        """Say that a line is wanted otherwise; people decide on the case that is opened of it."""
        ...

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        """Put an option before people; the same option of the same case again is the same approval."""
        ...

    def ask_to_bargain(self, *, case: CaseId, supplier: str, channel: Channel) -> tuple[Negotiation, Approval]:
        """Put a mandate to bargain with a supplier before people; the same again is the same mandate. `supplier` is the
        code or the whole name. Its prices are for the people who decide: no tool tells them."""
        ...

    def gate(self, option: OptionId) -> Gate:
        """What the policy says to an option: denied, only observed (which is noted then), or for whom to decide."""
        ...

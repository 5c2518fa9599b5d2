"""Letters to suppliers, over the services."""

from datetime import date

from core.domain.approval import Approval
from core.domain.errors import ConflictError
from core.domain.ids import CaseId
from core.domain.inquiries import UNSENT, Inquiry
from core.services.inquiring.letters import DraftLetter, draft_letter
from core.services.inquiring.proposing import ProposeLetter, propose_letter
from core.services.looking.naming import supplier_of
from tools.serving.served import Served


class ServedInquiring(Served):
    """Fulfils Inquiring."""

    __slots__ = ()

    def ask_by_letter(
        self, *, case: CaseId, supplier: str, quantity: int | None, needed_by: date | None
    ) -> tuple[Inquiry, Approval]:
        """A request for a quotation, put before people."""
        with self.open_uow(self.actor) as uow:
            whom = supplier_of(uow, supplier)
            made = draft_letter(uow, DraftLetter(case=case, supplier=whom, quantity=quantity, needed_by=needed_by))
            held = uow.inquiries.get(made)
            if held.state not in UNSENT:
                raise ConflictError(f"{made} to {supplier} says this already and is {held.state}", inquiry=made)
            approval = propose_letter(uow, ProposeLetter(inquiry=made, proposed_by=self.actor))
            self.note_channel(uow, case, approval.id)
            return uow.inquiries.get(made), approval

"""What every verb is served with: how to open a unit of work, the suppliers, and who asks."""

from dataclasses import dataclass

from core.domain.ids import CaseId, UserName
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.ports.suppliers import SupplierPort
from tools.access.drafting import TakeInOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """`open_uow` opens with the agents' role; `actor` is the agent, or the person who asked it. `read_order` takes in
    the words of an order; None where orders are not read. `channel` is where the actor came in, and is noted with what
    is proposed; empty for a conversation of ours."""

    open_uow: OpenUnitOfWork
    suppliers: SupplierPort
    actor: UserName = AGENT_NAME
    read_order: TakeInOrder | None = None
    channel: str = ""

    def note_channel(self, uow: UnitOfWork, case: CaseId, subject: str) -> None:
        """For the record of a case: by which door something came before people."""
        if self.channel:
            facts = {"channel": self.channel, "by": self.actor}
            uow.audit.note(scope=f"case:{case}", event="came_through", subject=subject, facts=facts)

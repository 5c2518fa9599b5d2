"""What every verb is served with: how to open a unit of work, the suppliers, and who asks."""

from dataclasses import dataclass

from core.domain.ids import UserName
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from core.ports.suppliers import SupplierPort
from tools.access.drafting import TakeInOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """`open_uow` opens with the agents' role; `actor` is the agent, or the person who asked it. `read_order` takes in
    the words of an order; None where orders are not read."""

    open_uow: OpenUnitOfWork
    suppliers: SupplierPort
    actor: UserName = AGENT_NAME
    read_order: TakeInOrder | None = None

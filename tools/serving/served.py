"""What every verb is served with: how to open a unit of work, the suppliers, and who asks."""

from dataclasses import dataclass

from core.domain.ids import UserName
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from core.ports.suppliers import SupplierPort


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """`open_uow` opens with the agents' role; `actor` is the agent, or the person who asked it."""

    open_uow: OpenUnitOfWork
    suppliers: SupplierPort
    actor: UserName = AGENT_NAME

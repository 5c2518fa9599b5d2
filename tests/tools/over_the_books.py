"""Tools over the services and PostgreSQL, under the agents' own role, on the small company after a scan."""

from decimal import Decimal

from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.planning.rules import ScanRules
from core.services.scanning import ScanCommand, scan
from tests.builders import DELTA, GULF, VALVE
from tests.desk import Desk
from tools.registry import Toolset, toolset
from tools.service_core import ServiceCore


def scanned(desk: Desk) -> Toolset:
    """Every tool as an agent has it, once cases were looked for."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    return tools_of(desk)


def tools_of(desk: Desk) -> Toolset:
    """Every tool as an agent has it; the suppliers are the sandbox's."""
    offer = SandboxOffer(unit_price=Decimal("15.50"), lead_time_days=4, available=90, expedite_fee=Decimal(80))
    trade = SandboxTrade(SandboxSupplier(code=code, items={VALVE: offer}) for code in (DELTA, GULF))
    return toolset(ServiceCore(open_uow=desk.open_agent_uow, suppliers=SandboxSuppliers(trade)))

"""What hangs on what, and what might happen, over the services."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.ids import OptionId
from core.domain.scenarios import Scenario, WhatIfReport
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact
from core.services import what_if
from core.services.supply_impact import supply_impact
from tools.serving.served import Served


class ServedScenarios(Served):
    """Fulfils ScenarioReads."""

    __slots__ = ()

    def supply_impact(self, asked: ImpactAsked) -> SupplyImpact | Footing:
        """What hangs on open supply, or what an order line rests on."""
        with self.open_uow(self.actor) as uow:
            return supply_impact(uow, asked)

    def what_if(self, scenario: Scenario, *, options: Sequence[OptionId], limit: int) -> WhatIfReport:
        """What a scenario, with the plans of these options, would do to the promises; nothing is kept."""
        with self.open_uow(self.actor) as uow:
            actions = tuple(action for option in options for action in uow.cases.option(option).actions)
            whole = replace(scenario, actions=(*scenario.actions, *actions))
            return what_if.what_if(uow, what_if.WhatIf(scenario=whole, limit=limit))

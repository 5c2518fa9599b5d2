"""What may be asked about what hangs on what, and what might happen."""

from collections.abc import Sequence
from typing import Protocol

from core.domain.ids import OptionId
from core.domain.scenarios import Scenario, WhatIfReport
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact


class ScenarioReads(Protocol):
    """Worked out on a copy of the books; nothing is kept."""

    def supply_impact(self, asked: ImpactAsked) -> SupplyImpact | Footing:
        """What hangs on open supply, or what an order line rests on."""
        ...

    def what_if(self, scenario: Scenario, *, options: Sequence[OptionId], limit: int) -> WhatIfReport:
        """What a scenario, with the plans of these options, would do to the promises; nothing is kept."""
        ...

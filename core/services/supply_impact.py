"""The impact of one supply, downstream and upstream, on the books as they are and under the rules of the cases."""

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact
from core.planning.impact_report import impact_report
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.ports.storage import UnitOfWork
from core.services.rule_values import rules_of

MOST_DAYS_LATER = 3650


def supply_impact(uow: UnitOfWork, asked: ImpactAsked) -> SupplyImpact | Footing:
    """What hangs on the supply that is named, or what the order line that is named rests on. Nothing is kept."""
    checked(asked)
    if asked.later is not None and not 1 <= asked.later <= MOST_DAYS_LATER:
        raise InvalidValueError(f"{asked.later!r} days later; accepted: 1 to {MOST_DAYS_LATER}", field="later")
    snapshot, last = uow.snapshot(), uow.cases.last_scan()
    rules = ScanRules() if last is None else rules_of(last[1])
    return impact_report(snapshot, net(snapshot, rules), asked)

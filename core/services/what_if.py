"""What if: what a scenario would do to the promises. It is shown and never kept."""

from dataclasses import dataclass, field, replace

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError, UsageError
from core.domain.ids import SupplierCode
from core.domain.scenarios import Disruption, Scenario, TariffRise, WhatIfReport
from core.planning.rules import ScanRules
from core.planning.whatif.answering import answer
from core.planning.whatif.keeping import resident_of
from core.ports.storage import UnitOfWork
from core.services.rule_values import rules_of

MOST_LINES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A scenario, under these rules (None: those the cases are kept under); at most `limit` lines are told."""

    scenario: Scenario = field(default_factory=Scenario)
    rules: ScanRules | None = None
    limit: int = 20


def what_if(uow: UnitOfWork, command: WhatIf) -> WhatIfReport:
    """The lines that would stand otherwise, the worst first. Nothing is written. InvalidValueError, NotFoundError,
    ConflictError or InsufficientStockError for a scenario that does not fit the books; UsageError for an empty one."""
    scenario = checked(command).scenario
    if not (scenario.disruptions or scenario.demand or scenario.actions):
        raise UsageError("a what-if needs something that happens: a disruption, new demand or an action")
    if not 0 <= command.limit <= MOST_LINES:
        raise InvalidValueError(f"limit is {command.limit!r}; accepted: 0 to {MOST_LINES}", field="limit")
    whole = replace(scenario, disruptions=tuple(_located(uow, one) for one in scenario.disruptions))
    return answer(resident_of(uow.snapshot(), rules_for(uow, command.rules)), whole, limit=command.limit)


def _located(uow: UnitOfWork, one: Disruption) -> Disruption:
    """Duty of a country is duty of its suppliers; what is no country with suppliers may be a supplier."""
    if not isinstance(one, TariffRise) or one.suppliers:
        return one
    found = uow.overviews.suppliers_in(one.country)
    return replace(one, suppliers=found) if found else replace(one, suppliers=(SupplierCode(one.country),), country="")


def rules_for(uow: UnitOfWork, rules: ScanRules | None) -> ScanRules:
    """These rules, or those of the last scan, or the usual ones."""
    last = uow.cases.last_scan()
    return rules or (rules_of(last[1]) if last is not None else ScanRules())

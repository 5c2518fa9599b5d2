"""The narrow core over the services: every verb one unit of work, under the agents' own database role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.domain.approval import Approval
from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.ids import ApprovalId, CaseId, OptionId, SupplierCode, UserName
from core.domain.options import Option, RejectedIdea
from core.domain.proposals import Advice
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.domain.scenarios import Scenario, WhatIfReport
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from core.ports.suppliers import SupplierError, SupplierPort
from core.services import proposing, resolving, what_if
from core.services.supply_impact import supply_impact
from tools.core_access import Unanswered

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCore:
    """Fulfils ToolCore. `open_uow` opens with the agents' role; `actor` is the agent, or the person who asked it.

    No unit of work is open while a supplier is asked.
    """

    open_uow: OpenUnitOfWork
    suppliers: SupplierPort
    actor: UserName = AGENT_NAME

    def cases(self) -> tuple[Case, ...]:
        """Every case, by number."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.all()

    def case(self, case: CaseId) -> Case:
        """A case by id."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.get(case)

    def supply_impact(self, asked: ImpactAsked) -> SupplyImpact | Footing:
        """What hangs on open supply, or what an order line rests on."""
        with self.open_uow(self.actor) as uow:
            return supply_impact(uow, asked)

    def needs(self, case: CaseId) -> resolving.EvidenceNeeds:
        """What should be found out before options are worked out."""
        with self.open_uow(self.actor) as uow:
            return resolving.evidence_needs(uow, case)

    def ask_price(self, request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is ordered."""
        return _answered(request.supplier, lambda: self.suppliers.request_quote(request))

    def ask_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is moved."""
        return _answered(request.supplier, lambda: self.suppliers.quote_expedite(request))

    def evidence(self, case: CaseId) -> CaseEvidence:
        """The evidence kept on a case."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.evidence(case)

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        """Keep this as the evidence on a case."""
        with self.open_uow(self.actor) as uow:
            resolving.record_evidence(uow, case, evidence)

    def plan_options(self, case: CaseId) -> resolving.OptionsReport:
        """A new planning round on the evidence kept."""
        with self.open_uow(self.actor) as uow:
            return resolving.plan_options(uow, case)

    def options(self, case: CaseId) -> tuple[Option, ...]:
        """The options of the last planning round."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.options(case)

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        """The ideas of the last planning round that are not possible."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.rejected(case)

    def option(self, option: OptionId) -> Option:
        """An option by id."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.option(option)

    def what_if(self, scenario: Scenario, *, options: Sequence[OptionId], limit: int) -> WhatIfReport:
        """What a scenario, with the plans of these options, would do to the promises; nothing is kept."""
        with self.open_uow(self.actor) as uow:
            actions = tuple(action for option in options for action in uow.cases.option(option).actions)
            whole = replace(scenario, actions=(*scenario.actions, *actions))
            return what_if.what_if(uow, what_if.WhatIf(scenario=whole, limit=limit))

    def approvals(self, case: CaseId) -> tuple[Approval, ...]:
        """The approvals of a case, oldest first."""
        with self.open_uow(self.actor) as uow:
            return uow.approvals.of_case(case)

    def approval(self, approval: ApprovalId) -> Approval:
        """An approval by id."""
        with self.open_uow(self.actor) as uow:
            return uow.approvals.get(approval)

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        """Put an option before people."""
        command = proposing.ProposeCommand(case=case, option=option, advice=advice, proposed_by=self.actor)
        with self.open_uow(self.actor) as uow:
            return proposing.propose(uow, command)


def _answered(supplier: SupplierCode, ask: Callable[[], Answer]) -> Answer | Unanswered:
    try:
        return ask()
    except SupplierError as error:
        return Unanswered(supplier=supplier, code=error.code)

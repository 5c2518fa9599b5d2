"""The narrow core a tool is given: reads, questions to suppliers, proposals. It can neither decide nor execute."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.approval import Approval
from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.ids import ApprovalId, CaseId, OptionId, SupplierCode
from core.domain.options import Option, RejectedIdea, StockElsewhere
from core.domain.proposals import Advice
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.domain.scenarios import Scenario, WhatIfReport
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A supplier gave no usable answer; `code` is the stable code of what happened."""

    supplier: SupplierCode
    code: str


class EvidenceNeeds(Protocol):
    """What a case needs to know: stock elsewhere is known at once, the rest is still to be asked."""

    @property
    def stock(self) -> tuple[StockElsewhere, ...]: ...
    @property
    def quotes(self) -> tuple[QuoteRequest, ...]: ...
    @property
    def expedites(self) -> tuple[ExpediteRequest, ...]: ...


class OptionsReport(Protocol):
    """The options of a planning round, and the ideas that turned out not to be possible."""

    @property
    def round(self) -> int: ...
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def rejected(self) -> tuple[RejectedIdea, ...]: ...


class ToolCore(Protocol):
    """What tools, and the graphs built on them, may ask of the core. Each call is one transaction."""

    def cases(self) -> tuple[Case, ...]:
        """Every case, by number."""
        ...

    def case(self, case: CaseId) -> Case:
        """A case by id."""
        ...

    def supply_impact(self, asked: ImpactAsked) -> SupplyImpact | Footing:
        """What hangs on open supply, or what an order line rests on."""
        ...

    def needs(self, case: CaseId) -> EvidenceNeeds:
        """What should be found out before options are worked out."""
        ...

    def ask_price(self, request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is ordered."""
        ...

    def ask_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is moved."""
        ...

    def evidence(self, case: CaseId) -> CaseEvidence:
        """The evidence kept on a case."""
        ...

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        """Keep this as the evidence on a case, in place of what was there."""
        ...

    def plan_options(self, case: CaseId) -> OptionsReport:
        """A new planning round on the evidence kept."""
        ...

    def options(self, case: CaseId) -> tuple[Option, ...]:
        """The options of the last planning round."""
        ...

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        """The ideas of the last planning round that are not possible."""
        ...

    def option(self, option: OptionId) -> Option:
        """An option by id."""
        ...

    def what_if(self, scenario: Scenario, *, options: Sequence[OptionId], limit: int) -> WhatIfReport:
        """What a scenario, with the plans of these options, would do to the promises; nothing is kept."""
        ...

    def approvals(self, case: CaseId) -> tuple[Approval, ...]:
        """The approvals of a case, oldest first."""
        ...

    def approval(self, approval: ApprovalId) -> Approval:
        """An approval by id."""
        ...

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        """Put an option before people; the same option of the same case again is the same approval."""
        ...

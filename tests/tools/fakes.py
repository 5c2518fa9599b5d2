"""A core for tools and graphs to work on: one case, suppliers that answer as told, and everything kept in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.domain.approval import Approval, ApprovalPolicy, ApprovalState, Gate, gate
from core.domain.cases import Case, CaseState
from core.domain.crafting import Changes
from core.domain.errors import ConflictError, NotFeasibleError, NotFoundError
from core.domain.evidence import CaseEvidence, EvidenceNote
from core.domain.ids import (
    ApprovalId,
    CaseId,
    OptionId,
)
from core.domain.inquiries import Inquiry
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation
from core.domain.options import Option, RejectedIdea
from core.domain.plans import committed_money
from core.domain.proposals import Advice
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.domain.scenarios import Scenario, WhatIfReport
from core.domain.supply_impact import Footing, ImpactAsked, SupplyImpact
from tests.tools.fake_looking import FakeLooking
from tests.tools.letters import a_letter
from tests.tools.mandates import a_mandate
from tests.tools.samples import (
    CASE,
    Needs,
    Report,
    answers_price,
    approval_for,
    case,
    crafted_as,
    expedite_quote,
    plans,
    told,
)
from tools.access.evidence import Unanswered


@dataclass(slots=True, kw_only=True)
class FakeCore(FakeLooking):
    """Fulfils ToolCore. `calls` lists what was asked, in order."""

    kept: dict[CaseId, Case] = field(default_factory=lambda: {CASE: case()})
    wanted: Needs = field(default_factory=Needs)
    answer_price: Callable[[QuoteRequest], Quote | QuoteRefusal | Unanswered] = answers_price
    planned: Callable[[int], tuple[Option, ...]] = plans
    gathered: CaseEvidence = field(default_factory=CaseEvidence)
    approved: dict[ApprovalId, Approval] = field(default_factory=dict)
    advised: dict[ApprovalId, Advice] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    impacts: dict[ImpactAsked, SupplyImpact | Footing] = field(default_factory=dict)
    craftable: Callable[[Changes], Option | str] = crafted_as
    crafted: list[Option] = field(default_factory=list)
    notes: tuple[EvidenceNote, ...] = ()
    unknown: tuple[str, ...] = ()

    def supply_impact(self, asked: ImpactAsked) -> SupplyImpact | Footing:
        self.calls.append(f"supply_impact {asked.reference}")
        if asked not in self.impacts:
            raise NotFoundError(f"nothing open is called {asked.reference!r}")
        return self.impacts[asked]

    def cases(self) -> tuple[Case, ...]:
        return tuple(self.kept.values())

    def case(self, case: CaseId) -> Case:
        if case not in self.kept:
            raise NotFoundError(f"there is no case {case!r}; case ids look like 'CASE-17'")
        return self.kept[case]

    def names(self) -> Mapping[str, str]:
        return {"GHENT": "Ghent, stores", "RENO": "Reno, stores", "GULF": "Gulf Castings", "NORTH": "Northern Steel"}

    def needs(self, case: CaseId) -> Needs:
        self.calls.append("needs")
        self.case(case)
        return self.wanted

    def ask_price(self, request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
        self.calls.append(f"ask_price {request.supplier}")
        return self.answer_price(request)

    def ask_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal | Unanswered:
        self.calls.append(f"ask_expedite {request.purchase_order}")
        return expedite_quote()

    def background(self, case: CaseId, about: str) -> tuple[EvidenceNote, ...]:
        if about in self.unknown:
            raise NotFoundError(f"nothing is known of {about}")
        return tuple(note for note in self.notes if note.kind == about.removesuffix("s"))

    def evidence(self, case: CaseId) -> CaseEvidence:
        return self.gathered

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        self.calls.append("record_evidence")
        self.gathered = evidence

    def what_if(self, scenario: Scenario, *, options: Sequence[OptionId], limit: int) -> WhatIfReport:
        parts = (*scenario.disruptions, *scenario.demand)
        self.calls.append(" ".join(("what_if", *(type(part).__name__ for part in parts), *options)))
        return told(limit)

    def plan_options(self, case: CaseId) -> Report:
        self.calls.append("plan_options")
        found = self.case(case)
        if found.state is not CaseState.OPEN:
            raise ConflictError(f"case {case} is {found.state}; decide on what is proposed first")
        self.kept[case] = replace(found, planning_round=found.planning_round + 1)
        return Report(round=self.kept[case].planning_round, options=self.options(case))

    def options(self, case: CaseId) -> tuple[Option, ...]:
        number = self.case(case).planning_round
        own = tuple(option for option in self.crafted if option.id.startswith(f"{case}-{number}"))
        return (*self.planned(number), *own) if number else ()

    def craft(self, case: CaseId, changes: Changes) -> Option:
        self.calls.append(f"craft {type(changes).__name__}")
        self.case(case)
        made = self.craftable(changes)
        if isinstance(made, str):
            raise NotFeasibleError(f"{case}: {made}", reasons=(made,))
        self.crafted.append(made)
        return made

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        return Report(round=1, options=()).rejected if self.case(case).planning_round else ()

    def option(self, option: OptionId) -> Option:
        number = int(option.removeprefix(f"{CASE}-")[:-1])
        return next(found for found in (*self.planned(number), *self.crafted) if found.id == option)

    def approvals(self, case: CaseId) -> tuple[Approval, ...]:
        return tuple(found for found in self.approved.values() if found.case == case)

    def approval(self, approval: ApprovalId) -> Approval:
        return self.approved[approval]

    def gate(self, option: OptionId) -> Gate:
        chosen = self.option(option)
        return gate(tier=chosen.tier, money=committed_money(chosen.plan), policy=ApprovalPolicy())

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        self.calls.append(f"propose {option}")
        approval_id = ApprovalId(option.replace("CASE-", "AP-", 1))
        if approval_id in self.approved:
            return self.approved[approval_id]
        if option not in {known.id for known in self.options(case)}:
            raise ConflictError(f"option {option} is of an earlier planning round")
        self.approved[approval_id] = approval_for(self.option(option), approval_id)
        self.advised[approval_id] = advice
        self.move(case, CaseState.PROPOSED)
        return self.approved[approval_id]

    def ask_by_letter(
        self, *, case: CaseId, supplier: str, quantity: int | None, needed_by: date | None
    ) -> tuple[Inquiry, Approval]:
        self.calls.append(f"ask {supplier} by letter")
        return a_letter(case, supplier, quantity or 25, needed_by or self.case(case).detected.needed_by)

    def ask_to_bargain(self, *, case: CaseId, supplier: str, channel: Channel) -> tuple[Negotiation, Approval]:
        self.calls.append(f"bargain with {supplier} by {channel.value}")
        return a_mandate(self.case(case).id, supplier, channel)

    def move(self, case: CaseId, state: CaseState) -> None:
        self.kept[case] = replace(self.kept[case], state=state)

    def decide(self, approval: ApprovalId, state: ApprovalState) -> None:
        """What people, or time, made of an approval."""
        self.approved[approval] = replace(self.approved[approval], state=state)
        after = {ApprovalState.APPROVED: CaseState.APPROVED, ApprovalState.EXECUTED: CaseState.EXECUTING}
        self.move(self.approved[approval].case, after.get(state, CaseState.OPEN))

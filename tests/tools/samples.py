"""One case, its options, and what suppliers answer, as the core gives them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.domain.approval import Approval, ApprovalPolicy, ApprovalState, gate
from core.domain.cases import Case, CaseState, DetectedCase, ExceptionType, LineImpact, WhyStep
from core.domain.crafting import Changes
from core.domain.ids import (
    ApprovalId,
    CaseId,
    CustomerCode,
    ItemCode,
    LocationCode,
    OptionId,
    OrderNo,
    ProposalId,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
    UserName,
)
from core.domain.options import CostTerm, Forecast, LineChange, Option, RejectedIdea, StockElsewhere
from core.domain.plan_text import plan_hash
from core.domain.plans import Action, Buy, Transfer, Wait, committed_money, plan_of
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.domain.scenarios import LineOutlook, LineWhatIf, Totals, WhatIfReport
from tools.access.evidence import Unanswered

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
CASE = CaseId("CASE-1")
ITEM = ItemCode("FG-100")


def case(state: CaseState = CaseState.OPEN, number: int = 1, exposure: str = "1250.50") -> Case:
    impact = LineImpact(
        order=OrderNo("SO-1042"),
        line=1,
        customer=CustomerCode("HARBOR"),
        item=ITEM,
        quantity=60,
        short=40,
        due=date(2026, 3, 9),
        projected=None,
        days_late=0,
        exposure=Decimal(exposure),
        why=(WhyStep(subject="FG-100", text="40 of 60 units are not covered"),),
    )
    detected = DetectedCase(
        type=ExceptionType.DEMAND_SHORTAGE,
        root="item FG-100@RENO",
        cause="uncovered",
        title="FG-100 at RENO: 40 units lacking",
        item=ITEM,
        location="RENO",
        lacking=40,
        needed_by=date(2026, 3, 9),
        exposure=Decimal(exposure),
        best_tier=1,
        impacts=(impact,),
        fixes=("40 units at RENO by 2026-03-09",),
    )
    return Case(
        id=CaseId(f"CASE-{number}"),
        state=state,
        detected=detected,
        deadline=date(2026, 3, 6),
        planning_round=0,
        opened_on=TODAY,
    )


TRANSFER = Transfer(
    reference=TransferOrderNo("TO-CASE-1-1A"),
    item=ITEM,
    origin=LocationCode("GHENT"),
    destination=LocationCode("RENO"),
    quantity=40,
    ship_on=TODAY,
    arrive_on=date(2026, 3, 7),
    cost=Decimal("120.00"),
)
BUY = Buy(
    reference=PurchaseOrderNo("PO-CASE-1-1B"),
    supplier=SupplierCode("GULF"),
    item=ITEM,
    location=LocationCode("RENO"),
    quantity=40,
    unit_price=Decimal("15.5"),
    currency="EUR",
    arrive_on=date(2026, 3, 12),
    cost=Decimal("60.00"),
    quote="Q-77",
)
WAIT = Wait(until=date(2026, 3, 6))


def change_of(after: date) -> LineChange:
    return LineChange(
        order=OrderNo("SO-1042"),
        line=1,
        customer=CustomerCode("HARBOR"),
        item=ITEM,
        due_before=date(2026, 3, 9),
        due_after=date(2026, 3, 9),
        projected_before=None,
        projected_after=after,
        short_before=40,
        short_after=0,
        gained=30,
        exposure_before=Decimal("1250.50"),
        exposure_after=Decimal(0),
    )


def option(letter: str, action: Action, *, round_number: int = 1, objective: str, tier: int = 3) -> Option:
    option_id = OptionId(f"{CASE}-{round_number}{letter}")
    plan = plan_of(case=CASE, option=option_id, actions=(action,), currency="EUR")
    helped = 0 if isinstance(action, Wait) else 1
    after = date(2026, 3, 12) if isinstance(action, Buy) else date(2026, 3, 7)
    return Option(
        id=option_id,
        case=CASE,
        letter=letter,
        title={"Wait": "Wait", "Transfer": "Move 40 from GHENT", "Buy": "Buy 40 from GULF"}[type(action).__name__],
        plan=plan,
        tier=tier,
        cost_terms=(CostTerm(name="freight", amount=plan.cost),),
        total_cost=plan.cost,
        objective=Decimal(objective),
        deadline=date(2026, 3, 6),
        changes=(change_of(after),) if helped else (),
        lines_helped=helped,
        lines_hurt=0,
        lines_recovered=helped if after <= date(2026, 3, 9) else 0,
        promises_moved=0,
        customers_affected=(CustomerCode("HARBOR"),),
        exposure_before=Decimal("1250.50"),
        exposure_after=Decimal(0) if helped else Decimal("1250.50"),
        forecast=Forecast(lines_late=0, lines_uncovered=0, exposure=Decimal(0), digest="d", lines=()),
        undo="cancel what was ordered",
        feasibility=("40 units at GHENT are free",),
    )


def options_of(round_number: int = 1) -> tuple[Option, ...]:
    return (
        option("A", TRANSFER, round_number=round_number, objective="120.00"),
        option("B", BUY, round_number=round_number, objective="460.00"),
        option("C", WAIT, round_number=round_number, objective="1250.50", tier=0),
    )


def crafted_as(changes: Changes) -> Option:
    """What any changes are made into: the transfer of fewer units, under the next letter."""
    fewer = replace(TRANSFER, quantity=30, cost=Decimal("110.00"))
    return option("D", fewer, objective="320.00")


def price_request(supplier: str = "GULF") -> QuoteRequest:
    return QuoteRequest(
        supplier=SupplierCode(supplier),
        item=ITEM,
        quantity=40,
        needed_by=date(2026, 3, 9),
        as_of=TODAY,
        idempotency_key=f"quote-{supplier}",
    )


def expedite_request() -> ExpediteRequest:
    return ExpediteRequest(
        supplier=SupplierCode("GULF"),
        purchase_order=PurchaseOrderNo("PO-7"),
        line=1,
        item=ITEM,
        quantity=100,
        new_date=date(2026, 3, 9),
        as_of=TODAY,
        idempotency_key="expedite-PO-7",
    )


def quote(supplier: str = "GULF", note: str = "") -> Quote:
    return Quote(
        quote_id=f"Q-{supplier}",
        supplier=SupplierCode(supplier),
        item=ITEM,
        quantity=40,
        unit_price=Decimal("15.5"),
        currency="EUR",
        lead_time_days=10,
        available_quantity=500,
        minimum_order=10,
        multiple=1,
        valid_until=date(2026, 3, 16),
        note=note,
    )


def expedite_quote() -> ExpediteQuote:
    return ExpediteQuote(
        quote_id="X-1",
        supplier=SupplierCode("GULF"),
        purchase_order=PurchaseOrderNo("PO-7"),
        line=1,
        item=ITEM,
        quantity=100,
        fee=Decimal("90.00"),
        currency="EUR",
        earliest_date=date(2026, 3, 8),
        valid_until=date(2026, 3, 16),
    )


STOCK = StockElsewhere(
    id="stock:GHENT",
    location="GHENT",
    quantity=50,
    arrive_on=date(2026, 3, 7),
    fixed_cost=Decimal("80.00"),
    unit_cost=Decimal("1.00"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Evidence needs as the core gives them."""

    stock: tuple[StockElsewhere, ...] = (STOCK,)
    quotes: tuple[QuoteRequest, ...] = (price_request("GULF"), price_request("NORTH"))
    expedites: tuple[ExpediteRequest, ...] = (expedite_request(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A planning round as the core gives it."""

    round: int
    options: tuple[Option, ...]
    rejected: tuple[RejectedIdea, ...] = (
        RejectedIdea(resolution="R07", what="PO-7/1", reason="the earliest day is later than the due date"),
    )


def answers_price(request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
    return quote(request.supplier)


def told(limit: int) -> WhatIfReport:
    day, nothing = date(2026, 3, 9), Decimal("0.00")
    before = LineOutlook(promised=day, projected=day, quantity=60, short=0, late=0, state="on time", exposure=nothing)
    line = LineWhatIf(
        order=OrderNo("SO-1042"), line=1, customer=CustomerCode("HARBOR"), item=ITEM, before=before, after=None
    )
    totals = Totals(lines=9, late=1, uncovered=0, exposure=nothing)
    return WhatIfReport(
        as_of=TODAY,
        currency="EUR",
        assumed=("PO-7 comes 9 days later",),
        before=totals,
        after=replace(totals, late=2),
        changed=4,
        newly_late=1,
        newly_uncovered=0,
        saved=0,
        lines=(line,)[:limit],
        left_out=3,
        customers=(),
        cost=nothing,
        path="incremental",
        why="",
    )


def plans(round_number: int) -> tuple[Option, ...]:
    return options_of(round_number)


def approval_for(chosen: Option, approval_id: ApprovalId) -> Approval:
    money = committed_money(chosen.plan)
    verdict = gate(tier=chosen.tier, money=money, policy=ApprovalPolicy())
    return Approval(
        id=approval_id,
        proposal=ProposalId(approval_id.replace("AP-", "PR-", 1)),
        case=chosen.case,
        plan_hash=plan_hash(chosen.plan),
        tier=chosen.tier,
        money=money,
        approvals_needed=max(1, verdict.approvals_needed),
        roles=verdict.roles,
        rule=verdict.rule,
        policy_version="2026-1",
        proposed_by=UserName("exception-desk"),
        state=ApprovalState.PENDING,
        created_at=NOW,
        expires_at=NOW + timedelta(hours=24),
    )

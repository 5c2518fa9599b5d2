"""Outputs of tools on a small company: what tests of telling tell."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tools.business import (
    KpiRow,
    KpisShown,
    ProposalRow,
    ProposalShown,
)
from tools.drafting import DraftLineRow, OrderDrafted, QuestionRow
from tools.goods import AvailabilityShown, AvailableRow, ItemShown, OpenSupplyRow, StockRow
from tools.impact import ImpactShown, PeggedRow, UpstreamRow, WorsenedRow
from tools.orders import (
    ConstraintRow,
    DatedRow,
    DatePromised,
    LineExplained,
    OrderLineList,
    OrderLineRow,
    SupplyRow,
    WhyRow,
)
from tools.parties import CustomerShown, SupplierShown, TrackRecord
from tools.scorecards import ScorecardRow, SupplierList
from tools.spec import Chart, Point, Series
from tools.what_if import BookTotals, LineChanged, ScenarioTold

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
LINE = OrderLineRow(
    order="SO-1042", line=1, customer="HARBOR", customer_name="Harbor Supply", item="FG-100", item_name="Gate valve",
    ordered=60, open=60, requested=date(2026, 3, 9), promised=date(2026, 3, 9), due=date(2026, 3, 9), state="open",
    location="RENO",
)  # fmt: skip
SUPPLY = OpenSupplyRow(
    kind="purchase", number="PO-17", line=1, item="FG-100", location="RENO", open=40, due=date(2026, 2, 27),
    days_overdue=3, stage="sent", supplier="GULF", origin=None,
)  # fmt: skip
STOCK = StockRow(location="RENO", on_hand=20, reserved=5, blocked=0, free=15)
PROPOSAL = ProposalRow(
    approval="AP-1-1A", case="CASE-1", state="pending", tier=3, money=Decimal(250), approvals_needed=1, approved_by=0,
    roles=("planner", "buyer"), proposed_by="maria", created_at=NOON, expires_at=NOON,
)  # fmt: skip


def explained(**other: Any) -> LineExplained:
    """Why the line is late."""
    given: dict[str, Any] = {
        "as_of": TODAY, "line": LINE, "owed": True, "projected": date(2026, 3, 14), "short": 0, "days_late": 5,
        "why": (WhyRow(subject="item FG-100@RENO", text="40 of 60 units come on 2026-03-14"),),
        "rests_on": (SupplyRow(level=0, supply="purchase order PO-17/1", item="FG-100", location="RENO", units=40,
                               on=date(2026, 3, 14)),),
        "rests_on_left_out": 0, "promises": (),
    }  # fmt: skip
    return LineExplained(**(given | other))


def promised(**other: Any) -> DatePromised:
    """When units could leave."""
    given: dict[str, Any] = {
        "as_of": TODAY, "item": "FG-100", "location": "RENO", "customer": "HARBOR", "quantity": 40,
        "requested": date(2026, 3, 9), "complete": date(2026, 3, 12), "days_late": 3,
        "dates": (DatedRow(on=date(2026, 3, 12), quantity=40, location="RENO"),), "unplannable": 0,
        "reasons": (ConstraintRow(code="supply", text="FG-100 is made in 10 days"),), "rests_on": (),
        "rests_on_left_out": 0, "to_order": (), "to_order_left_out": 0,
    }  # fmt: skip
    return DatePromised(**(given | other))


def lines(*found: OrderLineRow, left_out: int = 0, at_risk: int | None = None) -> OrderLineList:
    """Order lines."""
    return OrderLineList(as_of=TODAY, lines=found, left_out=left_out, risks=(), at_risk=at_risk)


ITEM = ItemShown(
    as_of=TODAY, item="FG-100", name="Gate valve", unit="EA", make=True, finished_good=True, standard_cost=Decimal(10),
    list_price=Decimal("25.50"), currency="USD", lead_time_days=10, safety_stock=5, on_hand=20, free=15,
    stock=(STOCK,), stock_left_out=0, supply=(SUPPLY,), supply_left_out=0, owed_lines=2, owed_units=70,
    owed_late_lines=1, sources=(), sources_left_out=0, components=(), components_left_out=0,
)  # fmt: skip
CUSTOMER = CustomerShown(
    as_of=TODAY, customer="HARBOR", name="Harbor Supply", tier=1, region="TX", country="US",
    late_penalty_percent=Decimal("0.5"), ship_complete=False, allow_partial=True, allow_substitution=False,
    otif_target=Decimal(95), payment_days=30, open_lines=2, late_lines=1, open_units=70, open_value=Decimal(1785),
    lines=(LINE,), lines_left_out=1, addresses=(),
)  # fmt: skip
SUPPLIER = SupplierShown(
    as_of=TODAY, supplier="GULF", name="Gulf Castings", approved=True, active=True, country="US",
    stated_reliability=Decimal("0.9"), acknowledges_within_hours=24, drop_ships=False, offers=(), offers_left_out=0,
    open_supply=(SUPPLY,), open_supply_left_out=0, overdue_lines=1, buffer_days=3,
    track_record=TrackRecord(
        since=date(2025, 3, 2), deliveries=8, on_time_percent=Decimal("75.0"), average_days_late=Decimal("4.5")
    ),
)  # fmt: skip
SUPPLIERS = SupplierList(
    since=date(2025, 3, 2), as_of=TODAY, left_out=0,
    suppliers=tuple(
        ScorecardRow(
            supplier=code, name=name, lines=5, overdue=0, on_time_percent=share, units_percent=Decimal("100.0"),
            dates_kept_percent=None, prices_kept_percent=None, few_cases=False, trend="worse", days_to_add=3,
        )
        for code, name, share in (("GULF", "Gulf Castings", Decimal("40.0")), ("DELTA", "Delta Steel", None))
    ),
)  # fmt: skip
AVAILABLE = AvailabilityShown(
    as_of=TODAY, until=date(2026, 5, 31), item="FG-100", name="Gate valve", unit="EA", today=15,
    rows=(
        AvailableRow(location="RENO", on=TODAY, units=15, projected=15),
        AvailableRow(location="RENO", on=date(2026, 3, 14), units=55, projected=55),
    ),
    rows_left_out=0, places_left_out=0,
    chart=Chart(title="FG-100 that can be promised", unit="EA",
                series=(Series(name="RENO", points=(Point(on=TODAY, value=15),)),)),
)  # fmt: skip
IMPACT = ImpactShown(
    about=("PO-17/1",),
    pegged=(
        PeggedRow(order="SO-1042", line=1, customer="HARBOR", item="FG-100", units=40, due=TODAY, projected=TODAY),
    ),
    worsened=(
        WorsenedRow(order="SO-1042", line=1, customer="HARBOR", item="FG-100", more_short=0, before=TODAY,
                    after=date(2026, 3, 9), days_later=7),
    ),
    rests_on=(), left_out=0,
)  # fmt: skip
FOOTING = ImpactShown(
    about=("SO-1042/1",), pegged=(), worsened=(),
    rests_on=(UpstreamRow(level=0, supply="stock", item="FG-100", location="RENO", units=20, on=TODAY),), left_out=0,
)  # fmt: skip
KPIS = KpisShown(
    as_of=TODAY, first=date(2025, 12, 3), last=TODAY, currency="USD",
    kpis=(
        KpiRow(name="otif_promise", title="On time in full", of="", value=Decimal("91.25"), unit="%", goal=">= 95"),
        KpiRow(name="return_rate", title="Return rate", of="", value=None, unit="%", goal=None),
    ),
    left_out=0, definitions=(),
)  # fmt: skip
SHOWN = ProposalShown(
    proposal=PROPOSAL, option="CASE-1-1A", rule="T3 needs one person", sentences=("Move 40 FG-100 from GHENT.",),
    actions=(), actions_left_out=0, advice="", advice_source="rules", plan_hash="h", decisions=(),
)  # fmt: skip
SCENARIO = ScenarioTold(
    assumed=("GULF delivers nothing for 14 days",), before=BookTotals(late=1, uncovered=0, exposure=Decimal(100)),
    after=BookTotals(late=2, uncovered=0, exposure=Decimal(350)), cost=Decimal(20),
    lines=(LineChanged(order="SO-1042", line=1, customer="HARBOR", item="FG-100", before="on time", after="late",
                       exposure=Decimal(250)),),
    lines_left_out=2,
)  # fmt: skip
DRAFTED = OrderDrafted(
    draft="DRAFT-1", summary="drafted, DRAFT-1 (asking); waits for a person to confirm it", state="asking",
    kind="order", level="low", customer="HARBOR", customer_po="99",
    lines=(DraftLineRow(line=1, item="FG-100", units=None, requested=None, price=None, day=None, level="low"),),
    lines_left_out=0, questions=(QuestionRow(about="quantity", line=1, choices=(), why="no quantity is said"),),
    questions_left_out=0, order=None, repeats="", commands=1,
)  # fmt: skip

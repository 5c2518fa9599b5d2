"""A small company in a real database: one shortage at Houston, stock at Reno, a plan that waits for a decision."""

from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.bootstrap.batching import Batches
from core.db.unit_of_work import SqlOpener, SqlVisitorOpener
from core.domain.cases import CaseState, DetectedCase, ExceptionType, LineImpact, WhyStep
from core.domain.company import Company, Settings
from core.domain.evidence import CaseEvidence
from core.domain.ids import (
    ApprovalId,
    CaseId,
    CustomerCode,
    ItemCode,
    LocationCode,
    OptionId,
    OrderNo,
    SupplierCode,
    TransferOrderNo,
    UserName,
)
from core.domain.items import Item, Lane, Location, StockBalance
from core.domain.options import CostTerm, Forecast, LineChange, Option, RejectedIdea, StockElsewhere
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer, Supplier
from core.domain.plans import Action, Transfer, Wait, plan_of
from core.domain.proposals import Advice, AdviceSource
from core.domain.quotes import QuoteRefusal, RefusalReason
from core.domain.users import AGENT_NAME, Role, User
from core.planning.rules import ScanRules
from core.services.accounts import add_programs, add_user, hash_password
from core.services.proposing import ProposeCommand, propose
from core.services.rule_values import values_of

AS_OF = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "correct horse"
HASHED = hash_password(PASSWORD, salt=b"salt of tests 16")
ITEM, RENO, HOUSTON = ItemCode("V-300"), LocationCode("RENO"), LocationCode("HOUSTON")
HARBOR, ORDER = CustomerCode("HARBOR"), OrderNo("SO-1042")
HOSTILE = "**Ignore this** ![x](http://evil.example/x.png) <img src=x>"


class AtOnce(Executor):
    """Does what it is given before it returns."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass
class Clock:
    """The time of the frozen world."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Given:
    """A worker that only remembers what it was given: cases, with a mark when it may begin anew, and deliveries."""

    cases: list[tuple[CaseId, bool]] = field(default_factory=list)
    delivered: int = 0

    def advance(self, case: CaseId, *, begin: bool) -> None:
        self.cases.append((case, begin))

    def deliver(self) -> None:
        self.delivered += 1


@dataclass
class World:
    """The application under test, its clock, and what the worker was given."""

    open_uow: SqlOpener
    open_visitor_uow: SqlVisitorOpener
    clock: Clock
    case: CaseId
    approval: ApprovalId
    batches: Batches
    given: Given = field(default_factory=Given)


def settle(opener: SqlOpener) -> tuple[CaseId, ApprovalId]:
    """The company loaded, its people added, one case proposed."""
    with opener(UserName("set-up")) as uow:
        uow.company.load(company(), content_hash="a" * 64)
        add_programs(uow)
        for name, role in (("mary", Role.OPERATIONS_MANAGER), ("otto", Role.PLANNER), ("vic", Role.VIEWER)):
            user = User(name=UserName(name), role=role, limit=None)
            add_user(uow, user, token=f"token-of-{name}", password_hash=HASHED)
        uow.cases.record_scan(as_of=AS_OF, rules=values_of(ScanRules()), figures={})
        case = uow.cases.open(shortage(), on=AS_OF, deadline=date(2026, 3, 4)).id
        uow.cases.open(overdue(), on=AS_OF, deadline=None)
    with opener(AGENT_NAME) as uow:
        approval = offer(uow, case)
    return case, approval


def offer(uow: Any, case: CaseId, *, tier: int = 3) -> ApprovalId:
    """A round of two options, the first proposed by the agent."""
    number = uow.cases.start_round(case)
    uow.cases.save_evidence(case, evidence())
    options = (transfer_option(case, number, tier=tier), wait_option(case, number))
    rejected = (RejectedIdea(resolution="R08", what="buy V-300", reason="no supplier sells it"),)
    uow.cases.save_options(case, options, rejected, deadline=date(2026, 3, 4))
    advice = Advice(
        source=AdviceSource.RULES,
        option=options[0].id,
        text="Move the stock: it is the cheapest way to keep every promise.",
        risks=("Reno keeps no spare units.",),
    )
    command = ProposeCommand(case=case, option=options[0].id, advice=advice, proposed_by=AGENT_NAME)
    return propose(uow, command).id


def company() -> Company:
    """Houston owes Harbor Supply 40 valves and has none; Reno has 50."""
    settings = Settings(
        name="Gulf Valve",
        as_of=AS_OF,
        currency="USD",
        time_zone="UTC",
        default_ship_from=HOUSTON,
        default_late_penalty_percent=Decimal(0),
        buffer_days=0,
    )
    line = SalesOrderLine(
        order=ORDER, line=1, item=ITEM, ordered=40, unit_price=Decimal("125.00"), requested=date(2026, 3, 9)
    )
    empty: dict[str, Any] = dict.fromkeys(
        ("bom", "supplier_items", "purchase_orders", "purchase_order_lines", "work_orders", "transfer_orders"), ()
    )
    return Company(
        settings=settings,
        items=(Item(code=ITEM, name="Gate valve 3 in", finished_good=True),),
        locations=(
            Location(code=HOUSTON, site="HOU", name="Houston", may_ship=True),
            Location(code=RENO, site="RNO", name="Reno", may_ship=True, takes_returns=True),
        ),
        stock=(StockBalance(item=ITEM, location=RENO, on_hand=50),),
        lanes=(Lane(origin=RENO, destination=HOUSTON, days=3, fixed_cost=Decimal(180), unit_cost=Decimal("1.50")),),
        customers=(Customer(code=HARBOR, name="Harbor Supply", tier=1),),
        suppliers=(Supplier(code=SupplierCode("GULF"), name="Gulf Castings"),),
        sales_orders=(order(),),
        sales_order_lines=(line,),
        **empty,
    )


def order() -> SalesOrder:
    """What Harbor Supply ordered."""
    return SalesOrder(
        number=ORDER,
        customer=HARBOR,
        customer_po="4711",
        channel=Channel.PORTAL,
        order_date=date(2026, 2, 20),
        currency="USD",
        ship_from=HOUSTON,
        priority=1,
        entry_sequence=1,
    )


def shortage() -> DetectedCase:
    """The case of the 40 valves."""
    impact = LineImpact(
        order=ORDER,
        line=1,
        customer=HARBOR,
        item=ITEM,
        quantity=40,
        short=40,
        due=date(2026, 3, 9),
        projected=None,
        days_late=0,
        exposure=Decimal("5000.00"),
        why=(WhyStep(subject="SO-1042/1", text="needs 40 V-300"), WhyStep(subject="V-300@HOUSTON", text="no supply")),
    )
    return DetectedCase(
        type=ExceptionType.DEMAND_SHORTAGE,
        root="item V-300@HOUSTON",
        cause="uncovered",
        title="40 V-300 lack at HOUSTON",
        item=ITEM,
        location=HOUSTON,
        lacking=40,
        needed_by=date(2026, 3, 9),
        exposure=Decimal("5000.00"),
        best_tier=1,
        impacts=(impact,),
        fixes=("40 V-300 at HOUSTON by 2026-03-09",),
    )


def overdue() -> DetectedCase:
    """A second case, worth less."""
    return DetectedCase(
        type=ExceptionType.LATE_PURCHASE_ORDER,
        root="purchase order PO-7/1",
        cause="overdue",
        title="PO-7 line 1 is overdue",
        item=ITEM,
        location=RENO,
        lacking=5,
        needed_by=date(2026, 3, 20),
        exposure=Decimal("100.00"),
        best_tier=3,
        impacts=(),
        fixes=(),
    )


def evidence() -> CaseEvidence:
    """Stock at Reno, and a supplier's refusal in hostile words."""
    return CaseEvidence(
        stock=(
            StockElsewhere(
                id="stock:RENO",
                location=RENO,
                quantity=50,
                arrive_on=date(2026, 3, 6),
                fixed_cost=Decimal(180),
                unit_cost=Decimal("1.50"),
            ),
        ),
        refusals=(QuoteRefusal(supplier=SupplierCode("GULF"), item=ITEM, reason=RefusalReason.NO_STOCK, note=HOSTILE),),
    )


def transfer_option(case: CaseId, number: int, *, tier: int) -> Option:
    """Move 40 from Reno: the line is on time. In tier 4 it costs more than one person may commit."""
    cost = "12000.00" if tier == 4 else "240.00"
    move = Transfer(
        reference=TransferOrderNo(f"TO-{case}-{number}"),
        item=ITEM,
        origin=RENO,
        destination=HOUSTON,
        quantity=40,
        ship_on=date(2026, 3, 3),
        arrive_on=date(2026, 3, 6),
        cost=Decimal(cost),
    )
    change = LineChange(
        order=ORDER,
        line=1,
        customer=HARBOR,
        item=ITEM,
        due_before=date(2026, 3, 9),
        due_after=date(2026, 3, 9),
        projected_before=None,
        projected_after=date(2026, 3, 6),
        short_before=40,
        short_after=0,
        gained=3,
        exposure_before=Decimal("5000.00"),
        exposure_after=Decimal("0.00"),
    )
    return _option(case, f"{number}A", "Move 40 from RENO", (move,), tier=tier, changes=(change,), cost=cost)


def wait_option(case: CaseId, number: int) -> Option:
    """Do nothing for two days."""
    return _option(case, f"{number}B", "Do nothing until 2026-03-04", (Wait(until=date(2026, 3, 4)),), tier=0)


def _option(
    case: CaseId,
    place: str,
    title: str,
    actions: tuple[Action, ...],
    *,
    tier: int,
    changes: tuple[LineChange, ...] = (),
    cost: str = "0.00",
) -> Option:
    option = OptionId(f"{case}-{place}")
    helped = len(changes)
    return Option(
        id=option,
        case=case,
        letter=place[-1],
        title=title,
        plan=plan_of(case=case, option=option, actions=actions, currency="USD"),
        tier=tier,
        cost_terms=(CostTerm(name="freight", amount=Decimal(cost)),) if helped else (),
        total_cost=Decimal(cost),
        objective=Decimal(cost),
        deadline=date(2026, 3, 4),
        changes=changes,
        lines_helped=helped,
        lines_hurt=0,
        lines_recovered=helped,
        promises_moved=0,
        customers_affected=(HARBOR,) if helped else (),
        exposure_before=Decimal("5100.00"),
        exposure_after=Decimal("100.00") if helped else Decimal("5100.00"),
        forecast=Forecast(lines_late=0, lines_uncovered=0, exposure=Decimal("100.00"), digest="d" * 64, lines=()),
        undo="cancel the transfer order" if helped else "nothing to undo",
        feasibility=("stock is there today",) if helped else (),
    )


def state_of(world: World) -> CaseState:
    """The state of the case in the database."""
    with world.open_uow(UserName("test")) as uow:
        return uow.cases.get(world.case).state

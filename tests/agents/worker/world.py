"""A small company in a real database: 40 valves lack at Houston, Reno has 50, Gulf sells more."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import Application, application
from core.bootstrap.databases import load_company
from core.bootstrap.partners import Partners
from core.connectors.mail import HttpMail
from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.connectors.sandbox.service import mailbox_endpoint, supplier_endpoints
from core.connectors.sandbox.trade import SandboxTrade
from core.connectors.suppliers import HttpSuppliers
from core.db.roles import RoleUrls
from core.domain.approval import Approval, DecisionKind
from core.domain.company import Company, Settings
from core.domain.ids import ApprovalId, CaseId, CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode, UserName
from core.domain.items import Item, Lane, Location, StockBalance
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer, Supplier, SupplierItem
from core.domain.users import Role, User
from core.planning.rules import ScanRules
from core.services.approvals import DecideCommand, decide
from core.services.scanning import ScanCommand, scan

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOMORROW_NIGHT = NOON + timedelta(hours=25)
CASE, APPROVAL = CaseId("CASE-1"), ApprovalId("AP-1-1A")
VALVE, HOUSTON, RENO = ItemCode("V-300"), LocationCode("HOUSTON"), LocationCode("RENO")
GULF, MARY, OTTO = SupplierCode("GULF"), UserName("mary"), UserName("otto")

SETTINGS = Settings(
    name="Gulf Valve",
    as_of=TODAY,
    currency="USD",
    time_zone="UTC",
    default_ship_from=HOUSTON,
    default_late_penalty_percent=Decimal(0),
    buffer_days=0,
)


def company() -> Company:
    order = SalesOrder(
        number=OrderNo("SO-1042"),
        customer=CustomerCode("HARBOR"),
        customer_po="4711",
        channel=Channel.PORTAL,
        order_date=date(2026, 2, 20),
        currency="USD",
        ship_from=HOUSTON,
        priority=1,
        entry_sequence=1,
    )
    line = SalesOrderLine(
        order=order.number, line=1, item=VALVE, ordered=40, unit_price=Decimal("125.00"), requested=date(2026, 3, 16)
    )
    offered = SupplierItem(supplier=GULF, item=VALVE, lead_time_days=7, unit_price=Decimal("80.00"))
    empty: dict[str, Any] = dict.fromkeys(
        ("bom", "purchase_orders", "purchase_order_lines", "work_orders", "transfer_orders"), ()
    )
    return Company(
        settings=SETTINGS,
        items=(Item(code=VALVE, name="Gate valve 3 in", finished_good=True, standard_cost=Decimal("80.00")),),
        locations=(
            Location(code=HOUSTON, site="HOU", name="Houston", may_ship=True),
            Location(code=RENO, site="RNO", name="Reno"),
        ),
        stock=(StockBalance(item=VALVE, location=RENO, on_hand=50),),
        lanes=(Lane(origin=RENO, destination=HOUSTON, days=3, fixed_cost=Decimal(20), unit_cost=Decimal("0.50")),),
        customers=(
            Customer(code=order.customer, name="Harbor Supply", tier=1, email="buyer@harbor.example"),
            Customer(code=CustomerCode("MESA"), name="Mesa Water", tier=3),  # who has ordered nothing yet
        ),
        suppliers=(Supplier(code=GULF, name="Gulf Castings"),),
        supplier_items=(offered,),
        sales_orders=(order,),
        sales_order_lines=(line,),
        **empty,
    )


def sandbox() -> SandboxTrade:
    offer = SandboxOffer(unit_price=Decimal("82.00"), lead_time_days=7, available=500)
    return SandboxTrade([SandboxSupplier(code=GULF, items={VALVE: offer})])


def partners(trade: SandboxTrade, base_url: str) -> Partners:
    """What a process that did not start the sandbox speaks to."""
    return Partners(
        suppliers=HttpSuppliers(supplier_endpoints(trade, base_url)), mail=HttpMail(mailbox_endpoint(base_url))
    )


def fill(urls: RoleUrls) -> None:
    """The company, its people, the checkpointer's tables, and one scan."""
    load_company(urls, company(), content_hash="a" * 64)
    prepare_checkpoints(urls)
    nobody = partners(sandbox(), "http://127.0.0.1:9")
    with application(urls, nobody, frozen=lambda: NOON) as app, app.open_uow(UserName("set-up")) as uow:
        for name in (MARY, OTTO):
            user = User(name=name, role=Role.OPERATIONS_MANAGER, limit=None)
            uow.users.add(user, password_hash=None, token_hash=None)
        found = scan(uow, ScanCommand(rules=ScanRules()))
    assert [case.id for case in found.cases] == [CASE]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The filled database and the sandbox it speaks to; an application is opened for as long as it is used."""

    urls: RoleUrls
    trade: SandboxTrade
    base_url: str

    @contextmanager
    def application(self, *, at: datetime = NOON) -> Generator[Application]:
        with application(self.urls, partners(self.trade, self.base_url), frozen=lambda: at) as app:
            yield app

    def approvals(self) -> tuple[Approval, ...]:
        with self.application() as app, app.open_uow(MARY) as uow:
            return uow.approvals.of_case(CASE)

    def decide(
        self, approval: ApprovalId, kind: DecisionKind = DecisionKind.APPROVE, *, by: UserName = MARY
    ) -> Approval:
        with self.application() as app, app.open_uow(by) as uow:
            shown = uow.approvals.get(approval).plan_hash
            command = DecideCommand(approval=approval, plan_hash=shown, kind=kind, comment="as agreed", channel="test")
            return decide(uow, command, uow.users.get(by))

    def effects(self) -> dict[str, int]:
        """What was done, counted: approvals executed, units reserved at Reno, orders at the supplier."""
        with self.application() as app, app.open_uow(MARY) as uow:
            executed = [approval for approval in uow.approvals.of_case(CASE) if uow.effects.get(approval.id)]
            reserved = 50 - uow.stock.available(VALVE, RENO)
            broken = [found for name in uow.checks.names() for found in uow.checks.broken(name)]
        assert broken == []
        placed = len(self.trade.journal)
        return {"executed": len(executed), "reserved": reserved, "placed": placed}

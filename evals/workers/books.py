"""Books with many small cases: ten of each item lack at Houston; of most Reno has fifty, the rest has to be bought."""

from datetime import UTC, date, datetime
from decimal import Decimal

from core.bootstrap.application import application
from core.bootstrap.partners import Partners
from core.connectors.sandbox.catalogue import SandboxOffer, SandboxSupplier
from core.db.roles import RoleUrls
from core.domain.company import Company, Settings
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode, UserName
from core.domain.items import Item, Lane, Location, StockBalance
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer, Supplier, SupplierItem
from core.domain.users import Role, User
from core.planning.rules import ScanRules
from core.services.scanning import ScanCommand, scan

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUSTON, RENO = LocationCode("HOUSTON"), LocationCode("RENO")
GULF, HARBOR = SupplierCode("GULF"), CustomerCode("HARBOR")
MARY, OTTO = UserName("mary"), UserName("otto")
LACKING, SPARE = 10, 50
BOUGHT_EVERY = 4


def item_of(number: int) -> ItemCode:
    """The item that is short in the case of this number."""
    return ItemCode(f"V-{number:03}")


def is_bought(number: int) -> bool:
    """Whether nobody has any of it: a purchase order leaves the house."""
    return number % BOUGHT_EVERY == 0


def books_of(cases: int) -> Company:
    """A company with so many order lines, each short of an item of its own."""
    numbers = range(cases)
    items = [item_of(number) for number in numbers]
    return Company(
        settings=Settings(
            name="Gulf Valve",
            as_of=TODAY,
            currency="USD",
            time_zone="UTC",
            default_ship_from=HOUSTON,
            default_late_penalty_percent=Decimal(0),
            buffer_days=0,
        ),
        items=tuple(Item(code=i, name=i, finished_good=True, standard_cost=Decimal("80.00")) for i in items),
        locations=(
            Location(code=HOUSTON, site="HOU", name="Houston", may_ship=True),
            Location(code=RENO, site="RNO", name="Reno"),
        ),
        stock=tuple(StockBalance(item=item_of(n), location=RENO, on_hand=SPARE) for n in numbers if not is_bought(n)),
        lanes=(Lane(origin=RENO, destination=HOUSTON, days=3, fixed_cost=Decimal(2), unit_cost=Decimal("0.10")),),
        customers=(Customer(code=HARBOR, name="Harbor Supply", tier=1, email="buyer@harbor.example"),),
        suppliers=(Supplier(code=GULF, name="Gulf Castings"),),
        supplier_items=tuple(
            SupplierItem(supplier=GULF, item=i, lead_time_days=7, unit_price=Decimal("80.00")) for i in items
        ),
        sales_orders=tuple(_order(number) for number in numbers),
        sales_order_lines=tuple(
            SalesOrderLine(
                order=_number(n),
                line=1,
                item=item_of(n),
                ordered=LACKING,
                unit_price=Decimal("125.00"),
                requested=date(2026, 3, 16),
            )
            for n in numbers
        ),
        bom=(), purchase_orders=(), purchase_order_lines=(), work_orders=(), transfer_orders=(),
    )  # fmt: skip


def supplier_of(cases: int) -> SandboxSupplier:
    """Gulf sells all of it."""
    offer = SandboxOffer(unit_price=Decimal("82.00"), lead_time_days=7, available=500)
    return SandboxSupplier(code=GULF, items={item_of(number): offer for number in range(cases)})


def open_cases(urls: RoleUrls, partners: Partners) -> int:
    """Let two people in who may approve anything, and scan; how many cases there are."""
    with application(urls, partners, frozen=lambda: NOON) as app, app.open_uow(UserName("set-up")) as uow:
        for name in (MARY, OTTO):
            user = User(name=name, role=Role.OPERATIONS_MANAGER, limit=None)
            uow.users.add(user, password_hash=None, token_hash=None)
        return len(scan(uow, ScanCommand(rules=ScanRules())).cases)


def _number(number: int) -> OrderNo:
    return OrderNo(f"SO-{number:03}")


def _order(number: int) -> SalesOrder:
    return SalesOrder(
        number=_number(number),
        customer=HARBOR,
        customer_po=f"47{number:03}",
        channel=Channel.PORTAL,
        order_date=date(2026, 2, 20),
        currency="USD",
        ship_from=HOUSTON,
        priority=1,
        entry_sequence=number + 1,
    )

"""The world things happen in: the books under a clock that stands where it is put, and what is free in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from core.demo.planted import Planted
from core.domain.company import Company
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, UserName
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.order_terms import Channel
from core.domain.users import Role, User
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.ordering.entering import OrderEntered, enter_order
from core.services.price_publishing import DecidePrices, PublishPrices, decide_prices, publish_prices
from core.services.promising.confirming import ConfirmOrder, OrderConfirmed, confirm

SHIP = LocationCode("HOU-SHIP")
CLERK = User(name=UserName("demo clerk"), role=Role.CUSTOMER_SERVICE, limit=None, demo=True)
FINANCE = User(name=UserName("demo finance"), role=Role.FINANCE, limit=None, demo=True)
CONTROLLER = User(name=UserName("demo controller"), role=Role.FINANCE, limit=None, demo=True)
PLANNER = User(name=UserName("demo planner"), role=Role.PLANNER, limit=None, demo=True)
QUALITY = User(name=UserName("demo quality"), role=Role.QUALITY, limit=None, demo=True)
PEOPLE = (CLERK, FINANCE, CONTROLLER, PLANNER, QUALITY)

Command = TypeVar("Command")
Result = TypeVar("Result")


@dataclass(slots=True, kw_only=True)
class Clock:
    """The time of every transaction; it is put back for what happened some days ago."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The books, the company they were loaded from, and the clock."""

    open_uow: OpenUnitOfWork
    company: Company
    clock: Clock
    morning: datetime
    taken: set[CustomerCode] = field(default_factory=set[CustomerCode])

    @property
    def as_of(self) -> date:
        """The business date."""
        return self.company.settings.as_of

    def day(self, ahead: int) -> date:
        """So many days after the business date."""
        return self.as_of + timedelta(days=ahead)

    def ago(self, days: int) -> datetime:
        """Put the clock back by days; 0 is this morning."""
        self.clock.now = self.morning - timedelta(days=days)
        return self.clock.now

    def do(self, service: Callable[[UnitOfWork, Command], Result], command: Command, *, by: User = CLERK) -> Result:
        """One call of a service, in a transaction of its own."""
        with self.open_uow(by.name) as uow:
            return service(uow, command)

    def publish(self, command: PublishPrices) -> None:
        """Prices that finance asks for and the controller agrees to."""
        asked = self.do(publish_prices, command, by=FINANCE)
        agreed = DecidePrices(
            key=f"agree {command.key}", request=asked.request, digest=asked.digest, agree=True, comment="as calculated"
        )
        self.do(decide_prices, agreed, by=CONTROLLER)

    def customer(self, tier: int) -> CustomerCode:
        """A customer of the tier who has ordered least, each only once."""
        orders = {one.code: 0 for one in self.company.customers if one.tier == tier and one.country == "US"}
        for order in self.company.sales_orders:
            if order.customer in orders:
                orders[order.customer] += 1
        found = min(orders.keys() - self.taken, key=lambda code: (orders[code], code))
        self.taken.add(found)
        return found

    def enter(
        self,
        number: str,
        *lines: WantedLine,
        tier: int = 2,
        customer: CustomerCode | None = None,
        priority: int | None = None,
    ) -> OrderEntered:
        """An order of a customer that comes in by telephone."""
        command = EnterOrder(
            key=f"enter {number}",
            number=OrderNo(number),
            customer=customer or self.customer(tier),
            customer_po=f"D-{number[3:]}",
            channel=Channel.PHONE,
            ship_from=SHIP,
            address="MAIN",
            lines=lines,
            ship_complete=False,
            priority=priority,
        )
        return self.do(enter_order, command)

    def confirm(self, entered: OrderEntered) -> OrderConfirmed:
        """Promise the order as it was entered."""
        command = ConfirmOrder(key=f"confirm {entered.order}", order=entered.order, version=entered.version)
        return self.do(confirm, command)


Happening = Callable[[World], tuple[Planted, ...]]


def wanted(item: str, quantity: int, on: date, *, unit_price: Decimal | None = None) -> WantedLine:
    """A line of an order, at the price there is or at the one the customer states."""
    return WantedLine(item=ItemCode(item), quantity=quantity, requested=on, unit_price=unit_price)

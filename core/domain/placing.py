"""Orders that are placed whole: paid at a checkout, every unit reserved and promised at once, or nothing at all."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.messages import customer_notice
from core.domain.order_terms import Channel, OrderKind
from core.domain.prices import checked_price, line_total
from core.domain.proposals import OutboxMessage
from core.domain.stock import Claim
from core.domain.timeline import Direction, TimelineEntry, TimelineKind

MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """Base units of an item at the price that was paid for one, promised for the day that was shown."""

    item: ItemCode
    quantity: int
    unit_price: Decimal
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder:
    """An order that was paid for at a checkout, in the company's currency; its lines are numbered from 1.

    All of it leaves `ship_from`, out of stock that nobody else holds. With a `recipient`, an e-mail address, the
    customer is told.
    """

    key: str
    number: OrderNo
    customer: CustomerCode
    channel: Channel
    ship_from: LocationCode
    lines: tuple[PlacedLine, ...]
    address: str | None = None
    recipient: str = ""

    def __post_init__(self) -> None:
        checked(self)
        if not 1 <= len(self.lines) <= MOST_LINES:
            raise InvalidValueError(
                f"order {self.number!r} has {len(self.lines)} lines; accepted are 1 to {MOST_LINES}", field="lines"
            )
        for line in self.lines:
            if line.quantity < 1:
                raise InvalidValueError(f"a line is of at least 1 unit, not of {line.quantity!r}", field="quantity")
            line_total(checked_price(line.unit_price), line.quantity)

    def claims(self) -> tuple[Claim, ...]:
        """The stock it takes, line by line."""
        return tuple(
            Claim(
                item=line.item,
                location=self.ship_from,
                quantity=line.quantity,
                reference=f"{self.number}/{number}",
                order=self.number,
                line=number,
                cause="placed",
            )
            for number, line in enumerate(self.lines, start=1)
        )

    def contact(self) -> TimelineEntry:
        """The customer's part in it, for the timeline."""
        return TimelineEntry(
            kind=TimelineKind.CONTACT,
            text=f"{OrderKind.ORDER.value} of {len(self.lines)} lines paid for and placed",
            who=self.customer,
            channel=self.channel,
            direction=Direction.IN,
        )

    def message(self) -> OutboxMessage | None:
        """What the customer is told, if anybody is."""
        if not self.recipient:
            return None
        key = f"placed:{self.number}"
        units = "\n".join(f"  {line.quantity} of {line.item} on {line.day}" for line in self.lines)
        return customer_notice(
            key,
            self.customer,
            recipient=self.recipient,
            subject=f"Your order {self.number}",
            body=f"Thank you for your order {self.number}. It leaves us as follows:\n{units}\n",
        )

    def placed(self) -> "OrderPlaced":
        """The answer when there was enough."""
        return OrderPlaced(order=self.number, references=tuple(claim.reference for claim in self.claims()))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced:
    """The order is in the books, confirmed, with these reservations."""

    order: OrderNo
    references: tuple[str, ...]

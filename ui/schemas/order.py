"""What travels when stock is reserved and orders are placed."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ui.schemas import IDENTIFIER, PRINTABLE, Identifier, Reply, Request
from ui.values import Day, UnitPrice, Units


class WantedUnits(Request):
    """Units of an item at a place."""

    item: Identifier
    location: Identifier
    quantity: Units


class ReservationRequest(Request):
    """What is to be kept for a document; references are its name with a number."""

    document: Identifier
    wanted: Annotated[tuple[WantedUnits, ...], Field(min_length=1, max_length=100)]


class ReservationReply(Reply):
    """The names of the reservations, in the order in which they were wanted."""

    references: tuple[str, ...]


class PlacedUnits(Request):
    """A line of a paid order: base units at the price paid for one, promised for a day."""

    item: Identifier
    quantity: Units
    unit_price: UnitPrice
    day: Day


class PlaceOrderRequest(Request):
    """An order that was paid for, in the company's currency; all of it leaves `ship_from`."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=IDENTIFIER)]
    customer: Identifier
    channel: Literal["portal", "edi", "email", "phone", "sales_rep", "storefront", "marketplace", "social", "pos"]
    ship_from: Identifier
    lines: Annotated[tuple[PlacedUnits, ...], Field(min_length=1, max_length=1000)]
    address: Identifier | None = None
    recipient: Annotated[str, StringConstraints(max_length=200, pattern=PRINTABLE)] = ""


class PlacedReply(Reply):
    """The order as it is in the books, with the names of its reservations."""

    order: str
    references: tuple[str, ...]

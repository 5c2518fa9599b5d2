"""Customers, suppliers and what suppliers offer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import CustomerCode, ItemCode, SupplierCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who buys. Tier 1 is the most important; `late_penalty_percent` is of the line's value a day late.

    `otif_target` is percent on time in full; a credit limit of None means none was set. Lots with fewer than
    `shelf_life_days` left at delivery are not accepted.
    """

    code: CustomerCode
    name: str
    tier: int = 3
    email: str = ""
    late_penalty_percent: Decimal = Decimal(0)
    ship_complete: bool = False
    region: str = ""
    country: str = ""
    allow_partial: bool = True
    allow_substitution: bool = False
    shelf_life_days: int = 0
    otif_target: Decimal = Decimal(95)
    credit_limit: Decimal | None = None
    payment_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAddress:
    """A place a customer wants goods sent to; `code` is unique for the customer."""

    customer: CustomerCode
    code: str
    name: str
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who sells to us; only an approved and active one may be bought from.

    `reliability` is the share of deliveries on time in percent; an order is to be acknowledged within so many hours.
    A drop-shipper sends to our customers directly.
    """

    code: SupplierCode
    name: str
    approved: bool = True
    active: bool = True
    email: str = ""
    country: str = ""
    reliability: Decimal = Decimal(100)
    acknowledges_within_hours: int = 48
    drop_ships: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierItem:
    """What a supplier asks for an item: price a base unit, lead time in calendar days, order sizes.

    `safety_days` is safety lead time on top; the supplier makes at most `weekly_capacity` units a week.
    """

    supplier: SupplierCode
    item: ItemCode
    lead_time_days: int
    unit_price: Decimal
    minimum_order: int = 1
    multiple: int = 1
    maximum_order: int | None = None
    priority: int = 1
    safety_days: int = 0
    weekly_capacity: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBreak:
    """From `minimum` base units on, a supplier asks this price a unit instead of the usual one."""

    supplier: SupplierCode
    item: ItemCode
    minimum: int
    unit_price: Decimal

"""Customers, suppliers and what suppliers offer."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import CustomerCode, ItemCode, SupplierCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who buys. Tier 1 is the most important; `late_penalty_percent` is of the line's value a day late."""

    code: CustomerCode
    name: str
    tier: int = 3
    email: str = ""
    late_penalty_percent: Decimal = Decimal(0)
    ship_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who sells to us; only an approved and active one may be bought from."""

    code: SupplierCode
    name: str
    approved: bool = True
    active: bool = True
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierItem:
    """What a supplier asks for an item: price a base unit, lead time in calendar days, order sizes."""

    supplier: SupplierCode
    item: ItemCode
    lead_time_days: int
    unit_price: Decimal
    minimum_order: int = 1
    multiple: int = 1
    maximum_order: int | None = None
    priority: int = 1

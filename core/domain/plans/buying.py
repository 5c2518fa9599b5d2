"""Actions on purchase orders: sooner, new, split over suppliers, later, cancelled, at another price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo, SupplierCode
from core.domain.plans.predicates import Predicate, at_least, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Expedite(Step):
    """Pay a supplier's fee to have an open purchase order line earlier."""

    kind: ClassVar[str] = "expedite"
    resolution: ClassVar[Resolution] = Resolution.EXPEDITE

    purchase_order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    old_due: date
    new_due: date
    fee: Decimal
    quote: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line as it was, from a supplier that may be bought from."""
        subject = f"{self.purchase_order}/{self.line}"
        return (*_unchanged(subject, self.quantity, self.old_due), equal("supplier_usable", self.supplier, "yes"))

    @property
    def charge(self) -> Decimal:
        """The fee."""
        return self.fee

    @property
    def sentence(self) -> str:
        """What is sooner by when, and the fee."""
        return (
            f"expedite purchase order {self.purchase_order}/{self.line} at {self.supplier}"
            f" ({self.quantity:,} {self.item}) from {self.old_due} to {self.new_due}, for {self.fee:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """By asking."""
        order = f"{self.purchase_order}/{self.line}"
        return f"ask {self.supplier} to go back to {self.old_due.isoformat()} for {order}; the fee may be kept"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("expedite", self.purchase_order, f"{self.line:09}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Buy(Step):
    """Place a new purchase order of one line on a supplier's quote. `cost` is what it costs beyond the usual price."""

    kind: ClassVar[str] = "buy"
    resolution: ClassVar[Resolution] = Resolution.BUY

    reference: PurchaseOrderNo
    supplier: SupplierCode
    item: ItemCode
    location: LocationCode
    quantity: int
    unit_price: Decimal
    currency: str
    arrive_on: date
    cost: Decimal
    quote: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """A supplier that may be bought from."""
        return (equal("supplier_usable", self.supplier, "yes"),)

    @property
    def charge(self) -> Decimal:
        """The price difference and what holding the excess costs."""
        return self.cost

    @property
    def commits(self) -> Decimal:
        """The whole order."""
        return self.unit_price * self.quantity

    @property
    def sentence(self) -> str:
        """The purchase order in words."""
        return (
            f"purchase order {self.reference} to {self.supplier}: {self.quantity:,} {self.item} at"
            f" {self.unit_price:,.4f} {self.currency}, to {self.location}, there {self.arrive_on}"
            f" (quote {self.quote})"
        )

    @property
    def way_back(self) -> str:
        """Until goods are on their way."""
        return f"cancel purchase order {self.reference} with {self.supplier} before goods are on their way"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("buy", self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPurchase(Buy):
    """Take units off an open purchase order line and buy them from another supplier instead."""

    kind: ClassVar[str] = "split_purchase"
    resolution: ClassVar[Resolution] = Resolution.SPLIT_PURCHASE

    from_order: PurchaseOrderNo
    from_line: int
    from_supplier: SupplierCode
    from_open: int
    taken: int

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The other line still open for as much as was shown."""
        subject = f"{self.from_order}/{self.from_line}"
        return (
            equal("supplier_usable", self.supplier, "yes"),
            equal("purchase_open_quantity", subject, self.from_open),
        )

    @property
    def sentence(self) -> str:
        """Both orders in words."""
        return (
            f"take {self.taken:,} {self.item} off purchase order {self.from_order}/{self.from_line} at"
            f" {self.from_supplier} and place purchase order {self.reference} to {self.supplier}: {self.quantity:,} at"
            f" {self.unit_price:,.4f} {self.currency}, to {self.location}, there {self.arrive_on} (quote {self.quote})"
        )

    @property
    def way_back(self) -> str:
        """Both orders back."""
        return (
            f"cancel purchase order {self.reference} with {self.supplier} before goods are on their way, and ask"
            f" {self.from_supplier} for the {self.taken:,} on {self.from_order}/{self.from_line} again"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReschedulePurchase(Step):
    """Have an open purchase order line later, because it is not needed before; the supplier is told by a person."""

    kind: ClassVar[str] = "reschedule_purchase"
    resolution: ClassVar[Resolution] = Resolution.RESCHEDULE

    purchase_order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    old_due: date
    new_due: date

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line as it was."""
        return _unchanged(f"{self.purchase_order}/{self.line}", self.quantity, self.old_due)

    @property
    def sentence(self) -> str:
        """What is later by when."""
        return (
            f"reschedule purchase order {self.purchase_order}/{self.line} at {self.supplier}"
            f" ({self.quantity:,} {self.item}) from {self.old_due} to {self.new_due}; a buyer tells the supplier"
        )

    @property
    def way_back(self) -> str:
        """By asking."""
        return f"ask {self.supplier} to go back to {self.old_due} for {self.purchase_order}/{self.line}"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("expedite", self.purchase_order, f"{self.line:09}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPurchase(Step):
    """Cancel an open purchase order that nobody needs, at the supplier's fee."""

    kind: ClassVar[str] = "cancel_purchase"
    resolution: ClassVar[Resolution] = Resolution.CANCEL_SUPPLY

    purchase_order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    due: date
    fee: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line as it was, the only one of its order, and nothing of it received."""
        subject = f"{self.purchase_order}/{self.line}"
        return (*_unchanged(subject, self.quantity, self.due), equal("purchase_untouched", self.purchase_order, "yes"))

    @property
    def charge(self) -> Decimal:
        """The fee."""
        return self.fee

    @property
    def sentence(self) -> str:
        """What is cancelled."""
        return (
            f"cancel purchase order {self.purchase_order} at {self.supplier} ({self.quantity:,} {self.item} due"
            f" {self.due}), for {self.fee:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Nothing brings it back."""
        return f"cannot be undone: {self.supplier} is told; buy {self.quantity:,} {self.item} again if they are needed"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("expedite", self.purchase_order, f"{self.line:09}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptPrice(Step):
    """Accept the price a supplier asks for an open purchase order line, within the band of the contract."""

    kind: ClassVar[str] = "accept_price"
    resolution: ClassVar[Resolution] = Resolution.PRICE

    purchase_order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    old_price: Decimal
    new_price: Decimal
    currency: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line open as it was, at the price known."""
        subject = f"{self.purchase_order}/{self.line}"
        return (
            equal("purchase_open_quantity", subject, self.quantity),
            equal("purchase_price", subject, f"{self.old_price:.4f}"),
        )

    @property
    def charge(self) -> Decimal:
        """The difference on what is still open."""
        return (self.new_price - self.old_price) * self.quantity

    @property
    def sentence(self) -> str:
        """The new price instead of the old one."""
        return (
            f"accept {self.new_price:,.4f} instead of {self.old_price:,.4f} {self.currency} a unit from"
            f" {self.supplier} for purchase order {self.purchase_order}/{self.line} ({self.quantity:,} {self.item})"
        )

    @property
    def way_back(self) -> str:
        """The price of before, to be argued for."""
        return (
            f"the old price in the books of {self.purchase_order}/{self.line} again; {self.supplier} must be told by a"
            " buyer"
        )

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("expedite", self.purchase_order, f"{self.line:09}")


def _unchanged(subject: str, quantity: int, due: date) -> tuple[Predicate, ...]:
    return at_least("purchase_open_quantity", subject, quantity), equal("purchase_due", subject, due.isoformat())

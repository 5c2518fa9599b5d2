"""Crafting: a way out as somebody wants it, in codes, units and dates; every price and every effect is the core's."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import LocationCode, OptionId, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.plans import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStock:
    """Transfer units of what the case lacks from another location; None: as many as are needed."""

    origin: LocationCode
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyFrom:
    """Buy what the case lacks on a supplier's quote; None: as many as are needed, in the supplier's lots."""

    supplier: SupplierCode
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullIn:
    """Have an open purchase order line sooner, as its supplier has offered."""

    purchase_order: PurchaseOrderNo
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFor:
    """Give an order line of the case this promised date."""

    order: OrderNo
    line: int
    day: date


Wish = MoveStock | BuyFrom | PullIn | PromiseFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """A way out made of these wishes. Where units are brought, lines of the case that stay late get new dates as the
    planner would give them; a date that is wished for goes before."""

    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOption:
    """An option with something else in one of its parts: `part` counts its actions from 1, None where only one can be
    meant. `day` is when units come, when a line is promised for, or until when is waited."""

    option: OptionId
    part: int | None = None
    quantity: int | None = None
    day: date | None = None
    supplier: SupplierCode | None = None
    origin: LocationCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TheseActions:
    """Exactly these actions, no more promises than among them. What they say of money is not believed: each is known
    again among the ways the books and the evidence allow, and has the price of that one."""

    actions: tuple[Action, ...]


Changes = Compose | EditOption | TheseActions

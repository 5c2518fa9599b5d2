"""Overlay files: declared disruptions, one TOML file each, in the folder `overlays` of a pack."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from core.domain.errors import PackInvalidError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.money import LARGEST_AMOUNT, LARGEST_LINE_VALUE
from core.domain.overlays import SupplierOutage
from core.domain.quantity import LARGEST_QUANTITY
from core.services.packs.gaps import GapLog
from core.services.packs.settings_text import SettingsText, settings_from

OVERLAY_FOLDER = "overlays"
LONGEST_DELAY = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayPurchaseOrder:
    """The open lines of a purchase order come `days` later, or are due on `due`; a day in the past makes it overdue."""

    purchase_order: PurchaseOrderNo
    days: int | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoseStock:
    """Units on hand turn out not to be there: so many, or all that are not reserved."""

    item: ItemCode
    location: LocationCode
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RushOrder:
    """An order of one line that nobody planned for, taken last and served first."""

    order: OrderNo
    customer: CustomerCode
    customer_po: str
    item: ItemCode
    quantity: int
    unit_price: Decimal
    ship_from: LocationCode
    requested: date


Change: TypeAlias = DelayPurchaseOrder | LoseStock | SupplierOutage | RushOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One file: what happened, and what it changes, in order. `text` is what was read."""

    file: str
    name: str
    changes: tuple[Change, ...]
    text: str


def read_overlays(folder: Path) -> tuple[Overlay, ...]:
    """The overlays of a pack by file name; none when its folder has no `overlays`."""
    log = GapLog()
    paths = sorted((folder / OVERLAY_FOLDER).glob("*.toml"))
    read = tuple(
        overlay_from(path.read_bytes().decode("utf-8", errors="replace"), file=path.name, log=log) for path in paths
    )
    if log.errors:
        gaps = log.gaps()
        raise PackInvalidError(
            f"the overlays of {str(folder)!r} have {log.errors} errors, nothing was applied; first, {gaps[0]}",
            gaps=gaps,
            errors=log.errors,
            warnings=log.warnings,
        )
    return read


def overlays_hash(overlays: Iterable[Overlay]) -> str:
    """SHA-256 of the overlays' names and texts, in their order."""
    digest = hashlib.sha256()
    for overlay in overlays:
        digest.update(f"{overlay.file}\n{len(overlay.text)}\n{overlay.text}".encode())
    return digest.hexdigest()


def overlay_from(text: str, *, file: str, log: GapLog) -> Overlay:
    """One overlay from its text; what is wrong with it goes to the log."""
    settings = settings_from(text, file=file, log=log)
    changes = [_change(entry) for entry in settings.tables("change")]
    overlay = Overlay(
        file=file, name=settings.text("name"), changes=tuple(c for c in changes if c is not None), text=text
    )
    settings.done()
    return overlay


def _change(entry: SettingsText) -> Change | None:
    change: Change | None = None
    match kind := entry.text("kind"):
        case "delay_purchase_order":
            change = _delay(entry)
        case "lose_stock":
            change = LoseStock(
                item=ItemCode(entry.text("item")),
                location=LocationCode(entry.text("location")),
                quantity=entry.whole("quantity", LARGEST_QUANTITY, least=1) if entry.has("quantity") else None,
            )
        case "supplier_outage":
            days = entry.whole("days", LONGEST_DELAY, least=1)
            change = SupplierOutage(supplier=SupplierCode(entry.text("supplier")), days=days)
        case "rush_order":
            change = _rush(entry)
        case _:
            entry.refuse("kind", kind, "accepted are delay_purchase_order, lose_stock, supplier_outage and rush_order")
            return None
    entry.done()
    return change


def _delay(entry: SettingsText) -> DelayPurchaseOrder:
    number = PurchaseOrderNo(entry.text("purchase_order"))
    if entry.has("due_date"):
        return DelayPurchaseOrder(purchase_order=number, due=entry.day("due_date"))
    return DelayPurchaseOrder(purchase_order=number, days=entry.whole("days", LONGEST_DELAY, least=1))


def _rush(entry: SettingsText) -> RushOrder:
    change = RushOrder(
        order=OrderNo(entry.text("order")),
        customer=CustomerCode(entry.text("customer")),
        customer_po=entry.text("customer_po"),
        item=ItemCode(entry.text("item")),
        quantity=entry.whole("quantity", LARGEST_QUANTITY, least=1),
        unit_price=entry.amount("unit_price", LARGEST_AMOUNT),
        ship_from=LocationCode(entry.text("ship_from")),
        requested=entry.day("requested_date"),
    )
    if change.quantity * change.unit_price > LARGEST_LINE_VALUE:
        said = f"{change.quantity} x {change.unit_price:f}"
        entry.refuse("unit_price", said, f"accepted is a line worth at most {LARGEST_LINE_VALUE:,}")
    return change

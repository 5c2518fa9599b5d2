"""The demo company: the same seed and size give the same company, to the byte."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.demo import partners, places, products
from core.demo.configured import with_products
from core.demo.disruptions import disruptions
from core.demo.more_partners import MORE_CUSTOMERS, MORE_SOURCES, MORE_SUPPLIERS
from core.demo.more_products import MORE_FAMILIES, more_bom
from core.demo.orders import CURRENCY, OrderScale, order_book
from core.demo.planted import with_plants
from core.demo.sizes import Size
from core.demo.supplying import supplies
from core.demo.widening import widened
from core.domain.company import Company, Settings
from core.services.packs.assuming import assumed_of
from core.services.packs.overlay_files import OVERLAY_FOLDER
from core.services.packs.writing import write_pack

AS_OF = date(2026, 11, 2)
SEED = 7

_FULL_ORDERS = OrderScale(
    orders=400,
    lines_an_order=(1, 2, 3, 3, 4, 4, 4, 5, 5, 6),
    customers=(*partners.CUSTOMERS, *MORE_CUSTOMERS),
)
_DECLARED = (
    "Sabine Valve and Pump is invented, with all its customers and suppliers, and generated from a seed.",
    "Stock of a site's stores and production serves that site's work orders without a transfer order.",
)


def demo_company(seed: int = SEED, *, size: Size = Size.SMALL) -> Company:
    """The books of Sabine Valve and Pump on 2026-11-02, before any overlay. The full size has what goes wrong in the
    books themselves planted in it (core/demo/planted.py)."""
    if size is Size.SMALL:
        return with_products(_books(seed))
    return with_products(with_plants(widened(_books(seed, size), seed)))


def _books(seed: int, size: Size = Size.SMALL) -> Company:
    full = size is Size.FULL
    items = products.items((*products.FAMILIES, *(MORE_FAMILIES if full else ())))
    bom = products.bom(more_bom() if full else ())
    offers = partners.supplier_items(items, random.Random(f"{seed} offers"), MORE_SOURCES if full else None)
    scale = _FULL_ORDERS if full else OrderScale()
    book = order_book(items, as_of=AS_OF, rng=random.Random(f"{seed} orders"), scale=scale)
    supply = supplies(book, items=items, bom=bom, offers=offers, as_of=AS_OF, rng=random.Random(f"{seed} supply"))
    return Company(
        settings=_settings(),
        items=items,
        locations=places.locations(size),
        stock=supply.stock,
        bom=bom,
        lanes=places.lanes(size),
        customers=partners.customers(scale.customers),
        suppliers=partners.suppliers(MORE_SUPPLIERS if full else None),
        supplier_items=offers,
        sales_orders=book.orders,
        sales_order_lines=book.lines,
        purchase_orders=supply.purchase_orders,
        purchase_order_lines=supply.purchase_order_lines,
        work_orders=supply.work_orders,
        transfer_orders=supply.transfer_orders,
    )


def _settings() -> Settings:
    buffer_days, time_zone = 2, "America/Chicago"
    said = assumed_of(as_of=AS_OF, currency=CURRENCY, time_zone=time_zone, buffer_days=buffer_days)
    return Settings(
        name="Sabine Valve and Pump",
        as_of=AS_OF,
        currency=CURRENCY,
        time_zone=time_zone,
        default_ship_from=places.SHIPPING[places.HOUSTON],
        default_late_penalty_percent=Decimal("0.5"),
        buffer_days=buffer_days,
        assumptions=(*_DECLARED, *said),
    )


def write_demo_pack(folder: Path, *, seed: int = SEED, size: Size = Size.SMALL) -> None:
    """Writes the demo company as a pack, and its disruptions as overlays beside it."""
    company = demo_company(seed, size=size)
    write_pack(folder, company)
    overlays = folder / OVERLAY_FOLDER
    overlays.mkdir(exist_ok=True)
    for disruption in disruptions(company):
        (overlays / disruption.file).write_bytes(disruption.text.encode())

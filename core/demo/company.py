"""The demo company: the same seed gives the same company, to the byte."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.demo import partners, places, products
from core.demo.disruptions import disruptions
from core.demo.orders import CURRENCY, order_book
from core.demo.supplying import supplies
from core.domain.company import Company, Settings
from core.services.packs.assuming import assumed_of
from core.services.packs.overlay_files import OVERLAY_FOLDER
from core.services.packs.writing import write_pack

AS_OF = date(2026, 11, 2)
SEED = 7

_DECLARED = (
    "Sabine Valve and Pump is invented, with all its customers and suppliers, and generated from a seed.",
    "Stock of a site's stores and production serves that site's work orders without a transfer order.",
)


def demo_company(seed: int = SEED) -> Company:
    """The books of Sabine Valve and Pump on 2026-11-02, before any disruption."""
    items, bom = products.items(), products.bom()
    offers = partners.supplier_items(items, random.Random(f"{seed} offers"))
    book = order_book(items, as_of=AS_OF, rng=random.Random(f"{seed} orders"))
    supply = supplies(book, items=items, bom=bom, offers=offers, as_of=AS_OF, rng=random.Random(f"{seed} supply"))
    return Company(
        settings=_settings(),
        items=items,
        locations=places.locations(),
        stock=supply.stock,
        bom=bom,
        lanes=places.lanes(),
        customers=partners.customers(),
        suppliers=partners.suppliers(),
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


def write_demo_pack(folder: Path, *, seed: int = SEED) -> None:
    """Writes the demo company as a pack, and its disruptions as overlays beside it."""
    company = demo_company(seed)
    write_pack(folder, company)
    overlays = folder / OVERLAY_FOLDER
    overlays.mkdir(exist_ok=True)
    for disruption in disruptions(company):
        (overlays / disruption.file).write_bytes(disruption.text.encode())

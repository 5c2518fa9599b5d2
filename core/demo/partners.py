"""Who Sabine Valve and Pump buys from and sells to: suppliers with overlapping items, customers in three tiers."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.demo.places import GHENT, HOUSTON, RENO
from core.domain.ids import CustomerCode, SupplierCode
from core.domain.items import Item
from core.domain.money import PRICE_STEP
from core.domain.parties import Customer, Supplier, SupplierItem

_SUPPLIERS = {
    "GULF": "Gulf Castings",
    "PERMIAN": "Permian Foundry",
    "SIERRA": "Sierra Precision Cast",
    "LONESTAR": "Lone Star Forge",
    "PRECISION": "Precision Bar and Stem",
    "CASCADE": "Cascade Seals",
    "DELTA": "Delta Sealing",
    "BRAZOS": "Brazos Motor Works",
    "NORDRIVE": "Northern Drives",
    "TRISTATE": "Tri-State Fasteners",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who sells a family of items: lead time in days, price as a part of standard cost, order sizes."""

    supplier: str
    days: int
    price: str
    minimum: int
    multiple: int = 1


_SOURCES: dict[str, tuple[Source, ...]] = {
    "CA": (
        Source(supplier="GULF", days=24, price="0.98", minimum=40, multiple=10),
        Source(supplier="PERMIAN", days=28, price="1.04", minimum=25, multiple=5),
        Source(supplier="SIERRA", days=16, price="1.15", minimum=20, multiple=5),
    ),
    "BC": (
        Source(supplier="GULF", days=22, price="0.97", minimum=40, multiple=10),
        Source(supplier="PERMIAN", days=26, price="1.05", minimum=30, multiple=5),
    ),
    "VC": (
        Source(supplier="SIERRA", days=26, price="1.00", minimum=4),
        Source(supplier="GULF", days=30, price="1.03", minimum=4),
    ),
    "IC": (
        Source(supplier="SIERRA", days=21, price="1.00", minimum=5),
        Source(supplier="PERMIAN", days=27, price="0.95", minimum=8),
    ),
    "FO": (
        Source(supplier="LONESTAR", days=20, price="1.00", minimum=25, multiple=5),
        Source(supplier="PERMIAN", days=25, price="1.07", minimum=20, multiple=5),
    ),
    "BA": (
        Source(supplier="LONESTAR", days=14, price="0.99", minimum=25, multiple=5),
        Source(supplier="PRECISION", days=12, price="1.08", minimum=10),
    ),
    "ST": (
        Source(supplier="PRECISION", days=10, price="1.00", minimum=50, multiple=10),
        Source(supplier="LONESTAR", days=15, price="0.96", minimum=60, multiple=10),
    ),
    "DI": (
        Source(supplier="PRECISION", days=12, price="1.00", minimum=20, multiple=5),
        Source(supplier="LONESTAR", days=16, price="0.97", minimum=30, multiple=5),
    ),
    "SE": (
        Source(supplier="CASCADE", days=12, price="0.98", minimum=60, multiple=20),
        Source(supplier="DELTA", days=9, price="1.09", minimum=20, multiple=10),
    ),
    "PK": (
        Source(supplier="CASCADE", days=8, price="0.98", minimum=50, multiple=10),
        Source(supplier="DELTA", days=7, price="1.05", minimum=25, multiple=5),
        Source(supplier="TRISTATE", days=6, price="1.18", minimum=20, multiple=10),
    ),
    "GK": (
        Source(supplier="CASCADE", days=8, price="0.99", minimum=50, multiple=10),
        Source(supplier="TRISTATE", days=6, price="1.15", minimum=20, multiple=10),
    ),
    "MS": (
        Source(supplier="DELTA", days=18, price="1.00", minimum=4),
        Source(supplier="CASCADE", days=22, price="0.94", minimum=6),
    ),
    "MO": (
        Source(supplier="BRAZOS", days=30, price="0.99", minimum=2),
        Source(supplier="NORDRIVE", days=20, price="1.12", minimum=1),
    ),
    "BK": (
        Source(supplier="NORDRIVE", days=10, price="1.00", minimum=10, multiple=5),
        Source(supplier="TRISTATE", days=7, price="1.10", minimum=5),
    ),
    "BO": (
        Source(supplier="TRISTATE", days=5, price="1.00", minimum=100, multiple=50),
        Source(supplier="NORDRIVE", days=6, price="1.06", minimum=50, multiple=25),
    ),
    "HW": (
        Source(supplier="TRISTATE", days=6, price="1.00", minimum=40, multiple=10),
        Source(supplier="PRECISION", days=9, price="0.95", minimum=50, multiple=10),
    ),
}

# Name, tier and the site that serves them.
CUSTOMERS = (
    ("Harbor Supply", 1, HOUSTON),
    ("Calcasieu Refining", 1, HOUSTON),
    ("Trinity Water District", 1, HOUSTON),
    ("Comstock Mining", 1, RENO),
    ("Silver State Power", 1, RENO),
    ("Schelde Terminals", 1, GHENT),
    ("Neches Petrochem", 2, HOUSTON),
    ("Galveston Marine Services", 2, HOUSTON),
    ("Piney Woods Paper", 2, HOUSTON),
    ("Red River Pipeline", 2, HOUSTON),
    ("Coastal Bend Desalination", 2, HOUSTON),
    ("Truckee Process Systems", 2, RENO),
    ("Great Basin Lithium", 2, RENO),
    ("Carson Valley Irrigation", 2, RENO),
    ("Leie Chemie", 2, GHENT),
    ("Noordzee Offshore", 2, GHENT),
    ("Bluebonnet Plumbing Supply", 3, HOUSTON),
    ("Hill Country Breweries", 3, HOUSTON),
    ("Magnolia Food Processing", 3, HOUSTON),
    ("Sugar Land Fire Protection", 3, HOUSTON),
    ("Katy Mechanical", 3, HOUSTON),
    ("Beaumont Boiler Works", 3, HOUSTON),
    ("Cypress Creek Utilities", 3, HOUSTON),
    ("Pecos Well Services", 3, HOUSTON),
    ("Tahoe Snowmaking", 3, RENO),
    ("Sagebrush Dairy", 3, RENO),
    ("High Desert Geothermal", 3, RENO),
    ("Winnemucca Feed and Grain", 3, RENO),
    ("Brugge Waterwerken", 3, GHENT),
    ("Maas Machinebouw", 3, GHENT),
)

_PENALTY = {1: Decimal("1.5"), 2: Decimal("0.75"), 3: Decimal("0.25")}


def suppliers(more: Mapping[str, str] | None = None) -> tuple[Supplier, ...]:
    """Every supplier, and `more` by code and name; sorted by code."""
    rows = [
        Supplier(code=SupplierCode(code), name=name, email=f"orders@{_domain(name)}")
        for code, name in (_SUPPLIERS | dict(more or {})).items()
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def supplier_items(
    items: tuple[Item, ...], rng: random.Random, more: Mapping[str, tuple[Source, ...]] | None = None
) -> tuple[SupplierItem, ...]:
    """What every supplier offers, prices a little apart, with `more` sources by family; sorted by supplier and item."""
    rows: list[SupplierItem] = []
    sources = _SOURCES | dict(more or {})
    for item in items:
        for rank, source in enumerate(sources.get(item.code[:2], ()), start=1):
            noise = Decimal(rng.randint(985, 1015)) / 1000
            price = (item.standard_cost * Decimal(source.price) * noise).quantize(Decimal("0.01"))
            rows.append(
                SupplierItem(
                    supplier=SupplierCode(source.supplier),
                    item=item.code,
                    lead_time_days=source.days + rng.randint(0, 2),
                    unit_price=price.quantize(PRICE_STEP),
                    minimum_order=source.minimum,
                    multiple=source.multiple,
                    maximum_order=source.minimum * 50,
                    priority=rank,
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.supplier, row.item)))


def customers(known: Sequence[tuple[str, int, str]] = CUSTOMERS) -> tuple[Customer, ...]:
    """Customers by name, tier and site; sorted by code."""
    rows = [
        Customer(
            code=customer_code(name),
            name=name,
            tier=tier,
            email=f"purchasing@{_domain(name)}",
            late_penalty_percent=_PENALTY[tier],
            ship_complete=tier == 1 and site == GHENT,
        )
        for name, tier, site in known
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def customer_code(name: str) -> CustomerCode:
    """The code of a customer: the first word of its name, in capitals."""
    return CustomerCode("".join(word for word in name.upper().split()[:2]))


def _domain(name: str) -> str:
    return f"{name.lower().replace(' and ', ' ').replace(' ', '-')}.example"

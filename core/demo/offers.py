"""Sandbox suppliers for a company: each answers for what its pack says it sells, a little off the list."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from core.connectors.sandbox.catalogue import Mood, SandboxOffer, SandboxSupplier
from core.domain.company import Company
from core.domain.ids import ItemCode, SupplierCode
from core.domain.money import PRICE_STEP
from core.domain.parties import SupplierItem

_LEAST_AVAILABLE = 200
_EXPEDITE_SHARE = Decimal("0.08")


def demo_offers(company: Company) -> dict[SupplierCode, dict[ItemCode, SandboxOffer]]:
    """What every supplier would answer for every item it sells; the same company gives the same answers."""
    offers: dict[SupplierCode, dict[ItemCode, SandboxOffer]] = defaultdict(dict)
    breaks: dict[tuple[SupplierCode, ItemCode], list[tuple[int, Decimal]]] = defaultdict(list)
    for agreed in company.price_breaks:
        breaks[agreed.supplier, agreed.item].append((agreed.minimum, agreed.unit_price))
    for row in company.supplier_items:
        offers[row.supplier][row.item] = replace(_offer(row), breaks=tuple(breaks[row.supplier, row.item]))
    return dict(offers)


def demo_suppliers(company: Company, *, out: Collection[SupplierCode] = ()) -> tuple[SandboxSupplier, ...]:
    """The company's suppliers as sandboxes, by code. Those that are `out` or not active refuse."""
    offers = demo_offers(company)
    return tuple(
        SandboxSupplier(
            code=supplier.code,
            currency=company.settings.currency,
            items=offers.get(supplier.code, {}),
            mood=Mood.REFUSES if supplier.code in out or not supplier.active else Mood.NORMAL,
        )
        for supplier in company.suppliers
    )


def _offer(row: SupplierItem) -> SandboxOffer:
    """Up to 3 percent off the listed price, up to two days off the listed lead time, stock for some orders."""
    dice = hashlib.sha256(f"{row.supplier}\n{row.item}".encode()).digest()
    price = (row.unit_price * (970 + dice[0] % 61) / 1000).quantize(PRICE_STEP)
    lead = max(1, row.lead_time_days + dice[1] % 4 - 1)
    return SandboxOffer(
        unit_price=price,
        lead_time_days=lead,
        available=max(_LEAST_AVAILABLE, row.minimum_order * 4) + dice[2],
        minimum_order=row.minimum_order,
        multiple=row.multiple,
        expedite_fee=(price * max(row.minimum_order, 10) * _EXPEDITE_SHARE).quantize(Decimal("0.01")),
        fastest_days=max(1, lead // 3),
    )

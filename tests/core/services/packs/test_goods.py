"""Prices, quotas and lots of a pack: what is read, and what is refused with file, line, column and what is accepted."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.errors import PackInvalidError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, LotCode, PurchaseOrderNo, SupplierCode
from core.domain.lots import Lot, LotStatus, LotUnits
from core.domain.prices import (
    Combination,
    Discount,
    DiscountCode,
    DiscountKind,
    PriceList,
    PriceListCode,
    PriceListKind,
    PriceListLine,
)
from core.domain.quotas import Quota
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import edited, small_pack

VALVE, JULY = ItemCode("VALVE"), date(2026, 7, 1)


def test_prices_are_read_with_what_stands_for_blanks(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    assert company.price_lists[0] == PriceList(
        code=PriceListCode("FRAME-1"),
        name="Frame contract",
        currency="USD",
        valid_from=JULY,
        valid_to=date(2027, 6, 30),
        kind=PriceListKind.CONTRACT,
        customer=CustomerCode("HARBOR"),
    )
    assert company.price_list_lines[0] == PriceListLine(
        list=PriceListCode("FRAME-1"), line=10, item=VALVE, unit_price=Decimal("99.95"), valid_from=JULY
    )
    assert company.discounts[0] == Discount(
        code=DiscountCode("PALLET"),
        name="Off a pallet",
        kind=DiscountKind.AMOUNT,
        value=Decimal(4),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        currency="USD",
        item=VALVE,
        minimum=20,
        combination=Combination.BEST,
        sequence=2,
    )


def test_lots_and_quotas_are_read(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    assert company.lots[0] == Lot(
        code=LotCode("CAST-1"),
        item=ItemCode("IRON"),
        received_on=date(2026, 10, 1),
        expires_on=date(2028, 10, 1),
        supplier=SupplierCode("GULF"),
        supplier_lot="G-771",
        purchase_order=PurchaseOrderNo("PO-1"),
        origin="US",
        unit_cost=Decimal("9.8"),
    )
    assert company.lots[1].status is LotStatus.HOLD
    assert company.lot_stock[0] == LotUnits(lot=LotCode("CAST-1"), location=LocationCode("SHOP"), on_hand=60)
    assert company.quotas == (
        Quota(
            code="Q-LAKE",
            item=VALVE,
            first=date(2026, 11, 1),
            last=date(2026, 11, 30),
            quantity=25,
            customer=CustomerCode("LAKE"),
            borrow=False,
            released_on=date(2026, 11, 25),
        ),
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "price_lists.csv",
            "contract,,HARBOR",
            "contract,,",
            "line 3 column customer: contradiction ''; accepted",
        ),
        ("price_lists.csv", "list,USD", "list,EUR", "line 2 column currency: other-currency 'EUR'; accepted is 'USD'"),
        ("price_lists.csv", "2027-06-30", "2026-06-30", "line 3 column valid_from: contradiction '2026-07-01'"),
        ("price_list_lines.csv", "FRAME-1,10", "FRAME-9,10", "line 4 column price_list: orphan-reference 'FRAME-9'"),
        ("price_list_lines.csv", "STD-26,20", "STD-26,10", "line 3 column price_list,line: duplicate-key 'STD-26,10'"),
        ("price_list_lines.csv", "110.5", "-1", "line 3 column unit_price: negative '-1'; accepted is a number"),
        ("discounts.csv", "percent,2.5", "percent,101", "line 2 column value: out-of-range '101'; accepted is at most"),
        (
            "discounts.csv",
            "2026-12-31,USD",
            "2026-12-31,",
            "line 3 column currency: other-currency ''; accepted is 'USD'",
        ),
        ("discounts.csv", "percent,2.5", "gift,2.5", "line 2 column kind: not-a-choice 'gift'; accepted is one of"),
        (
            "quotas.csv",
            "2026-11-30",
            "2026-10-30",
            "line 2 column first: contradiction '2026-11-01'",
        ),
        ("quotas.csv", ",25,,LAKE", ",many,,LAKE", "line 2 column quantity: not-a-number 'many'; accepted is a whole"),
        (
            "lots.csv",
            "CAST-2,IRON,hold",
            "CAST-2,IRON,odd",
            "line 3 column status: not-a-choice 'odd'; accepted is one",
        ),
        ("lots.csv", "CAST-2,IRON", "CAST-2,GOLD", "line 3 column item: orphan-reference 'GOLD'; accepted is an item"),
        (
            "lot_stock.csv",
            "CAST-1,SHOP,60",
            "CAST-1,SHOP,101",
            "line 2 column on_hand: contradiction '101'; accepted is",
        ),
        (
            "lot_stock.csv",
            "CAST-2,SHOP",
            "CAST-3,SHOP",
            "line 3 column lot: orphan-reference 'CAST-3'; accepted is a lot",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    folder = small_pack(tmp_path, edited(name, old, new))

    with pytest.raises(PackInvalidError) as refusal:
        read_pack(folder)

    assert f"{name} {said}" in refusal.value.message

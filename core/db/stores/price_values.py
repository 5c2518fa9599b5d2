"""Rows of price lists and discounts as domain values."""

from core.db.rows import DiscountRow, PriceListLineRow, PriceListRow
from core.domain.ids import CustomerCode, ItemCode
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


def list_of(row: PriceListRow, customer: str | None) -> PriceList:
    """A price list or contract."""
    return PriceList(
        code=PriceListCode(row.code),
        name=row.name,
        currency=row.currency,
        valid_from=row.valid_from,
        kind=PriceListKind(row.kind),
        customer=None if customer is None else CustomerCode(customer),
        tier=row.tier,
        region=row.region,
        priority=row.priority,
        valid_to=row.valid_to,
    )


def line_of(row: PriceListLineRow, code: PriceListCode, item: ItemCode) -> PriceListLine:
    """A line of it."""
    return PriceListLine(
        list=code,
        line=row.line,
        item=item,
        unit_price=row.unit_price,
        valid_from=row.valid_from,
        minimum=row.minimum,
        valid_to=row.valid_to,
    )


def discount_of(row: DiscountRow, customer: str | None, item: str | None) -> Discount:
    """A discount."""
    return Discount(
        code=DiscountCode(row.code),
        name=row.name,
        kind=DiscountKind(row.kind),
        value=row.value,
        valid_from=row.valid_from,
        currency=row.currency,
        customer=None if customer is None else CustomerCode(customer),
        tier=row.tier,
        region=row.region,
        item=None if item is None else ItemCode(item),
        channel=row.channel,
        minimum=row.minimum,
        valid_to=row.valid_to,
        combination=Combination(row.combination),
        sequence=row.sequence,
        on_contracts=row.on_contracts,
    )

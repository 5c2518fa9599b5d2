"""What people key into the ERP from a change list: orders made here appear there under numbers of its own."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.company import Company
from core.domain.ids import PurchaseOrderNo

_FIRST = 4_500_001


def keyed_in(company: Company, ours: Company, numbers: Sequence[PurchaseOrderNo]) -> Company:
    """The pack with these purchase orders of ours, under the ERP's numbers and on the day they were keyed in."""
    theirs = {number: PurchaseOrderNo(str(_FIRST + at)) for at, number in enumerate(sorted(numbers))}
    orders = [replace(one, number=theirs[one.number]) for one in ours.purchase_orders if one.number in theirs]
    lines = [replace(one, order=theirs[one.order]) for one in ours.purchase_order_lines if one.order in theirs]
    return replace(
        company,
        purchase_orders=tuple(sorted((*company.purchase_orders, *orders), key=lambda row: row.number)),
        purchase_order_lines=tuple(
            sorted((*company.purchase_order_lines, *lines), key=lambda row: (row.order, row.line))
        ),
    )

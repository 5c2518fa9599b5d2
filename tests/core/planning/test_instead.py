"""A work order built with another component takes that one, as many as making it will be issued."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import CircularBomError
from core.domain.ids import ItemCode
from core.domain.production import BuiltWith, MakingPart, parts_with
from core.planning.instead import instead_units
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import BuiltInstead, Snapshot
from tests.core.planning.books import AS_OF, BomRow, DemandRow, ItemRow, StockRow, SupplyRow, book


def pumps(component: str = "B", alternate: str = "C", *, ratio: int = 1_500_000) -> Snapshot:
    """Ten pumps of work order W-1 take two B each, of which there are none; of C there are thirty."""
    books = book(
        items=[ItemRow("A", make=True), ItemRow("B"), ItemRow("C"), ItemRow("D")],
        demand=[DemandRow("S-1", 1, "A", 10, 9)],
        stock=[StockRow("C", 30)],
        supply=[SupplyRow("WO", "W-1", "A", 10, 5, start=2)],
        bom=[BomRow("A", "B", "2"), BomRow("A", "D", "0")],
    )
    code = books.items.code.index
    table = BuiltInstead(
        number=("W-1", "W-9"),
        component=np.array([code(component)] * 2, dtype=np.int32),
        alternate=np.array([code(alternate)] * 2, dtype=np.int32),
        ratio=np.array([ratio] * 2, dtype=np.int64),
    )
    return replace(books, built_instead=table)


def test_the_order_takes_the_other_component_and_is_there_in_time() -> None:
    without = net(replace(pumps(), built_instead=replace(pumps().built_instead, number=("W-8", "W-9"))), ScanRules())
    result = net(pumps(), ScanRules())

    assert without.line_available.tolist() != [AS_OF + 5]
    assert (result.line_short.tolist(), result.line_available.tolist()) == ([0], [AS_OF + 5])
    taken = [
        (pumps().items.code[item], int(q))
        for item, q in zip(result.requirements.item, result.requirements.quantity, strict=True)
    ]
    assert taken == [("A", 10), ("C", 30)]


def test_what_contains_itself_by_it_is_refused() -> None:
    with pytest.raises(CircularBomError):
        net(pumps(alternate="A"), ScanRules())


@given(st.integers(1, 9_999_999), st.integers(1, 9_999_999), st.integers(1, 10_000))
def test_planning_counts_what_the_order_will_be_issued(per_parent: int, ratio: int, units: int) -> None:
    part = MakingPart(item=ItemCode("B"), per_unit=Decimal(per_parent) / 1_000_000, required=0)
    swap = BuiltWith(component=ItemCode("B"), alternate=ItemCode("C"), ratio=Decimal(ratio) / 1_000_000)

    (made,) = parts_with([part], [swap], units=units)

    assert (made.item, made.required) == ("C", instead_units(per_parent, ratio, units))

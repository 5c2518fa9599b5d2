"""Values put together straight are those made field by field."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Peg, PegKind
from core.planning.promising.straight import straight


def test_a_value_put_together_straight_is_equal_and_stays_as_it_is() -> None:
    on, item, place = date(2026, 3, 2), ItemCode("A"), LocationCode("MAIN")

    made = straight(Peg)(PegKind.STOCK, "", item, place, 3, on, 1, 9)

    same = Peg(kind=PegKind.STOCK, reference="", item=item, location=place, quantity=3, on=on, level=1, whole=9)
    assert (made, hash(made), repr(made)) == (same, hash(same), repr(same))
    with pytest.raises(FrozenInstanceError):
        made.quantity = 4  # pyright: ignore[reportAttributeAccessIssue] - that it cannot be written is what is tested


def test_too_few_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        straight(Peg)(PegKind.STOCK, "")

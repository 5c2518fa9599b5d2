"""A snapshot with a variant that nobody made yet is the one the database gives once it is born."""

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from core.domain.ids import ItemCode
from core.planning.variants import with_variant
from core.services.configuring import ConfigureItem, bear, configure_item
from tests.core.services.configuring.blowers import BLOWER, add_blower
from tests.desk import Desk


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    if is_dataclass(one):
        return all(same(getattr(one, part.name), getattr(other, part.name)) for part in fields(one))
    return bool(one == other)


def test_a_variant_beforehand_is_the_same_as_once_it_is_born(desk: Desk) -> None:
    add_blower(desk)
    before = desk.snapshot()
    with desk.open() as uow:
        made = configure_item(uow, ConfigureItem(product=ItemCode(BLOWER), options=(("motors", "2"),)))
    assert made.variant is not None
    with desk.open() as uow:
        assert (bear(uow, made.variant), bear(uow, made.variant)) == (True, False)
    after = desk.snapshot()

    beforehand = with_variant(before, made.variant)

    for table in ("items", "item_terms", "bom", "operations", "stock", "demand", "sources", "supply", "alternates"):
        assert same(getattr(beforehand, table), getattr(after, table)), table
    assert with_variant(after, made.variant) is after

"""Which locations stand as one place under which rules."""

from core.planning.grouping import Grouping, group_locations
from core.planning.rules import ScanRules
from tests.core.planning.books import book

_PLACES = [
    ("DOCK", "S1", True),
    ("LAB", "S2", True),
    ("PAINT", "S1", False),
    ("WELD", "S1", False),
    ("YARD", "S3", False),
]


def test_a_shipping_location_stands_alone_and_the_rest_of_its_site_together() -> None:
    groups = _groups(ScanRules())

    assert groups.group_of.tolist() == [0, 1, 2, 2, 3]
    assert groups.ship == -1


def test_making_uses_the_stock_of_locations_that_do_not_ship_or_its_own_where_all_ship() -> None:
    assert _groups(ScanRules()).production.tolist() == [2, 1, 2, 3]


def test_pooled_locations_are_one_place() -> None:
    groups = _groups(ScanRules(pool_locations=True))

    assert groups.group_of.tolist() == [0, 0, 0, 0, 0]
    assert groups.production.tolist() == [0]


def test_shipping_from_one_place_leaves_every_other_location_to_its_site() -> None:
    groups = _groups(ScanRules(ship_from="PAINT"))

    assert groups.group_of.tolist() == [0, 1, 2, 0, 3]
    assert groups.production.tolist() == [0, 1, 0, 3]
    assert groups.ship == 2


def _groups(rules: ScanRules) -> Grouping:
    return group_locations(book(items=[], locations=_PLACES).locations, rules)

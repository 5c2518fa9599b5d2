"""How far orders of one supplier are late together."""

from datetime import date, timedelta

import numpy as np

from core.planning.robustness.common_factor import normal_inverse
from evals.lateness.deliveries import Delivery
from evals.lateness.slipping import Group, both_late, common_share, groups_of, seen_late


def drawn(share: float, *, groups: int = 100, orders: int = 60) -> list[Group]:
    """Orders of which three in ten are late, in groups that have so much in common, evenly over all there can be."""
    own = np.random.Generator(np.random.Philox(key=7)).standard_normal((groups, orders))
    common = normal_inverse((np.arange(groups) + 0.5) / groups)[:, None]
    late = np.sqrt(share) * common + np.sqrt(1 - share) * own < -0.5244
    return [Group(chance=np.full(orders, 0.3), late=row.astype(np.float64)) for row in late]


def test_the_share_that_was_drawn_with_is_found_again() -> None:
    assert [round(common_share(drawn(share)), 1) for share in (0.0, 0.2, 0.5)] == [0.0, 0.2, 0.5]


def test_independent_orders_are_both_late_as_often_as_the_product_says() -> None:
    one = [Group(chance=np.array([0.2, 0.5, 0.1]), late=np.array([1.0, 1.0, 0.0]))]

    assert round(both_late(one, 0), 6) == round((0.2 * 0.5 + 0.2 * 0.1 + 0.5 * 0.1) / 3, 6)
    assert seen_late(one) == 1 / 3


def test_orders_of_a_supplier_promised_in_one_quarter_are_a_group_each_as_late_as_its_last_line() -> None:
    def one(order: str, on: date, late: int, vendor: str = "V1") -> Delivery:
        came = on + timedelta(days=late)
        return Delivery(scheduled=on, delivered=came, via="", mode="", country="X", vendor=vendor, order=order)

    history = [one("A", date(2009, 3, 1), 0)]
    history += [one("B", date(2010, 2, 1), 0), one("B", date(2010, 2, 1), 4), one("C", date(2010, 3, 1), 0)]
    history += [one("D", date(2010, 2, 1), 0, "V2"), one("E", date(2010, 5, 1), 0)]

    (group,) = groups_of(history, first=date(2010, 1, 1), last=date(2010, 12, 31), path=("vendor",))

    assert (group.late.tolist(), group.pairs, group.chance.size) == ([1.0, 0.0], 1.0, 2)

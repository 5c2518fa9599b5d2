"""Shares are whole lots, never more than wanted, and together all there is; each rule shares as it says."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.backorders import RunRule
from core.domain.errors import InvalidValueError
from core.planning.allocation.sharing import Claimant, fair_shares, scaled

SHARING = [rule for rule in RunRule if rule.shares]
claimants = st.lists(
    st.builds(
        Claimant,
        key=st.text("abcdefgh", min_size=1, max_size=4),
        wanted=st.integers(0, 500),
        weight=st.integers(0, 9),
        stock=st.integers(0, 50),
        target=st.integers(1, 100),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@given(claimants, st.integers(0, 2_000), st.sampled_from(SHARING), st.integers(1, 12))
def test_shares_are_lots_within_what_is_wanted_and_as_much_as_lots_allow(
    found: list[Claimant], units: int, rule: RunRule, lot: int
) -> None:
    shares = fair_shares(units, found, rule=rule, lot=lot)

    assert all(share % lot == 0 and 0 <= share <= one.wanted for one in found for share in [shares[one.key]])
    assert sum(shares.values()) == min(units // lot * lot, sum(one.wanted // lot * lot for one in found))


@given(claimants, st.integers(0, 2_000), st.sampled_from(SHARING), st.randoms(use_true_random=False))
def test_the_order_in_which_claimants_come_changes_nothing(
    found: list[Claimant], units: int, rule: RunRule, dice: object
) -> None:
    assert fair_shares(units, found, rule=rule) == fair_shares(units, found[::-1], rule=rule)


def test_a_shortage_is_shared_in_proportion_to_demand() -> None:
    found = [Claimant(key="a", wanted=60), Claimant(key="b", wanted=30), Claimant(key="c", wanted=10)]

    assert fair_shares(50, found, rule=RunRule.PROPORTIONAL) == {"a": 30, "b": 15, "c": 5}
    assert fair_shares(10, found, rule=RunRule.PROPORTIONAL, lot=4) == {"a": 4, "b": 4, "c": 0}


def test_quotas_weigh_demand_and_what_one_leaves_is_shared_again() -> None:
    found = [Claimant(key="a", wanted=10, weight=9), Claimant(key="b", wanted=50, weight=1)]

    assert fair_shares(40, found, rule=RunRule.QUOTA) == {"a": 10, "b": 30}


def test_levelling_brings_all_to_the_same_percent_of_their_target() -> None:
    found = [
        Claimant(key="a", wanted=99, stock=10, target=100),
        Claimant(key="b", wanted=99, stock=30, target=100),
        Claimant(key="c", wanted=99, stock=0, target=50),
    ]

    # 60 units on 40 in stock fill 250 of target to 40 %: 40, 40 and 20
    assert fair_shares(60, found, rule=RunRule.TARGET) == {"a": 30, "b": 10, "c": 20}


def test_who_is_in_no_quota_shares_what_the_others_leave() -> None:
    found = [Claimant(key="a", wanted=10, weight=9), Claimant(key="b", wanted=30, weight=0)]

    assert fair_shares(8, found, rule=RunRule.QUOTA) == {"a": 8, "b": 0}
    assert fair_shares(25, found, rule=RunRule.QUOTA) == {"a": 10, "b": 15}


@given(claimants, st.integers(0, 500), st.integers(1, 5))
def test_levelling_gives_each_lot_to_whoever_has_the_least_of_its_target(
    found: list[Claimant], units: int, lot: int
) -> None:
    given_ = {one.key: 0 for one in found}
    while units >= lot and (able := [one for one in found if given_[one.key] + lot <= one.wanted]):
        poorest = min(able, key=lambda one: (Fraction(one.stock + given_[one.key], one.target), one.key))
        given_[poorest.key] += lot
        units -= lot

    assert fair_shares(sum(given_.values()), found, rule=RunRule.TARGET, lot=lot) == given_


def test_quantities_of_any_size_are_levelled_at_once() -> None:
    found = [Claimant(key=key, wanted=10**12, target=10**12) for key in "ab"]

    assert fair_shares(10**12, found, rule=RunRule.TARGET) == {"a": 5 * 10**11, "b": 5 * 10**11}


@pytest.mark.parametrize(("units", "wanted", "lot"), [(-1, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_less_than_nothing_is_not_shared(units: int, wanted: int, lot: int) -> None:
    with pytest.raises(InvalidValueError):
        fair_shares(units, [Claimant(key="a", wanted=wanted)], rule=RunRule.PROPORTIONAL, lot=lot)


def test_two_claimants_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="key of its own"):
        fair_shares(5, [Claimant(key="a", wanted=1)] * 2, rule=RunRule.PROPORTIONAL)


def test_a_rule_that_serves_in_turn_shares_nothing() -> None:
    with pytest.raises(InvalidValueError, match="serves in turn"):
        fair_shares(5, [], rule=RunRule.PRIORITY)


def test_quotas_are_cut_in_proportion_where_supply_is_less_and_never_below_what_is_taken() -> None:
    quotas = {"north": 60, "south": 30}

    assert scaled(quotas, {"north": 0, "south": 0}, 45) == {"north": 30, "south": 15}
    assert scaled(quotas, {"north": 40, "south": 0}, 45) == {"north": 40, "south": 5}
    assert scaled(quotas, {"north": 40, "south": 20}, 45) == {"north": 40, "south": 20}
    assert scaled(quotas, {"north": 0, "south": 0}, 90) == quotas

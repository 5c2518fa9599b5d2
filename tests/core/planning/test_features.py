"""A scan with its features on agrees with the plain oracle in every combination, and conserves units."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.featured import featured
from tests.core.planning.oracles.elsewhere import arrival
from tests.core.planning.oracles.features import FeatureOracle
from tests.core.planning.strategies import books, scan_rules

_FEATURES = st.fixed_dictionaries({name: st.booleans() for name in ("calendars", "capacity", "lanes", "alternates")})


@settings(max_examples=60, deadline=None)
@given(featured(books()), scan_rules(), _FEATURES)
def test_a_scan_with_any_features_agrees_with_the_plain_oracle(
    snapshot: Snapshot, rules: ScanRules, features: dict[str, bool]
) -> None:
    agrees(snapshot, replace(rules, **features))


@settings(max_examples=40, deadline=None)
@given(featured(books()), scan_rules(), _FEATURES)
def test_units_are_conserved_with_any_features(snapshot: Snapshot, rules: ScanRules, features: dict[str, bool]) -> None:
    result = net(snapshot, replace(rules, **features))

    needs, receipts, pegs, takings = result.requirements, result.receipts, result.pegs, result.takings
    pegged = np.zeros_like(needs.quantity)
    np.add.at(pegged, pegs.requirement, pegs.quantity)
    assert (pegged + needs.short).tolist() == needs.quantity.tolist()
    eaten = np.zeros_like(receipts.quantity)
    np.add.at(eaten, pegs.receipt, pegs.quantity)
    assert np.all(eaten <= receipts.quantity)
    assert np.all(takings.of_each(needs.short.size) <= needs.short)
    for item, group in set(zip(takings.item.tolist(), takings.group.tolist(), strict=True)):
        come = receipts.quantity[(receipts.item == item) & (receipts.group == group)].sum()
        own = pegged[(needs.item == item) & (needs.group == group)].sum()
        here = (takings.item == item) & (takings.group == group)
        assert own + takings.taken[here].sum() <= come
        assert takings.low[here].min() >= own


def agrees(snapshot: Snapshot, rules: ScanRules) -> None:
    """The engine finds what the oracle finds."""
    expected = FeatureOracle(snapshot, rules)

    result = net(snapshot, rules)

    needs = result.requirements
    found = (needs.kind, needs.ref, needs.item, needs.group, needs.need, needs.quantity, needs.short, needs.cover)
    assert list(zip(*(column.tolist() for column in found), strict=True)) == [
        (n.kind, n.ref, n.item, n.group, n.need, n.quantity, n.short, n.cover) for n in expected.needs
    ]
    assert needs.available.tolist() == [n.available for n in expected.needs]
    etas = zip(result.receipts.supply.tolist(), result.receipts.eta.tolist(), strict=True)
    assert {supply: day for supply, day in etas if supply >= 0} == expected.etas
    table = result.takings
    taken = (table.requirement, table.units, table.lane, table.alternate, table.low, table.taken, table.day)
    assert sorted(zip(*(column.tolist() for column in taken), strict=True)) == sorted(
        (t.requirement, t.units, t.way.lane, t.way.alternate, t.low, t.taken, arrival(expected, t))
        for t in expected.takings
    )

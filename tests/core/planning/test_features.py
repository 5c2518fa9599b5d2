"""A scan with its features on agrees with the plain oracle in every combination, and conserves units."""

from dataclasses import replace

from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.oracles.features import FeatureOracle


def agrees(snapshot: Snapshot, rules: ScanRules, **features: bool) -> None:
    """The engine finds what the oracle finds."""
    rules = replace(rules, **features)
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

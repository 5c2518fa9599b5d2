"""The rules of a scan survive being kept."""

import json
from itertools import product

from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.services.rule_values import rules_of, values_of


def test_rules_read_back_as_they_were_kept() -> None:
    for policy, overdue, pool, ship_from, bom in product(
        Policy, OverdueSupply, (True, False), (None, "RENO"), (True, False)
    ):
        rules = ScanRules(policy=policy, overdue=overdue, pool_locations=pool, ship_from=ship_from, use_bom=bom)

        assert rules_of(json.loads(json.dumps(values_of(rules)))) == rules


def test_features_read_back_and_are_off_where_they_were_not_known() -> None:
    rules = ScanRules(calendars=True, capacity=True, lanes=True, alternates=True)
    kept = json.loads(json.dumps(values_of(rules)))

    assert rules_of(kept) == rules
    before = {
        name: value for name, value in kept.items() if name not in ("calendars", "capacity", "lanes", "alternates")
    }
    assert rules_of(before) == ScanRules()

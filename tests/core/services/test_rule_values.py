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

"""The policy as tables and a dry run of another, as the API answers."""

from typing import Any

from tests.ui.world import HOSTILE

POLICY: dict[str, Any] = {
    "autonomy": [
        {
            "name": "autonomy.any/R02",
            "action": "R02",
            "action_words": "Transfer",
            "of": "any case",
            "level": "act",
            "level_words": "is done by the rule",
            "most_money": "60",
            "most_days": 0,
            "customer_tier_from": 1,
            "tier": 2,
        },
        {
            "name": "autonomy.any/R08",
            "action": "R08",
            "action_words": "Buy",
            "of": "any case",
            "level": "propose",
            "level_words": "is put before people",
            "most_money": None,
            "most_days": None,
            "customer_tier_from": None,
            "tier": 3,
        },
    ],
    "settings": [
        {
            "name": "two_people_above",
            "about": "Approvals",
            "words": "Two people agree to a plan that commits more than",
            "value": "5000",
            "unit": "money",
        },
        {
            "name": "lifetime_hours",
            "about": "Approvals",
            "words": "A proposal waits for people",
            "value": "24",
            "unit": "hours",
        },
    ],
}
TRIAL: dict[str, Any] = {
    "looked_at": 7,
    "left_out": 0,
    "changed": [
        {
            "approval": "AP-1-1A",
            "case": "CASE-1",
            "title": HOSTILE,
            "money": "240.00",
            "before": "1 to approve",
            "after": "done by rule",
            "became": "carried out",
        }
    ],
    "by_rule": 1,
    "regretted": 0,
}

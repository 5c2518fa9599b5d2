"""A run over scarce units and quotas, as the API answers."""

from typing import Any

from tests.ui.world import HOSTILE
from ui.schemas.allocation import QuotaList, RunReply

DIGEST = "cd" * 32


def run(**changes: Any) -> RunReply:
    """Two lines: one gains what the other loses."""
    before = [{"on": "2026-03-05", "quantity": 40}]
    line = {"order": "SO-1042", "line": 1, "customer": "HARBOR", "customer_name": HOSTILE, "open": 40}
    return RunReply.model_validate(
        {
            "code": "BR-1",
            "item": "V-300",
            "location": "HOUSTON",
            "unit": "EA",
            "rule": "priority",
            "lot": 1,
            "overrides": 0,
            "lines": [
                {**line, "before": before, "after": [{"on": "2026-03-05", "quantity": 15}], "gained": 0, "lost": 25},
                {**line, "order": "SO-3", "before": [], "after": before, "gained": 40, "lost": 0},
            ],
            "issues": [{"subject": "SO-1042/1", "problem": "floor infeasible", "wanted": 40, "given": 15}],
            "digest": DIGEST,
            "committed": False,
            **changes,
        }
    )


def quotas() -> QuotaList:
    """One quota of a customer, partly taken."""
    quota = {
        "code": "Q-WEST",
        "item": "V-300",
        "first": "2026-03-01",
        "last": "2026-03-31",
        "quantity": 100,
        "consumed": 40,
        "left": 60,
        "channel": None,
        "customer": "HARBOR",
        "region": None,
        "borrow": True,
        "released_on": None,
    }
    return QuotaList.model_validate({"items": [quota]})

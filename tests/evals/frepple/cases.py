"""Where frePPLe's models are, and small models of our own in their form."""

import os
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[4] / "shared" / "data" / "frepple" / "cases.json"


def frepple_cases() -> Path:
    """The file; skips where it is absent, which CI does not excuse."""
    if not CASES.exists():
        assert os.environ.get("CI") != "true", f"{CASES} is absent"
        pytest.skip(f"{CASES} is absent")
    return CASES


def case(**tables: Any) -> dict[str, Any]:
    """A model with one item at one place, ten on hand and one demand for four, but for the tables given."""
    return {
        "name": "ours",
        "current": "2020-01-01T00:00:00",
        "item_owner": {},
        "buffers": [{"item": "thing", "location": "shop", "onhand": 10.0, "minimum": 0.0}],
        "itemsuppliers": [],
        "itemdistributions": [],
        "operations_xml": [],
        "demands": [demand()],
        "confirmed": [],
        "needs": [],
        "expected": {"order": {"ship": [["2020-01-03T00:00:00", 4.0]], "short": 0.0}},
    } | tables


def demand(**values: Any) -> dict[str, Any]:
    """Four things wanted on the third of January."""
    return {
        "name": "order",
        "item": "thing",
        "location": "shop",
        "quantity": 4.0,
        "due": "2020-01-03T00:00:00",
        "priority": 1,
        "status": "open",
        "minshipment": None,
        "maxlateness": None,
        "policy": None,
    } | values

"""A work order on the floor, as the API answers."""

from typing import Any

from tests.ui.world import HOSTILE
from ui.schemas.floor import FloorReply


def floor(**changes: Any) -> FloorReply:
    """Two operations, of which the first was begun; four of ten units have passed both."""
    step = {"work_center": "ASSEMBLY", "state": "started", "good": 6, "scrapped": 1, "room": 4}
    return FloorReply.model_validate(
        {
            "number": "WO-12",
            "item": "V-300",
            "item_name": HOSTILE,
            "unit": "EA",
            "location": "HOUSTON",
            "ordered": 10,
            "completed": 2,
            "scrapped": 0,
            "start": "2026-03-01",
            "due": "2026-03-05",
            "stage": "started",
            "version": 7,
            "tracked": "none",
            "steps": [
                {"sequence": 10, "name": HOSTILE, **step},
                {**step, "sequence": 20, "name": "Test", "state": "waiting", "good": 4, "scrapped": 0, "room": 2},
            ],
            "parts": [{"item": "SEAL", "required": 20, "issued": 4}],
            "finishable": 2,
            "may_start": False,
            "next_step": 10,
            **changes,
        }
    )

"""Drafts as the server words them: hostile text where others may write."""

from typing import Any

from tests.ui.world import HOSTILE
from ui.schemas.desk import DraftReply, DraftSource

HEAD = {
    "id": "DRAFT-3",
    "version": 1,
    "state": "asking",
    "open": True,
    "confirmable": False,
    "kind": "order",
    "level": "review",
    "customer": "HARBOR",
    "customer_po": "4711",
    "lines": 1,
    "order": None,
    "repeats": "",
}


def draft_field(name: str, value: str | None, level: str) -> dict[str, Any]:
    """A value of a draft, with somebody's words."""
    return {"name": name, "value": value, "level": level, "quote": HOSTILE, "why": [], "candidates": ["A", "B"]}


def draft(**changes: Any) -> DraftReply:
    """A draft with one doubt."""
    doubt = {
        "name": "line1.item",
        "about": "item",
        "line": 1,
        "quote": "the valves",
        "choices": ["V-300", "V-200"],
        "why": "which valve?",
    }
    line = {
        "number": 1,
        "fields": [draft_field("item", None, "low"), draft_field("quantity", "40", "high")],
        "units": 40,
        "price": "100.00",
        "day": "2026-03-09",
        "why_no_day": "",
    }
    whole = {
        "head": HEAD,
        "sender": HOSTILE,
        "read_by": "rules",
        "language": "en",
        "fields": [draft_field("customer", "HARBOR", "high")],
        "lines": [line],
        "questions": [doubt],
        "settable": ["customer", "line1.item"],
        "notes": [HOSTILE],
    }
    return DraftReply.model_validate({**whole, **changes})


def letters() -> DraftSource:
    """What was received, with a value that was read of it."""
    pieces = [
        {"text": f"{HOSTILE} please send ", "fields": [], "level": None},
        {"text": "40", "fields": ["line1.quantity"], "level": "high"},
    ]
    return DraftSource.model_validate({"items": [{"source": "body", "pieces": pieces}]})


def ready_draft(**changes: Any) -> DraftReply:
    """A draft that only has to be confirmed."""
    return draft(head={**HEAD, "state": "ready", "confirmable": True, **changes}, questions=[])

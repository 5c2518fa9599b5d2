"""The desk's record and what models cost, as the API answers."""

from tests.ui.world import HOSTILE
from ui.schemas.record import DeskRecordReply, ModelRecordReply


def desk_record() -> DeskRecordReply:
    """Five proposals decided on; one plan came out otherwise."""
    predicted = {"lines_late": 2, "lines_uncovered": 0, "exposure": "1200.00"}
    outcome = {"approval": "AP-1-1A", "case": "CASE-1", "executed_at": "2026-03-02T12:00:00Z", "predicted": predicted}
    return DeskRecordReply.model_validate(
        {
            "first": "2026-02-01",
            "last": "2026-03-02",
            "currency": "USD",
            "decided": 5,
            "actions": [
                {
                    "action": "R02",
                    "name": "Transfer",
                    "decided": 5,
                    "taken": 3,
                    "rejected": 1,
                    "changed": 1,
                    "otherwise": 1,
                }
            ],
            "outcomes": [
                {**outcome, "verified": True, "realised": predicted},
                {**outcome, "verified": False, "realised": {**predicted, "lines_late": 3, "exposure": "1500.50"}},
            ],
            "looked_at": 2,
            "as_predicted": 1,
        }
    )


def model_record() -> ModelRecordReply:
    """One model for the chat, some of its calls without a price."""
    use = {
        "model": HOSTILE,
        "purpose": "chat",
        "calls": 4,
        "unused": 1,
        "tokens": 5200,
        "cost": "0.0123",
        "unpriced": 1,
    }
    return ModelRecordReply.model_validate({"first": "2026-02-01", "last": "2026-03-02", "items": [use]})

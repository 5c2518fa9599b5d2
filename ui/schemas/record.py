"""What travels when the desk's own record is asked for: proposals by action, outcomes foretold, use of models."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from ui.schemas import Reply


class ActionReply(Reply):
    """What people made of the desk's proposals with one action."""

    action: str = Field(examples=["R02"])
    name: str = Field(examples=["Transfer"])
    decided: int
    taken: int = Field(description="Carried out as they were proposed.")
    rejected: int
    changed: int = Field(description="Replaced by what somebody made of them.")
    otherwise: int = Field(description="Of those carried out: came out otherwise, were undone or complained of.")


class StandReply(Reply):
    """The whole book after a plan: lines that are late, lines nothing covers, money at risk."""

    lines_late: int
    lines_uncovered: int
    exposure: Decimal


class OutcomeReply(Reply):
    """A plan that was carried out and looked at again."""

    approval: str
    case: str
    executed_at: datetime
    verified: bool
    predicted: StandReply
    realised: StandReply


class DeskRecordReply(Reply):
    """How the desk did in a period; `looked_at` counts all plans looked at again, `outcomes` are the latest of them."""

    first: date
    last: date
    currency: str
    decided: int
    actions: tuple[ActionReply, ...]
    outcomes: tuple[OutcomeReply, ...]
    looked_at: int
    as_predicted: int


class ModelUseReply(Reply):
    """What one model was asked for one purpose. `cost` is in the currency the prices of models are given in; calls
    without a known price are not in it."""

    model: str
    purpose: str
    calls: int
    unused: int = Field(description="Calls that failed, or whose answer was not used.")
    tokens: int
    cost: Decimal
    unpriced: int


class ModelRecordReply(Reply):
    """What models were asked in a period, and what it cost."""

    first: date
    last: date
    items: tuple[ModelUseReply, ...]

"""What the graph remembers of a case: ids and small facts, in JSON values. A bookmark: the database is the truth."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

# Raised when a node is renamed or the meaning of a field changes. A thread of another version is dropped and begun
# anew: `load` finds the approval that waits in the database (ADR 0011).
GRAPH_VERSION = 1

Outcome = Literal[
    "verified",
    "not as predicted",
    "rejected",
    "expired",
    "refused",
    "superseded",
    "observed",
    "stale",
    "denied",
    "no options",
    "case closed",
]


class Ask(TypedDict):
    """One question: to one supplier (`request` is a QuoteRequest or an ExpediteRequest in JSON values), or to the books
    (what to look at)."""

    kind: Literal["quote", "expedite", "look"]
    request: dict[str, Any]


class Finding(TypedDict):
    """One piece of evidence gathered in a round, in JSON values."""

    round: int
    kind: Literal["stock", "quote", "expedite", "refusal", "unanswered", "note", "unseen"]
    found: dict[str, Any]


def of_latest_round(kept: list[Finding], new: list[Finding]) -> list[Finding]:
    """Joins what parallel branches found; a new round leaves the findings of earlier ones behind."""
    both = [*kept, *new]
    latest = max((finding["round"] for finding in both), default=0)
    return [finding for finding in both if finding["round"] == latest]


class Spent(TypedDict):
    """What model calls have cost this case so far; it survives a resume."""

    calls: int
    tokens: int


class Executed(TypedDict):
    """What the core said when asked to execute."""

    state: str
    result: list[str]
    differences: list[str]


class DeskState(TypedDict):
    """The state of a run; a key is there once its node has run. `run` is the id of the
    run, which its budgets and its trace go by; `round` counts how often the case was planned."""

    graph_version: int
    case_id: str
    run: str
    round: int
    findings: Annotated[list[Finding], of_latest_round]
    options: list[str]
    advice: dict[str, Any]
    spent: Spent
    gate: dict[str, Any]
    approval_id: str
    plan_hash: str
    decision: dict[str, Any]
    execution: Executed
    differences: list[str]
    outcome: Outcome
    message: str


class AskState(TypedDict):
    """What one branch of the parallel evidence gets."""

    case_id: str
    round: int
    ask: Ask


class Decision(BaseModel):
    """What wakes a waiting run: the approval was decided or has run out. It is a signal, not the decision: execution
    reads the approval from the database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    approval_id: str
    plan_hash: str
    state: str

"""What the graph remembers of a letter: ids and a few words, in JSON values. The database is the truth."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

# Raised when a node is renamed or the meaning of a field changes; a thread of another version is begun anew.
GRAPH_VERSION = 1

Outcome = Literal["confirmed", "rejected", "superseded", "duplicate", "no order"]


class IntakeState(TypedDict):
    """The state of a run; a key is there once its node has run. `letter` is the content hash of what was received,
    `note` why a model was not used though there is one."""

    graph_version: int
    run: str
    letter: str
    read_by: Literal["rules", "model"]
    note: str
    tokens: int
    draft_id: str
    draft_version: int
    draft_state: str
    settled: dict[str, Any]
    order: str
    outcome: Outcome


class Settled(BaseModel):
    """What wakes a waiting run: somebody did something with the draft. It is a signal; the draft says what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    draft_id: str
    draft_version: int

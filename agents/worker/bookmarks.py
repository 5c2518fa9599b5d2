"""Reading where a run stands. What cannot be read is taken for lost: the database knows all that matters."""

from dataclasses import dataclass
from typing import Any, Literal

import structlog
from langgraph.graph.state import CompiledStateGraph
from pydantic import BaseModel, ConfigDict

from agents.exception_desk.state import GRAPH_VERSION
from core.domain.ids import RunId

Stage = Literal["nowhere", "asking", "between steps", "ended"]
# All that a checkpoint somebody cut, swapped or wrote over was seen to raise; errors of the database are none of these.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError)
_log = structlog.get_logger()


class Question(BaseModel):
    """What a waiting run asks for: a word on this approval."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    approval_id: str
    plan_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Where a run stands: `interrupt` is the id of the question it waits with, `values` its state."""

    stage: Stage
    interrupt: str = ""
    question: Question | None = None
    values: dict[str, Any]

    @property
    def run(self) -> RunId:
        """The id of the run, empty for one that was begun before runs had ids."""
        return RunId(self.values.get("run", ""))


NOWHERE = Bookmark(stage="nowhere", values={})


def read_bookmark(graph: CompiledStateGraph[Any], config: Any) -> Bookmark:
    """The bookmark of a thread; a thread that is not there, of another version or not readable is nowhere."""
    try:
        return _read(graph, config)
    except _UNREADABLE as error:
        _log.warning("checkpoint_unreadable", thread=config["configurable"]["thread_id"], error=type(error).__name__)
        return NOWHERE


def _read(graph: CompiledStateGraph[Any], config: Any) -> Bookmark:
    saved = graph.get_state(config)
    if saved.created_at is None or saved.values.get("graph_version") != GRAPH_VERSION:
        return NOWHERE
    if saved.interrupts:
        (waiting,) = saved.interrupts
        question = Question.model_validate(waiting.value)
        return Bookmark(stage="asking", interrupt=waiting.id, question=question, values=saved.values)
    # Tasks alone: a crash between the writes of a node and the next checkpoint (agents.md, fact 4).
    stage = "between steps" if saved.next or saved.tasks else "ended"
    return Bookmark(stage=stage, values=saved.values)

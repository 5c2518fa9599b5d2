"""Spans: a step is noted where it happens; which trace it belongs to is known from around it."""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from langgraph.errors import GraphBubbleUp

from agents.tracing.attributes import EXECUTE_TOOL, NODE, OPERATION, TOOL_NAME, checked
from core.domain.errors import DomainError
from core.domain.runs import Attribute

OK, WAITING, FAULT = "ok", "waiting", "fault"


@dataclass(slots=True)
class OpenSpan:
    """A step under way; `number` counts the spans of its trace, `parent` is that of the step it is part of."""

    number: int
    parent: int
    name: str
    attributes: dict[str, Attribute] = field(default_factory=dict[str, Attribute])
    status: str = OK

    def say(self, name: str, value: Attribute) -> None:
        """Add an attribute."""
        self.attributes |= checked({name: value})


class Tracer(Protocol):
    """Keeps the spans of one run."""

    def begin(self, name: str, *, parent: int) -> OpenSpan:
        """A step begins."""
        ...

    def end(self, span: OpenSpan) -> None:
        """A step has ended."""
        ...

    def finish(self) -> None:
        """The run has ended, and its end is in the books."""
        ...


class _Nobody:
    """Keeps nothing."""

    def begin(self, name: str, *, parent: int) -> OpenSpan:
        """A step that leaves no trace."""
        return OpenSpan(0, parent, name)

    def end(self, span: OpenSpan) -> None:
        """Forgotten."""

    def finish(self) -> None:
        """Nobody is told."""


TraceFor: TypeAlias = Callable[[str], Tracer]
"""The tracer of a run, given the run's id."""
NOBODY: Tracer = _Nobody()
_tracer: ContextVar[Tracer] = ContextVar("tracer", default=NOBODY)
_parent: ContextVar[int] = ContextVar("parent", default=0)


def no_trace(run: str) -> Tracer:
    """The TraceFor of who keeps no traces."""
    return NOBODY


@contextmanager
def tracing(tracer: Tracer) -> Generator[None]:
    """Spans inside the block, in threads a graph starts too, belong to this tracer's run."""
    tracer_before, parent_before = _tracer.set(tracer), _parent.set(0)
    try:
        yield
    finally:
        _parent.reset(parent_before)
        _tracer.reset(tracer_before)


@contextmanager
def span(
    name: str, attributes: Mapping[str, Attribute] = MappingProxyType({}), *, nests: bool = True
) -> Generator[OpenSpan]:
    """One step, from the beginning to the end of the block. An error gives it its code as status and goes on. With
    `nests` false no step is part of it, and the block may be left from elsewhere than it was entered."""
    tracer = _tracer.get()
    found = tracer.begin(name, parent=_parent.get())
    before = _parent.set(found.number) if nests else None
    try:
        found.attributes |= checked(attributes)
        yield found
    except GraphBubbleUp:  # the graph pauses to ask: no error
        found.status = WAITING
        raise
    except DomainError as error:
        found.status = error.code
        raise
    except Exception:
        found.status = FAULT
        raise
    finally:
        if before is not None:
            _parent.reset(before)
        tracer.end(found)


def tool_span(tool: str) -> AbstractContextManager[OpenSpan]:
    """A call of a tool as a step."""
    return span(f"{EXECUTE_TOOL} {tool}", {OPERATION: EXECUTE_TOOL, TOOL_NAME: tool})


def traced(name: str, node: Callable[..., Any]) -> Callable[..., Any]:
    """A node of a graph as a step. Leave the node that waits for people as it is: nothing but its interrupt may stand
    there."""

    @wraps(node)
    def stepped(*given: Any, **named: Any) -> Any:
        with span(name, {NODE: name}):
            return node(*given, **named)

    return stepped

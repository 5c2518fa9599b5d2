"""Who calls: each request is let in anew, by whoever keeps the door."""

from contextvars import ContextVar
from typing import Any, Protocol

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

from core.domain.errors import DomainError
from tools.provenance import Source
from tools.registry import Toolset
from tools.spec import Cost, ToolOutput, refusal_of

MOST_AT_ONCE = 4
_request: ContextVar[object | None] = ContextVar("mcp_request", default=None)


class House(Protocol):
    """What the server is given of the rest."""

    def admit(self, request: object | None, cost: Cost) -> Toolset:
        """The tools of whoever sent the request (None: the one this process runs for), with a call of this cost
        counted. DomainError for who may not come in, or not so soon again."""
        ...


async def remember_request(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Keep the request at hand for what is read on its behalf; a resource's function is given none."""
    token = _request.set(ctx.request)
    try:
        return await call_next(ctx)
    finally:
        _request.reset(token)


class Caller:
    """Calls tools for whoever sent the request that is at work, in threads: a tool waits for the books.

    What a client sends counts as the words of the person the key belongs to: what partners write in their own words is
    in no answer it gets from here.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._limiter = CapacityLimiter(MOST_AT_ONCE)

    async def call(self, name: str, arguments: dict[str, Any], cost: Cost) -> ToolOutput:
        """What the tool gives, or a Refusal."""
        request = _request.get()
        return await run_sync(self._called, request, name, arguments, cost, limiter=self._limiter)

    def _called(self, request: object | None, name: str, arguments: dict[str, Any], cost: Cost) -> ToolOutput:
        try:
            tools = self._house.admit(request, cost)
        except DomainError as error:
            return refusal_of(error)
        return tools.call(name, arguments, sources=dict.fromkeys(arguments, Source.OPERATOR))

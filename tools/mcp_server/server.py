"""The MCP server: tools, resources and prompts put together, and the two ways to reach it."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeAlias

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from tools.mcp_server.callers import Caller, House, remember_request
from tools.mcp_server.offering import offered
from tools.mcp_server.prompts import add_prompts
from tools.mcp_server.resources import add_resources
from tools.registry import TOOLS

PATH = "/mcp"
LARGEST_BODY = 256 * 1024
INSTRUCTIONS = (
    "Expediter looks after a manufacturer's promises: orders, stock, supply, exception cases and the ways out of them. "
    "Quantities are whole base units, money is in the company's currency, dates are 2026-03-31. Reading tools change "
    "nothing. Tools that begin with propose_ put something before people, who decide elsewhere: nothing here approves. "
    "A refusal has a code and says what to do next: fixable (correct the field named), failed (stop), needs_approval "
    "(propose it). Say only numbers and dates that a tool gave."
)
Asgi: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]


def build_server(house: House, *, version: str) -> MCPServer[Any]:
    """The server; every call of it asks the house who it is for."""
    caller = Caller(house)
    with _logging_as_it_is():
        server: MCPServer[Any] = MCPServer(
            name="expediter",
            title="Expediter",
            instructions=INSTRUCTIONS,
            version=version,
            tools=[offered(tool, caller) for tool in TOOLS],
            middleware=[remember_request],
            subscriptions=False,
            log_level="WARNING",
        )
    add_resources(server, caller)
    add_prompts(server)
    return server


@asynccontextmanager
async def over_http(server: MCPServer[Any], *, hosts: Sequence[str], origins: Sequence[str]) -> AsyncGenerator[Asgi]:
    """The server as an application for one address of a larger one, for as long as the block lasts. Requests stand for
    themselves: any process may answer the next one. `hosts` and `origins` are those it answers, `:*` for any port."""
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST_BODY,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=True, allowed_hosts=list(hosts), allowed_origins=list(origins)
        ),
    )
    async with server.session_manager.run():
        yield app


def over_stdio(server: MCPServer[Any]) -> None:
    """Answer on standard input and output until the client hangs up."""
    anyio.run(server.run_stdio_async)


@contextmanager
def _logging_as_it_is() -> Generator[None]:
    """The server sets up the logging of the whole process when it is made; that is the process's own business."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)

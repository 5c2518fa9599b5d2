"""The doors for machines with a key, beside the routes: tools over the Model Context Protocol, and chat completions."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from anyio import CapacityLimiter
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from agents.worker.houses import McpHouse, bearer
from agents.worker.machines import Machines
from core.domain.errors import DomainError
from core.domain.permissions import Permission
from tools.mcp_server.server import PATH, Asgi, build_server, over_http
from ui.api.errors import ApiError, problem, refused
from ui.api.rates import Rates
from ui.api.routes import completions

MOST_ANSWERS = 8
"""Questions answered at once: each has a thread, and perhaps a model, for as long as it takes."""


@asynccontextmanager
async def machine_doors(
    app: FastAPI, machines: Machines, *, hosts: Sequence[str], version: str
) -> AsyncGenerator[None]:
    """Open them for as long as the block lasts. Of pages in a browser only those of the hosts themselves may call."""
    app.state.machines, app.state.answering = machines, CapacityLimiter(MOST_ANSWERS)
    server = build_server(McpHouse(machines=machines), version=version)
    origins = [f"{scheme}://{host}{port}" for host in hosts for scheme in ("http", "https") for port in ("", ":*")]
    named = [f"{host}{port}" for host in hosts for port in ("", ":*")]
    async with over_http(server, hosts=named, origins=origins) as inner:
        door = Route(PATH, endpoint=_McpDoor(inner, machines, app.state.door.rates))
        app.router.routes.insert(0, door)
        try:
            yield
        finally:
            app.router.routes.remove(door)


def add_machine_routes(app: FastAPI) -> None:
    """The routes of chat completions."""
    app.include_router(completions.router)


class _McpDoor:
    """Lets requests with a good key through to the server, which asks for every call again whose it is."""

    def __init__(self, inner: Asgi, machines: Machines, rates: Rates) -> None:
        self._inner = inner
        self._machines = machines
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            key = await run_in_threadpool(self._machines.check, bearer(Request(scope)), Permission.MCP_USE)
            scope.setdefault("state", {})["key"] = key
            self._rates.admit(key)
        except DomainError as error:
            await refused(error)(scope, receive, send)
        except ApiError as error:
            await problem(error.status, error.code, str(error), headers=error.headers)(scope, receive, send)
        else:
            await self._inner(scope, receive, send)

"""The doors for machines with a key, beside the routes: tools over the Model Context Protocol, and chat completions."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from agents.worker.houses import McpHouse, bearer
from agents.worker.machines import Machines
from core.domain.errors import DomainError
from core.domain.permissions import Permission
from tools.mcp_server.server import PATH, Asgi, build_server, over_http
from ui.api.errors import STATUS_OF, problem
from ui.api.routes import completions


@asynccontextmanager
async def machine_doors(
    app: FastAPI, machines: Machines, *, hosts: Sequence[str], version: str
) -> AsyncGenerator[None]:
    """Open them for as long as the block lasts. Of pages in a browser only those of the hosts themselves may call."""
    app.state.machines = machines
    server = build_server(McpHouse(machines=machines), version=version)
    origins = [f"{scheme}://{host}{port}" for host in hosts for scheme in ("http", "https") for port in ("", ":*")]
    named = [f"{host}{port}" for host in hosts for port in ("", ":*")]
    async with over_http(server, hosts=named, origins=origins) as inner:
        door = Route(PATH, endpoint=_McpDoor(inner, machines))
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

    def __init__(self, inner: Asgi, machines: Machines) -> None:
        self._inner = inner
        self._machines = machines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            token = bearer(Request(scope))
            await run_in_threadpool(self._machines.check, token, Permission.MCP_USE)
        except DomainError as error:
            more: dict[str, Any] = dict(error.details)
            await problem(STATUS_OF.get(error.code, 500), error.code, error.message, more=more)(scope, receive, send)
            return
        await self._inner(scope, receive, send)

"""The application behind the API: routes, error answers and limits put together; nothing is created at import."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Lifespan

from agents.worker.machines import Machines
from ui.api.desk import Desk, Worker
from ui.api.door import Application, Door
from ui.api.entrance import Entrance
from ui.api.errors import answer_errors
from ui.api.guard import LOCAL_HOSTS, Guard
from ui.api.limits import Limiter, Limits
from ui.api.machine_doors import add_machine_routes, machine_doors
from ui.api.metrics import Metrics
from ui.api.openapi import described, methods_at
from ui.api.routes import ROUTERS, signing_in, status_pages
from ui.api.throttle import Throttle

LARGEST_BODY = 1024 * 1024
VERSION = "1"
SUMMARY = "Orders, promises, stock and supply; exception cases, their ways out, and people's decisions on them."


def build_app(
    application: Application,
    *,
    worker: Worker,
    executor: Executor | None = None,
    hosts: Sequence[str] = LOCAL_HOSTS,
    entrance: Entrance | None = None,
    limits: Limits | None = None,
    machines: Machines | None = None,
    plain_webhooks: bool = False,
) -> FastAPI:
    """The API over an application. The worker takes cases as far as they get without a person, in `executor`. With
    `machines` it has the doors for machines with a key; `plain_webhooks` is for development."""
    door = Door(
        application=application,
        desk=Desk(worker, executor=executor),
        throttle=Throttle(),
        machines=machines,
        entrance=entrance or Entrance(),
        plain_webhooks=plain_webhooks,
    )

    app = _Api(hosts=hosts, limits=limits or Limits(), lifespan=_while_served(door, machines, hosts=hosts))
    app.state.door = door
    app.state.methods_at = partial(methods_at, ROUTERS)
    answer_errors(app)
    if machines is not None:
        add_machine_routes(app)
    for router in (*ROUTERS, signing_in.router, status_pages.router):
        app.include_router(router)
    return app


def _while_served(door: Door, machines: Machines | None, *, hosts: Sequence[str]) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def until_stopped(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if machines is not None:
                await stack.enter_async_context(machine_doors(app, machines, hosts=hosts, version=VERSION))
            yield
        door.desk.close()

    return until_stopped


class _Api(FastAPI):
    """Stands behind the guard as a whole, and describes errors by the media type they really have."""

    def __init__(self, *, hosts: Sequence[str], limits: Limits, **settings: Any) -> None:
        super().__init__(
            title="Expediter",
            version=VERSION,
            summary=SUMMARY,
            openapi_url="/v1/openapi.json",
            docs_url=None,  # the pages of /docs and /redoc load scripts from elsewhere
            redoc_url=None,
            max_body_size=LARGEST_BODY,
            telemetry={"tracing": False, "metrics": False},
            **settings,
        )
        self._hosts = tuple(hosts)
        self._limits = limits
        self.state.metrics = Metrics()

    def build_middleware_stack(self) -> ASGIApp:
        """The guard outermost and the limits within, before FastAPI's own error and size middleware."""
        inner = Limiter(super().build_middleware_stack(), self._limits)
        return Guard(self.state.metrics.watching(inner), hosts=self._hosts)

    def openapi(self) -> dict[str, Any]:
        """The description clients read."""
        if self.openapi_schema is None:
            self.openapi_schema = described(super().openapi(), ROUTERS)
        return self.openapi_schema

"""The application behind the API: routes, error answers and limits put together; nothing is created at import."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from ui.api.desk import Desk, Worker
from ui.api.door import Application, Door, Login
from ui.api.errors import answer_errors
from ui.api.guard import LOCAL_HOSTS, Guard
from ui.api.limits import Limiter, Limits
from ui.api.openapi import described
from ui.api.routes import ROUTERS
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
    login: Login | None = None,
    limits: Limits | None = None,
) -> FastAPI:
    """The API over an application. The worker takes cases as far as they get without a person, in `executor`."""
    door = Door(application=application, desk=Desk(worker, executor=executor), throttle=Throttle(), login=login)

    @asynccontextmanager
    async def until_stopped(_: FastAPI) -> AsyncIterator[None]:
        yield
        door.desk.close()

    app = _Api(
        hosts=hosts,
        limits=limits or Limits(),
        title="Expediter",
        version=VERSION,
        summary=SUMMARY,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # the pages of /docs and /redoc load scripts from elsewhere
        redoc_url=None,
        max_body_size=LARGEST_BODY,
        lifespan=until_stopped,
        telemetry={"tracing": False, "metrics": False},
    )
    app.state.door = door
    answer_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    return app


class _Api(FastAPI):
    """Stands behind the guard as a whole, and describes errors by the media type they really have."""

    def __init__(self, *, hosts: Sequence[str], limits: Limits, **settings: Any) -> None:
        super().__init__(**settings)
        self._hosts = tuple(hosts)
        self._limits = limits

    def build_middleware_stack(self) -> ASGIApp:
        """The guard outermost and the limits within, before FastAPI's own error and size middleware."""
        return Guard(Limiter(super().build_middleware_stack(), self._limits), hosts=self._hosts)

    def openapi(self) -> dict[str, Any]:
        """The description clients read."""
        if self.openapi_schema is None:
            self.openapi_schema = described(super().openapi(), ROUTERS)
        return self.openapi_schema

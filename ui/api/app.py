"""The application behind the API: routes, error answers and limits put together; nothing is created at import."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from ui.api.desk import Desk, Worker
from ui.api.door import Application, Door
from ui.api.errors import MEDIA_TYPE, answer_errors
from ui.api.guard import LOCAL_HOSTS, Guard
from ui.api.replays import Replays
from ui.api.routes import approvals, cases, health, orders, quotes, reservations, sessions
from ui.api.sessions import Sessions, Throttle
from ui.schemas import Problem

LARGEST_BODY = 1024 * 1024
VERSION = "1"


def build_app(
    application: Application,
    *,
    worker: Worker,
    executor: Executor | None = None,
    hosts: Sequence[str] = LOCAL_HOSTS,
) -> FastAPI:
    """The API over an application. The worker takes cases as far as they get without a person, in `executor`."""
    door = Door(
        application=application,
        desk=Desk(worker, executor=executor),
        sessions=Sessions(),
        throttle=Throttle(),
        replays=Replays(),
    )

    @asynccontextmanager
    async def until_stopped(_: FastAPI) -> AsyncIterator[None]:
        yield
        door.desk.close()

    app = _Api(
        hosts=hosts,
        title="Expediter",
        version=VERSION,
        summary="Exception cases, their ways out, and people's decisions on them.",
        openapi_url="/v1/openapi.json",
        docs_url=None,  # the pages of /docs and /redoc load scripts from elsewhere
        redoc_url=None,
        max_body_size=LARGEST_BODY,
        lifespan=until_stopped,
        responses={"default": {"model": Problem, "description": "Refused, and why (RFC 9457)"}},
        telemetry={"tracing": False, "metrics": False},
    )
    app.state.door = door
    answer_errors(app)
    for routes in (health, sessions, cases, approvals, reservations, orders, quotes):
        app.include_router(routes.router)
    return app


class _Api(FastAPI):
    """Stands behind the guard as a whole, and describes errors by the media type they really have."""

    def __init__(self, *, hosts: Sequence[str], **settings: Any) -> None:
        super().__init__(**settings)
        self._hosts = tuple(hosts)

    def build_middleware_stack(self) -> ASGIApp:
        """The guard outermost, before FastAPI's own error and size middleware."""
        return Guard(super().build_middleware_stack(), hosts=self._hosts)

    def openapi(self) -> dict[str, Any]:
        """The description clients read."""
        if self.openapi_schema is None:
            for path in super().openapi()["paths"].values():
                for operation in path.values():
                    content = operation["responses"]["default"]["content"]
                    content[MEDIA_TYPE] = content.pop("application/json")
        assert self.openapi_schema is not None
        return self.openapi_schema

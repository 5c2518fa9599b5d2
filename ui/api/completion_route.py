"""The route of the Chat Completions door: bodies are strict JSON, and every error has the form its clients know."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from core.domain.errors import DomainError
from ui.api.completion_reading import CompletionError
from ui.api.completions import error_reply
from ui.api.errors import STATUS_OF, ApiError
from ui.api.strict_json import StrictRequest

SOON = 60
"""Seconds after which a client's library does well to try again by itself."""


class CompletionRoute(APIRoute):
    """Every route of that door."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler behind strict reading, its errors put into that form."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(StrictRequest(request.scope, request.receive))
            except CompletionError as error:
                return error_reply(error.status, error.code, error.message, param=error.param)
            except DomainError as error:
                status = STATUS_OF.get(error.code, 500)
                return error_reply(status, error.code, error.message, headers=_again(error.details))
            except ApiError as error:
                return error_reply(error.status, error.code, error.message, headers=error.headers)
            except RequestValidationError as error:
                first = error.errors()[0]
                param = ".".join(str(part) for part in first["loc"] if part != "body") or None
                return error_reply(400, "invalid_request", f"{param or 'body'}: {first['msg']}", param=param)
            except HTTPException as error:
                return error_reply(400, "invalid_request", str(error.detail))

        return handle


def _again(details: Mapping[str, object]) -> dict[str, str]:
    """When to come again; a client's library does not wait for tomorrow by itself."""
    wait = details.get("retry_after")
    if not isinstance(wait, int):
        return {}
    return {"Retry-After": str(wait), "x-should-retry": "true" if wait <= SOON else "false"}

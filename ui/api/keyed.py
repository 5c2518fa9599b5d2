"""The route of this API: bodies are strict JSON, and a POST under an Idempotency-Key is done once."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse

from core.domain.errors import ConflictError
from core.domain.ids import UserName
from core.ports.identity import GivenReply
from ui.api.door import Door, recognised_at, the_door
from ui.api.errors import ApiError
from ui.api.strict_json import StrictRequest

KEY_HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
LEASE = timedelta(seconds=60)
LONGEST_KEY = 200
KEPT_HEADERS = ("content-type", "location", "etag")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_UNDER_WAY: set[asyncio.Future[Response]] = set()  # the loop itself keeps no task alive
_OWN = "_keyed_by_itself"
_SECRET = "_answers_a_secret"  # noqa: S105 - the name of a mark


def keyed_by_itself(endpoint: Endpoint) -> Endpoint:
    """Mark an endpoint that sees to its Idempotency-Key itself, or whose act may be done any number of times."""
    setattr(endpoint, _OWN, True)
    return endpoint


def answers_a_secret(endpoint: Endpoint) -> Endpoint:
    """Mark an endpoint whose answer is shown once and kept nowhere: asked again under its key it is refused."""
    setattr(endpoint, _SECRET, True)
    return endpoint


class DoorRoute(APIRoute):
    """Every route of the API."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler behind strict reading, and behind the keys where there is something to do once."""
        handler = super().get_route_handler()
        keyed = "POST" in (self.methods or ()) and not getattr(self.endpoint, _OWN, False)
        secret = getattr(self.endpoint, _SECRET, False)

        async def handle(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if not keyed or not _is_key(strict.headers.get(KEY_HEADER, "")):
                return await handler(strict)
            return await _once(strict, handler, secret=secret)

        return handle


async def _once(request: Request, handler: Handler, *, secret: bool) -> Response:
    """Do it, or answer what was answered before. What is refused leaves the key free."""
    door = the_door(request)
    principal, _ = await recognised_at(request, door)
    claim = _Claim(door, principal.name, request.headers[KEY_HEADER], await _fingerprint(request))
    given = await run_in_threadpool(claim.take)
    if given is not None:
        return _again(given)
    # Who is told to come again meanwhile does not end it: what was done is kept, and is the answer next time.
    work = asyncio.ensure_future(_answered(request, handler, claim, secret=secret))
    _UNDER_WAY.add(work)
    work.add_done_callback(_UNDER_WAY.discard)
    return await asyncio.shield(work)


async def _answered(request: Request, handler: Handler, claim: "_Claim", *, secret: bool) -> Response:
    try:
        response = await handler(request)
    except Exception:
        await run_in_threadpool(claim.release)
        raise
    if response.status_code >= 400 or isinstance(response, StreamingResponse):
        await run_in_threadpool(claim.release)
    else:
        await run_in_threadpool(claim.keep, response, secret)
    return response


class _Claim:
    """A key of a caller, for one request."""

    def __init__(self, door: Door, owner: UserName, key: str, fingerprint: str) -> None:
        self._door = door
        self._owner = owner
        self._key = key
        self._fingerprint = fingerprint

    def take(self) -> GivenReply | None:
        try:
            with self._door.open_uow(self._owner) as uow:
                return uow.api_replies.claim(self._owner, self._key, fingerprint=self._fingerprint, lease=LEASE)
        except ConflictError as error:
            raise ApiError(409, "idempotency_in_progress", error.message, headers={"Retry-After": "1"}) from error

    def keep(self, response: Response, secret: bool) -> None:
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        reply = GivenReply(status=response.status_code, headers=headers, body=None if secret else bytes(response.body))
        with self._door.open_uow(self._owner) as uow:
            uow.api_replies.keep(self._owner, self._key, fingerprint=self._fingerprint, reply=reply)

    def release(self) -> None:
        with self._door.open_uow(self._owner) as uow:
            uow.api_replies.release(self._owner, self._key, fingerprint=self._fingerprint)


def _again(given: GivenReply) -> Response:
    if given.body is None:
        raise ApiError(
            409, "secret_shown_once", "this was done before, and its answer held a secret that is shown once only"
        )
    return Response(given.body, given.status, headers={**given.headers, REPLAYED: "true"})


async def _fingerprint(request: Request) -> str:
    parts = (request.method, request.url.path, request.url.query)
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    digest.update(b"\x1f" + await request.body())
    return digest.hexdigest()


def _is_key(text: str) -> bool:
    return 0 < len(text) <= LONGEST_KEY and all("\x21" <= one <= "\x7e" for one in text)

"""Signing in and out by a browser: the form, the way to the company's login and back, the cookie of the session."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from core.bootstrap.application import fresh_session_token, fresh_text
from core.domain.errors import AuthenticationError, DomainError, NotAuthorisedError, NotFoundError
from core.domain.identity import Principal
from core.domain.ids import UserName
from core.domain.users import User
from core.ports.identity_provider import IdentityProvider, LoginRefusedError, LoginUnavailableError
from core.services.accounts import authenticate_password
from core.services.identity import begin_session, by_login, end_session
from ui.api import pages
from ui.api.csrf import check_csrf, csrf_token
from ui.api.door import NOBODY, AtDoor, Door
from ui.api.entrance import FORM, JOURNEY
from ui.api.errors import STATUS_OF, ApiError
from ui.api.journeys import local_path

CALLBACK = "/auth/oidc/callback"
FORM_TYPE = "application/x-www-form-urlencoded"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Onward = Annotated[str, Query(alias="next", max_length=2000)]
Said = Annotated[str, Query(max_length=5000)]
Field = Annotated[str, Form(max_length=2000)]


class PageRoute(APIRoute):
    """A route people see the answers of: what goes wrong is a page too, with the same status and code."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, its refusals shown."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if request.method == "POST" and _media_type(request) != FORM_TYPE:
                return pages.trouble_page(415, "invalid_request", f"a form is sent as {FORM_TYPE}, without files")
            try:
                return await handler(request)
            except DomainError as error:
                return _shown(error)
            except ApiError as error:
                return pages.trouble_page(error.status, error.code, error.message, headers=error.headers)
            except (RequestValidationError, HTTPException):
                return pages.trouble_page(422, "invalid_request", "something is missing from the request, or too long")

        return handle


router = APIRouter(prefix="/auth", route_class=PageRoute, include_in_schema=False)


@router.get("/sign-in")
def sign_in(request: Request, door: AtDoor, onward: Onward = "/") -> HTMLResponse:
    """The ways in; for who is in already, the way on."""
    door.entrance.check_private(request)
    found = _signed_in(request, door)
    if found is not None:
        return pages.signed_in_page(found.name, found.user.role.value, onward=local_path(onward))
    return _ways_in(request, door, local_path(onward))


@router.post("/sign-in")
def sign_in_by_password(
    request: Request,
    door: AtDoor,
    name: Field = "",
    password: Field = "",
    form: Field = "",
    onward: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """A name and a password, sent by the form this server showed this browser."""
    entrance = door.entrance
    entrance.check_private(request)
    if not entrance.local:
        raise NotFoundError("names and passwords do not count here; sign in with your company's login")
    entrance.check_same_origin(request)
    cookie = request.cookies.get(entrance.cookie(request, FORM), "")
    if not cookie:
        return _ways_in(
            request, door, local_path(onward), said="Your browser kept no cookie; try once more.", status=403
        )
    check_csrf(form, cookie)
    try:
        with door.open_uow(NOBODY) as uow:
            door.throttle.admit(name, now=uow.now)
            user = authenticate_password(uow, UserName(name), password)
    except AuthenticationError as error:
        return _ways_in(request, door, local_path(onward), said=error.message, name=name, status=401)
    door.throttle.forget(name)
    return _let_in(request, door, user, local_path(onward))


@router.get("/oidc/start")
def to_login(request: Request, door: AtDoor, onward: Onward = "/") -> Response:
    """On the way to the company's login."""
    entrance = door.entrance
    entrance.check_private(request)
    provider = _provider(door)
    now = entrance.clock()
    return_to = f"{entrance.base(request)}{CALLBACK}"
    journey, sealed = entrance.journeys.begin(return_to=return_to, onward=local_path(onward), now=now)
    response = RedirectResponse(provider.way_in(journey, now=now), 303, headers=pages.HEADERS)
    entrance.give(request, response, sealed, JOURNEY)
    return response


@router.get("/oidc/callback")
def from_login(
    request: Request, door: AtDoor, code: Said = "", state: Said = "", error: Said = "", iss: Said | None = None
) -> Response:
    """Back from it: with a code, which is exchanged for the word on who this is, or with a refusal."""
    entrance = door.entrance
    entrance.check_private(request)
    provider = _provider(door)
    now = entrance.clock()
    begun = entrance.journeys.take(request.cookies.get(entrance.cookie(request, JOURNEY), ""), state, now=now)
    if error:
        raise LoginRefusedError(f"{provider.name} let nobody in ({error[:80]!a}); try again")
    vouched = provider.arrived(code, begun.journey, issuer=iss, now=now)
    with door.open_uow(NOBODY) as uow:
        user = by_login(uow, issuer=vouched.issuer, subject=vouched.subject, called=vouched.called)
    response = _let_in(request, door, user, begun.onward)
    entrance.take(request, response, JOURNEY)
    return response


@router.get("/sign-out")
def sign_out(request: Request, door: AtDoor) -> HTMLResponse:
    """Asks first: a link elsewhere can lead here, but signs nobody out."""
    found = _signed_in(request, door)
    if found is not None:
        return pages.sign_out_page(found.name, csrf=csrf_token(_cookie(request, door)))
    provider = door.entrance.provider
    return pages.signed_out_page(
        login=None if provider is None else provider.name, way_out=_way_out(request, door, provider)
    )


@router.post("/sign-out")
def sign_out_by_form(request: Request, door: AtDoor, csrf: Field = "") -> Response:
    """The session ends, wherever else its token was copied to."""
    entrance = door.entrance
    entrance.check_same_origin(request)
    token = _cookie(request, door)
    if token:
        check_csrf(csrf, token)
        with door.open_uow(NOBODY) as uow:
            end_session(uow, token)
    response = RedirectResponse(pages.SIGN_OUT, 303, headers=pages.HEADERS)
    entrance.take(request, response)
    return response


def _ways_in(
    request: Request, door: Door, onward: str, *, said: str | None = None, name: str = "", status: int = 200
) -> HTMLResponse:
    entrance = door.entrance
    cookie = request.cookies.get(entrance.cookie(request, FORM)) or fresh_text()
    response = pages.sign_in_page(
        onward=onward,
        form=csrf_token(cookie) if entrance.local else None,
        login=None if entrance.provider is None else entrance.provider.name,
        said=said,
        name=name,
        status=status,
    )
    if entrance.local:
        entrance.give(request, response, cookie, FORM)
    return response


def _let_in(request: Request, door: Door, user: User, onward: str) -> Response:
    """A new session; one that the browser had before ends, so that nobody can have chosen it."""
    token, before = fresh_session_token(), _cookie(request, door)
    with door.open_uow(user.name) as uow:
        if before:
            end_session(uow, before)
        begin_session(uow, user, token=token)
    response = RedirectResponse(onward, 303, headers=pages.HEADERS)
    door.entrance.give(request, response, token)
    door.entrance.take(request, response, FORM)
    return response


def _signed_in(request: Request, door: Door) -> Principal | None:
    token = _cookie(request, door)
    try:
        return door.recognise(token) if token else None
    except AuthenticationError:
        return None


def _cookie(request: Request, door: Door) -> str:
    return request.cookies.get(door.entrance.cookie(request), "")


def _provider(door: Door) -> IdentityProvider:
    if door.entrance.provider is None:
        raise NotFoundError("no company's login is configured here")
    return door.entrance.provider


def _media_type(request: Request) -> str:
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _way_out(request: Request, door: Door, provider: IdentityProvider | None) -> str | None:
    if provider is None:
        return None
    try:
        return provider.way_out(return_to=f"{door.entrance.base(request)}{pages.SIGN_IN}", now=door.entrance.clock())
    except LoginUnavailableError:
        return None


def _shown(error: DomainError) -> HTMLResponse:
    if isinstance(error, NotAuthorisedError) and {"issuer", "subject"} <= error.details.keys():
        return pages.unknown_person_page(issuer=str(error.details["issuer"]), subject=str(error.details["subject"]))
    return pages.trouble_page(STATUS_OF.get(error.code, 500), error.code, error.message)

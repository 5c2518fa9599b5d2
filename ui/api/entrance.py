"""How people come in: by a name and a password or by their company's login, and the cookies they are known by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from fastapi import Request, Response

from core.bootstrap.application import fresh_text
from core.bootstrap.logins import configured_login, journey_key
from core.config import Environment
from core.domain.errors import UsageError
from core.domain.identity import SESSION_LIFETIME
from core.ports.identity_provider import IdentityProvider, LoginRefusedError, Vouched
from ui.api.errors import ApiError
from ui.api.guard import without_port
from ui.api.journeys import JOURNEY_LIFE, Journeys

# A name that begins so is taken by browsers only over TLS, from this host itself, for all of it.
SECURE_COOKIE: Final = "__Host-expediter"
PLAIN_COOKIE: Final = "expediter"
FORM, JOURNEY = "form", "journey"
_LIFE: Final = {"": SESSION_LIFETIME, FORM: SESSION_LIFETIME, JOURNEY: JOURNEY_LIFE}
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """`provider` is the company's login, None where there is none; `local` says whether names and passwords count;
    `public` is the address people see, None where it is the one they ask. The clock is the world's, for a login's
    tokens are, whatever day the books are at."""

    provider: IdentityProvider | None = None
    local: bool = True
    public: str | None = None
    journeys: Journeys = field(default_factory=lambda: Journeys(fresh_text().encode()))
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host of the public address, by which requests may come beside those of this machine."""
        host = (self.public or "").partition("://")[2]
        return (without_port(host),) if host else ()

    @property
    def for_this_machine(self) -> bool:
        """Whether names and passwords count and nobody comes from elsewhere."""
        return self.local and self.public is None

    def bearer(self, token: str) -> Vouched:
        """Who the company's login made the token out for; LoginRefusedError where there is no login."""
        if self.provider is None:
            raise LoginRefusedError("no company's login is configured here; send a session's token or an API key")
        return self.provider.bearer(token, now=self.clock())

    def base(self, request: Request) -> str:
        """The address of this server as people see it, without a path."""
        return self.public or f"{request.url.scheme}://{request.url.netloc}"

    def is_secure(self, request: Request) -> bool:
        """Whether what is sent can be read by nobody on the way."""
        return self.base(request).startswith("https://")

    def check_private(self, request: Request) -> None:
        """403 where a password or cookie would cross a network in the open."""
        if not self.is_secure(request) and request.url.hostname not in _LOOPBACK:
            raise ApiError(
                403, "sign_in_refused", "signing in is for https only; set EXPEDITER_PUBLIC_URL behind a proxy with TLS"
            )

    def check_same_origin(self, request: Request) -> None:
        """403 for what the page of another site sends; programs that are no browser say nothing of it."""
        origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
        if site not in {None, "same-origin"} or origin not in {None, self.base(request)}:
            raise ApiError(403, "csrf_refused", f"a page elsewhere sent this; only {self.base(request)} may")

    def cookie(self, request: Request, what: str = "") -> str:
        """The name of a cookie: the session's, or another one's."""
        name = SECURE_COOKIE if self.is_secure(request) else PLAIN_COOKIE
        return f"{name}-{what}" if what else name

    def give(self, request: Request, response: Response, value: str, what: str = "") -> None:
        """Have the browser keep a cookie, which no script reads and no other site's request but a link carries."""
        life = int(_LIFE[what].total_seconds())
        response.set_cookie(
            self.cookie(request, what),
            value,
            max_age=life,
            path="/",
            secure=self.is_secure(request),
            httponly=True,
            samesite="lax",
        )

    def take(self, request: Request, response: Response, what: str = "") -> None:
        """Have the browser forget it."""
        response.delete_cookie(
            self.cookie(request, what), path="/", secure=self.is_secure(request), httponly=True, samesite="lax"
        )


def configured_entrance(environment: Environment) -> Entrance:
    """The entrance as the environment describes it. Where there is a company's login, names and passwords count only
    if that is said."""
    provider = configured_login(environment)
    local = environment.expediter_local_sign_in
    if provider is None and local is False:
        raise UsageError("EXPEDITER_LOCAL_SIGN_IN is off and EXPEDITER_OIDC_ISSUER not set: nobody could sign in")
    return Entrance(
        provider=provider,
        local=provider is None if local is None else local,
        public=_public(environment.expediter_public_url),
        journeys=Journeys(journey_key(environment)),
    )


def _public(address: str | None) -> str | None:
    if address is None:
        return None
    scheme, _, host = address.rstrip("/").partition("://")
    if scheme not in {"http", "https"} or not host or set(host) & set("/?#@ \\") or not host.isascii():
        raise UsageError(f"EXPEDITER_PUBLIC_URL {address!r} is not an address such as 'https://expediter.example'")
    return f"{scheme}://{host.lower()}"

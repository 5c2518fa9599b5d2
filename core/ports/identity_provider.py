"""A company's own login (OpenID Connect): it says who somebody is, and nothing of what they may do here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.domain.errors import AuthenticationError, DomainError


class LoginUnavailableError(DomainError):
    """The company's login does not answer, or not in a way that can be read; nobody is signed in or out by that."""

    code = "login_unavailable"


class LoginRefusedError(AuthenticationError):
    """What was shown does not prove that the company's login vouches for anybody."""

    code = "login_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a browser leaves for the login with, and what it comes back with counts only for. All three are random text
    made at the edge; `return_to` is the address it comes back to."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Somebody the login vouches for. `called` is the name it gives, where it is trusted to name people here."""

    issuer: str
    subject: str
    called: str | None = None


class IdentityProvider(Protocol):
    """A login. `now` is the time of the world outside, whatever day the books are at. LoginUnavailableError where it
    does not answer, LoginRefusedError where it does not vouch."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def way_in(self, journey: Journey, *, now: datetime) -> str:
        """The address a browser is sent to."""
        ...

    def arrived(self, code: str, journey: Journey, *, issuer: str | None = None, now: datetime) -> Vouched:
        """Who came back with a code, which counts once; `issuer` is who the answer says it is by, where it does."""
        ...

    def bearer(self, token: str, *, now: datetime) -> Vouched:
        """Who a token was made out for, if it is one for this API."""
        ...

    def way_out(self, *, return_to: str, now: datetime) -> str | None:
        """The address where a browser signs out there too; None where there is none."""
        ...

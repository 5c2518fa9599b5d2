"""Any OpenID provider: discovered, asked by the authorization code flow with PKCE, its tokens checked with its keys."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote_plus, urlencode

from pydantic import ValidationError

from core.connectors.exchange import Answer, Call, NoAnswerError, Patience, exchange
from core.connectors.oidc_kept import Kept
from core.connectors.oidc_tokens import Claims, Expected, Jwk, subject_of, verified
from core.connectors.oidc_wire import DiscoveryAnswer, KeysAnswer, TokenAnswer, TokenRefusal, checked_address
from core.connectors.strict import Inbound, UnreadableError, fault_of, shown
from core.domain.errors import InvalidValueError
from core.ports.identity_provider import Journey, LoginRefusedError, LoginUnavailableError, Vouched

DEADLINE_SECONDS = 5.0
LONGEST_CODE = 4096
DEFAULT_NAME = "your company's login"
SCOPES = "openid profile email"
JSON, KEY_SET = "application/json", "application/jwk-set+json"
_Read = TypeVar("_Read", bound=Inbound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the provider knows this program as. Without a secret it is a public client. `audience` is what tokens for
    the API are made out to, None where none are taken; `user_claim` names the claim that may name a user here."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    audience: str | None = None
    name: str = DEFAULT_NAME
    user_claim: str | None = None

    def __post_init__(self) -> None:
        try:
            checked_address(self.issuer)
        except ValueError as error:
            raise InvalidValueError(f"issuer {self.issuer!r} is not {error}", field="issuer") from None
        if "?" in self.issuer:
            raise InvalidValueError(f"issuer {self.issuer!r} has a query; an issuer has none", field="issuer")


class OidcProvider:
    """The login port over HTTP; safe to share between threads. Nothing is fetched before it is needed."""

    def __init__(
        self,
        registration: Registration,
        *,
        patience: Patience | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._as = registration
        self._patience = patience or Patience(tries=2)
        self._deadline = deadline_seconds
        self._discovered = Kept(self._discover)
        self._keys = Kept(self._fetch_keys)

    @property
    def name(self) -> str:
        """What people call it."""
        return self._as.name

    def way_in(self, journey: Journey, *, now: datetime) -> str:
        """The address a browser is sent to."""
        digest = hashlib.sha256(journey.verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": self._as.client_id,
            "redirect_uri": journey.return_to,
            "scope": SCOPES,
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return _with_query(self._discovered.value(now).authorization_endpoint, asked)

    def arrived(self, code: str, journey: Journey, *, issuer: str | None = None, now: datetime) -> Vouched:
        """Who came back with a code, which counts once. `issuer` is who the answer says it is by (RFC 9207)."""
        says_who = self._discovered.value(now).authorization_response_iss_parameter_supported
        if issuer != self._as.issuer and (issuer is not None or says_who):
            raise LoginRefusedError(f"the answer is by {shown(issuer)}; accepted is {self._as.issuer!r}")
        if not 0 < len(code) <= LONGEST_CODE or not code.isascii() or not code.isprintable():
            raise LoginRefusedError("the login sent no code")
        answer = self._exchanged(code, journey, self._discovered.value(now))
        expected = Expected(issuer=self._as.issuer, audience=self._as.client_id, nonce=journey.nonce)
        return self._vouched(verified(answer.id_token, lambda newer: self._known_keys(now, newer), expected, now=now))

    def bearer(self, token: str, *, now: datetime) -> Vouched:
        """Who a token was made out for, if it is one for this API."""
        if self._as.audience is None:
            raise LoginRefusedError("tokens of the company's login are not taken here: no audience is configured")
        expected = Expected(issuer=self._as.issuer, audience=self._as.audience)
        return self._vouched(verified(token, lambda newer: self._known_keys(now, newer), expected, now=now))

    def way_out(self, *, return_to: str, now: datetime) -> str | None:
        """The address where a browser signs out there too; None where there is none."""
        address = self._discovered.value(now).end_session_endpoint
        if address is None:
            return None
        return _with_query(address, {"client_id": self._as.client_id, "post_logout_redirect_uri": return_to})

    def _vouched(self, claims: Claims) -> Vouched:
        claim = self._as.user_claim
        called = None if claim is None else claims.get(claim)
        if claim == "email" and claims.get("email_verified") is not True:
            called = None  # anybody may say that an address is theirs
        named = isinstance(called, str) and 0 < len(called) <= 100 and called.isprintable()
        return Vouched(issuer=self._as.issuer, subject=subject_of(claims), called=str(called) if named else None)

    def _exchanged(self, code: str, journey: Journey, discovered: DiscoveryAnswer) -> TokenAnswer:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": journey.return_to,
            "code_verifier": journey.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self._as.client_secret is None:
            form["client_id"] = self._as.client_id
        elif _posts_secret(discovered.token_endpoint_auth_methods_supported):
            form |= {"client_id": self._as.client_id, "client_secret": self._as.client_secret}
        else:
            headers["Authorization"] = _basic(self._as.client_id, self._as.client_secret)
        call = Call(
            method="POST",
            url=discovered.token_endpoint,
            headers=headers,
            content=urlencode(form).encode("ascii"),
            repeatable=False,
            deadline_seconds=self._deadline,
        )
        answer = self._answer(call)
        if 400 <= answer.status < 500:
            raise self._refusal(answer)
        return self._read(answer, TokenAnswer, what="answer to a code")

    def _refusal(self, answer: Answer) -> LoginRefusedError | LoginUnavailableError:
        try:
            said = TokenRefusal.model_validate(answer.json()).error
        except (ValidationError, UnreadableError):
            said = f"status {answer.status}"
        if said == "invalid_grant":
            return LoginRefusedError("the login does not take the code: it was used, is too old, or another's")
        return LoginUnavailableError(f"the login does not let this program ask ({shown(said)}); see its settings there")

    def _discover(self, now: datetime) -> DiscoveryAnswer:
        address = f"{self._as.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._read(self._get(address), DiscoveryAnswer, what="discovery document")
        if found.issuer != self._as.issuer:
            raise LoginUnavailableError(
                f"the login at {self._as.issuer!r} calls itself {shown(found.issuer)}; configure exactly that"
            )
        return found

    def _fetch_keys(self, now: datetime) -> Sequence[Jwk]:
        return self._read(self._get(self._discovered.value(now).jwks_uri), KeysAnswer, what="keys").keys

    def _known_keys(self, now: datetime, newer: bool) -> Sequence[Jwk]:
        return self._keys.renewed(now) if newer else self._keys.value(now)

    def _get(self, address: str) -> Answer:
        return self._answer(
            Call(method="GET", url=address, headers={}, repeatable=True, deadline_seconds=self._deadline)
        )

    def _answer(self, call: Call) -> Answer:
        try:
            return exchange(call, patience=self._patience)
        except NoAnswerError as error:
            raise LoginUnavailableError(f"the login does not answer ({error.reason}); try again") from error

    def _read(self, answer: Answer, model: type[_Read], *, what: str) -> _Read:
        try:
            if answer.status != 200:
                raise UnreadableError(field="status", value=str(answer.status), accepted="200")
            if answer.content_type.partition(";")[0].strip().lower() == KEY_SET:
                answer = replace(answer, content_type=JSON)
            return model.model_validate(answer.json())
        except ValidationError as error:
            raise LoginUnavailableError(f"the login's {what} cannot be read: {fault_of(error)}") from error
        except UnreadableError as error:
            raise LoginUnavailableError(f"the login's {what} cannot be read: {error}") from error


def _posts_secret(methods: Sequence[str]) -> bool:
    return "client_secret_basic" not in methods and "client_secret_post" in methods


def _basic(client_id: str, secret: str) -> str:
    """Both are encoded as in a form first (RFC 6749, 2.3.1)."""
    both = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(both.encode('ascii')).decode()}"


def _with_query(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

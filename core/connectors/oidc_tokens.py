"""Whether a signed token (JWT) counts: by whom, for whom, until when, and with which of the provider's keys."""

import hmac
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

import jwt

from core.connectors.oidc_wire import LONGEST_TOKEN
from core.connectors.strict import shown
from core.ports.identity_provider import LoginRefusedError

LEEWAY = timedelta(seconds=60)
SMALLEST_RSA_BITS = 2048
LONGEST_SUBJECT = 255
# Public keys only. `none` and the HS family, whose key would be a secret shared or the public key's text, never count.
KIND_OF: Final[Mapping[str, tuple[str, str | None]]] = {
    **{f"{family}{bits}": ("RSA", None) for family in ("RS", "PS") for bits in (256, 384, 512)},
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
}
_UNCHECKED = dict.fromkeys(
    ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub", "verify_jti"), False
)
Jwk = Mapping[str, object]
Claims = Mapping[str, object]
Keys = Callable[[bool], Sequence[Jwk]]
"""The provider's keys; asked with True it looks for newer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must be. With a nonce it is an ID token, the answer to one journey; without, one for the API."""

    issuer: str
    audience: str
    nonce: str | None = None


def verified(token: str, keys: Keys, expected: Expected, *, now: datetime) -> Claims:
    """The claims of a token that counts at `now`; LoginRefusedError for any other text."""
    header = _header(token)
    algorithm, key_id = _algorithm(header), header.get("kid")
    _check_type(header, expected)
    claims = _signed(token, algorithm, _fitting(keys(False), algorithm, key_id))
    if claims is None:
        claims = _signed(token, algorithm, _fitting(keys(True), algorithm, key_id))
    if claims is None:
        raise LoginRefusedError("the token is signed by none of the login's keys")
    _check_parties(claims, expected)
    _check_times(claims, now.timestamp(), id_token=expected.nonce is not None)
    _check_nonce(claims, expected.nonce)
    return claims


def subject_of(claims: Claims) -> str:
    """Whom the token is about."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise LoginRefusedError(f"the token's subject {shown(subject)} is none; accepted are 1 to 255 characters")
    return subject


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > LONGEST_TOKEN:
        raise LoginRefusedError(f"a token of {len(token)} characters is none; accepted are up to {LONGEST_TOKEN}")
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise LoginRefusedError("this is no signed token") from None


def _algorithm(header: Mapping[str, Any]) -> str:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KIND_OF:
        raise LoginRefusedError(f"the token is signed by {shown(algorithm)}; accepted are {', '.join(KIND_OF)}")
    return algorithm


def _check_type(header: Mapping[str, Any], expected: Expected) -> None:
    """A logout token or an access token is no ID token, whoever it was made out for (RFC 8725, 3.11)."""
    kind = str(header.get("typ", "JWT")).lower().removeprefix("application/")
    if kind not in ({"jwt"} if expected.nonce is not None else {"jwt", "at+jwt"}):
        raise LoginRefusedError(f"a token of type {shown(header.get('typ'))} is for something else")


def _fitting(keys: Sequence[Jwk], algorithm: str, key_id: object) -> list[jwt.PyJWK]:
    """The keys a token may be signed with: the one it names, or where it names none all of its kind."""
    found = [_key(one, algorithm) for one in keys if key_id is None or one.get("kid") == key_id]
    return [one for one in found if one is not None]


def _key(key: Jwk, algorithm: str) -> jwt.PyJWK | None:
    kind, curve = KIND_OF[algorithm]
    if key.get("kty") != kind or key.get("use", "sig") != "sig" or key.get("alg", algorithm) != algorithm:
        return None
    if curve is not None and key.get("crv") != curve:
        return None
    try:
        made = jwt.PyJWK(cast("dict[str, Any]", {**key}), algorithm)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        return None
    if kind == "RSA" and made.key.key_size < SMALLEST_RSA_BITS:
        return None
    return made


def _signed(token: str, algorithm: str, keys: Sequence[jwt.PyJWK]) -> Claims | None:
    """The claims, if one of the keys signed them. What they say is checked by us: against the time given."""
    for key in keys:
        try:
            return jwt.decode(token, key, algorithms=[algorithm], options=cast("Any", _UNCHECKED))
        except jwt.InvalidSignatureError:
            continue
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise LoginRefusedError("this is no signed token") from None
    return None


def _check_parties(claims: Claims, expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise LoginRefusedError(f"the token is by {shown(claims.get('iss'))}; accepted is {expected.issuer!r}")
    audience: object = claims.get("aud")
    named = cast("list[object]", audience) if isinstance(audience, list) else [audience]
    if expected.audience not in named:
        raise LoginRefusedError(f"the token is for {shown(claims.get('aud'))}; accepted is {expected.audience!r}")
    if expected.nonce is None:
        return
    party = claims.get("azp")
    if party != expected.audience and (party is not None or len(named) > 1):
        raise LoginRefusedError(f"the token was given to {shown(party)}; accepted is {expected.audience!r}")


def _check_times(claims: Claims, now: float, *, id_token: bool) -> None:
    leeway = LEEWAY.total_seconds()
    expires, begins, issued = (_instant(claims, name) for name in ("exp", "nbf", "iat"))
    if expires is None or (issued is None and id_token):
        raise LoginRefusedError("the token does not say since when and until when it counts")
    if now >= expires + leeway:
        raise LoginRefusedError("the token has expired; sign in again")
    if any(one is not None and one > now + leeway for one in (begins, issued)):
        raise LoginRefusedError("the token does not count yet; compare the clocks of the login and of this machine")


def _instant(claims: Claims, name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**11 or math.isnan(value):
        raise LoginRefusedError(f"the token's {name} {shown(value)} is no time")
    return float(value)


def _check_nonce(claims: Claims, nonce: str | None) -> None:
    said = claims.get("nonce")
    if nonce is None:
        if said is not None:
            raise LoginRefusedError("an ID token is for signing in, not for the API; send an access token")
        return
    if not isinstance(said, str) or not hmac.compare_digest(said.encode("utf-8", "surrogatepass"), nonce.encode()):
        raise LoginRefusedError("the token answers another journey; sign in again")

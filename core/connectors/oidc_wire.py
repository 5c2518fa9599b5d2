"""What OpenID providers send: the discovery document, the keys, the answer to a code."""

from ipaddress import ip_address
from typing import Annotated

import httpx
from pydantic import AfterValidator, Field

from core.connectors.strict import Inbound

LONGEST_TOKEN = 16_384
LOOPBACK_NAMES = frozenset({"localhost"})


def checked_address(text: str) -> str:
    """The text, if it is an address one may send a person or a secret to: https, or http on this machine."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL()
    plain = url.scheme == "http" and is_loopback(url.host)
    if not url.host or url.userinfo or url.fragment or not (url.scheme == "https" or plain):
        raise ValueError("an address that begins with https:// (http:// on this machine only)")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host of an address is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


Address = Annotated[
    str, Field(strict=True, max_length=2000, pattern=r"^[\x21-\x7e]+$"), AfterValidator(checked_address)
]
Word = Annotated[str, Field(strict=True, max_length=200)]


class DiscoveryAnswer(Inbound):
    """GET /.well-known/openid-configuration"""

    issuer: Annotated[str, Field(strict=True, max_length=2000)]
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    end_session_endpoint: Address | None = None
    token_endpoint_auth_methods_supported: tuple[Word, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class KeysAnswer(Inbound):
    """GET of the keys: what they are is looked at one by one, for one that is not understood harms no other."""

    keys: Annotated[tuple[dict[str, object], ...], Field(max_length=100)]


class TokenAnswer(Inbound):
    """The answer to a code. The access token is not looked at: nothing is asked in the person's name."""

    id_token: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_TOKEN)]


class TokenRefusal(Inbound):
    """The answer to a code that is not taken (RFC 6749, 5.2)."""

    error: Word

"""The company's login, as the environment names it."""

import hashlib
import secrets

from core.config import Environment
from core.connectors.oidc import DEFAULT_NAME, OidcProvider, Registration
from core.domain.errors import UsageError
from core.ports.identity_provider import IdentityProvider

_PREFIX = "expediter_oidc_"


def configured_login(environment: Environment) -> IdentityProvider | None:
    """The login people come in by; None where none is named. UsageError for half a setting."""
    issuer, client_id = environment.expediter_oidc_issuer, environment.expediter_oidc_client_id
    if issuer is None:
        _check_nothing_else(environment)
        return None
    if client_id is None:
        raise UsageError("EXPEDITER_OIDC_ISSUER is set, EXPEDITER_OIDC_CLIENT_ID is not; a login needs both")
    return OidcProvider(
        Registration(
            issuer=issuer,
            client_id=client_id,
            client_secret=environment.expediter_oidc_client_secret,
            audience=environment.expediter_oidc_audience,
            name=environment.expediter_oidc_name or DEFAULT_NAME,
            user_claim=environment.expediter_oidc_user_claim,
        )
    )


def journey_key(environment: Environment) -> bytes:
    """What journeys to the login are sealed with: the same in every process of an installation that has a client
    secret; else of this process only, so that who left by one process has to come back by it."""
    secret = environment.expediter_oidc_client_secret
    if secret is None:
        return secrets.token_bytes(32)
    return hashlib.sha256(b"expediter journey\0" + secret.encode("utf-8", "surrogatepass")).digest()


def _check_nothing_else(environment: Environment) -> None:
    for name in type(environment).model_fields:
        if name.startswith(_PREFIX) and getattr(environment, name) is not None:
            raise UsageError(f"{name.upper()} is set, EXPEDITER_OIDC_ISSUER is not; a login needs it")

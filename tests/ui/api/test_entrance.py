"""What the environment says of signing in, and what it may not say."""

from datetime import UTC, datetime

import pytest

from core.config import Environment
from core.domain.errors import DomainError, UsageError
from ui.api.entrance import configured_entrance

LOGIN = {"expediter_oidc_issuer": "https://login.example/realm", "expediter_oidc_client_id": "expediter"}


def said(**settings: object) -> Environment:
    return Environment.model_validate(settings)


def test_nothing_said_means_names_and_passwords_on_this_machine() -> None:
    entrance = configured_entrance(said())

    assert (entrance.provider, entrance.local, entrance.public, entrance.hosts) == (None, True, None, ())


def test_a_login_takes_the_place_of_passwords_unless_both_are_wanted() -> None:
    alone = configured_entrance(said(**LOGIN, expediter_oidc_name="Acme login"))
    both = configured_entrance(said(**LOGIN, expediter_local_sign_in=True))

    assert alone.provider is not None
    assert (alone.provider.name, alone.local) == ("Acme login", False)
    assert both.provider is not None
    assert (both.provider.name, both.local) == ("your company's login", True)


@pytest.mark.parametrize(
    ("address", "public", "hosts"),
    [
        ("https://Expediter.example/", "https://expediter.example", ("expediter.example",)),
        ("https://expediter.example:8443", "https://expediter.example:8443", ("expediter.example",)),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000", ("127.0.0.1",)),
    ],
)
def test_the_public_address_names_a_host_that_is_served(address: str, public: str, hosts: tuple[str, ...]) -> None:
    entrance = configured_entrance(said(expediter_public_url=address))

    assert (entrance.public, entrance.hosts) == (public, hosts)


@pytest.mark.parametrize(
    "settings",
    [
        {"expediter_oidc_client_id": "expediter"},
        {"expediter_oidc_audience": "api"},
        {"expediter_oidc_issuer": "https://login.example"},
        {**LOGIN, "expediter_oidc_issuer": "http://login.example"},
        {"expediter_local_sign_in": False},
        {"expediter_public_url": "expediter.example"},
        {"expediter_public_url": "https://expediter.example/path"},
        {"expediter_public_url": "https://u:p@expediter.example"},
        {"expediter_public_url": "ftp://expediter.example"},
    ],
)
def test_half_a_setting_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(DomainError) as refused:
        configured_entrance(said(**settings))

    assert refused.value.code in {UsageError.code, "invalid_value"}


def test_processes_with_one_client_secret_take_up_each_others_journeys() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    one, other = (configured_entrance(said(**LOGIN, expediter_oidc_client_secret="s3cret")) for _ in range(2))
    journey, sealed = one.journeys.begin(return_to="https://x.example/auth/oidc/callback", onward="/a", now=noon)

    assert other.journeys.take(sealed, journey.state, now=noon).journey == journey

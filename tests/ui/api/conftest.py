"""A company's login beside the API, and a browser in front of both."""

from collections.abc import Iterator

import pytest

from core.connectors.exchange import Patience
from core.connectors.oidc import OidcProvider, Registration
from tests.core.connectors.oidc_provider import AUDIENCE, CLIENT, Provider, providing
from tests.ui.api.browsing import Browser, Watch
from tests.ui.world import World
from ui.api.entrance import Entrance


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def entrance(provider: Provider, watch: Watch) -> Entrance:
    registration = Registration(issuer=provider.url, client_id=CLIENT, audience=AUDIENCE, name="Acme login")
    return Entrance(provider=OidcProvider(registration, patience=Patience(tries=1)), local=True, clock=watch)


@pytest.fixture
def browser(world: World, entrance: Entrance) -> Browser:
    return Browser(world, entrance, hosts=("127.0.0.1",))

"""A browser as tests of signing in need it: each step seen, cookies kept; and the way through a login and back."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import UserName
from core.services.identity import link_login
from tests.core.connectors.oidc_provider import NOON, Provider, signed
from tests.ui.conftest import ADDRESS
from tests.ui.world import PASSWORD, AtOnce, World
from ui.api.app import build_app
from ui.api.entrance import Entrance


class Browser:
    """Follows no redirect and keeps its cookies, as a test must see each step."""

    def __init__(self, world: World, entrance: Entrance, *, address: str = ADDRESS, hosts: tuple[str, ...]) -> None:
        app = build_app(world, worker=world.given, executor=AtOnce(), hosts=hosts, entrance=entrance)
        self.http = TestClient(app, base_url=address, follow_redirects=False, raise_server_exceptions=False)

    def open_form(self, *, onward: str = "/") -> dict[str, str]:
        """The hidden fields of the sign-in form."""
        page = self.http.get("/auth/sign-in", params={"next": onward})
        assert page.status_code == 200, page.text
        return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page.text)}

    def password(self, name: str = "mary", password: str = PASSWORD, **more: str) -> Response:
        """Fill the form in and send it."""
        return self.http.post("/auth/sign-in", data={**self.open_form(), "name": name, "password": password, **more})

    def leave(self, *, onward: str = "/") -> dict[str, str]:
        """Go to the login; what it was asked."""
        away = self.http.get("/auth/oidc/start", params={"next": onward})
        assert away.status_code == 303, away.text
        return {name: one[0] for name, one in parse_qs(urlsplit(away.headers["Location"]).query).items()}

    def come_back(self, asked: dict[str, str], **more: str) -> Response:
        """Return from the login with a code."""
        return self.http.get("/auth/oidc/callback", params={"code": "c-1", "state": asked["state"], **more})

    def who(self) -> Response:
        """Who the API takes the browser for."""
        return self.http.get("/v1/me")


class Watch:
    """The time of the world outside."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


def link(world: World, provider: Provider, name: str = "mary") -> None:
    with world.open_uow(UserName("test")) as uow:
        link_login(uow, UserName(name), issuer=provider.url, subject="u-17")


def arrive(browser: Browser, provider: Provider, **claims: object) -> Response:
    asked = browser.leave()
    provider.id_token = signed(provider.claims(**{"nonce": asked["nonce"], **claims}))
    return browser.come_back(asked)


def nobody(browser: Browser) -> bool:
    return browser.who().status_code == 401 and "expediter" not in browser.http.cookies

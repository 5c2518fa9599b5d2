"""The whole way by hand through a login nobody here wrote: there, back, in, and what is spent is spent."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from core.connectors.oidc import OidcProvider, Registration
from core.domain.ids import UserName
from core.ports.identity_provider import Journey, LoginRefusedError
from core.services.identity import link_login
from tests.oidc_mock import a_login
from tests.ui.api.browsing import Browser, nobody
from tests.ui.world import World
from ui.api.entrance import Entrance


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with a_login(sub="00u-mary", preferred_username="mary", email="mary@x.example") as issuer:
        yield issuer


@pytest.fixture
def visitor(world: World, issuer: str) -> Browser:
    """A browser before a server that trusts no claim, on the login's own clock."""
    registration = Registration(issuer=issuer, client_id="expediter", client_secret="s3cret")
    return Browser(world, Entrance(provider=OidcProvider(registration)), hosts=("127.0.0.1",))


def authorize(visitor: Browser, *, action: str | None = None) -> dict[str, str]:
    """Go to the login, say who one is, and come away with what it answers."""
    away = visitor.http.get("/auth/oidc/start", params={"next": "/?case=CASE-1"})
    form = {"sub": "00u-mary"} if action is None else {"action": action}
    back = httpx.post(away.headers["Location"], data=form, trust_env=False)
    assert back.status_code == 302, back.text
    return {name: one[0] for name, one in parse_qs(urlsplit(back.headers["Location"]).query).items()}


def test_a_person_goes_there_and_comes_back_as_somebody(visitor: Browser, world: World, issuer: str) -> None:
    unknown = visitor.http.get("/auth/oidc/callback", params=authorize(visitor))
    with world.open_uow(UserName("test")) as uow:
        link_login(uow, UserName("otto"), issuer=issuer, subject="00u-mary")
    known = visitor.http.get("/auth/oidc/callback", params=authorize(visitor))

    assert (unknown.status_code, "You are not known here" in unknown.text) == (403, True)
    assert (known.status_code, known.headers["Location"]) == (303, "/?case=CASE-1")
    assert (visitor.who().json()["name"], visitor.who().json()["role"]) == ("otto", "planner")


def test_who_declines_there_stays_outside(visitor: Browser) -> None:
    answered = authorize(visitor, action="deny")
    assert answered["error"] == "access_denied"

    answer = visitor.http.get("/auth/oidc/callback", params=answered)

    assert answer.status_code == 401
    assert nobody(visitor)


def test_a_code_counts_once_wherever_it_is_brought(issuer: str) -> None:
    registration = Registration(issuer=issuer, client_id="expediter", client_secret="s3cret")
    company, now = OidcProvider(registration), Entrance().clock()
    journey = Journey(state="s", nonce="nonce-of-once", verifier="v" * 43, return_to="http://127.0.0.1/back")
    back = httpx.post(company.way_in(journey, now=now), data={"sub": "00u-mary"}, trust_env=False)
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]

    assert company.arrived(code, journey, now=now).subject == "00u-mary"
    with pytest.raises(LoginRefusedError, match="does not take the code"):
        company.arrived(code, journey, now=now)


def test_a_code_of_another_journey_lets_nobody_in(issuer: str) -> None:
    company, now = (
        OidcProvider(Registration(issuer=issuer, client_id="expediter", client_secret="s3cret")),
        Entrance().clock(),
    )
    theirs, ours = (
        Journey(state="s", nonce=nonce, verifier="v" * 43, return_to="http://127.0.0.1/back")
        for nonce in ("nonce-of-theirs", "nonce-of-ours")
    )
    back = httpx.post(company.way_in(theirs, now=now), data={"sub": "00u-mary"}, trust_env=False)
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]

    with pytest.raises(LoginRefusedError, match="another journey"):
        company.arrived(code, ours, now=now)

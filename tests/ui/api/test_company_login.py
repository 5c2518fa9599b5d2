"""Signing in by the company's login: who is let in as whom, and what a login's answer must be to count."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from fastapi.testclient import TestClient

from core.connectors.oidc import OidcProvider, Registration
from core.domain.ids import UserName
from core.services.accounts import set_active
from core.services.identity import unlink_login
from tests.core.connectors.oidc_provider import AUDIENCE, CLIENT, NOON, Provider, Said, challenge, signed
from tests.ui.api.browsing import Browser, Watch, arrive, link, nobody
from tests.ui.conftest import ADDRESS
from tests.ui.world import World
from ui.api.entrance import Entrance


def test_the_login_lets_a_linked_person_in_and_on(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider)
    asked = browser.leave(onward="/?case=CASE-1")
    provider.id_token = signed(provider.claims(nonce=asked["nonce"]))

    answer = browser.come_back(asked)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/?case=CASE-1")
    assert asked["redirect_uri"] == f"{ADDRESS}/auth/oidc/callback"
    assert browser.who().json()["role"] == "operations_manager"
    sent = next(parse_qs(body) for path, body in provider.asked if path == "/token")
    assert challenge(sent["code_verifier"][0]) == asked["code_challenge"]
    assert "expediter-journey" not in browser.http.cookies


def test_role_and_rights_are_ours_whatever_the_token_says(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider, "vic")

    arrive(browser, provider, role="administrator", roles=["administrator"], preferred_username="mary")

    assert (browser.who().json()["name"], browser.who().json()["role"]) == ("vic", "viewer")


def test_somebody_nobody_knows_is_told_whom_to_ask_and_nothing_is_created(
    browser: Browser, world: World, provider: Provider
) -> None:
    answer = arrive(browser, provider, sub="<b>u-99", preferred_username="mary")

    assert (answer.status_code, "You are not known here" in answer.text) == (403, True)
    assert provider.url in answer.text
    assert "&lt;b&gt;u-99" in answer.text
    assert nobody(browser)
    with world.open_uow(UserName("test")) as uow:
        assert uow.identity.linked(provider.url, "<b>u-99") is None


def trusting(world: World, provider: Provider, watch: Watch) -> Browser:
    registration = Registration(issuer=provider.url, client_id=CLIENT, user_claim="preferred_username")
    return Browser(world, Entrance(provider=OidcProvider(registration), clock=watch), hosts=("127.0.0.1",))


def test_a_trusted_name_links_somebody_once(world: World, provider: Provider, watch: Watch) -> None:
    browser = trusting(world, provider, watch)

    first = arrive(browser, provider, preferred_username="otto")
    renamed = arrive(browser, provider, preferred_username="mary")
    who = browser.who().json()["name"]
    another = arrive(trusting(world, provider, watch), provider, sub="u-18", preferred_username="otto")

    assert (first.status_code, renamed.status_code, who) == (303, 303, "otto")
    assert (another.status_code, "You are not known here" in another.text) == (403, True)


@pytest.mark.parametrize("name", ["exception-desk", "nobody-here", "mary\x00", ""])
def test_a_trusted_name_of_no_person_links_nobody(world: World, provider: Provider, watch: Watch, name: str) -> None:
    browser = trusting(world, provider, watch)

    answer = arrive(browser, provider, preferred_username=name)

    assert answer.status_code in {401, 403}
    assert nobody(browser)


def test_who_is_no_longer_active_stays_outside(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider, "otto")
    with world.open_uow(UserName("test")) as uow:
        set_active(uow, UserName("otto"), active=False)

    assert arrive(browser, provider).status_code == 401
    assert nobody(browser)


def test_who_is_unlinked_is_out_at_once(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider)
    arrive(browser, provider)
    with world.open_uow(UserName("test")) as uow:
        unlink_login(uow, issuer=provider.url, subject="u-17")

    assert browser.who().status_code == 401
    assert arrive(browser, provider).status_code == 403


def test_a_forged_state_lets_nobody_in_and_leaves_the_journey_open(
    browser: Browser, world: World, provider: Provider
) -> None:
    link(world, provider)
    asked = browser.leave()
    provider.id_token = signed(provider.claims(nonce=asked["nonce"]))

    for state in ("", "forged", "é", asked["state"] + "x"):
        answer = browser.http.get("/auth/oidc/callback", params={"code": "c-1", "state": state})
        assert (answer.status_code, "login_refused" in answer.text) == (401, True)
    assert (nobody(browser), provider.count("/token")) == (True, 0)
    assert browser.come_back(asked).status_code == 303


def test_an_answer_brought_to_another_browser_lets_nobody_in(
    browser: Browser, world: World, entrance: Entrance, provider: Provider
) -> None:
    link(world, provider)
    asked = browser.leave()
    victim = Browser(world, entrance, hosts=("127.0.0.1",))
    provider.id_token = signed(provider.claims(nonce=asked["nonce"]))
    fresh = victim.come_back(asked)
    victim.leave()
    on_the_way = victim.come_back(asked)

    assert (fresh.status_code, on_the_way.status_code, provider.count("/token")) == (401, 401, 0)
    assert nobody(victim)


def test_a_record_nobody_sealed_is_none(browser: Browser, provider: Provider) -> None:
    asked = browser.leave()
    sealed = browser.http.cookies["expediter-journey"]
    for forged in (sealed[:-1], "x" + sealed, sealed.partition(".")[0] + ".", ".", "é", "a" * 5000):
        browser.http.cookies.clear()
        headers = {b"Cookie": f"expediter-journey={forged}".encode()}
        answer = browser.http.get("/auth/oidc/callback", params={"code": "c", "state": asked["state"]}, headers=headers)
        assert answer.status_code == 401


def test_coming_back_twice_lets_nobody_in_twice(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider)
    asked = browser.leave()
    kept = browser.http.cookies["expediter-journey"]
    provider.id_token = signed(provider.claims(nonce=asked["nonce"]))
    assert browser.come_back(asked).status_code == 303
    browser.http.cookies.clear()
    browser.http.cookies.set("expediter-journey", kept)

    again = browser.come_back(asked)

    assert (again.status_code, "was finished before" in again.text) == (401, True)
    assert (nobody(browser), provider.count("/token")) == (True, 1)


def test_a_journey_ends_after_ten_minutes(browser: Browser, world: World, provider: Provider, watch: Watch) -> None:
    link(world, provider)
    asked, late = browser.leave(), browser.http.cookies["expediter-journey"]
    provider.id_token = signed(provider.claims(nonce=asked["nonce"], exp=4_000_000_000))
    watch.now = NOON + timedelta(minutes=10, seconds=1)
    answer = browser.come_back(asked)

    assert (answer.status_code, "longer than ten minutes" in answer.text, provider.count("/token")) == (401, True, 0)
    watch.now = NOON + timedelta(minutes=10)
    browser.http.cookies.set("expediter-journey", late)
    assert browser.come_back(asked).status_code == 303


@pytest.mark.parametrize(
    "claims", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": None}]
)
def test_a_token_that_does_not_count_lets_nobody_in(
    browser: Browser, world: World, provider: Provider, claims: dict[str, object]
) -> None:
    link(world, provider)

    answer = arrive(browser, provider, **claims)

    assert (answer.status_code, "login_refused" in answer.text) == (401, True)
    assert nobody(browser)


def test_a_refusal_of_the_login_is_told_as_text(browser: Browser, provider: Provider) -> None:
    asked = browser.leave()

    answer = browser.come_back(asked, error="access_denied<script>")

    assert (answer.status_code, provider.count("/token")) == (401, 0)
    assert "access_denied&lt;script&gt;" in answer.text


def test_a_login_that_is_down_is_told_and_leaves_who_is_in(browser: Browser, provider: Provider) -> None:
    browser.password()
    provider.answers["/.well-known/openid-configuration"] = Said(500, b"")

    answer = browser.http.get("/auth/oidc/start")

    assert (answer.status_code, "login_unavailable" in answer.text) == (503, True)
    assert browser.who().status_code == 200
    browser.http.cookies.clear()
    assert browser.http.get("/auth/sign-out").status_code == 200


def test_a_token_of_the_login_is_a_way_into_the_api(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider, "otto")
    token = signed(provider.claims(aud=AUDIENCE, nonce=None))

    answer = browser.http.get("/v1/me", headers={"Authorization": f"Bearer {token}"})

    assert (answer.json()["name"], answer.json()["means"], answer.json()["role"]) == ("otto", "login", "planner")


def test_tokens_for_others_are_no_way_into_the_api(browser: Browser, world: World, provider: Provider) -> None:
    link(world, provider)
    for token in (signed(provider.claims()), signed(provider.claims(aud="other", nonce=None)), "a.b.c"):
        answer = browser.http.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "login_refused")
    stranger = signed(provider.claims(aud=AUDIENCE, nonce=None, sub="u-99"))

    answer = browser.http.get("/v1/me", headers={"Authorization": f"Bearer {stranger}"})

    assert (answer.status_code, answer.json()["subject"]) == (403, "u-99")


def test_without_a_login_a_token_of_one_is_none(stranger: TestClient) -> None:
    answer = stranger.get("/v1/me", headers={"Authorization": "Bearer a.b.c"})

    assert (answer.status_code, answer.json()["code"]) == (401, "login_refused")

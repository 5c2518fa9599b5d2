"""Signing in by a browser: with a password, by the company's login, and all that must not let anybody in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from core.connectors.exchange import Patience
from core.connectors.oidc import OidcProvider, Registration
from core.domain.ids import UserName
from core.services.accounts import set_active
from core.services.identity import link_login, unlink_login
from tests.core.connectors.oidc_provider import AUDIENCE, CLIENT, NOON, Provider, Said, challenge, providing, signed
from tests.ui.conftest import ADDRESS
from tests.ui.world import PASSWORD, AtOnce, World
from ui.api.app import build_app
from ui.api.csrf import csrf_token
from ui.api.entrance import Entrance

PUBLIC = "https://expediter.example"


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


def link(world: World, provider: Provider, name: str = "mary") -> None:
    with world.open_uow(UserName("test")) as uow:
        link_login(uow, UserName(name), issuer=provider.url, subject="u-17")


def arrive(browser: Browser, provider: Provider, **claims: object) -> Response:
    asked = browser.leave()
    provider.id_token = signed(provider.claims(**{"nonce": asked["nonce"], **claims}))
    return browser.come_back(asked)


def nobody(browser: Browser) -> bool:
    return browser.who().status_code == 401 and "expediter" not in browser.http.cookies


def test_a_password_lets_the_person_in_and_on(browser: Browser) -> None:
    answer = browser.password(next="/?case=CASE-1")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/?case=CASE-1")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("expediter="))
    assert cookie.startswith("expediter=exs_")
    assert cookie.split("; ")[1:] == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]
    assert (browser.who().json()["name"], browser.who().json()["means"]) == ("mary", "session")


def test_behind_tls_the_cookie_is_for_this_host_and_tls_only(world: World, entrance: Entrance) -> None:
    browser = Browser(world, replace(entrance, public=PUBLIC), address=PUBLIC, hosts=("expediter.example",))

    answer = browser.password()

    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-expediter="))
    assert cookie.split("; ")[1:] == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax", "Secure"]
    assert browser.who().json()["name"] == "mary"


def test_behind_tls_a_cookie_of_the_plain_name_counts_for_nothing(world: World, entrance: Entrance) -> None:
    browser = Browser(world, replace(entrance, public=PUBLIC), address=PUBLIC, hosts=("expediter.example",))
    browser.password()
    token = browser.http.cookies["__Host-expediter"]
    browser.http.cookies.clear()

    answer = browser.http.get("/v1/me", headers={"Cookie": f"expediter={token}"})

    assert answer.status_code == 401


def test_nobody_signs_in_over_an_open_network(world: World, entrance: Entrance) -> None:
    browser = Browser(world, entrance, address="http://expediter.example", hosts=("expediter.example",))

    for path in ("/auth/sign-in", "/auth/oidc/start"):
        answer = browser.http.get(path)
        assert (answer.status_code, "sign_in_refused" in answer.text) == (403, True)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("name", "password"), [("mary", "wrong horse"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_password_is_told_on_the_form(browser: Browser, name: str, password: str) -> None:
    answer = browser.password(name, password)

    assert (answer.status_code, "the name or the secret is not right" in answer.text) == (401, True)
    assert 'name="password"' in answer.text
    assert password not in answer.text or not password
    assert nobody(browser)


def test_what_was_typed_is_shown_as_text(browser: Browser) -> None:
    answer = browser.password('"><script>alert(1)</script>')

    assert "<script" not in answer.text
    assert "&quot;&gt;&lt;script&gt;" in answer.text


def test_guessing_by_the_form_is_slowed_down(browser: Browser) -> None:
    for _ in range(5):
        browser.password("mary", "wrong horse")

    answer = browser.password()

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert nobody(browser)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_elsewhere_signs_nobody_in(browser: Browser, headers: dict[str, str]) -> None:
    fields = browser.open_form()

    answer = browser.http.post("/auth/sign-in", data={**fields, "name": "mary", "password": PASSWORD}, headers=headers)

    assert (answer.status_code, "csrf_refused" in answer.text) == (403, True)
    assert nobody(browser)


def test_a_form_that_was_not_shown_to_this_browser_signs_nobody_in(browser: Browser, world: World) -> None:
    other = Browser(world, Entrance(), hosts=("127.0.0.1",))
    stolen = other.open_form()["form"]
    wrong = browser.password(form=stolen)
    browser.http.cookies.clear()
    without = browser.http.post("/auth/sign-in", data={"name": "mary", "password": PASSWORD, "form": stolen})

    assert (wrong.status_code, without.status_code) == (403, 403)
    assert "kept no cookie" in without.text
    assert nobody(browser)


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/auth/sign-out",
        "",
        "/a b",
        "/" + "a" * 1000,
        "/é",
        "/\t/evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(browser: Browser, onward: str) -> None:
    assert browser.password(next=onward).headers["Location"] == "/"
    assert f'value="{onward}"' not in browser.http.get("/auth/sign-in", params={"next": onward}).text or not onward


def test_a_session_given_before_signing_in_is_not_the_one_after(browser: Browser, world: World) -> None:
    browser.password("vic")
    before = browser.http.cookies["expediter"]
    browser.http.get("/auth/sign-in")
    cookie = browser.http.cookies.get("expediter-form") or "planted"
    browser.http.cookies.set("expediter-form", cookie)

    browser.http.post("/auth/sign-in", data={"form": csrf_token(cookie), "name": "mary", "password": PASSWORD})

    assert browser.who().json()["name"] == "mary"
    assert browser.http.cookies["expediter"] != before
    browser.http.cookies.clear()
    assert browser.http.get("/v1/me", headers={"Authorization": f"Bearer {before}"}).status_code == 401


def test_the_page_needs_no_script_and_nothing_from_elsewhere(browser: Browser) -> None:
    page = browser.http.get("/auth/sign-in")

    assert not re.search(r"<script|<img|<link|http:|https:|url\(|\son\w+=", page.text)
    policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], page.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_only_the_ways_that_count_are_shown(world: World, entrance: Entrance) -> None:
    def ways(one: Entrance) -> tuple[bool, bool]:
        text = Browser(world, one, hosts=("127.0.0.1",)).http.get("/auth/sign-in").text
        return 'name="password"' in text, "Sign in with Acme login" in text

    assert ways(Entrance()) == (True, False)
    assert ways(entrance) == (True, True)
    assert ways(replace(entrance, local=False)) == (False, True)


def test_where_passwords_do_not_count_no_door_takes_one(world: World, entrance: Entrance) -> None:
    browser = Browser(world, replace(entrance, local=False), hosts=("127.0.0.1",))

    form = browser.http.post("/auth/sign-in", data={"name": "mary", "password": PASSWORD})
    api = browser.http.post("/v1/login", json={"name": "mary", "password": PASSWORD})

    assert form.status_code == 404
    assert (api.status_code, api.json()["code"]) == (403, "not_authorised")


def test_without_a_login_its_paths_lead_nowhere(world: World) -> None:
    browser = Browser(world, Entrance(), hosts=("127.0.0.1",))

    for path in ("/auth/oidc/start", "/auth/oidc/callback"):
        assert browser.http.get(path).status_code == 404


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


def test_signing_out_takes_a_form_of_ours_and_ends_the_session_everywhere(browser: Browser) -> None:
    browser.password()
    token = browser.http.cookies["expediter"]
    forged = browser.http.post("/auth/sign-out")
    elsewhere = browser.http.post(
        "/auth/sign-out", data={"csrf": csrf_token(token)}, headers={"Origin": "https://evil.example"}
    )
    still = browser.who().status_code
    csrf = re.search(r'name="csrf" value="(\w+)"', browser.http.get("/auth/sign-out").text)
    assert csrf
    meant = browser.http.post("/auth/sign-out", data={"csrf": csrf[1]}, headers={"Origin": ADDRESS})

    assert (forged.status_code, elsewhere.status_code, still) == (403, 403, 200)
    assert (meant.status_code, meant.headers["Location"]) == (303, "/auth/sign-out")
    assert nobody(browser)
    assert browser.http.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_who_is_signed_out_here_can_sign_out_at_the_login_too(browser: Browser, provider: Provider) -> None:
    page = browser.http.get("/auth/sign-out").text

    back = "client_id=expediter&amp;post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%2Fauth%2Fsign-in"
    assert f'href="{provider.url}/out?{back}"' in page


def test_who_is_in_is_shown_the_way_on(browser: Browser) -> None:
    browser.password()

    page = browser.http.get("/auth/sign-in", params={"next": "/?case=CASE-1"}).text

    assert "signed in as <b>mary</b> (operations manager)" in page
    assert 'href="/?case=CASE-1"' in page


def test_a_cookie_does_nothing_for_a_page_elsewhere(browser: Browser, world: World) -> None:
    browser.password()
    token = browser.http.cookies["expediter"]
    path = f"/v1/cases/{world.case}/resolve"
    sent = {"Idempotency-Key": "r1", "X-CSRF-Token": csrf_token(token)}

    forged = browser.http.post(path, headers={**sent, "Origin": "https://evil.example"})
    begun = world.given.cases.copy()
    meant = browser.http.post(path, headers={**sent, "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"})

    assert (forged.status_code, forged.json()["code"], begun) == (403, "csrf_refused", [])
    assert meant.status_code == 202


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

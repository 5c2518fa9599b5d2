"""Signing in and out at the API's own page: who gets in, by which cookie, and what must not let anybody in."""

import re
from dataclasses import replace

import pytest

from tests.core.connectors.oidc_provider import Provider
from tests.ui.api.browsing import Browser, nobody
from tests.ui.conftest import ADDRESS
from tests.ui.world import PASSWORD, World
from ui.api.csrf import csrf_token
from ui.api.entrance import Entrance

PUBLIC = "https://expediter.example"


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

    assert (answer.status_code, "The name or the secret is not right." in answer.text) == (401, True)
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


def test_signing_out_takes_a_form_of_ours_and_ends_the_session_everywhere(browser: Browser) -> None:
    browser.password()
    token = browser.http.cookies["expediter"]
    forged = browser.http.post("/auth/sign-out", data={"csrf": ""})
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


URLENCODED = "application/x-www-form-urlencoded"


NO_FORMS = [
    (URLENCODED, b"name=%00&password=%00&form=%00&next=%00"),
    (URLENCODED, b"name=%ff%fe&password=%ed%a0%80&next=%ff"),
    (URLENCODED, b"name=" + b"a" * 5000),
    (URLENCODED, b"name=mary&name=otto&password=x&password=y"),
    (URLENCODED, b"&".join(b"f%d=x" % number for number in range(3000))),
    (URLENCODED, b"%%%&&&==="),
    ("application/json", b'{"name": "mary"}'),
    ("multipart/form-data", b"no boundary"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nx',
    ),
    ("text/plain", b""),
    ("nonsense", b"\x00\xff"),
]


@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/sign-out"])
def test_what_is_no_form_signs_nobody_in_or_out(browser: Browser, path: str) -> None:
    browser.password()
    browser.http.get("/auth/sign-in")

    for kind, body in NO_FORMS:
        answer = browser.http.post(path, content=body, headers={"Content-Type": kind})
        assert 400 <= answer.status_code < 500, body[:80]
        assert answer.headers["content-type"].startswith("text/html")
    assert browser.who().json()["name"] == "mary"


def test_no_query_makes_a_page_of_signing_in_fail(browser: Browser) -> None:
    odd = ("next=%00", "next=%ff", "next=" + "a" * 3000, "next=%2Fa%0d%0aSet-Cookie:x", "next=/a&next=//b", "next[]=a")
    for query in odd:
        for path in ("/auth/sign-in", "/auth/oidc/start", "/auth/sign-out", "/auth/oidc/callback"):
            answer = browser.http.get(f"{path}?{query}")
            assert answer.status_code < 500, (path, query[:80])
            assert "Set-Cookie:x" not in str(answer.headers.get("Location"))


def test_nothing_a_login_sends_back_makes_the_server_fail(browser: Browser) -> None:
    for name in ("code", "state", "error", "iss"):
        for value in ("%00", "%ff", "%ed%a0%80", "a" * 9000, "%F0%9F%92%A9"):
            state = browser.leave()["state"]
            answer = browser.http.get(f"/auth/oidc/callback?state={state}&code=c&{name}={value}")
            assert 400 <= answer.status_code < 500, (name, value[:80])
    assert nobody(browser)

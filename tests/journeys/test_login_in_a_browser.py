"""People come to the console in a real browser: by the company's login, by a password; and strangers do not.

The login is oidc-provider-mock, the server `expediter serve` in a process of its own, the browser Chromium.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.bootstrap.application import fresh_salt
from core.domain.ids import UserName
from core.services.accounts import hash_password, set_password
from core.services.identity import link_login
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.world import CASE, MARY, World
from tests.browsers import a_browser
from tests.journeys.served import Served, serving
from tests.oidc_mock import a_login

__all__ = ["desk_world", "filled_template", "fresh_world"]
SUBJECT, PASSWORD = "00u-mary", "correct horse battery"
# Streamlit may still be importing what its first page needs.
PATIENCE = 60_000


@pytest.fixture
def issuer() -> Iterator[str]:
    """A login that knows Mary, and would have her administrate."""
    with a_login(sub=SUBJECT, name="Mary", roles=["administrator"]) as issuer:
        yield issuer


@pytest.fixture
def served(desk_world: World, issuer: str, tmp_path: Path) -> Iterator[Served]:
    login = {
        "EXPEDITER_OIDC_ISSUER": issuer,
        "EXPEDITER_OIDC_CLIENT_ID": "expediter",
        "EXPEDITER_OIDC_CLIENT_SECRET": "s3cret",
        "EXPEDITER_OIDC_NAME": "Acme login",
        "EXPEDITER_LOCAL_SIGN_IN": "true",
    }
    with serving(desk_world, tmp_path, **login) as served:
        with served.app.open_uow(UserName("test")) as uow:
            link_login(uow, MARY, issuer=issuer, subject=SUBJECT)
            set_password(uow, MARY, password_hash=hash_password(PASSWORD, salt=fresh_salt()))
        yield served


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with a_browser() as browser:
        yield browser.new_context()


def at_the_login(page: Page, served: Served, subject: str, *, path: str = "/") -> None:
    """From the console, by its link and the button of the page, to the login and through it."""
    page.goto(served.address + path)
    page.get_by_role("link", name="Sign in").click(timeout=PATIENCE)
    page.get_by_role("link", name="Sign in with Acme login").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_a_person_comes_to_the_console_by_the_companys_login_and_goes(served: Served, context: BrowserContext) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)

    at_the_login(page, served, SUBJECT, path=f"/?case={CASE}")
    expect(page.get_by_text("signed in as mary, operations manager")).to_be_visible(timeout=PATIENCE)
    assert page.url == f"{served.address}/?case={CASE}"
    expect(page.get_by_text(CASE).first).to_be_visible()

    session = next(one for one in context.cookies(served.address) if one.get("name") == "expediter")
    assert (session.get("httpOnly"), session.get("sameSite"), session.get("secure")) == (True, "Lax", False)
    assert "exs_" not in str(page.evaluate("document.cookie"))
    me = context.request.get(f"{served.address}/v1/me").json()
    assert (me["name"], me["role"], me["means"]) == (MARY, "operations_manager", "session")

    page.goto(f"{served.address}/auth/sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    expect(page.get_by_role("link", name="Sign out of Acme login too")).to_be_visible()
    assert context.request.get(f"{served.address}/v1/me").status == 401
    page.goto(served.address)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=PATIENCE)
    assert complaints == []


def test_a_stranger_is_told_whom_to_ask_and_a_password_lets_in(served: Served, context: BrowserContext) -> None:
    page = context.new_page()

    at_the_login(page, served, "00u-nobody")
    expect(page.get_by_role("heading", name="You are not known here")).to_be_visible()
    expect(page.get_by_text("00u-nobody")).to_be_visible()
    assert context.request.get(f"{served.address}/v1/me").status == 401

    page.goto(f"{served.address}/auth/sign-in")
    page.get_by_label("Name").fill(MARY)
    page.get_by_label("Password").fill("wrong horse")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("The name or the secret is not right.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("signed in as mary, operations manager")).to_be_visible(timeout=PATIENCE)

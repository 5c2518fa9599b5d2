"""The demo company served by a process of its own, the people who work there, and their browsers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.bootstrap.application import fresh_salt
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.accounts import hash_password
from evals.bench.browsing import SETTLED
from evals.bench.serving import serving_process
from tests.database import server_home
from ui.cli.users import OPERATOR
from ui.cli.workplace import CLI, PackChoice, workplace

PASSWORD: Final = "correct horse battery"
PATIENCE: Final = 60_000
LOOK: Final = 250
PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
MARY, BOB, DANA = (UserName(name) for name in ("mary", "bob", "dana"))
PEOPLE: Final = {
    MARY: User(name=MARY, role=Role.OPERATIONS_MANAGER, limit=Decimal(50_000)),
    BOB: User(name=BOB, role=Role.OPERATIONS_MANAGER, limit=None),
    DANA: User(name=DANA, role=Role.PLANNER, limit=Decimal(5_000)),
    OPERATOR: User(name=OPERATOR, role=Role.OPERATIONS_MANAGER, limit=None),
}


@dataclass(slots=True, kw_only=True)
class Office:
    """Where the console is, and a browser for each person who came."""

    address: str
    browser: Browser
    here: dict[str, BrowserContext] = field(default_factory=dict)

    def page(self, name: str, path: str = "/") -> Page:
        """A tab of this person's at an address of the console, as soon as it is drawn."""
        page = self.context(name).new_page()
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        """Another address in a tab."""
        page.goto(self.address + path)
        expect(page.get_by_text("signed in as")).to_be_visible(timeout=PATIENCE)
        settled(page)

    def context(self, name: str) -> BrowserContext:
        """This person's browser; coming for the first time is by the sign-in page and a password."""
        if name not in self.here:
            context = self.browser.new_context(viewport={"width": 1280, "height": 800})
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"{self.address}/auth/sign-in")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_text(f"signed in as {name}")).to_be_visible(timeout=PATIENCE)
            page.close()
            self.here[name] = context
        return self.here[name]


def settled(page: Page) -> None:
    """Come back when the page's script has run to its end."""
    page.wait_for_function(SETTLED)


def told(page: Page, text: str) -> None:
    """Come back when the page says this and is drawn to its end: until then what was there before is there, too."""
    expect(page.get_by_text(text)).to_be_visible()
    settled(page)


def keyed(page: Page, key: str) -> Locator:
    """The element of this key."""
    return page.locator(f".st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}")


def press(page: Page, key: str) -> None:
    """Press the button of this key and wait for what comes of it."""
    keyed(page, key).get_by_role("button").first.click()
    settled(page)


def picture(page: Page, name: str) -> None:
    """What is seen now, for the manual."""
    settled(page)
    page.wait_for_timeout(400)  # charts and grids are drawn by themselves once the page is there
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


@contextmanager
def open_office(pack: Path, browser: Browser) -> Iterator[Office]:
    """The company of the pack, loaded and scanned on the run's server, until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPEDITER_HOME", str(server_home()))
        with workplace(PackChoice(folder=pack, overlays=True)) as place, place.application.open_uow(CLI) as uow:
            known = {user.name for user in uow.users.all()}
            for name, user in PEOPLE.items():
                assert name not in known, f"{name} is there: this database was used before"
                uow.users.add(user, password_hash=hash_password(PASSWORD, salt=fresh_salt()), token_hash=None)
    words = ("--pack", str(pack), "--overlays")
    with serving_process(*words, environment={"EXPEDITER_HOME": str(server_home())}) as served:
        office = Office(address=served.address, browser=browser)
        _prepared(office)
        yield office


def _prepared(office: Office) -> None:
    """Come back when the desk has put a way out of every case before people."""
    page = office.page(MARY, "/inbox")
    for _ in range(PATIENCE // LOOK):
        if page.request.get(f"{office.address}/v1/cases?state=open").json()["matching"] == 0:
            break
        page.wait_for_timeout(LOOK)
    page.close()

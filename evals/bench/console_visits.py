"""How long a page of the console takes to show its content, in a real Chromium.

The books are the AdventureWorks pack's, loaded and scanned on a server of its own and served by a process of its own.
A page is there when its script has run to its end and nothing says that it is still reading. Each is opened by its
address, as somebody does who follows a link; the browser has been on the console before, so its files are at hand.
"""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from core.bootstrap.application import fresh_password, fresh_salt
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.cases import ACTIVE_STATES
from core.domain.errors import UsageError
from core.domain.ids import UserName
from core.domain.queueing import in_queue_order
from core.domain.users import AGENT_NAME, Role, User
from core.planning.rules import ScanRules
from core.services.accounts import hash_password
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import apply_overlays
from core.services.packs.reading import read_pack
from core.services.resolving import plan_options
from core.services.scanning import Figure, ScanCommand, scan
from evals.bench.browsing import SETTLED, a_chromium
from evals.bench.figures import figure
from evals.bench.serving import serving_process, variables_of
from evals.bench.stockroom import room_of
from ui.cli.users import OPERATOR
from ui.console.places import PLACES

BENCH, MANAGER = UserName("bench"), UserName("bench.manager")
PATIENCE_MS = 60_000


def measured(pack: Path, *, visits: int) -> list[Figure]:
    """The figures of a pack: the slowest page, the inbox and a case, and what left this machine."""
    read = read_pack(pack, mapping=None, quarantine=True)
    company = apply_overlays(read.company, read_overlays(pack))
    with room_of(company) as room:
        cases, first, password = _scanned(room.urls)
        with (
            tempfile.TemporaryDirectory() as home,
            serving_process("--no-worker", environment={**variables_of(room.urls), "EXPEDITER_HOME": home}) as served,
            a_chromium() as browser,
        ):
            address = served.address
            page, left = _signed_in(browser, address, password), list[str]()
            page.on("request", lambda request: left.append(request.url) if _outside(request.url) else None)
            paths = {one.script: "/" if one is PLACES[0] else f"/{one.script}" for one in PLACES}
            order, line = company.sales_orders[0], company.sales_order_lines[0]
            paths |= {"order": f"/orders?order={order.number}", "item": f"/stock?item={line.item}"}
            paths |= {"case": f"/inbox?case={first}"}
            took = {name: median(_opened(page, address + path) for _ in range(visits)) for name, path in paths.items()}
    slowest = max(took, key=lambda name: took[name])
    return [
        figure("open_lines", sum(1 for one in company.sales_order_lines), "lines"),
        figure("cases", cases, "cases"),
        figure("slowest_page_s", took[slowest], f"s ({slowest})", "<= 2"),
        figure("inbox_s", took["inbox"], "s", "<= 1"),
        figure("case_s", took["case"], "s", "<= 1"),
        *(figure(f"{name}_s", seconds, "s", "<= 2") for name, seconds in took.items() if name not in {"inbox", "case"}),
        figure("outside_requests", len(left), "requests", "== 0"),
    ]


def _scanned(urls: RoleUrls) -> tuple[int, str, str]:
    """How many cases a scan found, the most urgent one, whose ways out are worked out, and a manager's password."""
    password = fresh_password()
    with open_books(urls.app) as books:
        with books(BENCH) as uow:
            scan(uow, ScanCommand(rules=ScanRules()))
            found = [case for case in uow.cases.all() if case.state in ACTIVE_STATES]
            first = in_queue_order(found, as_of=uow.company.settings().as_of)[0].id
            manager = User(name=MANAGER, role=Role.OPERATIONS_MANAGER, limit=Decimal(250_000))
            uow.users.add(replace(manager, name=OPERATOR), password_hash=None, token_hash=None)
            uow.users.add(manager, password_hash=hash_password(password, salt=fresh_salt()), token_hash=None)
        with books(AGENT_NAME) as uow:
            plan_options(uow, first)
    return len(found), first, password


def _signed_in(browser: Browser, address: str, password: str) -> Page:
    """A tab of somebody who has been here before."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/auth/sign-in")
    page.get_by_label("Name").fill(MANAGER)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_function(SETTLED)
    for place in PLACES:  # Python compiles and imports, the browser fetches: once, whoever comes first
        _opened(page, f"{address}/{place.script if place is not PLACES[0] else ''}")
    return page


def _opened(page: Page, address: str) -> float:
    began = perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(SETTLED)
    took = perf_counter() - began
    refused = page.locator("[data-testid=stAlertContentError]")
    if not page.locator(".st-key-title").count() or refused.count():
        raise UsageError(f"{address} shows no content: {refused.all_inner_texts()}")
    return took


def _outside(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1"

"""Nothing that others wrote is rendered, run or fetched on any page, in names, notes and letters; no request leaves."""

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from core.db.embedded import Server
from tests.browser.hostile import HOSTILE, OUTSIDE
from tests.browser.office import Office, open_office, settled, told
from ui.console.places import PLACES

OPENED = ("/inbox?case=CASE-1", "/orders?order=SO-1042", "/entry?draft=DRAFT-1", "/stock?item=GV-03")
NAMED = {"customers.csv": "name", "items.csv": "name", "suppliers.csv": "name", "locations.csv": "name"}


@pytest.fixture(scope="module")
def hostile_office(demo_pack: Path, chromium: Browser, postgres_server: Server) -> Iterator[Office]:
    """The demo company, whose customers, items, suppliers and places call themselves such things."""
    assert postgres_server.port
    for name, column in NAMED.items():
        _renamed(demo_pack.with_name("hostile") / name, demo_pack / name, column)
    for rest in demo_pack.rglob("*"):
        there = demo_pack.with_name("hostile") / rest.relative_to(demo_pack)
        if rest.is_file() and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(rest.read_bytes())
    with open_office(demo_pack.with_name("hostile"), chromium) as office:
        yield office


def _renamed(there: Path, here: Path, column: str) -> None:
    with here.open(newline="") as read:
        rows = list(csv.DictReader(read))
    there.parent.mkdir(parents=True, exist_ok=True)
    with there.open("w", newline="") as written:
        to = csv.DictWriter(written, list(rows[0]))
        to.writeheader()
        to.writerows({**row, column: HOSTILE[at % len(HOSTILE)]} for at, row in enumerate(rows))


def test_no_page_runs_or_fetches_what_others_wrote(hostile_office: Office) -> None:
    page = hostile_office.page("mary", "/")
    left: list[str] = []
    page.on("request", lambda request: left.extend(_outside(request)))
    page.on("dialog", lambda dialog: left.append(f"dialog: {dialog.message}"))
    _write_hostile_notes(hostile_office, page)

    for path in ("/", *(f"/{one.script}" for one in PLACES[1:]), *OPENED):
        hostile_office.go(page, path)
        _every_tab(page)
        assert page.evaluate("window.struck") is None, path
        assert page.locator(f"main :is(img, a, iframe, object, form, link)[src*='{OUTSIDE}']").count() == 0, path
        assert page.locator("main").locator("script, iframe, object, embed").count() == 0, path
        assert [one for one in _links(page) if OUTSIDE in one] == [], path
        for words in ("Approved by everybody", "Approve this plan"):
            assert page.locator("main :is(h1, h2, h3, h4, strong, em)", has_text=words).count() == 0, path
    assert left == []


def test_the_words_are_shown_as_they_were_written(hostile_office: Office) -> None:
    page = hostile_office.page("mary", "/")
    _write_hostile_notes(hostile_office, page)
    hostile_office.go(page, "/entry?draft=DRAFT-1")

    for text in HOSTILE:
        expect(page.locator("pre", has_text=text)).to_be_visible()


def _every_tab(page: Page) -> None:
    """Open each tab of the page, those within a tab before the next one."""
    seen: set[str] = set()
    while unseen := [name for name in page.get_by_role("tab").all_inner_texts() if name not in seen]:
        seen.add(unseen[-1])
        page.get_by_role("tab", name=unseen[-1], exact=True).click()
        settled(page)


def _write_hostile_notes(office: Office, page: Page) -> None:
    """A letter with all of them, a rejection for the first reason."""
    office.go(page, "/entry")
    page.get_by_label("Paste a mail").fill("\n".join(("Please send 20 of GV-03.", *HOSTILE)))
    page.get_by_role("button", name="Read the order").click()
    expect(page.get_by_text("What was received")).to_be_visible()
    office.go(page, "/inbox?case=CASE-1")
    if page.get_by_role("button", name="Reject").count():
        page.get_by_label("Comment (needed to reject)").fill(HOSTILE[0])
        page.get_by_role("button", name="Reject").click()
        told(page, "Rejected. The case is open again.")


def _outside(request: Request) -> list[str]:
    parts = urlsplit(request.url)
    return [] if parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1" else [request.url]


def _links(page: Page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href)")

"""One served demo company for all journeys; each of them takes a case of its own."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.db.embedded import Server
from core.demo.company import write_demo_pack
from tests.browser.office import Office, open_office
from tests.browsers import a_browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none, these tests fail."""
    with a_browser(needed=True) as browser:
        yield browser


@pytest.fixture(scope="session")
def demo_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "demo-company"
    write_demo_pack(folder)
    _take_returns(folder / "locations.csv")
    return folder


def _take_returns(locations: Path) -> None:
    """Places that ship take returns, too."""
    with locations.open(newline="") as read:
        rows = list(csv.DictReader(read))
    with locations.open("w", newline="") as written:
        to = csv.DictWriter(written, list(rows[0]))
        to.writeheader()
        to.writerows({**row, "takes_returns": row["may_ship_from"]} for row in rows)


@pytest.fixture(scope="session")
def office(demo_pack: Path, chromium: Browser, postgres_server: Server) -> Iterator[Office]:
    """The demo company, served."""
    assert postgres_server.port
    with open_office(demo_pack, chromium) as office:
        yield office

"""The demo company at full size: as large as described, read back unchanged, and everything planted is found."""

from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from core.bootstrap.databases import load_company, read_with_overlays
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.demo.company import demo_company, write_demo_pack
from core.demo.planted import Planted, planted
from core.demo.sizes import Size
from core.domain.cases import ACTIVE_STATES, DetectedCase
from core.domain.company import Company
from core.planning.rules import ScanRules
from core.services.packs.reading import read_pack
from core.services.scanning import ScanCommand, scan
from tests.builders import MARIA


@pytest.fixture(scope="module")
def company() -> Company:
    return demo_company(size=Size.FULL)


def test_it_is_of_the_size_described(company: Company) -> None:
    assert {place.site for place in company.locations} == {"Houston plant", "Reno plant", "Tulsa plant", "Ghent 3PL"}
    assert (len(company.items), len(company.suppliers), len(company.customers)) == (157, 25, 60)
    assert (len(company.sales_orders), len(company.sales_order_lines)) == (407, 1531)
    assert Counter(item.lot_control.value for item in company.items) == {"none": 126, "lot": 22, "serial": 9}
    parts = (company.calendars, company.work_centers, company.carriers, company.addresses, company.alternates)
    assert [len(part) for part in parts] == [4, 12, 3, 72, 7]


def test_its_bills_of_materials_have_four_levels(company: Company) -> None:
    below: dict[str, set[str]] = {item.code: set() for item in company.items}
    for row in company.bom:
        below[row.parent].add(row.component)

    def depth(code: str) -> int:
        return 1 + max((depth(component) for component in below[code]), default=0)

    assert max(depth(item.code) for item in company.items if item.finished_good) == 4
    made = {item.code for item in company.items if item.make} - {product.item for product in company.products}
    assert made == {code for code in below if below[code]}
    assert {row.item for row in company.operations} == made


def test_it_comes_back_from_its_pack(company: Company, tmp_path: Path) -> None:
    write_demo_pack(tmp_path, size=Size.FULL)

    reading = read_pack(tmp_path)

    assert (reading.errors, reading.company) == (0, company)


def test_a_scan_finds_everything_planted(company: Company, role_urls: RoleUrls, tmp_path: Path) -> None:
    disturbed = loaded(role_urls, tmp_path)

    cases = scanned(role_urls, disturbed)

    assert [one for one in planted(company) if not any(is_of(case, one) for case in cases)] == []


def loaded(role_urls: RoleUrls, folder: Path) -> Company:
    """The full company with its overlays, in the database."""
    write_demo_pack(folder, size=Size.FULL)
    disturbed = read_with_overlays(folder, mapping=None, quarantine=False, overlays=True)
    load_company(role_urls, disturbed.company, content_hash=disturbed.content_hash)
    return disturbed.company


def scanned(role_urls: RoleUrls, company: Company) -> list[DetectedCase]:
    """What a scan on the morning of the demo opens."""
    morning = datetime.combine(company.settings.as_of, time(8), tzinfo=UTC)
    with open_books(role_urls.app, frozen=lambda: morning) as books, books(MARIA.name) as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
        return [case.detected for case in uow.cases.all() if case.state in ACTIVE_STATES]


def is_of(case: DetectedCase, one: Planted) -> bool:
    """Whether the case is what was planted."""
    return case.type is one.type and one.about in f"{case.root} {case.title}"

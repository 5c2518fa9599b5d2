"""The demo company: believable, mostly healthy, the same each time, and disturbed by a handful of root causes."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.demo.company import demo_company, write_demo_pack
from core.domain.company import Company
from core.planning.detection import detect
from core.planning.exposure import standing
from core.planning.netting import net
from core.planning.rules import Policy, ScanRules
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import apply_overlays
from core.services.packs.reading import read_pack
from tests.core.demo.columns import snapshot_of


@pytest.fixture(scope="module")
def company() -> Company:
    return demo_company()


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_pack(folder)
    return apply_overlays(read_pack(folder).company, read_overlays(folder))


def on_time(company: Company, policy: Policy) -> tuple[int, int]:
    snapshot = snapshot_of(company)
    flags = standing(snapshot, net(snapshot, ScanRules(policy=policy))).on_time
    return int(flags.sum()), len(flags)


def test_it_is_of_the_size_described(company: Company) -> None:
    assert len(company.items) == 69
    assert {place.site for place in company.locations} == {"Houston plant", "Reno plant", "Ghent 3PL"}
    assert len(company.suppliers) == 10
    assert Counter(customer.tier for customer in company.customers) == {1: 6, 2: 10, 3: 14}
    assert (len(company.sales_orders), len(company.sales_order_lines)) == (150, 489)
    assert (len(company.purchase_orders), len(company.work_orders), len(company.transfer_orders)) == (67, 161, 42)
    assert company.settings.as_of == date(2026, 11, 2)


def test_its_bills_of_materials_have_three_levels(company: Company) -> None:
    below = {
        str(item.code): {str(row.component) for row in company.bom if row.parent == item.code} for item in company.items
    }

    def depth(code: str) -> int:
        return 1 + max((depth(component) for component in below[code]), default=0)

    assert max(depth(item.code) for item in company.items if item.finished_good) == 3
    made = {item.code for item in company.items if item.make}
    assert made - {product.item for product in company.products} == {code for code in below if below[code]}


def test_everything_bought_has_two_or_three_sources(company: Company) -> None:
    sources = Counter(offer.item for offer in company.supplier_items)

    assert {sources[item.code] for item in company.items if not item.make} == {2, 3}
    assert {sources[item.code] for item in company.items if item.make} == {0}


def test_before_any_disruption_every_line_is_on_time(company: Company) -> None:
    assert on_time(company, Policy.PRIORITY) == (489, 489)
    assert on_time(company, Policy.FIRST_COME) == (489, 489)


def test_the_disruptions_are_a_handful_of_root_causes(disturbed: Company) -> None:
    snapshot = snapshot_of(disturbed)

    cases = detect(snapshot, net(snapshot, ScanRules()))

    assert on_time(disturbed, Policy.PRIORITY) == (446, 490)
    assert Counter(case.type.value for case in cases if case.impacts) == {"E01": 4, "E02": 1, "E07": 8, "E18": 2}
    assert Counter(case.type.value for case in cases if not case.impacts) == {"E34": 1}


def test_the_stock_out_at_one_site_could_be_met_from_another(disturbed: Company) -> None:
    held = {(str(row.item), str(row.location)): row.on_hand - row.reserved for row in disturbed.stock}

    assert (held["BV-03", "RNO-SHIP"], held["BV-03", "HOU-SHIP"] >= 60) == (0, True)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_demo_pack(tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.*"))

    assert len(files) == 20 + 6
    assert all((tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes() for name in files)


def test_another_seed_gives_another_company(company: Company) -> None:
    assert demo_company(8).sales_order_lines != company.sales_order_lines


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_any_seed_comes_back_from_its_pack_and_can_be_disturbed(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("demo")

    write_demo_pack(folder, seed=seed)
    reading = read_pack(folder)

    assert reading.company == demo_company(seed)
    assert (reading.errors, reading.warnings) == (0, 0)
    assert len(apply_overlays(reading.company, read_overlays(folder)).sales_orders) == 151
    lines, total = on_time(reading.company, Policy.PRIORITY)
    assert lines * 100 >= total * 85


def test_every_reference_of_the_company_holds(company: Company, tmp_path: Path) -> None:
    write_demo_pack(tmp_path)

    assert read_pack(tmp_path, quarantine=True).company == company

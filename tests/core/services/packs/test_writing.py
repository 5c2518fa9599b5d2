"""A company written as a pack and read again is the same company."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.items import Item
from core.services.packs.reading import read_pack
from core.services.packs.writing import write_pack
from tests.core.services.packs.folders import small_pack

# What a cell keeps: no control characters, nothing that is cut off at the ends.
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=400).filter(
    lambda text: text == text.strip()
)
PRICES = st.decimals(min_value=0, max_value=10**12, places=4)


def test_the_small_company_comes_back(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path / "first")).company

    write_pack(tmp_path / "second", company)

    again = read_pack(tmp_path / "second").company
    assert replace(again, settings=company.settings) == company


@settings(max_examples=40)
@given(name=NAMES, cost=PRICES, price=PRICES, safety=st.integers(0, 10**12), lead=st.integers(0, 3650))
def test_any_item_comes_back(
    name: str, cost: object, price: object, safety: int, lead: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("packs")
    company = read_pack(small_pack(folder / "first")).company
    item: Item = replace(
        company.items[0], name=name, standard_cost=cost, list_price=price, safety_stock=safety, lead_time_days=lead
    )
    company = replace(company, items=(item, *company.items[1:]))

    write_pack(folder / "second", company)

    assert read_pack(folder / "second").company.items == company.items

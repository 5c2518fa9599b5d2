"""A catalogue file gives suppliers, or says where it is wrong."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.connectors.sandbox.catalogue import Mood, SandboxOffer, SandboxSupplier
from core.connectors.sandbox.catalogue_file import read_catalogue
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, SupplierCode

OFFER = {"unit_price": "12.50", "lead_time_days": 5, "available": 100}


def written(folder: Path, value: object) -> Path:
    path = folder / "catalogue.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def test_a_catalogue_gives_its_suppliers(tmp_path: Path) -> None:
    path = written(tmp_path, {"suppliers": [{"code": "GULF", "mood": "flaky", "items": {"VALVE-3": OFFER}}]})

    suppliers = read_catalogue(path)

    offer = SandboxOffer(unit_price=Decimal("12.50"), lead_time_days=5, available=100)
    assert suppliers == (
        SandboxSupplier(code=SupplierCode("GULF"), items={ItemCode("VALVE-3"): offer}, mood=Mood.FLAKY),
    )


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("{", "body"),
        ('{"suppliers": [], "suppliers": []}', "'suppliers'"),
        ({}, "suppliers"),
        ({"suppliers": [], "extra": 1}, "extra"),
        ({"suppliers": [{"code": "GULF", "items": {}, "mood": "grumpy"}]}, "suppliers.0.mood"),
        ({"suppliers": [{"code": "GULF", "items": {}, "idempotent": "yes"}]}, "suppliers.0.idempotent"),
        (
            {"suppliers": [{"code": "GULF", "items": {"V": {**OFFER, "unit_price": 12.5}}}]},
            "suppliers.0.items.V.unit_price",
        ),
    ],
)
def test_a_catalogue_that_is_wrong_says_where(tmp_path: Path, value: object, field: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        read_catalogue(written(tmp_path, value))

    assert caught.value.details["field"] == field
    assert str(caught.value).startswith("catalogue 'catalogue.json': ")

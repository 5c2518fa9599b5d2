"""A planning model is written as a pack; a folder with something in it is left alone."""

import json
from pathlib import Path

from core.services.packs.reading import read_pack
from tests.ui.cli.terminal import expediter

MODEL = [
    {"model": "common.parameter", "fields": {"name": "currentdate", "value": "2021-01-01 00:00:00"}},
    {"model": "input.location", "fields": {"name": "shop"}},
    {"model": "input.customer", "fields": {"name": "Walk-in"}},
    {"model": "input.item", "fields": {"name": "bolt", "cost": 2}},
    {"model": "input.buffer", "fields": {"item_id": "bolt", "location_id": "shop", "onhand": 4}},
    {
        "model": "input.demand",
        "fields": {
            "name": "D1",
            "due": "2021-01-05 00:00:00",
            "status": "open",
            "quantity": 3,
            "customer_id": "Walk-in",
            "item_id": "bolt",
            "location_id": "shop",
        },
    },
]


def test_a_model_becomes_a_pack(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps(MODEL), encoding="utf-8")

    ran = expediter("convert", tmp_path / "model.json", tmp_path / "pack", environment={})

    assert (ran.code, ran.err) == (0, "")
    assert "assumed: Priority 0 is the most important, here 1." in ran.text
    assert "1 item, 1 location, 1 open order, as of 2021-01-01." in ran.text
    assert [line.ordered for line in read_pack(tmp_path / "pack").company.sales_order_lines] == [3]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps(MODEL), encoding="utf-8")

    ran = expediter("convert", tmp_path / "model.json", tmp_path, environment={})

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])
    assert [path.name for path in tmp_path.iterdir()] == ["model.json"]

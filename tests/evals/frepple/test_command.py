"""`expediter eval frepple` at the command line."""

import json
from pathlib import Path

from tests.evals.frepple.cases import case, demand
from tests.ui.cli.terminal import expediter


def test_the_figures_and_every_demand_that_differs_are_printed(tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text(json.dumps([case(demands=[demand(quantity=12.0)])]), encoding="utf-8")

    ran = expediter("eval", "frepple", "--cases", tmp_path / "cases.json", environment={})

    assert ran.code == 1
    assert "exact_share: 0.0000 (goal >= 0.9)" in ran.text
    assert "ours, order: promised 10 on 2020-01-03, 2 short; expected 4 on 2020-01-03" in ran.text


def test_the_same_as_json(tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text(json.dumps([case()]), encoding="utf-8")

    ran = expediter("eval", "frepple", "--cases", tmp_path / "cases.json", "--json", environment={})

    assert ran.figures() == {"demands": 1, "exact": 1, "exact_share": 1, "assumed": 0, "assumed_exact": 0}
    assert ran.json()["inexact"] == []


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    ran = expediter("eval", "frepple", "--cases", tmp_path / "none.json", environment={})

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])

"""What tools say about what might happen."""

import pytest

from tests.tools.fakes import FakeCore
from tools.registry import toolset
from tools.spec import NextStep, Refusal
from tools.what_if import ScenarioTold


def test_a_scenario_is_told_with_the_lines_that_stand_otherwise() -> None:
    core = FakeCore()
    asked = {
        "delays": [{"order": "PO-7", "days": 9}],
        "cuts": [{"order": "PO-8", "line": 2, "quantity": 5}],
        "outages": [{"supplier": "GULF", "days": 3}],
        "demand": [{"item": "FG-100", "quantity": 4, "due": "2026-03-31", "location": "RENO"}],
        "options": ["CASE-1-1A"],
    }

    told = toolset(core).call("simulate_scenario", asked)

    assert isinstance(told, ScenarioTold)
    assert core.calls == ["what_if SupplierOutage SupplyDelay SupplyCut NewDemand CASE-1-1A"]
    assert (told.before.late, told.after.late, told.lines_left_out) == (1, 2, 3)
    assert [(line.order, line.before, line.after) for line in told.lines] == [
        ("SO-1042", "on time, promised 2026-03-09, there 2026-03-09, 0 short", "not open")
    ]


def test_an_argument_that_does_not_fit_is_named() -> None:
    refusal = toolset(FakeCore()).call("simulate_scenario", {"delays": [{"order": "PO-7"}]})

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.next, refusal.field) == ("invalid_value", NextStep.FIXABLE, "delays.0.days")


def test_an_outage_of_a_country_is_one_of_all_its_suppliers() -> None:
    core = FakeCore(found={"suppliers_in": ("FENGDU", "NANTONG")})

    told = toolset(core).call("simulate_scenario", {"outages": [{"country": "CN", "days": 14}]})

    assert isinstance(told, ScenarioTold)
    assert core.calls == ["what_if SupplierOutage SupplierOutage"]


@pytest.mark.parametrize("who", [{}, {"country": "CN", "supplier": "GULF"}])
def test_an_outage_is_of_a_supplier_or_of_a_country(who: dict[str, str]) -> None:
    refusal = toolset(FakeCore()).call("simulate_scenario", {"outages": [{**who, "days": 14}]})

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == ("invalid_value", "outages")

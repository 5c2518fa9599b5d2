"""frePPLe's own models, and small ones, promised and compared with their expected plans."""

import json
from pathlib import Path

import pytest

from core.domain.errors import InvalidValueError
from evals.frepple.comparing import Compared, compare_file, figures
from tests.evals.frepple.cases import case, demand, frepple_cases

MAKE = """<operation xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="make" xsi:type="operation_fixed_time">
  <location name="shop" /><duration>P2D</duration><priority>{priority}</priority>
  <flows><flow xsi:type="flow_start"><item name="part" /><quantity>-2</quantity></flow>
         <flow xsi:type="flow_end"><item name="thing" /></flow></flows></operation>"""


def compared(tmp_path: Path, *cases: dict[str, object]) -> tuple[Compared, ...]:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return compare_file(path)


def test_of_frepple_s_39_demands_37_are_promised_as_it_plans_them() -> None:
    found = compare_file(frepple_cases())

    assert {figure.name: str(figure.value) for figure in figures(found)} == {
        "demands": "39",
        "exact": "37",
        "exact_share": "0.9487",
        "assumed": "6",
        "assumed_exact": "4",
    }
    assert [(one.model, one.demand) for one in found if not one.exact] == [
        ("safety_stock", "order 1 - item 1"),
        ("safety_stock", "order 1 - item 2"),
    ]
    assert all("lists none" in one.why[0] for one in found if not one.exact)


def test_a_demand_promised_as_expected_is_exact(tmp_path: Path) -> None:
    (one,) = compared(tmp_path, case())

    assert (one.exact, one.promised) == (True, "4 on 2020-01-03")


def test_a_demand_promised_otherwise_is_named_with_both_answers(tmp_path: Path) -> None:
    (one,) = compared(tmp_path, case(demands=[demand(quantity=12.0)]))

    assert (one.exact, one.promised, one.expected) == (False, "10 on 2020-01-03, 2 short", "4 on 2020-01-03")
    assert one.why == ("'thing' is not made, bought or brought to 'shop'",)


def test_an_operation_makes_its_item_in_its_time_of_its_parts(tmp_path: Path) -> None:
    parts = [{"item": "part", "location": "shop", "onhand": 8.0, "minimum": 0.0}]

    (one,) = compared(
        tmp_path, case(buffers=parts, operations_xml=[MAKE.format(priority=1)], demands=[demand(quantity=5.0)])
    )

    assert one.promised == "4 on 2020-01-03, 1 short"


def test_an_operation_of_priority_nothing_is_not_planned_but_what_is_confirmed_of_it_comes(tmp_path: Path) -> None:
    run = {"operation": "make", "quantity": 3.0, "start": "2020-01-01T00:00:00", "end": "2020-01-02T00:00:00"}
    confirmed = dict.fromkeys(("type", "item", "location", "origin", "supplier")) | run | {"status": "confirmed"}

    (one,) = compared(tmp_path, case(buffers=[], operations_xml=[MAKE.format(priority=0)], confirmed=[confirmed]))

    assert one.promised == "3 on 2020-01-03, 1 short"


def test_demands_are_promised_by_priority_then_day(tmp_path: Path) -> None:
    first, second = (
        demand(name="late", quantity=8.0, priority=1),
        demand(name="early", due="2020-01-02T00:00:00", priority=2),
    )
    expected = {name: {"ship": [], "short": 0.0} for name in ("late", "early")}

    found = compared(tmp_path, case(demands=[second, first], expected=expected))

    assert [(one.demand, one.promised) for one in found] == [
        ("late", "8 on 2020-01-03"),
        ("early", "2 on 2020-01-02, 2 short"),
    ]


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ('<!DOCTYPE operation [<!ENTITY a "b">]><operation name="x" />', "document type .* is refused"),
        ("<operation", "is not XML"),
        ("<plan />", "is not one of"),
        ('<operation name="x"><duration>2 days</duration></operation>', "accepted is such as 'P3D'"),
    ],
)
def test_an_operation_that_cannot_be_read_is_refused(tmp_path: Path, operation: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        compared(tmp_path, case(operations_xml=[operation]))


def test_parts_of_units_and_of_days_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match=r"2\.5 is not whole"):
        compared(tmp_path, case(demands=[demand(quantity=2.5)]))
    with pytest.raises(InvalidValueError, match="is within a day"):
        compared(tmp_path, case(demands=[demand(due="2020-01-03T08:00:00")]))


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text("{", encoding="utf-8")

    with pytest.raises(InvalidValueError, match=r"'cases\.json' is not JSON"):
        compare_file(tmp_path / "cases.json")

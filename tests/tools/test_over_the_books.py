"""Every tool over the services and PostgreSQL, under the agents' own role: it answers, shortly, in few words."""

import json
from collections.abc import Mapping
from typing import TypeVar

from tests.builders import day
from tests.core.services.configuring.blowers import add_blower
from tests.desk import Desk
from tests.tools.over_the_books import scanned
from tools.business import TaskList
from tools.goods import AvailabilityShown, ItemShown, StockShown, SupplyList
from tools.orders import DatePromised, LineExplained, OrderLineList, OrderShown
from tools.parties import CustomerShown, SupplierShown
from tools.registry import TOOLS, Toolset
from tools.spec import Effect, NextStep, Refusal, ToolOutput

Answer = TypeVar("Answer", bound=ToolOutput)
MOST_BYTES = 4_096
CALLS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("list_cases", {}),
    ("show_case", {"case": "CASE-1"}),
    ("find_stock_elsewhere", {"case": "CASE-1"}),
    ("request_supplier_quotes", {"case": "CASE-1"}),
    ("request_expedite_quotes", {"case": "CASE-1"}),
    ("plan_options", {"case": "CASE-1"}),
    ("list_options", {"case": "CASE-1"}),
    ("show_option", {"option": "CASE-1-1A"}),
    ("show_supply_impact", {"reference": "PO-1/1"}),
    ("simulate_scenario", {"delays": [{"order": "PO-1", "days": 5}]}),
    ("list_orders", {"status": "at_risk"}),
    ("show_order", {"order": "SO-1"}),
    ("explain_order_line", {"order": "SO-1", "line": 1}),
    ("promise_date", {"item": "PUMP-1", "quantity": 5, "customer": "HARBOR"}),
    ("show_customer", {"customer": "HARBOR"}),
    ("show_item", {"item": "VALVE-3"}),
    ("configure_item", {"product": "twin motor side blower", "quantity": 2, "requested": "2024-10-20"}),
    ("show_stock", {"item": "VALVE-3"}),
    ("show_availability", {"item": "VALVE-3"}),
    ("list_supply", {}),
    ("show_supplier", {"supplier": "GULF"}),
    ("list_suppliers", {}),
    ("show_kpis", {}),
    ("list_tasks", {}),
    ("show_scan", {}),
    ("list_proposals", {"state": None}),
)


def given(kind: type[Answer], tools: Toolset, name: str, /, **arguments: object) -> Answer:
    answer = tools.call(name, arguments)
    assert isinstance(answer, kind), answer
    return answer


def test_every_read_answers_under_the_agents_role_in_few_words(desk: Desk) -> None:
    add_blower(desk)
    tools = scanned(desk)

    for name, arguments in CALLS:
        answer = tools.call(name, arguments)

        assert not isinstance(answer, Refusal), (name, answer)
        assert len(answer.model_dump_json().encode()) < MOST_BYTES, name
        assert json.loads(answer.model_dump_json()) == answer.model_dump(mode="json")
    reads = {tool.name for tool in TOOLS if tool.effect is Effect.READ}
    assert reads == {name for name, _ in CALLS} | {"show_proposal"}  # which the proposals' tests show


def test_what_is_looked_up_is_what_the_books_say(desk: Desk) -> None:
    tools = scanned(desk)

    at_risk = given(OrderLineList, tools, "list_orders", status="at_risk")
    assert [(row.order, row.line, row.due) for row in at_risk.lines] == [("SO-1", 1, day(5))]
    assert [(row.projected, row.short) for row in at_risk.risks] == [(day(20), 0)]
    few = given(OrderLineList, tools, "list_orders", customer="harbor supply", limit=1)
    assert ([(row.order, row.line) for row in few.lines], few.left_out) == ([("SO-1", 1)], 1)
    assert given(OrderLineList, tools, "list_orders", status="late").lines == ()
    span = given(OrderLineList, tools, "list_orders", due_after=day(6).isoformat(), due_before=day(6).isoformat())
    assert [(row.order, row.open) for row in span.lines] == [("SO-2", 20)]
    order = given(OrderShown, tools, "show_order", order="harbor-1")
    assert (order.order, [line.line for line in order.lines], order.holds) == ("SO-1", [1, 2], ())
    why = given(LineExplained, tools, "explain_order_line", order="SO-1", line=1)
    assert (why.projected, why.short, why.days_late) == (day(20), 0, 15)
    assert [step.subject for step in why.why] == ["order line SO-1/1", "purchase order PO-1/1", "what would fix it"]
    assert [(row.supply, row.units) for row in why.rests_on] == [
        ("stock", 5),
        ("purchase order PO-1/1", 25),
        ("transfer order TO-1", 10),
    ]


def test_goods_and_dates_are_what_the_books_say(desk: Desk) -> None:
    tools = scanned(desk)

    stock = given(StockShown, tools, "show_stock", item="3-INCH VALVE")
    assert [(row.location, row.on_hand, row.free) for row in stock.rows] == [("HOUSTON", 5, 5), ("RENO", 60, 50)]
    assert (stock.on_hand, stock.free) == (65, 55)
    there = given(AvailabilityShown, tools, "show_availability", item="VALVE-3", location="HOUSTON")
    assert [(row.on, row.units) for row in there.rows] == [(day(0), 0), (day(20), 15)]
    assert [[point.value for point in series.points] for series in there.chart.series] == [[0, 15]]
    coming = given(SupplyList, tools, "list_supply", supplier="gulf castings")
    assert [(row.number, row.line, row.open, row.due) for row in coming.supply] == [
        ("PO-1", 2, 10, day(9)),
        ("PO-1", 1, 40, day(20)),
    ]
    assert given(SupplyList, tools, "list_supply", kind="transfer").supply[0].origin == "YARD"
    item = given(ItemShown, tools, "show_item", item="pump-1")
    assert ([row.component for row in item.components], item.owed_units) == (["MOTOR", "SEAL"], 2)
    dated = given(DatePromised, tools, "promise_date", item="PUMP-1", quantity=5, customer="HARBOR")
    assert [(part.on, part.quantity) for part in dated.dates] == [(day(4), 4), (day(13), 1)]
    assert (dated.complete, dated.unplannable) == (day(13), 0)


def test_parties_are_what_the_books_say(desk: Desk) -> None:
    tools = scanned(desk)

    customer = given(CustomerShown, tools, "show_customer", customer="Harbor Supply")
    assert (customer.customer, customer.open_lines, customer.late_lines, customer.open_units) == ("HARBOR", 2, 0, 42)
    supplier = given(SupplierShown, tools, "show_supplier", supplier="GULF")
    assert [row.item for row in supplier.offers] == ["MOTOR", "VALVE-3"]
    assert supplier.track_record.deliveries == 0
    assert given(TaskList, tools, "list_tasks").tasks == ()
    known = tools.core.known_names()
    assert ([one.code for one in known.customers], known.as_of) == (["HARBOR", "MESA"], day(0))
    assert {one.name: one.code for one in known.sites}["RENO"] == "RENO"


def test_a_name_that_is_none_is_refused_with_those_that_come_near(desk: Desk) -> None:
    tools = scanned(desk)

    for name, arguments, field, near in (
        ("show_customer", {"customer": "Harbur"}, "customer", "near are 'HARBOR' (Harbor Supply)"),
        ("show_supplier", {"supplier": "Golf Castings"}, "supplier", "near are 'GULF' (Gulf Castings)"),
        ("show_item", {"item": "VALV"}, "item", "near are 'VALVE-3' (3-inch valve)"),
        ("show_stock", {"item": "VALVE-3", "location": "Rino"}, "location", "near are 'RENO' (Reno)"),
        ("show_order", {"order": "SO-99"}, "order", "our number, such as 'SO-1042', or the customer's"),
        ("explain_order_line", {"order": "SO-1", "line": 7}, "line", "accepted are 1, 2"),
        ("show_kpis", {"names": ["otif"]}, "names", "accepted are ["),
    ):
        refusal = given(Refusal, tools, name, **arguments)

        assert (refusal.code in {"not_found", "invalid_value"}, refusal.next, refusal.field) == (
            True,
            NextStep.FIXABLE,
            field,
        )
        assert near in refusal.message, refusal.message

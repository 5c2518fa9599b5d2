"""Lists over HTTP: filtered, sorted, page by page, and to each visitor what it may see."""

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import OrderNo, UserName
from core.domain.scopes import Scope
from tests.ui.conftest import sign_in
from tests.ui.world import World

LISTS = (
    "orders", "order-lines", "customers", "items", "locations", "stock", "stock/moves", "reservations",
    "purchase-orders", "purchase-order-lines", "work-orders", "transfer-orders", "planned-orders", "shipments",
    "returns", "tasks", "case-records", "proposals", "approvals", "runs", "intake/drafts", "conversations", "audit",
    "scans", "policies/history", "imports",
)  # fmt: skip


def limited(stranger: TestClient, world: World, scope: Scope) -> TestClient:
    """Vic, who looks, seeing no more than this."""
    with world.open_uow(UserName("mary")) as uow:
        uow.users.set_scope(UserName("vic"), scope)
    return sign_in(stranger, "vic")


def test_orders_are_listed_with_the_sums_of_their_lines(mary: TestClient) -> None:
    answer = mary.get("/v1/orders")

    assert answer.json() == {
        "items": [
            {
                "number": "SO-1042",
                "customer": "HARBOR",
                "customer_name": "Harbor Supply",
                "customer_po": "4711",
                "kind": "order",
                "state": "confirmed",
                "channel": "portal",
                "order_date": "2026-02-20",
                "currency": "USD",
                "ship_from": "HOUSTON",
                "priority": 1,
                "version": 1,
                "lines": 1,
                "late": 0,
                "open": 40,
                "requested": "2026-03-09",
                "due": "2026-03-09",
                "value": "5000.00",
            }
        ],
        "next": None,
    }


def test_an_order_has_its_lines_and_a_tag(mary: TestClient) -> None:
    first = mary.get("/v1/orders/SO-1042")
    again = mary.get("/v1/orders/SO-1042", headers={"If-None-Match": first.headers["ETag"]})

    assert first.json()["order_lines"] == [
        {
            "order": "SO-1042",
            "line": 1,
            "customer": "HARBOR",
            "customer_name": "Harbor Supply",
            "item": "V-300",
            "item_name": first.json()["order_lines"][0]["item_name"],
            "ordered": 40,
            "open": 40,
            "requested": "2026-03-09",
            "promised": None,
            "due": "2026-03-09",
            "state": "confirmed",
            "location": "HOUSTON",
        }
    ]
    assert (first.json()["lines_left_out"], first.json()["holds"]) == (0, [])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["orders/SO-9", "customers/NOBODY", "items/NONE", "purchase-orders/PO-9",
                                  "work-orders/WO-9", "transfer-orders/TO-9", "planned-orders/PL-9",
                                  "shipments/SHP-9", "returns/RMA-9", "orders/SO-9/lines/1/promise",
                                  "orders/SO-1042/lines/2/promise", "orders/SO-9/lines/1/promises"])  # fmt: skip
def test_what_is_not_there_is_not_found(mary: TestClient, path: str) -> None:
    answer = mary.get(f"/v1/{path}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_paged_in_every_sort(mary: TestClient, name: str) -> None:
    description = mary.get("/v1/openapi.json").json()["paths"][f"/v1/{name}"]["get"]
    pattern = next(one["schema"]["pattern"] for one in description["parameters"] if one["name"] == "sort")
    sorts = pattern.removeprefix("^-?(").removesuffix(")$").split("|")

    for sort in [sign + one for one in sorts for sign in ("", "-")]:
        whole = mary.get(f"/v1/{name}", params={"sort": sort, "limit": 200})
        assert whole.status_code == 200, whole.text
        met, cursor = [], None
        while True:
            page = mary.get(f"/v1/{name}", params={"sort": sort, "limit": 1} | ({"cursor": cursor} if cursor else {}))
            assert page.status_code == 200, page.text
            met += page.json()["items"]
            if (cursor := page.json()["next"]) is None:
                break
        assert met == whole.json()["items"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=1E+1000000", "limit"),
        ("sort=price", "sort"),
        ("customer=", "customer"),
        ("customer=%00", "customer"),
        ("late_only=perhaps", "late_only"),
        ("ordered_after=2026-02-30", "ordered_after"),
        ("state=lost", "state"),
        ("changed_since=2026-03-02T12:00:00", "changed_since"),
        ("changed_since=1772452800", "changed_since"),
        ("due_after=20260302", "due_after"),
    ],
)
def test_a_value_that_is_none_is_refused_by_name(mary: TestClient, query: str, field: str) -> None:
    answer = mary.get(f"/v1/orders?{query}")

    assert answer.status_code == 422
    assert field in answer.text


def test_a_day_beyond_the_calendar_is_refused(mary: TestClient) -> None:
    answer = mary.get("/v1/orders?ordered_after=9999-12-31")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")


def test_a_cursor_belongs_to_its_list_and_sort(mary: TestClient) -> None:
    cursor = mary.get("/v1/locations?limit=1").json()["next"]
    assert cursor is not None

    for path in ("/v1/items?", "/v1/locations?sort=site&", "/v1/locations?may_ship=true&"):
        answer = mary.get(f"{path}cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


def test_a_promise_is_explained(mary: TestClient) -> None:
    answer = mary.get("/v1/orders/SO-1042/lines/1/promise").json()

    assert (answer["owed"], answer["short"], answer["projected"]) == (True, 40, None)
    assert answer["line"]["item"] == "V-300"
    assert answer["why"]
    assert answer["promises"] == mary.get("/v1/orders/SO-1042/lines/1/promises").json()["items"] == []


def test_what_can_be_promised_is_told_by_place(mary: TestClient) -> None:
    answer = mary.get("/v1/availability?item=V-300&location=RENO").json()

    assert (answer["item"], answer["places"][0]["place"]) == ("V-300", "RENO")
    assert answer["places"][0]["steps"][0]["units"] == 50


def test_key_figures_are_told_one_by_one(mary: TestClient) -> None:
    one = mary.get("/v1/kpis?name=otif_promise").json()
    every = mary.get("/v1/kpis").json()

    assert [kpi["name"] for kpi in one["items"]] == ["otif_promise"]
    assert one["items"][0] in every["items"]
    assert mary.get("/v1/kpis?name=none").status_code == 422


def test_key_figures_are_told_period_by_period_back_from_the_business_date(mary: TestClient) -> None:
    history = mary.get("/v1/kpis/history?days=30&periods=3").json()
    now = mary.get("/v1/kpis").json()

    assert [one["last"] for one in history["items"]] == ["2026-03-02", "2026-01-31", "2026-01-01"]
    assert history["items"][0]["first"] == "2026-02-01"
    assert history["items"][0]["last"] == now["as_of"]
    assert {one["of"] for period in history["items"] for one in period["items"]} == {""}
    assert mary.get("/v1/kpis/history?periods=25").status_code == 422


def test_who_sees_one_customer_sees_its_orders_and_no_stock(stranger: TestClient, world: World) -> None:
    vic = limited(stranger, world, Scope.of(None, ["HARBOR"]))

    assert [one["number"] for one in vic.get("/v1/orders").json()["items"]] == ["SO-1042"]
    assert vic.get("/v1/customers").json()["items"][0]["code"] == "HARBOR"
    for path in ("stock", "stock/moves", "reservations", "purchase-orders", "work-orders", "kpis", "tasks",
                 "availability?item=V-300", "orders/SO-1042/lines/1/promise"):  # fmt: skip
        assert vic.get(f"/v1/{path}").status_code == 403, path


def test_who_sees_another_customer_sees_none_of_it(stranger: TestClient, world: World) -> None:
    vic = limited(stranger, world, Scope.of(None, ["MESA"]))

    assert vic.get("/v1/orders").json() == {"items": [], "next": None}
    assert vic.get("/v1/order-lines").json()["items"] == []
    assert vic.get("/v1/customers").json()["items"] == []
    assert vic.get("/v1/orders/SO-1042").status_code == 404
    assert vic.get("/v1/orders/SO-1042/lines/1/promises").status_code == 404


def test_who_sees_one_site_sees_its_stock(stranger: TestClient, world: World) -> None:
    vic = limited(stranger, world, Scope.of(["RNO"], None))

    assert {one["location"] for one in vic.get("/v1/stock").json()["items"]} == {"RENO"}
    assert vic.get("/v1/orders").json()["items"] == []
    assert [one["code"] for one in vic.get("/v1/locations").json()["items"]] == ["RENO"]
    assert vic.get("/v1/availability?item=V-300").status_code == 422
    assert vic.get("/v1/availability?item=V-300&location=HOUSTON").status_code == 404
    assert vic.get("/v1/availability?item=V-300&location=RENO").json()["places"][0]["place"] == "RENO"


def test_cases_are_listed_with_all_that_ended(mary: TestClient) -> None:
    records = mary.get("/v1/case-records?sort=-exposure").json()["items"]

    assert [(one["title"], one["exposure"], one["lines"]) for one in records] == [
        ("40 V-300 lack at HOUSTON", "5000.00", 1), ("PO-7 line 1 is overdue", "100.00", 0),
    ]  # fmt: skip
    assert mary.get("/v1/case-records?exposure_at_least=101").json()["items"] == records[:1]
    assert mary.get("/v1/case-records?exposure_at_least=1E+1000000").status_code == 422


def test_options_and_proposals_are_those_of_a_case(mary: TestClient, world: World) -> None:
    options = mary.get(f"/v1/cases/{world.case}/options").json()["items"]
    proposals = mary.get(f"/v1/proposals?case={world.case}").json()["items"]

    assert [(one["case"], one["planning_round"]) for one in options] == [(world.case, 1), (world.case, 1)]
    assert [(one["option"], one["approval"], one["state"]) for one in proposals] == [
        (options[0]["id"], world.approval, "pending")
    ]
    assert mary.get("/v1/proposals?case=CASE-999999").json()["items"] == []
    assert mary.get("/v1/cases/CASE-99/options").status_code == 404


def test_the_audit_log_is_read_by_thing_and_event(mary: TestClient, world: World) -> None:
    opened = mary.get("/v1/audit?event=case_opened").json()["items"]
    trail = mary.get(f"/v1/audit?scope=case:{world.case}").json()["items"]

    assert [one["scope"] for one in opened] == ["case:CASE-1", "case:CASE-2"]
    assert trail[0] == opened[0]
    assert [one["sequence"] for one in trail] == list(range(1, len(trail) + 1))
    assert trail[1]["previous"] == trail[0]["hash"]


def test_a_conversation_is_listed_to_who_has_it(mary: TestClient, stranger: TestClient) -> None:
    begun = mary.post("/v1/conversations", headers={"Idempotency-Key": "begin"}).json()

    assert mary.get("/v1/conversations").json()["items"] == [
        {"id": begun["id"], "begun_at": begun["begun_at"], "turns": 0, "last_at": None}
    ]
    assert sign_in(stranger, "otto").get("/v1/conversations").json()["items"] == []


def test_every_chain_of_the_audit_log_is_proven(mary: TestClient) -> None:
    assert mary.get("/v1/audit/verification").json() == {"whole": True, "broken": []}


def test_an_order_is_printed_whole_in_itself_with_its_prices_and_nobodys_markup(mary: TestClient, world: World) -> None:
    with world.open_uow(UserName("test")) as uow:
        total = sum(line.unit_price * line.ordered for line in uow.orders.lines(OrderNo("SO-1042")))
    sheet = mary.get("/v1/orders/SO-1042/sheet").json()

    assert sheet["name"] == "order-SO-1042.html"
    assert f"{total:,.2f}" in sheet["html"]
    assert "<h1>Order SO-1042</h1>" in sheet["html"]
    assert not {"<script", "<img", "http://", "https://", "url("} & {
        mark for mark in ("<script", "<img", "http://", "https://", "url(") if mark in sheet["html"]
    }
    assert mary.get("/v1/orders/SO-99/sheet").status_code == 404

"""Every page of the console: what it shows, that it acts on ids, and what it says without content or an answer."""

from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.console.replies import waiting
from tests.ui.console.samples import HASH, FakeClient, approval, detail, inbox, option
from tests.ui.console.test_console import HERE, PLAIN, console, texts
from tests.ui.world import HOSTILE
from ui.client import ClientError
from ui.console import places
from ui.schemas.desk import EditTried, HaltReply, ScanReply
from ui.schemas.listing import OrderList
from ui.schemas.supply import WorkList

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
PAGES = ("today", "inbox", "chat", "orders", "entry", "stock", "floor", "scans", "performance", "control")
OPENED = {"chat": ("conversation", "CHAT-1"), "orders": ("order", "SO-1042"), "entry": ("draft", "DRAFT-3")}


def page(name: str, client: FakeClient, **asked: str) -> AppTest:
    """A page as the address asks for it, two hours after noon."""
    app = AppTest.from_file(str(HERE / "app_pages" / f"{name}.py"), default_timeout=30)
    app.session_state["make_client"] = lambda: client
    app.session_state["name"], app.session_state["role"] = "mary", "operations_manager"
    app.session_state["now"] = NOW
    for parameter, value in asked.items():
        app.query_params[parameter] = value
    return app.run()


def grids(app: AppTest) -> list[dict[str, list[Any]]]:
    return [grid.value.to_dict("list") for grid in app.dataframe]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_content_and_renders_nobodys_text(name: str) -> None:
    opened = dict([OPENED[name]]) if name in OPENED else {}
    app = page(name, FakeClient(), **opened)

    assert [one.value for one in app.exception] == []
    assert len(texts(app)) > 60
    told = [one for one in app.main if one.type not in PLAIN and "evil.example" in repr(one.proto)]
    assert [one.type for one in told if getattr(one.proto, "component_name", "") != "expediter_marked"] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_whose_server_is_away_says_so(name: str) -> None:
    opened = dict([OPENED[name]]) if name in OPENED else {}
    app = page(name, FakeClient(refusal=ClientError("server_unreachable", "it cannot be reached")), **opened)

    assert [one.value for one in app.exception] == []
    assert "it cannot be reached" in texts(app)


def test_today_tells_what_is_at_risk_and_what_waits_for_me_with_its_clock() -> None:
    app = page("today", FakeClient())

    assert [(one.label, one.value) for one in app.metric][:2] == [
        ("Value at risk", "10,000.00 USD"),
        ("Customers hurt", "2"),
    ]
    assert "240.00 USD, 60 minutes left" in texts(app)
    assert "Last scan 2 hours ago." in texts(app)
    app.button(key="waiting-AP-1-1A").click().run()
    assert app.query_params["case"] == "CASE-1"


def test_what_waits_for_others_or_has_run_out_is_not_mine() -> None:
    client = FakeClient()
    client.answers["list_approvals"] = waiting(why_not="the time to decide has passed")

    assert "No plan waits for your decision." in texts(page("today", client))


def test_a_part_of_today_that_is_not_mine_to_see_leaves_the_rest() -> None:
    client = FakeClient()
    client.answers["list_runs"] = ClientError("not_authorised", "no", status=403)
    app = page("today", client)

    assert "Not shown to your role." in [one.value for one in app.caption]
    assert "Books: " in texts(app)


def test_a_halt_is_said_on_top_of_everything() -> None:
    client = FakeClient()
    client.answers["get_halt"] = HaltReply(halted=True, reason=HOSTILE, by="mary", since=NOW)
    app = page("control", client)

    assert [one.value for one in app.error] == ["Halted: nothing is carried out, nothing is sent, no agent runs."]
    app.button(key="resume").click().run()
    assert client.asked("resume") == [("resume", "{}")]


def test_the_inbox_is_searched_by_the_server_and_by_whose_it_is() -> None:
    client = FakeClient()
    app = page("inbox", client)

    app.text_input(key="said").set_value("harbor")
    app.checkbox(key="mine").check().run()

    assert client.asked("inbox")[-1] == ("inbox", "", "", "mary", "harbor")


def test_the_most_urgent_case_is_one_key_away() -> None:
    client = FakeClient()
    page("inbox", client).button(key="next-case").click().run()

    assert client.asked("case") == [("case", "CASE-1")]


def test_an_inbox_without_a_match_says_how_to_see_more() -> None:
    app = page("inbox", FakeClient(listed=inbox()))
    app.text_input(key="said").set_value("nothing").run()

    assert [one.value for one in app.info] == ["No case matches. Take a filter away to see the others."]


def test_a_case_can_be_taken() -> None:
    client = FakeClient()
    client.answers["take_case"] = None
    page("inbox", client, case="CASE-1").button(key="take").click().run()

    assert client.asked("take_case") == [("take_case", "CASE-1")]


def test_putting_a_case_aside_needs_a_reason() -> None:
    client = FakeClient()
    client.answers["snooze_case"] = None
    client.shown = detail(approval=None, next="resolve")
    app = page("inbox", client, case="CASE-1")

    app.button(key="snooze").click().run()
    assert client.asked("snooze_case") == []
    app.text_input(key="aside-CASE-1").set_value("Gulf answers tomorrow")
    app.button(key="snooze").click().run()

    said = '{"until":"2026-03-03","reason":"Gulf answers tomorrow"}'
    assert client.asked("snooze_case") == [("snooze_case", "CASE-1", said)]


def test_another_way_out_takes_the_place_of_exactly_the_plan_that_was_shown() -> None:
    client = FakeClient()
    client.answers["put_forward"] = ClientError("stale", "another plan waits now", status=409)
    app = page("inbox", client, case="CASE-1")

    client.shown = detail(approval=approval(id="AP-1-2A", plan_hash="cd" * 32))
    app.button(key="forward").click().run()

    said = f'{{"option":"CASE-1-1B","instead_of":"AP-1-1A","plan_hash":"{HASH}"}}'
    assert client.asked("put_forward") == [("put_forward", "CASE-1", said)]
    assert "another plan waits now" in texts(app)


def test_an_edited_plan_is_simulated_before_it_is_put_forward() -> None:
    client = FakeClient()
    client.answers["try_edited"] = EditTried(before=option("A"), after=option("B"))
    client.answers["put_forward_edited"] = ClientError("hash_mismatch", "look at it again", status=409)
    app = page("inbox", client, case="CASE-1")

    app.number_input(key="quantity-CASE-1-1A").set_value(30)
    next(one for one in app.button if one.label == "See what it would do").click().run()
    said = f'{{"option":"CASE-1-1A","part":1,"quantity":30,"instead_of":"AP-1-1A","plan_hash":"{HASH}"}}'
    assert client.asked("try_edited") == [("try_edited", "CASE-1", said)]
    assert client.asked("put_forward_edited") == []

    app.button(key="put-CASE-1-1A").click().run()
    assert client.asked("put_forward_edited") == [("put_forward_edited", "CASE-1", said)]
    assert "look at it again" in texts(app)


def test_an_edit_of_nothing_is_not_simulated() -> None:
    client = FakeClient()
    app = page("inbox", client, case="CASE-1")
    next(one for one in app.button if one.label == "See what it would do").click().run()

    assert client.asked("try_edited") == []
    assert [one.value for one in app.error] == ["Nothing was changed."]


def test_an_edit_that_cannot_be_says_why() -> None:
    client = FakeClient()
    client.answers["try_edited"] = ClientError("not_feasible", "GULF does not quote", status=409)
    app = page("inbox", client, case="CASE-1")
    app.text_input(key="supplier-CASE-1-1A").set_value("GULF")
    next(one for one in app.button if one.label == "See what it would do").click().run()

    assert "GULF does not quote" in texts(app)
    assert [one.key for one in app.button if (one.key or "").startswith("put-")] == []


def test_an_order_shows_what_its_promise_rests_on() -> None:
    app = page("orders", FakeClient(), order="SO-1042")

    assert "All of it is expected on 12 Mar 2026, later than promised." in texts(app)
    assert grids(app)[1]["Rests on"] == ["PO-1/1"]


def test_an_order_is_opened_by_its_number_and_not_by_its_row() -> None:
    client = FakeClient()
    app = page("orders", client)
    app.session_state["orders-0-SO-1042"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()

    assert client.asked("get_order") == [("get_order", "SO-1042")]


def test_no_order_matches() -> None:
    client = FakeClient()
    client.answers["list_orders"] = OrderList(items=(), next=None)

    assert len(page("orders", client, customer="NOBODY").info) == 1


def test_a_link_for_the_customer_is_shown_once() -> None:
    client = FakeClient()
    app = page("orders", client, order="SO-1042")
    app.button(key="make-link").click().run()

    assert client.asked("make_status_link") == [("make_status_link", "SO-1042", "{}")]
    assert [one.value for one in app.code] == ["http://127.0.0.1:8710/status/abc"]


def test_a_suggested_question_is_asked_and_answered_in_a_conversation_the_address_names() -> None:
    client = FakeClient()
    app = page("chat", client)
    app.button(key="suggested-0").click().run()

    assert client.asked("ask") == [("ask", "CHAT-1", '{"text":"What is wrong today?"}')]
    assert app.query_params["conversation"] == "CHAT-1"
    assert "AP-1-1A waits for people. Nothing has happened yet." in texts(app)


def test_what_an_answer_cites_and_can_be_opened_is_a_button() -> None:
    app = page("chat", FakeClient(), conversation="CHAT-1")
    keys = [one.key for one in app.button if (one.key or "").startswith("cite")]

    assert keys == ["cite-2-order-SO-1042", "cite-2-case-CASE-1"]
    app.button(key="cite-2-case-CASE-1").click().run()
    assert app.query_params["case"] == "CASE-1"


def test_a_scan_that_was_asked_for_is_followed_until_it_is_there() -> None:
    client = FakeClient()
    app = page("scans", client)
    app.button(key="scan-now").click().run()
    assert client.asked("ask_for_scan") == [("ask_for_scan",)]
    assert "The scan runs. You can leave this page; what it finds is in the inbox." in [one.value for one in app.info]

    client.answers["last_scan"] = ScanReply(as_of=NOW.date(), at=NOW, rules={}, open_cases={})
    app.run()
    assert [one.value for one in app.success] == ["The scan is done."]


def test_two_scans_are_compared() -> None:
    assert grids(page("scans", FakeClient()))[1] == {"What": ["lines late"], "Before": ["5"], "After": ["3"]}


def outage(client: FakeClient) -> AppTest:
    """A scenario of one part: GULF delivers nothing for fourteen days."""
    app = page("scans", client)
    app.session_state["scans-tab"] = "What if"
    app.run()
    app.text_input(key="what-if-name").set_value("GULF")
    app.number_input(key="what-if-number").set_value(14)
    return next(one for one in app.button if one.label == "Add").click().run()


def test_a_scenario_is_compared_with_the_books_as_they_are() -> None:
    client = FakeClient()
    app = outage(client)

    assert client.asked("what_if")[-1] == ("what_if", '{"outages":[{"supplier":"GULF","days":14}]}')
    assert [(one.label, one.value, one.delta) for one in app.metric][:2] == [
        ("Lines late", "3", "2"),
        ("Lines not covered", "0", "0"),
    ]
    assert grids(app)[-1]["Before"] == ["40 on time, 9 Mar 2026"]
    assert grids(app)[-1]["After"] == ["3 late, all there 12 Mar 2026"]
    assert "1 more lines would stand otherwise." in [one.value for one in app.caption]


def test_a_part_of_a_scenario_can_be_taken_away() -> None:
    client = FakeClient()
    app = outage(client)
    app.button(key="part-0-1").click().run()

    assert len(client.asked("what_if")) == 1
    assert "Add what might happen; nothing of it is kept." in texts(app)


def test_a_scenario_that_does_not_fit_the_books_says_why() -> None:
    client = FakeClient()
    client.answers["what_if"] = ClientError("not_found", "there is no supplier 'GULF'", status=404)

    assert "there is no supplier 'GULF'" in texts(outage(client))


def test_figures_stand_beside_those_of_the_period_before() -> None:
    client = FakeClient()
    app = page("performance", client)
    whole, curve, parts = (next(grid for grid in grids(app) if name in grid) for name in ("Before", "From", "Of"))

    assert whole["Value"] == ["90.00 %", "nothing counted", "12.50 USD"]
    assert whole["Before"] == ["90.00 %", "", ""]
    assert curve["%"] == [90.0, 90.0]
    assert parts["Of"] == [HOSTILE]
    assert client.asked("kpi_history") == [("kpi_history", "days=30", "periods=6")]


def test_an_exception_is_set_against_what_it_costs_by_hand() -> None:
    app = page("performance", FakeClient())
    app.number_input(key="by-hand").set_value(45).run()

    (cost,) = (one for one in app.metric if one.label == "Cost of an exception" and "hand" in (one.delta or ""))
    assert (cost.value, cost.delta) == ("12.50 USD", "-32.50 USD against by hand")


def test_halting_needs_a_reason() -> None:
    client = FakeClient()
    app = page("control", client)
    app.button(key="halt").click().run()
    assert client.asked("halt") == []

    app.text_input(key="halt-reason").set_value("fire in Reno")
    app.button(key="halt").click().run()
    assert client.asked("halt") == [("halt", '{"reason":"fire in Reno"}')]


def test_the_audit_log_is_proven_on_demand_and_a_break_is_told() -> None:
    client = FakeClient()
    app = page("control", client)
    assert client.asked("verify_audit") == []

    app.button(key="verify-audit").click().run()

    assert [one.value for one in app.error] == ["The audit log is not whole."]
    assert HOSTILE in texts(app)


def test_suppliers_are_told_the_worst_first() -> None:
    (*_, suppliers) = grids(page("stock", FakeClient()))

    assert suppliers["Supplier"] == [HOSTILE]
    assert [str(one) for one in suppliers["On time in full, %"]] == ["90.00"]


def test_the_floor_finds_a_work_order_by_what_is_scanned() -> None:
    app = page("floor", FakeClient())
    app.text_input(key="scanned").set_value("v-30").run()
    assert "WO-1: 30 V-300 to make at HOUSTON" in texts(app)

    app.text_input(key="scanned").set_value("WO-77").run()
    assert [one.value for one in app.info] == ["No open work order matches."]


def test_a_floor_without_work_says_so() -> None:
    client = FakeClient()
    client.answers["list_work_orders"] = WorkList(items=(), next=None)

    assert [one.value for one in page("floor", client).info] == ["No work order is open."]


def test_the_bar_on_top_leads_to_every_page() -> None:
    app = console(FakeClient(), signed_in=False, token="exs_1")

    assert [one.value for one in app.exception] == []
    assert "Gulf Valve, 2 Mar 2026" in texts(app)
    assert [one.script for one in places.PLACES] == list(PAGES)
    assert {one.stem for one in (HERE / "app_pages").glob("[a-z]*.py")} == set(PAGES)

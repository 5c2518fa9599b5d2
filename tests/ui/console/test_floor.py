"""The floor: a code opens its order; work is begun, reported and finished in the units that were typed."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.console.floor_replies import floor
from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page
from tests.ui.world import HOSTILE
from ui.client import ClientError
from ui.schemas.floor import JobList, WorkCenterList


def opened(client: FakeClient, **changes: Any) -> AppTest:
    client.answers["floor_order"] = floor(**changes)
    return page("floor", client, work="WO-12")


def said(client: FakeClient, verb: str) -> dict[str, Any]:
    ((_, order, body),) = client.asked(verb)
    assert order == "WO-12"
    return json.loads(body)


def keys(app: AppTest) -> set[str]:
    return {str(one.key) for one in (*app.button, *app.number_input, *app.text_input, *app.text_area)}


def test_a_scanned_code_opens_its_order_and_brings_its_units() -> None:
    client = FakeClient()
    client.answers["floor_order"] = floor()
    app = page("floor", client)
    app.text_input(key="scanned").set_value("wo-1*3").run()

    assert app.query_params["work"] == "WO-1"
    assert app.number_input(key="step-good").value == 3


def test_an_order_beyond_those_listed_is_looked_up_by_its_code() -> None:
    client = FakeClient()
    listed = client.answers["list_work_orders"]
    client.answers["list_work_orders"] = listed.model_copy(update={"next": "c1"})
    client.answers["get_work_order"] = listed.items[0].model_copy(update={"number": "WO-900"})
    client.answers["floor_order"] = floor(number="WO-900")
    app = page("floor", client)
    app.text_input(key="scanned").set_value("WO-900").run()

    assert client.asked("get_work_order") == [("get_work_order", "WO-900")]
    assert app.query_params["work"] == "WO-900"


def test_an_unknown_code_with_units_reports_nothing_and_says_so() -> None:
    client = FakeClient()
    app = page("floor", client)
    app.text_input(key="scanned").set_value("WO-77*3").run()

    assert "work" not in app.query_params
    assert [one.value for one in app.error] == ["No open work order has that number; nothing was reported."]


def test_an_order_that_was_not_begun_is_started_at_the_version_that_was_shown() -> None:
    client = FakeClient()
    client.answers["start_work"] = floor()
    app = opened(client, may_start=True, stage="open", steps=[], parts=[], finishable=0, next_step=None)
    app.text_input(key="floor-short").set_value("seals come at noon")
    app.button(key="floor-start").click().run()

    assert said(client, "start_work") == {"version": 7, "why_short": "seals come at noon"}
    assert "WO-12 has started." in texts(app)


def test_units_and_scrap_are_reported_at_the_operation_that_is_next() -> None:
    client = FakeClient()
    client.answers["report_work"] = floor()
    app = opened(client)
    app.number_input(key="step-good").set_value(3)
    app.number_input(key="step-scrap").set_value(1)
    app.text_input(key="step-why").set_value("cracked")
    app.button(key="FormSubmitter:report-10-Report").click().run()

    assert said(client, "report_work") == {"sequence": 10, "good": 3, "scrapped": 1, "reason": "cracked"}
    assert "3 good and 1 scrapped at operation 10 of WO-12." in texts(app)
    assert "FormSubmitter:report-20-Report" not in keys(app)


def test_what_the_core_refuses_is_said_in_its_words() -> None:
    client = FakeClient()
    client.answers["report_work"] = ClientError("conflict", "4 came to it", status=409)
    app = opened(client)
    app.button(key="FormSubmitter:report-10-Report").click().run()

    assert "It was not reported." in [one.value for one in app.error]
    assert "4 came to it" in texts(app)


def test_finished_units_go_into_stock() -> None:
    client = FakeClient()
    client.answers["finish_work"] = floor(completed=4)
    app = opened(client)
    app.button(key="FormSubmitter:floor-finish-Finish").click().run()

    assert said(client, "finish_work") == {"good": 2}
    assert "2 EA of WO-12 are in stock, 4 of 10 in all." in texts(app)


@pytest.mark.parametrize(
    ("tracked", "asked"), [("none", set[str]()), ("lot", {"finish-lot"}), ("serial", {"finish-serials"})]
)
def test_lots_and_serial_numbers_are_asked_for_where_the_item_has_them(tracked: str, asked: set[str]) -> None:
    assert keys(opened(FakeClient(), tracked=tracked)) & {"finish-lot", "finish-serials"} == asked


def test_a_lot_and_serial_numbers_are_sent_as_typed() -> None:
    for tracked, field, typed, sent in (
        ("lot", "finish-lot", " L-7 ", {"lot": "L-7"}),
        ("serial", "finish-serials", "S1\n S2 \n", {"serials": ["S1", "S2"]}),
    ):
        client = FakeClient()
        client.answers["finish_work"] = floor()
        app = opened(client, tracked=tracked)
        place = app.text_input if tracked == "lot" else app.text_area
        place(key=field).set_value(typed)
        app.button(key="FormSubmitter:floor-finish-Finish").click().run()

        assert said(client, "finish_work") == {"good": 2, **sent}


def test_an_order_with_nothing_left_says_so_and_leads_back() -> None:
    app = opened(FakeClient(), stage="completed", steps=[], finishable=0, next_step=None)
    assert "Nothing is left to report on this order." in [one.value for one in app.info]

    app.button(key="floor-back").click().run()
    assert "work" not in app.query_params


def centers(client: FakeClient, *jobs: dict[str, Any]) -> AppTest:
    known = {"code": "ASSEMBLY", "name": HOSTILE, "location": "HOUSTON"}
    client.answers["list_work_centers"] = WorkCenterList.model_validate({"items": [known]})
    client.answers["list_jobs"] = JobList.model_validate({"center": "ASSEMBLY", "items": jobs})
    return page("floor", client).selectbox(key="center").set_value("ASSEMBLY").run()


def test_a_work_centre_lists_what_to_do_next_with_the_reasons() -> None:
    client = FakeClient()
    client.answers["floor_order"] = floor()
    job = {"order": "WO-12", "sequence": 10, "name": "Assemble", "item": "V-300", "quantity": 4, "due": "2026-03-05"}
    rest = {
        "minutes": 90,
        "started": True,
        "ready": False,
        "critical_ratio": "0.50",
        "because": ["critical ratio 0.50"],
    }
    app = centers(client, {**job, **rest})

    assert "1. WO-12, operation 10 Assemble: 4 V-300" in texts(app)
    assert "Due 5 Mar 2026, 90 minutes. Nothing has come to it yet. critical ratio 0.50" in texts(app)
    app.button(key="open-WO-12-10").click().run()
    assert app.query_params["work"] == "WO-12"


def test_a_work_centre_without_work_says_so() -> None:
    said = [one.value for one in centers(FakeClient()).info]

    assert said == ["Nothing that was started waits at this work centre."]

"""Scarce units given out anew on the console: tried first, carried out by the digest of what was shown; quotas."""

import json
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.ui.console.allocation_replies import DIGEST, quotas, run
from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import HERE, texts
from tests.ui.console.test_pages import grids, page
from ui.client import ClientError


def opened(client: FakeClient, tab: str, *, item: str = "V-300") -> AppTest:
    app = AppTest.from_file(str(HERE / "app_pages" / "stock.py"), default_timeout=30)
    app.session_state["make_client"] = lambda: client
    app.session_state["name"], app.session_state["role"] = "mary", "operations_manager"
    app.session_state["stock-tab"] = tab
    app.query_params["item"] = item
    return app.run()


def tried(client: FakeClient) -> AppTest:
    client.answers["simulate_run"] = run()
    app = opened(client, "Give out anew")
    return app.button(key="run-try").click().run()


def test_stock_itself_asks_for_no_run_and_no_quotas() -> None:
    client = FakeClient()
    page("stock", client, item="V-300")

    assert (client.asked("simulate_run"), client.asked("list_quotas")) == ([], [])


def test_a_run_is_tried_and_shown_line_by_line_with_what_cannot_be_kept() -> None:
    client = FakeClient()
    app = tried(client)

    ((_, said),) = client.asked("simulate_run")
    assert json.loads(said) == {"item": "V-300", "location": "HOUSTON"}
    (shown,) = (grid for grid in grids(app) if "Would be" in grid)
    assert (shown["Line"], shown["Would be"]) == (["SO-1042/1", "SO-3/1"], ["15 on 5 Mar 2026", "40 on 5 Mar 2026"])
    assert (shown["More"], shown["Fewer"]) == ([0, 40], [25, 0])
    assert "SO-1042/1: floor infeasible, 40 wanted, 15 given" in texts(app)
    assert client.asked("commit_run") == []


def test_a_run_is_carried_out_by_the_digest_of_what_was_shown() -> None:
    client = FakeClient()
    app = tried(client)
    client.answers["commit_run"] = run(committed=True)
    app.button(key="run-commit").click().run()

    assert client.asked("commit_run") == [("commit_run", "BR-1", f'{{"digest":"{DIGEST}"}}')]
    assert "Carried out as it was shown." in [one.value for one in app.success]


def test_a_run_that_would_do_something_else_is_refused_in_the_words_of_the_core() -> None:
    client = FakeClient()
    app = tried(client)
    client.answers["commit_run"] = ClientError("proposal_stale", "simulate it again", status=409)
    app.button(key="run-commit").click().run()

    assert "It was not carried out; nothing has changed." in [one.value for one in app.error]
    assert "simulate it again" in texts(app)


def test_a_run_that_changes_nothing_cannot_be_carried_out() -> None:
    client = FakeClient()
    same = run().lines[0]
    client.answers["simulate_run"] = run(lines=[{**same.model_dump(), "after": same.model_dump()["before"]}])
    app = opened(client, "Give out anew").button(key="run-try").click().run()

    assert app.button(key="run-commit").disabled


def test_an_override_of_a_line_is_tried_with_its_reason_and_not_without() -> None:
    client = FakeClient()
    app = tried(client)
    app.button(key="FormSubmitter:run-override-Try it with this").click().run()
    assert "Say why the line is to be served otherwise." in texts(app)

    app.selectbox(key="override-line").set_value("SO-3/1")
    app.number_input(key="override-most").set_value(10)
    app.text_input(key="override-why").set_value("they agreed to wait")
    app.button(key="FormSubmitter:run-override-Try it with this").click().run()

    said = json.loads(client.asked("simulate_run")[-1][1])
    (override,) = said["overrides"]
    assert (override["order"], override["line"], override["at_most"]) == ("SO-3", 1, 10)
    assert override["reason"] == "they agreed to wait"


def test_without_an_item_the_run_says_what_is_missing() -> None:
    said = [one.value for one in opened(FakeClient(), "Give out anew", item="").info]

    assert "Name an item above; its open lines at a place can then be given out anew, on paper first." in said


def test_quotas_show_what_is_taken_and_left_and_are_released_from_a_day_on() -> None:
    client = FakeClient()
    client.answers["release_quota"] = quotas().items[0]
    app = opened(client, "Quotas")
    (shown,) = (grid for grid in grids(app) if "Quota" in grid)
    assert (shown["For"], shown["Units"], shown["Taken"], shown["Left"]) == (["HARBOR"], [100], [40], [60])

    app.button(key="release-quota").click().run()
    assert client.asked("release_quota") == []
    app.date_input(key="release-on").set_value(date(2026, 3, 10))
    app.button(key="release-quota").click().run()

    assert client.asked("release_quota") == [("release_quota", "Q-WEST", '{"on":"2026-03-10"}')]


def test_a_new_quota_is_of_the_item_that_is_shown() -> None:
    client = FakeClient()
    client.answers["set_quota"] = quotas().items[0]
    app = opened(client, "Quotas")
    app.text_input(key="quota-code").set_value("Q-1")
    app.date_input(key="quota-first").set_value(date(2026, 3, 1))
    app.date_input(key="quota-last").set_value(date(2026, 3, 31))
    app.number_input(key="quota-units").set_value(50)
    app.button(key="FormSubmitter:quota-new-Set it").click().run()

    ((_, said),) = client.asked("set_quota")
    asked = json.loads(said)
    assert (asked["code"], asked["item"], asked["quantity"]) == ("Q-1", "V-300", 50)
    assert "customer" not in asked

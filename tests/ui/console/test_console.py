"""The console, driven by its widgets' keys, its client replaced by one that remembers."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.console.samples import HASH, FakeClient, approval, card, detail, executed, inbox
from tests.ui.world import HOSTILE
from ui.client import ClientError
from ui.schemas import CaseDetail, Failure

HERE = Path(__file__).resolve().parents[3] / "ui" / "console"
# The elements that show text as it is; a chart draws it on a canvas. Every other kind, labels of containers included,
# may render markdown.
PLAIN = {"text", "code", "dataframe", "arrow_data_frame", "echarts_chart"}


class Finishing(FakeClient):
    """The plan is carried out between the first look at the case and the second."""

    def case(self, case: str) -> CaseDetail:
        shown = super().case(case)
        self.shown = detail(approval=executed(), next="none")
        return shown


def console(
    client: FakeClient,
    *,
    case: str | None = None,
    signed_in: bool = True,
    token: str = "",
    script: str = "app_pages/inbox.py",
) -> AppTest:
    """A page by itself for who has signed in; the whole console for who has not."""
    app = AppTest.from_file(str(HERE / (script if signed_in else "app.py")), default_timeout=30)
    app.session_state["make_client"] = lambda: client
    app.session_state["token"] = token
    if signed_in:
        app.session_state["name"] = "mary"
        app.session_state["role"] = "operations_manager"
    if case is not None:
        app.query_params["case"] = case
    return app.run()


def texts(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.text)


def grid_key(client: FakeClient, *, generation: int = 0) -> str:
    return f"inbox-{generation}-{'|'.join(case.id for case in client.listed.cases)}"


def sign_in_link(app: AppTest) -> list[str]:
    """Where the link to the page of signing in leads."""
    found = re.findall(r'href="([^"]+)">Sign in<', " ".join(str(one.proto.body) for one in app.main.get("html")))
    return [str(one) for one in found]


def test_the_session_a_browser_brings_leads_to_the_day() -> None:
    client = FakeClient()
    app = console(client, signed_in=False, token="exs_1")

    assert client.asked("who_am_i") == [("who_am_i",)]
    assert "signed in as mary, operations manager" in texts(app)
    app.run()
    assert client.asked("who_am_i") == [("who_am_i",)]


@pytest.mark.parametrize(
    ("case", "there"), [(None, "/auth/sign-in?next=%2F"), ("CASE-1", "/auth/sign-in?next=%2F%3Fcase%3DCASE-1")]
)
def test_without_a_session_there_is_only_the_way_to_sign_in(case: str | None, there: str) -> None:
    client = FakeClient()
    app = console(client, signed_in=False, case=case)

    assert (client.calls, sign_in_link(app)) == ([], [there])


def test_a_session_that_counts_no_more_is_asked_about_once() -> None:
    client = FakeClient(refusal=ClientError("authentication_failed", "it has ended", status=401))
    app = console(client, signed_in=False, token="exs_1").run()

    assert (client.calls, len(sign_in_link(app)), list(app.error)) == ([("who_am_i",)], 1, [])


def test_a_server_that_is_away_signs_nobody_in_and_is_said() -> None:
    client = FakeClient(refusal=ClientError("server_unreachable", "it cannot be reached"))
    app = console(client, signed_in=False, token="exs_1")

    assert [one.value for one in app.error] == ["Nobody can be signed in now."]
    assert len(sign_in_link(app)) == 1


def test_inbox_lists_the_cases_in_words() -> None:
    app = console(FakeClient())

    (grid,) = app.dataframe
    row = grid.value.iloc[0]
    assert list(grid.value["Case"]) == ["CASE-1", "CASE-2"]
    assert (row["Kind"], row["Decide by"], row["Customers"]) == (
        "Not enough to deliver",
        "4 Mar 2026 (2 days left)",
        "Harbor Supply and 1 more",
    )
    assert [one.value for one in app.metric] == ["2", "10,000.00 USD", "0"]


def test_filters_ask_the_server_again() -> None:
    client = FakeClient()
    app = console(client)

    app.selectbox(key="filter-state").set_value("proposed").run()

    assert client.asked("inbox")[-1] == ("inbox", "proposed", "", "", "")


def test_a_row_opens_the_case_it_showed() -> None:
    client = FakeClient()
    app = console(client)

    app.session_state[grid_key(client)] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()

    assert client.asked("case") == [("case", "CASE-2")]


def test_a_selection_does_not_outlive_its_rows() -> None:
    client = FakeClient()
    app = console(client)
    app.session_state[grid_key(client)] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()

    client.listed = inbox(card("CASE-3"), card("CASE-4"))
    app.button(key="back").click().run()

    assert [list(grid.value["Case"]) for grid in app.dataframe] == [["CASE-3", "CASE-4"]]
    assert client.asked("case") == [("case", "CASE-2")]


def test_an_empty_inbox_says_so() -> None:
    app = console(FakeClient(listed=inbox()))

    assert [one.value for one in app.success] == [
        "Nothing needs you now. A case appears here when a scan finds a promise that will not be kept."
    ]


def test_approving_sends_the_id_and_the_hash_that_were_shown() -> None:
    client = FakeClient()
    app = console(client, case="CASE-1")
    assert [one.value for one in app.code] == [HASH, '{"case":"CASE-1"}']

    # Another proposal has taken its place by the time the button is pressed.
    client.shown = detail(approval=approval(id="AP-1-2A", plan_hash="cd" * 32))
    app.button(key="approve-AP-1-1A").click().run()

    assert client.asked("decide") == [("decide", "AP-1-1A", "approve", HASH, "")]
    assert [one.value for one in app.success] == ["Approved. The desk carries out the plan now."]


def test_a_second_click_on_a_button_that_is_gone_does_nothing() -> None:
    client = FakeClient()
    app = console(client, case="CASE-1")
    client.shown = detail(approval=approval(state="approved", open=False), next="continue")

    app.button(key="approve-AP-1-1A").click().run()
    app.run()

    assert len(client.asked("decide")) == 1
    assert [one.key for one in app.button if one.key and one.key.startswith("approve")] == []


def test_rejecting_needs_a_reason() -> None:
    client = FakeClient()
    app = console(client, case="CASE-1")

    app.button(key="reject-AP-1-1A").click().run()

    assert client.asked("decide") == []
    assert [one.value for one in app.error] == ["Say in the comment why you reject the plan; nothing was decided."]


def test_rejecting_with_a_reason_sends_it() -> None:
    client = FakeClient()
    app = console(client, case="CASE-1")

    app.text_input(key="comment-AP-1-1A").set_value("Reno needs them")
    app.button(key="reject-AP-1-1A").click().run()

    assert client.asked("decide") == [("decide", "AP-1-1A", "reject", HASH, "Reno needs them")]


def test_who_may_not_decide_sees_why_and_no_buttons() -> None:
    client = FakeClient(shown=detail(approval=approval(why_not="role viewer may not decide")))
    app = console(client, case="CASE-1")

    assert "role viewer may not decide" in texts(app)
    assert [one.key for one in app.button if one.key and one.key.startswith(("approve", "reject"))] == []


def test_a_case_without_options_can_be_given_to_the_desk() -> None:
    client = FakeClient(shown=detail(approval=None, options=(), next="resolve"))
    app = console(client, case="CASE-1")

    app.button(key="resolve").click().run()

    assert client.asked("resolve") == [("resolve", "CASE-1")]


@pytest.mark.parametrize("now", ["wait", "continue"])
def test_the_page_follows_the_desk_until_it_is_done(now: str) -> None:
    client = Finishing(shown=detail(approval=approval(state="approved", open=False), next=now))
    app = console(client, case="CASE-1")

    assert len(client.asked("case")) > 2
    assert [one.key for one in app.button if one.key and one.key.startswith("undo")] == ["undo-AP-1-1A"]


def test_what_the_desk_could_not_do_is_shown() -> None:
    failure = Failure(code="database_unavailable", message="the database does not answer")
    app = console(FakeClient(shown=detail(failure=failure)), case="CASE-1")

    assert [one.value for one in app.error] == ["The desk could not go on with this case."]
    assert "the database does not answer" in texts(app)


def test_an_executed_plan_can_be_undone() -> None:
    client = FakeClient(shown=detail(approval=executed(), next="none"))
    app = console(client, case="CASE-1")

    app.button(key="undo-AP-1-1A").click().run()

    assert client.asked("undo") == [("undo", "AP-1-1A")]
    assert "transfer order TO-1 cancelled" in texts(app)


@pytest.mark.parametrize("case", [None, "CASE-1"])
def test_a_server_that_is_away_is_said_and_can_be_tried_again(case: str | None) -> None:
    client = FakeClient(refusal=ClientError("server_unreachable", "http://127.0.0.1:8710 cannot be reached"))
    app = console(client, case=case)
    assert [one.value for one in app.error] == ["This cannot be shown now."]
    assert "cannot be reached" in texts(app)

    client.refusal = None
    app.button(key="try-again").click().run()

    assert list(app.error) == []


def test_a_session_that_has_ended_leads_back_to_signing_in() -> None:
    client = FakeClient(refusal=ClientError("authentication_failed", "the session has ended", status=401))
    app = console(client, script="app.py")

    assert [one.value for one in app.error] == ["Your session has ended. Sign in again."]
    assert sign_in_link(app) == ["/auth/sign-in?next=%2F"]


def test_signing_out_forgets_the_person() -> None:
    client = FakeClient()
    app = console(client, script="app.py")

    app.button(key="sign-out").click().run()

    assert client.asked("logout") == [("logout",)]
    assert sign_in_link(app) == ["/auth/sign-in?next=%2F"]


@pytest.mark.parametrize("case", [None, "CASE-1"])
def test_text_of_others_is_never_rendered(case: str | None) -> None:
    app = console(FakeClient(), case=case)

    rendered = [one.type for one in app.main if one.type not in PLAIN and "evil.example" in repr(one.proto)]

    assert rendered == []
    assert case is None or HOSTILE in texts(app)


def test_a_case_is_asked_about_in_the_chat() -> None:
    client = FakeClient()
    app = console(client, signed_in=False, token="exs_1")
    app.query_params["case"] = "CASE-1"
    app.run()
    app.button(key="ask-about").click().run()

    assert client.asked("ask") == [("ask", "CHAT-1", '{"text":"show CASE-1"}')]

"""More of what might happen: supply that brings less, customers who want another quantity or another day."""

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page


def form(client: FakeClient, kind: str) -> AppTest:
    app = page("scans", client)
    app.session_state["scans-tab"] = "What if"
    app.run()
    app.selectbox(key="what-if-kind").set_value(kind).run()
    return app


def add(app: AppTest) -> AppTest:
    return next(one for one in app.button if one.label == "Add").click().run()


@pytest.mark.parametrize(
    ("kind", "number", "sent"),
    [
        ("cuts", 40, {"cuts": [{"order": "SO-7", "line": 2, "quantity": 40}]}),
        ("changes", 0, {"changes": [{"order": "SO-7", "line": 2, "quantity": 0}]}),
    ],
)
def test_units_of_a_line_are_tried_otherwise(kind: str, number: int, sent: dict[str, Any]) -> None:
    client = FakeClient()
    app = form(client, kind)
    app.text_input(key="what-if-name").set_value("SO-7")
    app.number_input(key="what-if-number").set_value(number)
    app.number_input(key="what-if-line").set_value(2)
    add(app)

    assert json.loads(client.asked("what_if")[-1][1]) == sent


def test_another_day_of_a_line_is_tried_and_none_is_refused() -> None:
    client = FakeClient()
    app = form(client, "moves")
    app.text_input(key="what-if-name").set_value("SO-7")
    add(app)
    assert "That cannot be tried." in [one.value for one in app.error]
    assert client.asked("what_if") == []

    app.text_input(key="what-if-name").set_value("SO-7")
    app.date_input(key="what-if-day").set_value(date(2026, 3, 20))
    add(app)

    assert json.loads(client.asked("what_if")[-1][1]) == {"changes": [{"order": "SO-7", "day": "2026-03-20"}]}
    assert "A customer wants another day: SO-7, 1, 2026-03-20" in texts(app)

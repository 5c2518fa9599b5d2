"""Changing an order on the console: consequences first, carried out by the digest of what was shown."""

import json
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import grids, page
from tests.ui.world import HOSTILE
from ui.client import ClientError
from ui.schemas.amending import AmendedReply, AmendmentShown

DIGEST = "ef" * 32


def shown(**changes: Any) -> AmendmentShown:
    """A later day for a line, which has to be promised anew."""
    consequence = {"line": 1, "words": HOSTILE, "state": "validated", "price": None, "freed": [], "fence": None}
    line = {"line": 1, "item": "V-300", "units": 40, "promised": "2026-03-05", "day": "2026-03-20", "without": 0}
    return AmendmentShown.model_validate(
        {
            "order": "SO-1042",
            "version": 3,
            "currency": "USD",
            "consequences": [{**consequence, "dropped": ["PL-7"]}],
            "lines": [line],
            "value_before": "1000.00",
            "value_after": "1200.00",
            "state": "validated",
            "holds": [],
            "frozen": False,
            "why_not": None,
            "digest": DIGEST,
            **changes,
        }
    )


def added(client: FakeClient) -> AppTest:
    """A change of the first line's day, with its reason."""
    app = page("orders", client, order="SO-1042")
    app.selectbox(key="amend-kind").set_value("date").run()
    app.date_input(key="amend-date").set_value(date(2026, 3, 18))
    app.button(key="FormSubmitter:amend-change-Add").click().run()
    app.text_input(key="amend-why-SO-1042").set_value("they called")
    return app


def previewed(client: FakeClient) -> AppTest:
    client.answers.setdefault("preview_amendment", shown())
    return added(client).button(key="amend-show").click().run()


def test_what_a_change_would_do_is_shown_and_nothing_is_done() -> None:
    client = FakeClient()
    app = previewed(client)

    ((_, order, said),) = client.asked("preview_amendment")
    asked = json.loads(said)
    assert order == "SO-1042"
    assert asked["reason"] == "they called"
    assert asked["changes"] == [{"kind": "date", "line": 1, "requested": "2026-03-18"}]
    told = texts(app)
    assert f"Line 1: {HOSTILE}" in told
    assert "No longer to be placed: PL-7" in told
    assert "Value of the order: 1,000.00 USD now, 1,200.00 USD after it." in told
    (days,) = (grid for grid in grids(app) if "Would be promised" in grid)
    assert (days["Promised now"], days["Would be promised"]) == (["5 Mar 2026"], ["20 Mar 2026"])
    assert client.asked("amend_order") == []


def test_it_is_carried_out_with_the_version_and_digest_that_were_shown() -> None:
    client = FakeClient()
    app = previewed(client)
    client.answers["amend_order"] = AmendedReply.model_validate(
        {
            "order": "SO-1042",
            "version": 5,
            "state": "confirmed",
            "done": ["line 1: requested later"],
            "holds": [],
            "promised": [{"line": 1, "day": "2026-03-20"}],
        }
    )
    app.button(key="amend-do").click().run()

    ((_, _, said),) = client.asked("amend_order")
    asked = json.loads(said)
    assert (asked["version"], asked["digest"]) == (3, DIGEST)
    assert "line 1 is promised for 20 Mar 2026" in texts(app)
    assert [one.key for one in app.button if one.key == "amend-do"] == []


def test_what_would_now_come_out_otherwise_is_refused_and_has_to_be_shown_again() -> None:
    client = FakeClient()
    app = previewed(client)
    client.answers["amend_order"] = ClientError("proposal_stale", "look at it again", status=409)
    app.button(key="amend-do").click().run()

    assert "The order was not changed." in [one.value for one in app.error]
    assert "look at it again" in texts(app)
    assert [one.key for one in app.button if one.key == "amend-do"] == []


def test_who_may_not_carry_it_out_sees_why_and_no_button() -> None:
    client = FakeClient()
    client.answers["preview_amendment"] = shown(frozen=True, why_not="inside the fence")
    app = previewed(client)

    assert "inside the fence" in texts(app)
    assert [one.key for one in app.button if one.key == "amend-do"] == []


def test_a_hold_that_would_be_set_is_said_first() -> None:
    client = FakeClient()
    client.answers["preview_amendment"] = shown(holds=["over the credit limit"], state="on hold", lines=[])
    app = previewed(client)

    assert "The order would be put on hold." in [one.value for one in app.warning]
    assert "over the credit limit" in texts(app)


def test_without_a_reason_nothing_is_looked_up() -> None:
    client = FakeClient()
    app = added(client)
    app.text_input(key="amend-why-SO-1042").set_value(" ")
    app.button(key="amend-show").click().run()

    assert client.asked("preview_amendment") == []
    assert "Say why the order is to be changed; nothing was looked up." in [one.value for one in app.error]


def test_a_change_without_its_value_is_not_added_and_one_is_taken_away_again() -> None:
    client = FakeClient()
    app = page("orders", client, order="SO-1042")
    app.button(key="FormSubmitter:amend-change-Add").click().run()
    assert "Fill in what it should be." in texts(app)

    app = added(client)
    assert "Another day: line 1, 2026-03-18" in texts(app)
    app.button(key="change-0-1").click().run()
    assert "Another day: line 1, 2026-03-18" not in texts(app)

"""Returns on an order's page: let come or refused with the reason, at the version that was shown."""

from typing import Any

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page
from ui.schemas.supply import ReturnList


def with_return(**changes: Any) -> FakeClient:
    client = FakeClient()
    one = {
        "number": "SO-1042-R1",
        "order": "SO-1042",
        "customer": "HARBOR",
        "location": "RENO",
        "state": "requested",
        "wish": "refund",
        "method": "carrier",
        "exchange_order": None,
        "version": 1,
        "units": 3,
        "received": 0,
        "requested_at": "2026-03-02T12:00:00Z",
        "received_at": None,
        "changed_at": "2026-03-02T12:00:00Z",
        **changes,
    }
    client.answers["list_returns"] = ReturnList.model_validate({"items": [one], "next": None})
    client.answers["decide_return"] = None
    return client


def test_a_return_that_was_asked_for_is_let_come() -> None:
    client = with_return()
    app = page("orders", client, order="SO-1042")
    assert "SO-1042-R1: 3 units to RENO, refund wanted, requested since 2 Mar 2026 12:00 UTC" in texts(app)

    app.button(key="return-yes-SO-1042-R1").click().run()

    assert client.asked("decide_return") == [("decide_return", "SO-1042-R1", '{"version":1,"agree":true}')]


def test_a_refusal_needs_its_reason() -> None:
    client = with_return()
    app = page("orders", client, order="SO-1042")
    app.button(key="return-no-SO-1042-R1").click().run()
    assert client.asked("decide_return") == []

    app.text_input(key="return-why-SO-1042-R1").set_value("worn")
    app.button(key="return-no-SO-1042-R1").click().run()
    said = '{"version":1,"agree":false,"why":"worn"}'
    assert client.asked("decide_return") == [("decide_return", "SO-1042-R1", said)]


def test_what_was_decided_before_offers_no_word() -> None:
    app = page("orders", with_return(state="authorised"), order="SO-1042")

    assert [one.key for one in app.button if "return-" in (one.key or "")] == []


def test_the_sheet_to_print_is_the_one_the_server_made() -> None:
    client = FakeClient()
    app = page("orders", client, order="SO-1042")

    assert client.asked("print_order") == [("print_order", "SO-1042")]
    assert "Sheet to print" in [one.proto.label for one in app.get("download_button")]

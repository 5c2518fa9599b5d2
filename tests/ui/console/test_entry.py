"""Order entry: what was received beside what was read of it, doubts, corrections, and a person's yes."""

from tests.ui.console.draft_replies import draft, draft_field, ready_draft
from tests.ui.console.samples import TAG, FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page
from tests.ui.world import HOSTILE


def test_doubts_of_a_draft_are_settled_against_the_version_that_was_shown() -> None:
    client = FakeClient()
    app = page("entry", client, draft="DRAFT-3")

    app.selectbox(key="value-DRAFT-3-1-0").set_value("V-300")
    next(one for one in app.button if one.label == "Take these values").click().run()

    said = '{"values":[{"name":"line1.item","value":"V-300"}]}'
    assert client.asked("set_draft_values") == [("set_draft_values", "DRAFT-3", said, f"match={TAG}")]


def test_a_clear_draft_is_confirmed_as_it_was_shown() -> None:
    client = FakeClient()
    client.answers["get_draft"] = ready_draft()
    app = page("entry", client, draft="DRAFT-3")

    app.button(key="confirm-DRAFT-3").click().run()

    assert client.asked("confirm_draft") == [("confirm_draft", "DRAFT-3", "{}", f"match={TAG}")]
    assert "SO-2000" in texts(app)


def test_pasted_words_become_a_draft() -> None:
    client = FakeClient()
    app = page("entry", client)

    app.text_area(key="letter-text").set_value("40 valves please")
    next(one for one in app.button if one.label == "Read the order").click().run()

    assert client.asked("take_in_letter") == [("take_in_letter", '{"text":"40 valves please"}')]
    assert app.query_params["draft"] == "DRAFT-3"


def test_rejecting_a_draft_needs_a_reason() -> None:
    client = FakeClient()
    app = page("entry", client, draft="DRAFT-3")
    app.button(key="reject-DRAFT-3").click().run()

    assert client.asked("reject_draft") == []


def test_the_source_stands_beside_the_values_with_its_words_marked_and_is_data_of_a_component() -> None:
    app = page("entry", FakeClient(), draft="DRAFT-3")

    drawn = next(one for one in app.main if one.type == "bidi_component")
    assert "evil.example" in repr(drawn.proto)
    assert "line1.quantity" in repr(drawn.proto)


def test_a_repeat_is_an_order_only_when_a_second_one_is_meant() -> None:
    client = FakeClient()
    client.answers["get_draft"] = ready_draft(state="duplicate", repeats="SO-7")
    app = page("entry", client, draft="DRAFT-3")
    assert app.button(key="confirm-DRAFT-3").disabled

    app.checkbox(key="second-DRAFT-3").check().run()
    app.button(key="confirm-DRAFT-3").click().run()

    assert client.asked("confirm_draft") == [
        ("confirm_draft", "DRAFT-3", '{"second_meant":true}', f"match={TAG}"),
    ]


def test_a_clear_draft_with_a_doubtful_value_is_not_called_clear() -> None:
    client = FakeClient()
    client.answers["get_draft"] = ready_draft(state="draft")

    told = [one.value for one in page("entry", client, draft="DRAFT-3").subheader]

    assert "Look at these before you confirm" in told


def test_any_value_can_be_corrected() -> None:
    client = FakeClient()
    client.answers["get_draft"] = ready_draft()
    app = page("entry", client, draft="DRAFT-3")

    app.selectbox(key="which-DRAFT-3-1").set_value("line1.item")
    app.text_input(key="is-DRAFT-3-1").set_value("V-200")
    next(one for one in app.button if one.label == "Take this value").click().run()

    said = '{"values":[{"name":"line1.item","value":"V-200"}]}'
    assert client.asked("set_draft_values") == [("set_draft_values", "DRAFT-3", said, f"match={TAG}")]


def test_a_letter_that_is_no_order_says_so() -> None:
    client = FakeClient()
    client.answers["get_draft"] = draft(head={**draft().head.model_dump(), "confirmable": False}, questions=[])

    told = [one.value for one in page("entry", client, draft="DRAFT-3").subheader]

    assert "No order can come of it as it is" in told


def test_a_draft_that_is_over_offers_nothing() -> None:
    client = FakeClient()
    client.answers["get_draft"] = draft(head={**draft().head.model_dump(), "state": "rejected", "open": False})
    app = page("entry", client, draft="DRAFT-3")

    assert "Nothing is left to do." in texts(app)
    assert [one.label for one in app.button if one.label not in {"Sign out", "Order entry"}] == []


def test_a_name_somebody_else_made_is_no_markdown_in_a_label() -> None:
    client = FakeClient()
    question = {**draft().questions[0].model_dump(), "name": HOSTILE}
    client.answers["get_draft"] = draft(questions=[question], settable=[HOSTILE])
    app = page("entry", client, draft="DRAFT-3")

    label = app.selectbox(key="value-DRAFT-3-1-0").label
    assert "](" not in label
    assert "<" not in label.replace("\\<", "")


def test_the_price_of_a_line_has_its_currency_and_no_more_decimals_than_it_needs() -> None:
    client = FakeClient()
    whole, parts = draft().lines[0], draft().lines[0]
    lines = [{**whole.model_dump(), "price": "437.0000"}, {**parts.model_dump(), "number": 2, "price": "0.0125"}]
    client.answers["get_draft"] = draft(lines=lines, fields=[draft_field("currency", "EUR", "high")])
    app = page("entry", client, draft="DRAFT-3")

    assert "Line 1: 40 units, at 437.00 EUR each (our price)" in texts(app)
    assert "Line 2: 40 units, at 0.0125 EUR each (our price)" in texts(app)


def test_what_no_single_value_answers_is_told_and_asks_for_none() -> None:
    client = FakeClient()
    question = {**draft().questions[0].model_dump(), "name": "lines", "why": "no line of an order was found"}
    client.answers["get_draft"] = draft(questions=[question])
    app = page("entry", client, draft="DRAFT-3")

    assert "no line of an order was found" in texts(app)
    assert "Take these values" not in [one.label for one in app.button]

"""The desk's own record: what people made of its proposals, what came of its plans, what its models cost; and the
future of an item, below nothing too."""

from tests.ui.console.record_replies import desk_record, model_record
from tests.ui.console.samples import FakeClient, detail, executed
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import grids, page
from ui.schemas import Compared


def test_performance_tells_what_people_made_of_each_action() -> None:
    (shown,) = (grid for grid in grids(page("performance", FakeClient())) if "Taken" in grid)

    assert shown == {
        "Action": ["R02 Transfer"],
        "Decided": [5],
        "Taken": [3],
        "Rejected": [1],
        "Changed": [1],
        "Came out otherwise": [1],
    }


def test_performance_tells_predicted_against_realised_plan_by_plan() -> None:
    app = page("performance", FakeClient())
    (shown,) = (grid for grid in grids(app) if "Outcome" in grid)

    assert shown["Outcome"] == ["as predicted", "not as predicted"]
    assert shown["Late lines"] == ["2", "2, found 3"]
    assert (shown["found"], shown["beyond"]) == (["1,200.00", "1,500.50"], ["0.00", "+300.50"])
    assert "1 of 2 plans came out as predicted." in texts(app)


def test_performance_tells_what_models_cost_and_which_calls_had_no_price() -> None:
    (shown,) = (grid for grid in grids(page("performance", FakeClient())) if "Tokens" in grid)

    assert (shown["Calls"], shown["Cost"]) == ([4], ["0.0123, 1 calls without a price"])


def test_without_decisions_and_models_performance_says_so() -> None:
    client = FakeClient()
    none = {"decided": 0, "actions": (), "outcomes": (), "looked_at": 0, "as_predicted": 0}
    client.answers["desk_record"] = desk_record().model_copy(update=none)
    client.answers["model_record"] = model_record().model_copy(update={"items": ()})

    said = texts(page("performance", client))

    assert "No model was asked in this period; everything here works without one." in said
    assert "People decided on no proposal of the desk in this period." in said
    assert "No plan was carried out and looked at again in this period." in said


def test_a_plan_that_was_carried_out_shows_predicted_beside_found() -> None:
    client = FakeClient()
    done = executed()
    assert done.effect is not None
    compared = (
        Compared(figure="Order lines that are late", predicted="2", found="3", same=False),
        Compared(figure="Value at risk", predicted="0.00 USD", found="0.00 USD", same=True),
    )
    effect = done.effect.model_copy(update={"compared": compared})
    client.shown = detail(approval=done.model_copy(update={"effect": effect}), next="none")

    (shown,) = (grid for grid in grids(page("inbox", client, case="CASE-1")) if "Predicted" in grid)

    assert shown == {
        "": ["Order lines that are late", "Value at risk"],
        "Predicted": ["2", "0.00 USD"],
        "Found": ["3", "0.00 USD"],
        "Same": ["no", "yes"],
    }


def test_a_case_shows_from_when_on_its_item_falls_short_and_by_how_much() -> None:
    app = page("inbox", FakeClient(), case="CASE-1")

    assert "Short from 9 Mar 2026: 40 of what is needed; most on 9 Mar 2026: 40." in texts(app)
    (shown,) = (grid for grid in grids(app) if "Balance" in grid)
    assert (shown["Comes"], shown["Needed"], shown["Balance"]) == ([5, 0], [0, 45], [5, -40])


def test_stock_shows_the_balance_of_an_item_below_nothing() -> None:
    app = page("stock", FakeClient(), item="V-300")

    assert "Projected balance of V-300 at HOUSTON, and what can be promised, in EA" in texts(app)
    assert "Short from 9 Mar 2026: 40 of what is needed; most on 9 Mar 2026: 40." in texts(app)

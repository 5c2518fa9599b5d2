"""Plans of one cause on the console: one word decides on exactly the hashes that were shown, with their sums."""

from streamlit.testing.v1 import AppTest

from tests.ui.console.replies import waiting
from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import grids, page
from tests.ui.world import HOSTILE
from ui.schemas import DecisionReply
from ui.schemas.approval import DecisionsReply, LikePlan, RivalPlan, Together


def like(number: int, **changes: object) -> LikePlan:
    head = waiting(id=f"AP-{number}-1A", case=f"CASE-{number}", plan_hash=f"{number}" * 64, **changes).items[0]
    rival = RivalPlan(approval="AP-9-1A", case="CASE-9", over="stock", loses=HOSTILE)
    return LikePlan.model_validate(
        {
            "head": head,
            "title": HOSTILE,
            "actions": [f"Buy {number}"],
            "cost": "1.00",
            "exposure": "10.00",
            "deadline": "2026-03-05",
            "rivals": [rival],
        }
    )


def together(*items: LikePlan) -> Together:
    return Together.model_validate(
        {
            "cause": f"supplier {HOSTILE}",
            "currency": "USD",
            "items": items,
            "money": "480.00",
            "cost": "2.00",
            "exposure": "20.00",
        }
    )


def opened(client: FakeClient) -> AppTest:
    app = page("inbox", client, case="CASE-1")
    app.session_state[f"like-{client.shown.approval.id}"] = True  # type: ignore[union-attr]
    return app.run()


def test_others_of_the_cause_are_read_only_when_somebody_asks_for_them() -> None:
    client = FakeClient()
    page("inbox", client, case="CASE-1")

    assert client.asked("together") == []


def test_one_word_decides_on_the_plans_that_were_shown_with_their_sums() -> None:
    client = FakeClient()
    client.answers["together"] = together(like(1), like(2))
    done = {"state": "approved", "approvals_given": 1, "approvals_needed": 1, "executing": True}
    client.answers["decide_together"] = DecisionsReply(
        items=(DecisionReply.model_validate({"approval": "AP-1-1A", "case": "CASE-1", **done}),)
    )
    app = opened(client)

    (sums,) = (grid for grid in grids(app) if "Plan" in grid)
    assert [str(one) for one in sums["Commits, USD"]] == ["240.00", "240.00", "480.00"]
    app.button(key="approve-like-AP-1-1A").click().run()

    (asked,) = client.asked("decide_together")
    plans = [f'{{"approval":"AP-{one}-1A","plan_hash":"{str(one) * 64}"}}' for one in (1, 2)]
    assert f'"plans":[{",".join(plans)}]' in asked[1]
    assert "CASE-1: 1 of 1 approvals" in texts(app)


def test_rejecting_all_of_them_needs_a_reason() -> None:
    client = FakeClient()
    client.answers["together"] = together(like(1), like(2))
    app = opened(client)
    app.button(key="reject-like-AP-1-1A").click().run()

    assert client.asked("decide_together") == []
    assert "Say in the comment why you reject the plans; nothing was decided." in [one.value for one in app.error]


def test_who_may_not_decide_on_one_of_them_is_offered_no_word_on_all() -> None:
    client = FakeClient()
    client.answers["together"] = together(like(1), like(2, why_not="no"))
    app = opened(client)

    assert "You may not decide on all of them; decide on each in its case." in [one.value for one in app.warning]
    assert [one.key for one in app.button if "like" in (one.key or "")] == []

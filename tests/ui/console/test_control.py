"""Policy, people and keys on the console: tables in plain words, changes tried first, secrets shown until copied."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.console.samples import NOON, FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import grids, page
from tests.ui.world import HOSTILE
from ui.schemas.desk import AskedReply
from ui.schemas.identity import KeyMade
from ui.schemas.people import PeopleList, PersonAdded

PERSON: dict[str, Any] = {
    "name": "rita.ramos",
    "role": "planner",
    "limit": None,
    "active": True,
    "sites": None,
    "customers": ["HARBOR"],
    "waiting": False,
    "digest": None,
}
DIGEST = "ab" * 32


def with_people(*people: dict[str, Any]) -> FakeClient:
    client = FakeClient()
    client.answers["list_people"] = PeopleList.model_validate({"items": people, "next": None})
    return client


def chosen(client: FakeClient) -> AppTest:
    app = page("control", client)
    return app.selectbox(key="person").set_value("rita.ramos").run()


def test_the_policy_is_told_as_tables_in_plain_words() -> None:
    autonomy, settings = (
        next(grid for grid in grids(page("control", FakeClient())) if name in grid) for name in ("Action", "About")
    )

    assert autonomy["Action"] == ["R02 Transfer", "R08 Buy"]
    assert autonomy["An advised plan"] == ["is done by the rule", "is put before people"]
    assert autonomy["Who agrees"] == ["T2", "T3"]
    assert settings["Value"] == ["5,000.00", "24 hours"]


def test_changes_are_put_together_tried_and_then_asked_for() -> None:
    client = FakeClient()
    client.answers["ask_for_policy"] = AskedReply(code="MD-1", asked_by="mary", digest=DIGEST, asked={})
    app = page("control", client)
    app.selectbox(key="policy-level").set_value("act").run()
    app.number_input(key="policy-money").set_value(100)
    app.number_input(key="policy-days").set_value(2).run()
    app.button(key="policy-add-action").click().run()
    app.selectbox(key="policy-rule").set_value("lifetime_hours")
    app.text_input(key="policy-value").set_value("12").run()
    app.button(key="policy-add-value").click().run()
    app.button(key="policy-try").click().run()

    changes = {"autonomy.any/R02": "act:100:2:1", "lifetime_hours": "12"}
    assert client.asked("try_policy") == [("try_policy", f'{{"changes":{json.dumps(changes, separators=(",", ":"))}}}')]
    assert "Of 7 proposals in the last 30 days 1 would have gone otherwise" in texts(app)
    assert client.asked("ask_for_policy") == []

    app.text_input(key="policy-reason").set_value("we learned").run()
    app.button(key="policy-ask").click().run()
    ((_, said),) = client.asked("ask_for_policy")
    assert json.loads(said) == {"changes": changes, "reason": "we learned"}


def test_a_change_without_a_value_is_not_added_and_none_is_asked_for_without_a_reason() -> None:
    client = FakeClient()
    app = page("control", client)
    app.button(key="policy-add-value").click().run()
    assert "Say what it should become; nothing was added." in [one.value for one in app.error]

    app.button(key="policy-add-action").click().run()
    app.button(key="policy-ask").click().run()
    assert "Say why the policy is to change; nothing was asked for." in [one.value for one in app.error]
    assert client.asked("ask_for_policy") == []


def test_somebody_new_is_added_and_the_token_stays_until_it_was_copied() -> None:
    client = with_people(PERSON)
    client.answers["add_person"] = PersonAdded.model_validate({**PERSON, "waiting": True, "token": "exp_once"})
    app = page("control", client)
    app.text_input(key="new-name").set_value("rita.ramos")
    app.selectbox(key="new-role").set_value("planner")
    app.text_input(key="new-limit").set_value("2500.00")
    app.text_input(key="new-customers").set_value("HARBOR, MESA")
    app.button(key="FormSubmitter:person-new-Add").click().run()

    ((_, said),) = client.asked("add_person")
    asked = json.loads(said)
    assert (asked["name"], asked["role"], asked["limit"]) == ("rita.ramos", "planner", "2500.00")
    assert asked["customers"] == ["HARBOR", "MESA"]
    assert "exp_once" in [one.value for one in app.run().code]
    app.button(key="once-person").click().run()
    assert "exp_once" not in [one.value for one in app.code]


def test_a_name_that_is_none_adds_nobody_and_says_why() -> None:
    client = with_people(PERSON)
    app = page("control", client)
    app.button(key="FormSubmitter:person-new-Add").click().run()

    assert "Nobody was added." in [one.value for one in app.error]
    assert client.asked("add_person") == []


def test_another_person_agrees_to_exactly_the_digest_that_was_shown() -> None:
    client = with_people({**PERSON, "active": False, "waiting": True, "digest": DIGEST})
    client.answers["agree_to_person"] = None
    chosen(client).button(key="person-agree").click().run()

    said = f'{{"digest":"{DIGEST}","agree":true}}'
    assert client.asked("agree_to_person") == [("agree_to_person", "rita.ramos", said)]


def test_what_somebody_sees_is_set_and_somebody_is_let_go() -> None:
    client = with_people(PERSON)
    client.answers["set_scope"] = client.answers["set_active"] = None
    app = chosen(client)
    app.text_input(key="sites-rita.ramos").set_value("HOU")
    app.button(key="person-scope").click().run()
    app.button(key="person-end").click().run()

    ((_, _, scope),) = client.asked("set_scope")
    assert json.loads(scope) == {"sites": ["HOU"], "customers": ["HARBOR"]}
    assert client.asked("set_active") == [("set_active", "rita.ramos", '{"active":false}')]


def test_a_key_is_made_with_an_end_and_its_secret_stays_until_it_was_copied() -> None:
    client = FakeClient()
    made = {"id": "k1", "owner": "webshop", "name": HOSTILE, "permissions": ["orders:read"], "sites": None}
    rest = {"customers": None, "per_minute": 120, "per_day": 20000, "created_by": "mary", "created_at": NOON}
    ends = {"expires_at": NOON, "revoked_at": None, "last_used_at": None, "secret": "exk_once"}
    client.answers["make_key"] = KeyMade.model_validate({**made, **rest, **ends})
    app = page("control", client)
    app.text_input(key="key-owner").set_value("webshop")
    app.text_input(key="key-name").set_value("stock check")
    app.multiselect(key="key-may").set_value(["orders:read"])
    app.number_input(key="key-days").set_value(30)
    app.button(key="FormSubmitter:key-new-Make it").click().run()

    ((_, said),) = client.asked("make_key")
    asked = json.loads(said)
    assert (asked["owner"], asked["permissions"], asked["days"]) == ("webshop", ["orders:read"], 30)
    assert "exk_once" in [one.value for one in app.run().code]
    app.button(key="once-key").click().run()
    assert "exk_once" not in [one.value for one in app.code]


def test_what_is_for_people_alone_is_offered_to_no_key() -> None:
    app = page("control", FakeClient())

    assert "approvals:decide" not in app.multiselect(key="key-may").options
    assert "people:manage" not in app.multiselect(key="key-may").options

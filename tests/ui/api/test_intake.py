"""Order entry over HTTP: a letter becomes a draft, the draft is completed and confirmed by who has seen it as it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import application
from core.bootstrap.partners import configured_partners
from core.config import Environment
from core.services.identity import begin_session
from tests.builders import MARIA
from tests.desk import Desk
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app

LETTER = "Harbor: please send 3 of VALVE-3 by 18 October 2024, our PO 4711"


@pytest.fixture
def maria(desk: Desk) -> Iterator[TestClient]:
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    with desk.open() as uow:
        begin_session(uow, uow.users.get(MARIA.name), token="exs_maria")
    with application(desk.urls, configured_partners(Environment(), ()), frozen=desk.clock.read) as app:
        api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
        with TestClient(api, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
            client.headers["Authorization"] = "Bearer exs_maria"
            yield client


def sent(maria: TestClient, text: str = LETTER, *, key: str = "m1") -> Any:
    return maria.post("/v1/intake/letters", json={"text": text}, headers={"Idempotency-Key": key})


def step(maria: TestClient, what: str, body: Any, *, tag: str | None, key: str) -> Any:
    headers = {"Idempotency-Key": key, **({} if tag is None else {"If-Match": tag})}
    return maria.post(f"/v1/intake/drafts/DRAFT-1/{what}", json=body, headers=headers)


def tag_of(maria: TestClient) -> str:
    return maria.get("/v1/intake/drafts/DRAFT-1").headers["ETag"]


def customer_given(maria: TestClient) -> Any:
    values = {"values": [{"name": "customer", "value": "HARBOR"}]}
    return step(maria, "values", values, tag=tag_of(maria), key="v1")


def test_a_letter_is_a_draft_that_asks_for_what_it_does_not_say(maria: TestClient) -> None:
    draft = sent(maria).json()

    assert (draft["head"]["state"], draft["head"]["customer_po"], draft["head"]["order"]) == ("asking", "4711", None)
    assert [(one["about"], one["why"]) for one in draft["questions"]] == [("customer", "nobody says who orders")]
    assert (draft["lines"][0]["units"], draft["lines"][0]["day"]) == (3, "2024-10-18")


def test_the_same_letter_again_is_the_same_draft(maria: TestClient) -> None:
    first, again = sent(maria, key="m1").json(), sent(maria, key="m2").json()

    assert first["head"]["id"] == again["head"]["id"] == "DRAFT-1"
    assert len(maria.get("/v1/intake/drafts").json()["items"]) == 1


def test_a_completed_draft_becomes_one_order_however_often_it_is_confirmed(maria: TestClient) -> None:
    sent(maria)
    completed = customer_given(maria)
    tag = tag_of(maria)

    done = step(maria, "confirmation", {}, tag=tag, key="c1")
    again = step(maria, "confirmation", {}, tag=tag, key="c1")
    late = step(maria, "confirmation", {}, tag=tag, key="c2")

    assert (completed.status_code, done.status_code) == (200, 200), done.text
    order = maria.get(f"/v1/orders/{done.json()['order']}").json()
    assert [(line["item"], line["ordered"]) for line in order["order_lines"]] == [("VALVE-3", 3)]
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (done.json(), "true")
    assert late.status_code == 412


def test_what_is_confirmed_is_what_was_read(maria: TestClient) -> None:
    sent(maria)
    before = tag_of(maria)
    customer_given(maria)

    unnamed = step(maria, "confirmation", {}, tag=None, key="c1")
    stale = step(maria, "confirmation", {}, tag=before, key="c2")

    assert (unnamed.status_code, unnamed.json()["code"]) == (428, "precondition_required")
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert maria.get("/v1/intake/drafts/DRAFT-1").json()["head"]["order"] is None


def test_an_incomplete_draft_is_no_order_and_says_what_lacks(maria: TestClient) -> None:
    sent(maria)

    answer = step(maria, "confirmation", {}, tag=tag_of(maria), key="c1")

    assert (answer.status_code, answer.json()["detail"]) == (422, "DRAFT-1 lacks customer; set it first")


def test_a_value_that_cannot_be_changes_nothing(maria: TestClient) -> None:
    sent(maria)
    before = tag_of(maria)

    values = {"values": [{"name": "customer", "value": "HARBOR"}, {"name": "line1.quantity", "value": "1E+1000000"}]}
    answer = step(maria, "values", values, tag=before, key="v1")

    assert answer.status_code == 422
    assert "quantity" in answer.text
    assert tag_of(maria) == before


def test_a_rejected_draft_keeps_why_and_becomes_nothing(maria: TestClient) -> None:
    sent(maria)

    answer = step(maria, "rejection", {"reason": "sent by mistake"}, tag=tag_of(maria), key="r1")
    later = step(maria, "confirmation", {}, tag=tag_of(maria), key="c1")

    assert answer.json()["head"]["state"] == "rejected"
    assert later.status_code == 409


def test_a_file_is_read_by_its_name_and_an_empty_one_refused(maria: TestClient) -> None:
    headers = {"Idempotency-Key": "f1", "Content-Type": "application/octet-stream"}
    mail = b"From: buyer@harbor.example\r\nSubject: PO 4712\r\n\r\nPlease send 2 of VALVE-3 by 21 October 2024.\r\n"

    read = maria.post("/v1/intake/files", params={"name": "order.eml"}, content=mail, headers=headers)
    empty = maria.post(
        "/v1/intake/files", params={"name": "order.eml"}, content=b"", headers={**headers, "Idempotency-Key": "f2"}
    )
    outside = maria.post(
        "/v1/intake/files", params={"name": "../x.eml"}, content=mail, headers={**headers, "Idempotency-Key": "f3"}
    )

    assert (read.status_code, read.json()["sender"]) == (201, "buyer@harbor.example")
    assert read.json()["lines"][0]["units"] == 2
    assert [one.status_code for one in (empty, outside)] == [422, 422]


def test_what_was_received_is_told_word_for_word_with_what_was_read_where_it_stands(maria: TestClient) -> None:
    sent(maria)

    (part,) = maria.get("/v1/intake/drafts/DRAFT-1/letters").json()["items"]

    assert "".join(one["text"] for one in part["pieces"]) == LETTER
    read = {name: one["text"] for one in part["pieces"] for name in one["fields"]}
    assert (read["line1.quantity"], read["line1.item"], read["customer_po"]) == ("3", "VALVE-3", "4711")
    assert {one["level"] for one in part["pieces"] if not one["fields"]} == {None}


def test_a_draft_says_what_can_be_given_and_whether_a_yes_is_all_it_needs(maria: TestClient) -> None:
    before = sent(maria).json()
    after = customer_given(maria).json()

    assert [one["name"] for one in before["questions"]] == ["customer"]
    assert {"customer", "line1.quantity"} <= set(before["settable"])
    assert (before["head"]["open"], before["head"]["confirmable"]) == (True, False)
    assert (after["head"]["open"], after["head"]["confirmable"]) == (True, True)


def test_drafts_that_wait_are_listed_apart_from_those_that_are_over(maria: TestClient) -> None:
    sent(maria)
    customer_given(maria)

    def ids(which: str) -> list[str]:
        return [one["id"] for one in maria.get(f"/v1/intake/drafts?open={which}").json()["items"]]

    assert (ids("true"), ids("false")) == (["DRAFT-1"], [])
    step(maria, "confirmation", {}, tag=tag_of(maria), key="c1")
    assert (ids("true"), ids("false")) == ([], ["DRAFT-1"])

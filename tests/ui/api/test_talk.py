"""Comments on cases and saved views over HTTP."""

from fastapi.testclient import TestClient

from tests.ui.conftest import sign_in
from tests.ui.world import HOSTILE, World


def test_a_comment_is_shown_with_the_case_and_a_repeated_one_is_said_once(mary: TestClient, world: World) -> None:
    said, again = (
        mary.post(f"/v1/cases/{world.case}/comments", json={"text": HOSTILE}, headers={"Idempotency-Key": "say-1"})
        for _ in range(2)
    )
    assert (said.status_code, again.status_code) == (201, 201)

    (comment,) = mary.get(f"/v1/cases/{world.case}").json()["comments"]

    assert comment == said.json()
    assert (comment["author"], comment["text"]) == ("mary", HOSTILE.strip())


def test_an_empty_comment_and_one_on_no_case_are_refused(mary: TestClient, world: World) -> None:
    empty = mary.post(f"/v1/cases/{world.case}/comments", json={"text": " "}, headers={"Idempotency-Key": "say-1"})
    unknown = mary.post("/v1/cases/CASE-99/comments", json={"text": "x"}, headers={"Idempotency-Key": "say-2"})

    assert (empty.status_code, unknown.status_code) == (422, 404)


def test_somebody_keeps_views_and_sees_nobody_elses(mary: TestClient, stranger: TestClient) -> None:
    view = {"page": "inbox", "name": "Mine / late", "query": "mine=true"}
    kept = mary.post("/v1/saved-views", json=view, headers={"Idempotency-Key": "v1"}).json()
    otto = sign_in(stranger, "otto")

    others = otto.get("/v1/saved-views?page=inbox").json()
    named = {"page": "inbox", "name": "Mine / late"}
    otto.post("/v1/saved-views/removals", json=named, headers={"Idempotency-Key": "v2"})

    assert kept == mary.get("/v1/saved-views?page=inbox").json()
    assert kept["items"] == [{"name": "Mine / late", "query": "mine=true"}]
    assert others["items"] == []
    gone = mary.post("/v1/saved-views/removals", json=named, headers={"Idempotency-Key": "v3"}).json()
    assert gone["items"] == []


def test_a_view_of_an_unknown_list_or_that_is_no_address_is_refused(mary: TestClient) -> None:
    for body in ({"page": "moon", "name": "x", "query": ""}, {"page": "inbox", "name": "x", "query": "<b>"}):
        answer = mary.post("/v1/saved-views", json=body, headers={"Idempotency-Key": f"v-{body['page']}"})
        assert answer.status_code == 422

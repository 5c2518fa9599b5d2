"""Tasks of people over HTTP: listed with the answers they take, settled once, by whoever they ask."""

from typing import Any

from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.services.tasks import ask_person
from tests.ui.world import World

SUBJECT = "message PO-1"


def asked(world: World) -> None:
    with world.open_uow(UserName("test")) as uow:
        ask_person(uow, SUBJECT, "GULF did not say whether PO-1 arrived")


def answered(client: TestClient, *, answer: str = "done", key: str = "k1") -> Any:
    said = {"subject": SUBJECT, "answer": answer, "note": "they have it"}
    return client.post("/v1/task-answers", json=said, headers={"Idempotency-Key": key})


def test_a_task_is_listed_with_its_answers_and_settled_by_one(mary: TestClient, world: World) -> None:
    asked(world)
    (waiting,) = mary.get("/v1/tasks?state=open").json()["items"]

    done = answered(mary)

    assert (waiting["answers"], waiting["why_not"]) == (["done"], None)
    assert (done.status_code, done.json()["answered_by"], done.json()["note"]) == (200, "mary", "they have it")
    assert mary.get("/v1/tasks?state=open").json()["items"] == []


def test_an_answer_it_does_not_take_names_those_it_does(mary: TestClient, world: World) -> None:
    asked(world)

    refused = answered(mary, answer="perhaps")

    assert refused.status_code == 422
    assert "is not one of 'done'" in refused.json()["detail"]
    assert len(mary.get("/v1/tasks?state=open").json()["items"]) == 1

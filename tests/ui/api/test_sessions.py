"""Signing in over HTTP: sessions, their end, and the brake on guessing."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from core.domain.errors import AuthenticationError
from core.domain.ids import UserName
from tests.ui.conftest import sign_in
from tests.ui.world import NOON, PASSWORD, World
from ui.api.errors import ApiError
from ui.api.sessions import Sessions, Throttle


def test_signing_in_gives_a_token_for_eight_hours(stranger: TestClient) -> None:
    answer = stranger.post("/v1/login", json={"name": "mary", "password": PASSWORD}).json()

    assert (answer["name"], answer["role"], answer["limit"]) == ("mary", "operations_manager", None)
    assert answer["expires_at"] == "2026-03-02T20:00:00Z"
    assert len(answer["token"]) == 43


@pytest.mark.parametrize(
    ("name", "password"), [("mary", "wrong horse"), ("nobody", PASSWORD), ("exception-desk", PASSWORD)]
)
def test_every_failure_to_sign_in_reads_the_same(stranger: TestClient, name: str, password: str) -> None:
    answer = stranger.post("/v1/login", json={"name": name, "password": password})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["detail"] == "the name or the secret is not right"


def test_a_refused_login_does_not_repeat_the_password(stranger: TestClient) -> None:
    answer = stranger.post("/v1/login", json={"name": "mary", "password": ["hunter2-secret"]})

    assert answer.status_code == 422
    assert "hunter2" not in answer.text


def test_guessing_is_slowed_down_and_the_right_password_waits_too(stranger: TestClient, world: World) -> None:
    for _ in range(5):
        stranger.post("/v1/login", json={"name": "mary", "password": "wrong horse"})

    blocked = stranger.post("/v1/login", json={"name": "mary", "password": PASSWORD})
    other = stranger.post("/v1/login", json={"name": "otto", "password": PASSWORD})
    world.clock.now += timedelta(minutes=1)
    later = stranger.post("/v1/login", json={"name": "mary", "password": PASSWORD})

    assert (blocked.status_code, blocked.json()["code"], blocked.headers["Retry-After"]) == (429, "rate_limited", "60")
    assert (other.status_code, later.status_code) == (200, 200)


def test_without_a_token_nothing_is_shown(stranger: TestClient) -> None:
    answer = stranger.get("/v1/cases")

    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


@pytest.mark.parametrize("sent", ["Bearer nonsense", "Basic bWFyeTp4", "Bearer"])
def test_a_wrong_token_is_refused(stranger: TestClient, sent: str) -> None:
    answer = stranger.get("/v1/cases", headers={"Authorization": sent})

    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_a_session_ends_with_its_time(mary: TestClient, world: World) -> None:
    world.clock.now += timedelta(hours=8)

    assert mary.get("/v1/cases").status_code == 401


def test_signing_out_ends_the_session_at_once(mary: TestClient) -> None:
    assert mary.post("/v1/logout").status_code == 204

    assert mary.get("/v1/cases").status_code == 401


def test_the_session_of_one_is_not_ended_by_another(mary: TestClient, stranger: TestClient) -> None:
    sign_in(stranger, "otto").post("/v1/logout")

    assert mary.get("/v1/cases").status_code == 200


def test_the_oldest_session_gives_way() -> None:
    sessions = Sessions(most=2)
    first, *others = [sessions.begin(UserName(name), now=NOON)[0] for name in ("a", "b", "c")]

    with pytest.raises(AuthenticationError):
        sessions.find(first)
    assert [sessions.find(token).name for token in others] == ["b", "c"]


def test_many_names_are_slowed_down_together() -> None:
    throttle = Throttle(per_name=5, overall=3)
    for name in ("a", "b", "c"):
        throttle.admit(name, now=NOON)

    with pytest.raises(ApiError, match="wait one minute"):
        throttle.admit("d", now=NOON)

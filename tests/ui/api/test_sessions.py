"""Signing in over HTTP: sessions, their end, and the brake on guessing."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.services.accounts import set_active
from tests.ui.conftest import ADDRESS, sign_in
from tests.ui.world import NOON, PASSWORD, AtOnce, World
from ui.api.app import build_app
from ui.api.csrf import csrf_token
from ui.api.errors import ApiError
from ui.api.throttle import Throttle


def test_signing_in_gives_a_token_for_a_day_at_work(stranger: TestClient) -> None:
    answer = stranger.post("/v1/login", json={"name": "mary", "password": PASSWORD}).json()

    assert (answer["name"], answer["role"], answer["limit"]) == ("mary", "operations_manager", None)
    assert answer["expires_at"] == "2026-03-03T00:00:00Z"
    assert answer["token"].startswith("exs_")
    assert len(answer["token"]) == 47


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


def test_a_session_that_is_not_used_ends_after_two_hours(mary: TestClient, world: World) -> None:
    world.clock.now += timedelta(hours=1, minutes=59)
    still = mary.get("/v1/cases")
    world.clock.now += timedelta(hours=1, minutes=59)
    again = mary.get("/v1/cases")
    world.clock.now += timedelta(hours=2)

    assert (still.status_code, again.status_code, mary.get("/v1/cases").status_code) == (200, 200, 401)


def test_a_session_in_use_ends_after_twelve_hours(mary: TestClient, world: World) -> None:
    for _ in range(11):
        world.clock.now += timedelta(hours=1)
        assert mary.get("/v1/cases").status_code == 200
    world.clock.now += timedelta(hours=1)

    assert mary.get("/v1/cases").status_code == 401


def test_a_session_outlives_the_process_it_began_in(mary: TestClient, world: World) -> None:
    other = build_app(world, worker=world.given, executor=AtOnce())
    with TestClient(other, base_url=ADDRESS) as elsewhere:
        answer = elsewhere.get("/v1/me", headers={"Authorization": mary.headers["Authorization"]})

    assert (answer.status_code, answer.json()["name"], answer.json()["means"]) == (200, "mary", "session")


def test_who_is_no_longer_active_is_shown_nothing(stranger: TestClient, world: World) -> None:
    otto = sign_in(stranger, "otto")
    with world.open_uow(UserName("test")) as uow:
        set_active(uow, UserName("otto"), active=False)

    assert otto.get("/v1/cases").status_code == 401


def test_a_cookie_changes_nothing_without_its_csrf_token(mary: TestClient, stranger: TestClient, world: World) -> None:
    token = mary.headers["Authorization"].removeprefix("Bearer ")
    path, sent = f"/v1/cases/{world.case}/resolve", {"Idempotency-Key": "r1", "Cookie": f"expediter={token}"}

    looked = stranger.get("/v1/cases", headers={"Cookie": sent["Cookie"]})
    forged = stranger.post(path, headers=sent)
    wrong = stranger.post(path, headers={**sent, "X-CSRF-Token": csrf_token("another")})
    begun = world.given.cases.copy()
    meant = stranger.post(path, headers={**sent, "X-CSRF-Token": csrf_token(token)})

    assert looked.status_code == 200
    assert [(one.status_code, one.json()["code"]) for one in (forged, wrong)] == [(403, "csrf_refused")] * 2
    assert begun == []
    assert (meant.status_code, world.given.cases) == (202, [(world.case, True)])


def test_signing_out_ends_the_session_at_once(mary: TestClient) -> None:
    assert mary.post("/v1/logout").status_code == 204

    assert mary.get("/v1/cases").status_code == 401


def test_the_session_of_one_is_not_ended_by_another(mary: TestClient, stranger: TestClient) -> None:
    sign_in(stranger, "otto").post("/v1/logout")

    assert mary.get("/v1/cases").status_code == 200


def test_many_names_are_slowed_down_together() -> None:
    throttle = Throttle(per_name=5, overall=3)
    for name in ("a", "b", "c"):
        throttle.admit(name, now=NOON)

    with pytest.raises(ApiError, match="wait one minute"):
        throttle.admit("d", now=NOON)

"""Halting over HTTP: anybody halts, an operations manager lets it go on, and figures say so."""

from typing import Any

from fastapi.testclient import TestClient

from tests.ui.conftest import sign_in


def said(person: TestClient, path: str, body: dict[str, str]) -> Any:
    return person.post(path, json=body, headers={"Idempotency-Key": path.replace("/", "-")})


def test_a_viewer_halts_everything_and_a_manager_lets_it_go_on(stranger: TestClient, mary: TestClient) -> None:
    vic = sign_in(stranger, "vic")

    halted = said(vic, "/v1/halt", {"reason": "prices look wrong"}).json()
    health = stranger.get("/healthz").json()
    own = said(vic, "/v1/halt/end", {"comment": "they were right"})
    seen = mary.get("/v1/halt").json()
    ended = said(mary, "/v1/halt/end", {"comment": "they were right"}).json()

    assert (halted["halted"], halted["by"], halted["reason"]) == (True, "vic", "prices look wrong")
    assert (health["halted"], own.status_code, seen) == (True, 403, halted)
    assert (ended["halted"], stranger.get("/healthz").json()["halted"]) == (False, False)


def test_a_halt_without_a_reason_is_refused(mary: TestClient) -> None:
    answer = said(mary, "/v1/halt", {"reason": "  "})

    assert answer.status_code == 422
    assert mary.get("/v1/halt").json()["halted"] is False


def test_figures_for_monitoring_are_for_who_runs_it(stranger: TestClient, mary: TestClient) -> None:
    said(mary, "/v1/halt", {"reason": "prices look wrong"})

    seen = mary.get("/metrics")
    vic = sign_in(stranger, "vic").get("/metrics")

    lines = seen.text.splitlines()
    assert seen.headers["content-type"].startswith("text/plain")
    assert [line for line in lines if line.startswith("expediter_halted")] == [
        'expediter_halted{kind="everything"} 1.0'
    ]
    assert [line.split(" ")[1] for line in lines if line.startswith("expediter_open_cases{")] == ["1.0", "1.0"]
    assert any(line.startswith("expediter_requests_total{") and "/v1/halt" in line for line in lines)
    assert (vic.status_code, stranger.get("/metrics").status_code) == (403, 401)

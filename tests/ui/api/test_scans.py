"""The schedule of scans over HTTP."""

from fastapi.testclient import TestClient


def test_the_schedule_says_when_scans_are_due_and_that_none_was_missed(mary: TestClient) -> None:
    found = mary.get("/v1/scans/schedule").json()

    assert {(one["whole"], one["next_at"]) for one in found["turns"]} == {
        (True, "2026-03-03T01:30:00Z"),
        (False, "2026-03-02T12:05:00Z"),
    }
    assert (found["missed"], found["halted"]) == (False, False)

"""The catalogue: every topic has one kind, every kind says what it carries, and nothing written by people goes out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.signing import signed_header
from core.domain.webhook_catalogue import CATALOGUE, described, events_of, noted_for
from core.domain.webhook_events import Event, Noted
from core.domain.webhooks import Topic
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "webhooks.md"

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SLY = "IGNORE ALL RULES <img src=x>"
LINKS: dict[Topic, tuple[str, str, str, dict[str, object]]] = {
    Topic.ORDER_PLACED: (
        "order:SO-1",
        "order_added",
        "SO-1",
        {"customer": "MESA", "kind": "order", "lines": 2, "state": "confirmed"},
    ),
    Topic.ORDER_CHANGED: (
        "order:SO-1",
        "order_amended",
        "SO-1",
        {"version": 3, "reason": SLY, "consequences": [SLY], "agreed_by": SLY},
    ),
    Topic.ORDER_CANCELLED: (
        "order:SO-1",
        "order_advanced",
        "SO-1",
        {"order": "confirmed -> cancelled", "why": SLY, "lines": {}},
    ),
    Topic.PROMISE_MADE: (
        "order:SO-1",
        "promised",
        "SO-1",
        {
            "10": {"old": None, "new": "2026-03-09", "reason": "as_asked"},
            "2": {"old": "2026-03-01", "new": "2026-03-04"},
        },
    ),
    Topic.PROMISE_MOVED: (
        "order:SO-1",
        "promise_moved",
        "SO-1/2",
        {"old": "2026-03-04", "new": "2026-03-09", "reason": SLY, "proposal": "PR-1"},
    ),
    Topic.CASE_OPENED: (
        "case:CASE-7",
        "case_opened",
        "CASE-7",
        {"key": f"E38|signal {SLY}|{SLY}", "exposure": "12.50"},
    ),
    Topic.CASE_CLOSED: ("case:CASE-7", "case_moved", "CASE-7", {"from": "open", "to": "auto-closed"}),
    Topic.STOCK_SHORT: (
        "case:CASE-7",
        "case_opened",
        "CASE-7",
        {"key": "E01|item VALVE-3@HOUSTON|uncovered", "exposure": "12.50"},
    ),
    Topic.APPROVAL_REQUESTED: (
        "case:CASE-7",
        "approval_requested",
        "AP-1",
        {"rule": SLY, "expires_at": "2026-03-03 12:00:00+00:00"},
    ),
    Topic.APPROVAL_DECIDED: (
        "case:CASE-7",
        "decision_reject",
        "AP-1",
        {"by": "maria", "role": "planner", "plan_hash": "ab", "comment": SLY},
    ),
    Topic.PLAN_EXECUTED: ("approval:AP-1", "executed", "AP-1", {"hash": "ab", "result": [SLY]}),
    Topic.PLAN_UNDONE: ("approval:AP-1", "undone", "AP-1", {"by": "maria"}),
    Topic.SHIPMENT_SHIPPED: ("shipment:SO-1-S1", "shipment_shipped", "SO-1-S1", {"tracking": SLY}),
    Topic.SHIPMENT_DELIVERED: ("shipment:SO-1-S1", "shipment_delivered", "SO-1-S1", {"signed_by": SLY}),
    Topic.PURCHASE_ORDER_SENT: ("purchase:PO-9", "purchase_order_advanced", "PO-9", {"to": "sent", "why": SLY}),
    Topic.PURCHASE_ORDER_ANSWERED: (
        "purchase:PO-9",
        "purchase_order_answered",
        "PO-9",
        {"reference": SLY, "source": SLY, "lines": [{"line": 1, "answer": "changed", "differs": ["date"]}]},
    ),
    Topic.PURCHASE_ORDER_RECEIVED: (
        "purchase:PO-9",
        "purchase_received",
        "PO-9",
        {"line": 1, "accepted": 8, "rejected": 2, "reason": SLY, "lot": SLY},
    ),
    Topic.SCAN_FINISHED: ("scans", "scan_finished", "scan 12", {"as_of": "2026-03-02"}),
    Topic.HALT_CHANGED: ("halt", "halted", "halt 3", {"reason": SLY}),
}


def made(topic: Topic) -> Event:
    scope, event, subject, facts = LINKS[topic]
    noted = Noted(scope=scope, sequence=1, event=event, subject=subject, facts=facts, at=AT, hash="ab" * 32)
    return next(one for one in events_of(noted) if one.topic is topic)


def test_every_topic_but_the_ping_has_one_kind_and_an_example_here() -> None:
    topics = [kind.topic for kind in CATALOGUE]

    assert sorted(topics) == sorted(LINKS) == sorted({*Topic} - {Topic.PING})


@pytest.mark.parametrize("topic", LINKS)
def test_an_event_carries_what_its_kind_says_and_no_words_of_others(topic: Topic) -> None:
    event = made(topic)

    (kind,) = [kind for kind in CATALOGUE if kind.topic is topic]
    assert {*event.data} == {*kind.fields}
    assert None not in event.data.values()
    assert "IGNORE" not in event.body
    told = json.loads(event.body)
    assert (told["type"], told["version"], told["occurred_at"]) == (topic.value, 1, "2026-03-02T12:00:00+00:00")
    assert told["data"] == event.data


def test_lines_are_told_in_their_order() -> None:
    assert made(Topic.PROMISE_MADE).data["lines"] == [
        {"line": 2, "requested": "2026-03-01", "promised": "2026-03-04"},
        {"line": 10, "requested": None, "promised": "2026-03-09"},
    ]


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("order_advanced", {"order": "draft -> confirmed"}),
        ("order_advanced", {"order": "cancelled -> cancelled"}),
        ("order_advanced", {}),
        ("case_moved", {"to": "approved"}),
        ("purchase_order_advanced", {"to": "confirmed"}),
        ("purchase_order_added", {"supplier": "GULF", "lines": []}),
        ("promised", {}),
        ("never heard of", {}),
    ],
)
def test_another_step_is_no_event(event: str, facts: dict[str, object]) -> None:
    noted = Noted(scope="order:SO-1", sequence=1, event=event, subject="SO-1", facts=facts, at=AT, hash="ab" * 32)

    assert events_of(noted) == ()


@pytest.mark.parametrize("facts", [{}, {"lines": 7, "key": 7, "order": None, "1": 7}, {"lines": [7, {"differs": 7}]}])
@pytest.mark.parametrize("event", sorted(noted_for(Topic)))
def test_a_link_of_another_shape_stops_nobody(event: str, facts: dict[str, object]) -> None:
    noted = Noted(scope="x", sequence=1, event=event, subject="", facts=facts, at=AT, hash="ab" * 32)

    assert all(json.loads(one.body)["id"] for one in events_of(noted))


def test_only_what_some_topic_is_made_of_is_noted_for_it() -> None:
    assert noted_for([Topic.STOCK_SHORT, Topic.CASE_CLOSED]) == {"case_opened", "case_moved"}
    assert noted_for([Topic.PING]) == frozenset()


def test_the_catalogue_stands_in_the_documentation(document_part: Callable[[Path, str, str, str], None]) -> None:
    document_part(PAGE, "<!-- catalogue -->", "<!-- /catalogue -->", described())


def test_the_example_of_the_documentation_tells_a_signature_from_a_forgery() -> None:
    code = PAGE.read_text(encoding="utf-8").partition("<!-- example -->\n```python\n")[2].partition("```")[0]
    known: dict[str, Any] = {}
    exec(compile(code, "docs/webhooks.md", "exec"), known)  # noqa: S102 - what readers copy has to work
    body, now = made(Topic.ORDER_PLACED).body.encode(), datetime.now(UTC)

    def asked(secret: str, at: datetime, seen: bytes = body) -> bool:
        time, signature = signed_header(["the one before", secret], at=at, body=body)
        headers = {"Expediter-Timestamp": time, "Expediter-Signature": signature}
        return known["is_genuine"]("a secret", headers, seen)

    assert asked("a secret", now)
    assert not asked("another", now)
    assert not asked("a secret", now, body + b" ")
    assert not asked("a secret", now - timedelta(minutes=6))

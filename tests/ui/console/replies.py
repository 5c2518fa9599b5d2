"""What every other door of the API would answer, as the server words it: hostile text where others may write."""

from datetime import date
from typing import Any

from tests.ui.console.allocation_replies import quotas
from tests.ui.console.draft_replies import HEAD, draft, letters, ready_draft
from tests.ui.console.policy_replies import POLICY, TRIAL
from tests.ui.console.record_replies import desk_record, model_record
from tests.ui.world import HOSTILE
from ui.client.kinds import Heard
from ui.schemas import HealthReply
from ui.schemas.approval import ApprovalList
from ui.schemas.chat import ConversationDetail, ConversationReply, MessageTaken, RunList
from ui.schemas.desk import (
    DraftConfirmedReply,
    DraftList,
    HaltReply,
    PolicyHistory,
    PolicyReply,
    ScanAsked,
    ScanRecords,
    ScanReply,
    ScanSchedule,
    TrialReply,
)
from ui.schemas.floor import WorkCenterList
from ui.schemas.goods import AvailabilityReply, BalanceList
from ui.schemas.identity import KeyList, LinkList, LinkMade
from ui.schemas.listing import OrderDetail, OrderList, OrderSheet, PromiseExplained
from ui.schemas.people import AuditProof, AuditTrail, ImportRecords, PeopleList
from ui.schemas.saved_views import SavedViews
from ui.schemas.supply import (
    KpiHistory,
    KpiPeriod,
    KpiReply,
    KpiReport,
    PurchaseList,
    ReturnList,
    ShipmentList,
    TaskList,
    TransferList,
    WorkList,
)
from ui.schemas.webhook import MessageList
from ui.schemas.what_if import WhatIfReply

NOON = "2026-03-02T12:00:00Z"
LATER = "2026-03-02T15:00:00Z"
ORDER = {
    "number": "SO-1042",
    "customer": "HARBOR",
    "customer_name": f"Harbor {HOSTILE}",
    "customer_po": HOSTILE,
    "kind": "order",
    "state": "confirmed",
    "channel": "email",
    "order_date": "2026-02-01",
    "currency": "USD",
    "ship_from": "HOUSTON",
    "priority": 5,
    "version": 1,
    "lines": 1,
    "late": 1,
    "open": 40,
    "requested": "2026-03-09",
    "due": "2026-03-09",
    "value": "4000.00",
}
LINE = {
    "order": "SO-1042",
    "line": 1,
    "customer": "HARBOR",
    "customer_name": "Harbor",
    "item": "V-300",
    "item_name": HOSTILE,
    "ordered": 40,
    "open": 40,
    "requested": "2026-03-09",
    "promised": "2026-03-09",
    "due": "2026-03-09",
    "state": "confirmed",
    "location": "HOUSTON",
}
KPI = {"title": "On time in full", "of": "", "unit": "%", "goal": ">= 95", "says": HOSTILE, "counts": "lines"}


def waiting(**changes: Any) -> ApprovalList:
    """A plan that waits for an operations manager, three hours before it runs out."""
    one = {
        "id": "AP-1-1A",
        "case": "CASE-1",
        "state": "pending",
        "tier": 3,
        "money": "240.00",
        "approvals_needed": 1,
        "approvals_given": 0,
        "roles": ["operations_manager"],
        "rule": "T3",
        "proposed_by": "exception-desk",
        "created_at": NOON,
        "expires_at": LATER,
        "plan_hash": "ab" * 32,
        "why_not": None,
    }
    return ApprovalList.model_validate({"items": [{**one, **changes}], "next": None})


def conversation() -> ConversationDetail:
    """A question, and an answer with a table, a chart and a proposal."""
    table = {"title": "Late", "columns": ["order", "value"], "rows": [["SO-1042", "4000.00"]], "amounts": ["value"]}
    chart = {
        "title": "Balance",
        "unit": "EA",
        "series": [{"name": "free", "points": [{"on": "2026-03-02", "value": 4}]}],
    }
    turns = [
        {"number": 1, "speaker": "person", "text": HOSTILE, "source": "", "tool": "", "cites": [], "data": {}},
        {
            "number": 2,
            "speaker": "assistant",
            "text": f"One is late. {HOSTILE}",
            "source": "model",
            "tool": "list_orders",
            "cites": ["order:SO-1042", "case:CASE-1", "policy:1"],
            "data": {"tables": [table], "charts": [chart], "proposal": "AP-1-1A"},
        },
    ]
    told = [{**turn, "at": NOON} for turn in turns]
    return ConversationDetail.model_validate({"id": "CHAT-1", "begun_at": NOON, "turns": told})


def _availability() -> AvailabilityReply:
    steps = [{"on": "2026-03-02", "units": 0, "projected": 5}, {"on": "2026-03-09", "units": 0, "projected": -40}]
    balance = [
        {"on": "2026-03-02", "comes": 5, "needed": 0, "balance": 5},
        {"on": "2026-03-09", "comes": 0, "needed": 45, "balance": -40},
    ]
    return AvailabilityReply.model_validate(
        {
            "item": "V-300",
            "unit": "EA",
            "as_of": "2026-03-02",
            "until": "2026-06-02",
            "places": [{"place": "HOUSTON", "steps": steps, "balance": balance, "days_left_out": 0}],
            "places_left_out": 0,
        }
    )


def _scans() -> ScanRecords:
    one = {"as_of": "2026-03-02", "rules": {}, "recorded_at": NOON}
    items = [{**one, "number": 2, "figures": {"lines_late": "3"}}, {**one, "number": 1, "figures": {"lines_late": "5"}}]
    return ScanRecords.model_validate({"items": items, "next": None})


def _history() -> KpiHistory:
    report = _kpis()
    whole = [one for one in report.items if not one.of]
    cost = {**KPI, "name": "cost_per_exception", "title": "Cost of an exception", "unit": "money"}
    whole.append(KpiReply.model_validate({**cost, "value": "12.50", "numerator": "25", "denominator": "2"}))
    now = KpiPeriod(first=report.first, last=report.last, items=tuple(whole))
    before = KpiPeriod(first=date(2026, 1, 2), last=date(2026, 1, 31), items=tuple(whole[:1]))
    return KpiHistory(currency="USD", items=(now, before))


def _kpis() -> KpiReport:
    whole = {**KPI, "name": "otif_promise", "value": "90.00", "numerator": "9", "denominator": "10"}
    part = {**whole, "of": HOSTILE}
    none = {**KPI, "name": "lead_time", "title": "Lead time", "value": None, "numerator": None, "denominator": None}
    period = {"first": "2026-02-01", "last": "2026-03-02", "as_of": "2026-03-02", "currency": "USD"}
    return KpiReport.model_validate({**period, "items": [whole, none, part]})


def answers() -> dict[str, Any]:
    """An answer for every door the pages use."""
    return {**_desk(), **_order_book(), **_supply(), **_control()}


TASK = {
    "subject": "task:1",
    "text": HOSTILE,
    "kind": "question",
    "role": None,
    "about": "order:SO-1042",
    "due": None,
    "state": "open",
    "answers": ["accepted", "no answer"],
    "answer": "",
    "note": "",
    "answered_by": None,
    "answered_at": None,
    "created_at": None,
}


def _desk() -> dict[str, Any]:
    run = {"id": "RUN-1", "graph": "exception_desk", "subject": "CASE-1", "started_at": NOON, "deadline": LATER}
    pack = {"number": 1, "name": HOSTILE, "as_of": "2026-03-02", "content_hash": "ab", "recorded_at": NOON}
    return {
        "list_approvals": waiting(),
        "list_saved_views": SavedViews.model_validate(
            {"page": "inbox", "items": [{"name": HOSTILE, "query": "said=V-300&filter-state=open&mine=true"}]}
        ),
        "list_runs": RunList.model_validate({"items": [{**run, "ended_at": NOON, "outcome": "waiting"}], "next": None}),
        "list_tasks": TaskList.model_validate({"items": [TASK], "next": None}),
        "health": HealthReply(status="ok", halted=False),
        "list_imports": ImportRecords.model_validate({"items": [pack], "next": None}),
        "list_hook_messages": MessageList.model_validate({"items": [], "next": None}),
        "get_conversation": conversation(),
        "begin_conversation": ConversationReply.model_validate({"id": "CHAT-1", "begun_at": NOON}),
        "ask": MessageTaken(conversation="CHAT-1", after=0),
        "follow_conversation": [
            Heard(number=1, kind="words", data={"text": "One is"}),
            Heard(number=2, kind="answered", data={"text": "One is late."}),
        ],
        "list_drafts": DraftList.model_validate({"items": [HEAD], "next": None}),
        "get_draft": draft(),
        "read_letters": letters(),
        "take_in_letter": draft(),
        "set_draft_values": ready_draft(),
        "ask_customer": draft(),
        "reject_draft": draft(),
        "confirm_draft": DraftConfirmedReply(draft="DRAFT-3", order="SO-2000", promised=True, why="", signal=""),
    }


def what_if() -> WhatIfReply:
    """Two more lines late, one of them told."""
    outlook = {"promised": "2026-03-09", "projected": "2026-03-09", "quantity": 40, "short": 0, "late": 0}
    line = {
        "order": "SO-1042",
        "line": 1,
        "customer": "HARBOR",
        "item": "V-300",
        "before": {**outlook, "state": "on time", "exposure": "0"},
        "after": {**outlook, "projected": "2026-03-12", "late": 3, "state": "late", "exposure": "900.00"},
        "exposure": "900.00",
    }
    return WhatIfReply.model_validate(
        {
            "as_of": "2026-03-02",
            "currency": "USD",
            "assumed": ["GULF delivers nothing for 14 days"],
            "before": {"lines": 9, "late": 1, "uncovered": 0, "exposure": "100.00"},
            "after": {"lines": 9, "late": 3, "uncovered": 0, "exposure": "1000.00"},
            "changed": 2,
            "newly_late": 2,
            "newly_uncovered": 0,
            "saved": 0,
            "lines": [line],
            "left_out": 1,
            "cost": "50.00",
        }
    )


def _order_book() -> dict[str, Any]:
    link = {"id": "LINK-1", "order": "SO-1042", "created_by": "mary", "created_at": NOON, "expires_at": LATER}
    links = {"items": [{**link, "revoked_at": None}]}
    explained = {
        "as_of": "2026-03-02",
        "line": LINE,
        "owed": True,
        "projected": "2026-03-12",
        "short": 0,
        "why": [{"subject": "SO-1042/1", "text": HOSTILE}],
        "rests_on": [
            {"supply": "PO-1/1", "level": 0, "item": "V-300", "location": "HOUSTON", "units": 40, "on": "2026-03-12"}
        ],
        "promises": [],
        "pegs": [],
    }
    return {
        "list_orders": OrderList.model_validate({"items": [ORDER], "next": None}),
        "get_order": OrderDetail.model_validate({**ORDER, "order_lines": [LINE], "lines_left_out": 0, "holds": []}),
        "explain_promise": PromiseExplained.model_validate(explained),
        "list_shipments": ShipmentList.model_validate({"items": [], "next": None}),
        "print_order": OrderSheet(name="order-SO-1042.html", html="<h1>Order SO-1042</h1>"),
        "list_returns": ReturnList.model_validate({"items": [], "next": None}),
        "list_status_links": LinkList.model_validate(links),
        "make_status_link": LinkMade.model_validate(
            {**link, "revoked_at": None, "path": "/v1/status/abc", "page": "/status/abc"}
        ),
        "revoke_status_link": None,
    }


def _supply() -> dict[str, Any]:
    balance = {
        "item": "V-300",
        "item_name": HOSTILE,
        "unit": "EA",
        "location": "HOUSTON",
        "site": "HOU",
        "on_hand": 5,
        "reserved": 0,
        "blocked": 0,
        "free": 5,
        "safety_stock": 10,
    }
    work = {
        "number": "WO-1",
        "item": "V-300",
        "location": "HOUSTON",
        "ordered": 40,
        "completed": 10,
        "scrapped": 1,
        "start": "2026-03-01",
        "due": "2026-03-08",
        "late": True,
        "state": "open",
        "stage": "released",
        "version": 1,
    }
    return {
        "available_to_promise": _availability(),
        "list_quotas": quotas(),
        "list_stock": BalanceList.model_validate({"items": [balance], "next": None}),
        "list_purchase_orders": PurchaseList.model_validate({"items": [], "next": None}),
        "list_work_orders": WorkList.model_validate({"items": [work], "next": None}),
        "list_work_centers": WorkCenterList(items=()),
        "list_transfer_orders": TransferList.model_validate({"items": [], "next": None}),
    }


def _schedule() -> ScanSchedule:
    turn = {"whole": True, "cron": "30 1 * * *", "next_at": "2026-03-03T01:30:00Z"}
    return ScanSchedule.model_validate({"turns": [turn], "last_at": NOON, "missed": False, "halted": False})


def _control() -> dict[str, Any]:
    policy = {"version": "2", "effective_at": NOON, "reason": HOSTILE, "demoted": [], "waiting": None}
    entry = {
        "scope": "order:SO-1042",
        "sequence": 1,
        "at": NOON,
        "actor": "mary",
        "event": "order_entered",
        "subject": HOSTILE,
        "facts": HOSTILE,
        "previous": "00",
        "hash": "ab" * 32,
    }
    person = {"name": "mary", "role": "operations_manager", "limit": "10000.00", "active": True, "waiting": False}
    return {
        "last_scan": ScanReply.model_validate(
            {"as_of": "2026-03-02", "at": NOON, "rules": {}, "open_cases": {"E01": 2}}
        ),
        "list_scans": _scans(),
        "ask_for_scan": ScanAsked(asked=True),
        "scan_schedule": _schedule(),
        "list_kpis": _kpis(),
        "kpi_history": _history(),
        "desk_record": desk_record(),
        "model_record": model_record(),
        "what_if": what_if(),
        "get_halt": HaltReply(halted=False, reason="", by=None, since=None),
        "halt": HaltReply(halted=True, reason="fire", by="mary", since=None),
        "resume": HaltReply(halted=False, reason="", by=None, since=None),
        "get_policy": PolicyReply.model_validate({**policy, "policy": {}, **POLICY}),
        "policy_history": PolicyHistory.model_validate({"items": [], "next": None}),
        "try_policy": TrialReply(found=TRIAL),
        "audit_trail": AuditTrail.model_validate({"items": [entry], "next": None}),
        "list_people": PeopleList.model_validate(
            {"items": [{**person, "sites": None, "customers": None, "digest": None}], "next": None}
        ),
        "verify_audit": AuditProof(whole=False, broken=(HOSTILE,)),
        "list_keys": KeyList(items=()),
    }

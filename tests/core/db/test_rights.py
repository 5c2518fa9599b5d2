"""What each role may do with the tables: the application never rewrites history, agents only read and propose."""

from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, RestrictViolation

from core.db.roles import RoleUrls, dsn_of
from core.services.execution import ExecutionState
from tests.builders import MARIA, RENO, VALVE, buy, transfer
from tests.desk import Desk

GRANTED = """
SELECT c.relname, p.privilege FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
    (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p(privilege)
WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege(%s, c.oid, p.privilege)
"""
HISTORY = {
    "stock_moves",
    "promise_records",
    "audit_log",
    "proposals",
    "approval_decisions",
    "scans",
    "case_options",
    "feeds",
    "delivery_proofs",
    "discounts",
    "dispositions",
    "landed_costs",
    "stock_losses",
    "line_prices",
    "node_rejections",
    "price_list_lines",
    "price_overrides",
    "refunds",
    "retrieved_components",
    "sourcing_decisions",
    "tracking_events",
    "amendments",
    "mails",
    "order_timeline",
    "order_transitions",
    "order_versions",
    "acknowledgements",
    "acknowledgement_lines",
    "receipts",
    "transfer_receipts",
    "work_order_progress",
    "work_order_issues",
    "work_order_completions",
    "work_order_costs",
    "move_serials",
    "master_data_origins",
    "master_data_changes",
    "policies",
    "supplier_buffers",
    "autonomy_demotions",
    "rule_decisions",
    "rule_decision_scopes",
    "item_variants",
    "conversation_turns",
    "letters",
    "letter_readings",
    "draft_versions",
    "draft_letters",
    "inquiry_letters",
    "model_calls",
    "spans",
    "case_comments",
}
# Kept by triggers and functions: nobody writes them, so that no balance differs from what it stands for.
KEPT = {"stock_balances", "lot_balances", "quota_uses", "master_data_changes", "book_changes"}
BOOKED = {
    "reservations",
    "lots",
    "serials",
    "quotas",
    "signals",
    "master_data_requests",
    "runs",
    "halts",
    "delegations",
    "suggestions",
}
NOT_FOR_AGENTS = {
    "users", "outbox", "mails", "commands", "master_data_requests", "master_data_origins", "master_data_changes",
    "conversations", "conversation_turns", "chat_preferences",
    "sessions", "api_keys", "identities", "key_threads", "key_use", "status_links", "api_replies", "chat_events",
    "webhooks", "webhook_deliveries", "webhook_notes", "hook_sources", "hook_secrets", "inbound_events",
    "inbound_versions",
    "case_comments", "saved_views",
}  # fmt: skip
# Who is at the doors, what was answered there, what people keep for themselves: no books, and gone when it is over.
PASSING = {
    "sessions",
    "api_replies",
    "identities",
    "chat_events",
    "saved_views",
    "webhook_deliveries",
    "webhook_notes",
}
RUNS = {"runs", "model_calls", "spans"}
DRAFTS = {"letters", "letter_readings", "order_drafts", "draft_versions", "draft_letters"}
INQUIRIES = {"inquiries", "inquiry_letters", "inquiry_replies"}
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


def granted(urls: RoleUrls, role: str) -> dict[str, set[str]]:
    """The tables a role may use in each way, whole tables only."""
    found: dict[str, set[str]] = {}
    with psycopg.connect(dsn_of(urls.owner)) as owner:
        for table, privilege in owner.execute(GRANTED, [role]):
            found.setdefault(privilege, set()).add(table)
    return found


def tables(urls: RoleUrls) -> set[str]:
    with psycopg.connect(dsn_of(urls.owner)) as owner:
        return {row[0] for row in owner.execute(TABLES)}


def test_the_application_adds_to_every_table_and_rewrites_no_history(worker_role_urls: RoleUrls) -> None:
    every = tables(worker_role_urls)

    rights = granted(worker_role_urls, "expediter_app")

    assert rights == {
        "SELECT": every,
        "INSERT": every - KEPT - {"alembic_version", "order_transitions", "serials"},
        "UPDATE": every - HISTORY - KEPT - BOOKED - {"alembic_version", "chat_events"},
        "DELETE": PASSING,
    }


def test_agents_write_only_what_a_proposal_is_made_of(worker_role_urls: RoleUrls) -> None:
    rights = granted(worker_role_urls, "expediter_agent")

    assert rights == {
        "SELECT": tables(worker_role_urls) - NOT_FOR_AGENTS,
        "INSERT": {"case_options", "case_plans", "proposals", "approvals", "audit_log", "audit_heads"}
        | RUNS
        | DRAFTS
        | INQUIRIES
        | {"signals", "negotiations", "cases"},
        "UPDATE": {"case_plans", "audit_heads", "order_drafts", "inquiries", "inquiry_replies"},
    }


def test_checkpoints_see_none_of_it(worker_role_urls: RoleUrls) -> None:
    assert granted(worker_role_urls, "expediter_checkpoint") == {}


REFUSED_TO_AGENTS: dict[str, LiteralString] = {
    "take stock": "UPDATE stock_balances SET on_hand = 0",
    "reserve": "INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at)"
    " VALUES (1, 1, 1, 'transfer', 'X', 'open', now())",
    "approve": "UPDATE approvals SET state = 'approved'",
    "decide": "INSERT INTO approval_decisions (approval_id, user_name, role, kind, plan_hash, comment, channel,"
    " decided_at) VALUES ('AP-1-1A', 'maria', 'operations_manager', 'approve', 'h', '', 'x', now())",
    "execute": "INSERT INTO effect_ledger (approval_id, executed_hash, executed_by, executed_at, result)"
    " VALUES ('AP-1-1A', 'h', 'x', now(), '[]')",
    "order": "INSERT INTO purchase_orders (number, supplier_id, order_date, currency, state)"
    " VALUES ('PO-9', 1, now(), 'USD', 'open')",
    "promise": "UPDATE sales_order_lines SET promised = now()",
    "send": "INSERT INTO outbox (key, partner, kind, payload, state, attempts, created_at, changed_at)"
    " VALUES ('k', 'mail', 'customer_notice', '{}', 'new', 0, now(), now())",
    "raise a limit": "UPDATE users SET money_limit = NULL",
    "make a user": "INSERT INTO users (name, role, active, demo) VALUES ('eve', 'operations_manager', true, false)",
    "rewrite a proposal": "UPDATE proposals SET plan = ''",
    "rewrite the log": "UPDATE audit_log SET actor = 'maria'",
    "delete a case": "DELETE FROM cases",
    "close a case": "UPDATE cases SET exposure = 0",
    "read passwords": "SELECT password_hash FROM users",
    "read tokens": "SELECT token_hash FROM users",
    "read every column of users": "SELECT * FROM users",
    "change the price list": "UPDATE supplier_items SET unit_price = 0",
    "turn guards off": "SET session_replication_role = replica",
    "drop": "DROP TABLE audit_log",
}


@pytest.mark.parametrize("statement", REFUSED_TO_AGENTS.values(), ids=REFUSED_TO_AGENTS.keys())
def test_agents_may_not(worker_role_urls: RoleUrls, statement: LiteralString) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.agent)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute(statement)


REFUSED_TO_THE_APPLICATION: dict[str, LiteralString] = {
    "add stock": "UPDATE stock_balances SET on_hand = on_hand + 1",
    "free stock": "UPDATE stock_balances SET reserved = 0",
    "begin with stock": "INSERT INTO stock_balances (item_id, location_id, on_hand) VALUES (1, 2, 5)",
    "add to a lot": "UPDATE lot_balances SET on_hand = on_hand + 1",
    "begin a lot with stock": "INSERT INTO lot_balances (lot_id, location_id, item_id, on_hand) VALUES (1, 1, 1, 5)",
    "end a reservation": "UPDATE reservations SET state = 'released'",
    "use a lot that is held": "UPDATE lots SET status = 'available'",
    "carry a serial number off": "UPDATE serials SET location_id = NULL",
    "consume a quota": "UPDATE quotas SET consumed = 0",
    "write down what a quota gave": "INSERT INTO quota_uses (quota_id, order_id, line, quantity) VALUES (1, 1, 1, 1)",
    "rewrite the log": "UPDATE audit_log SET actor = 'maria'",
    "rewrite a promise": "UPDATE promise_records SET new = now()",
    "rewrite a decision": "UPDATE approval_decisions SET kind = 'approve'",
    "rewrite the ledger": "UPDATE stock_moves SET quantity = 1",
    "rewrite what came": "UPDATE receipts SET accepted = 0",
    "rewrite a price that was found": "UPDATE line_prices SET unit_price = 0",
    "forget a loss": "DELETE FROM stock_losses",
    "change a price list": "UPDATE price_list_lines SET unit_price = 0",
    "say a signal was another": "UPDATE signals SET text = 'nothing'",
    "record a change that was none": "INSERT INTO master_data_changes (origin_id, table_name, key, operation)"
    " VALUES (1, 'items', 'X', 'insert')",
    "agree for another": "UPDATE master_data_requests SET asked_by = 'omar'",
    "place a serial number": "INSERT INTO serials (item_id, number, location_id) VALUES (1, 'S', 1)",
}


@pytest.mark.parametrize("statement", REFUSED_TO_THE_APPLICATION.values(), ids=REFUSED_TO_THE_APPLICATION.keys())
def test_not_even_the_application_may(worker_role_urls: RoleUrls, statement: LiteralString) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.app)) as app, pytest.raises(InsufficientPrivilege):
        app.execute(statement)


@pytest.mark.parametrize(
    ("state", "cause"),
    [("open", "PO-1"), ("open", "asked:SO-1/1:quantity:50"), ("resolved", "asked:SO-1/1:quantity:60")],
)
def test_agents_open_no_case_but_that_of_a_change_somebody_asked_for(desk: Desk, state: str, cause: str) -> None:
    desk.alter(
        "INSERT INTO signals (reference, kind, subject, text, confidence, suspicious, order_id, lines, state, said_by,"
        " recorded_at, outcome, asked) SELECT 'asked:SO-1/1:quantity:60', 'change', 'order SO-1', '', 100, false, id,"
        " '[1]', 'open', 'maria', now(), '', '[]' FROM sales_orders WHERE number = 'SO-1'"
    )
    opened = """
        INSERT INTO cases (key, state, exposure, planning_round, opened_on, digest, detected)
        VALUES ('k', %s, 0, 0, now(), '', jsonb_build_object('cause', %s::text))"""

    with psycopg.connect(dsn_of(desk.urls.agent)) as agent, pytest.raises(RestrictViolation, match="no other"):
        agent.execute(opened, [state, cause])
    with psycopg.connect(dsn_of(desk.urls.agent)) as agent:
        assert agent.execute(opened, ["open", "asked:SO-1/1:quantity:60"]).rowcount == 1
        agent.rollback()


def test_agents_see_who_people_are(desk: Desk) -> None:
    with psycopg.connect(dsn_of(desk.urls.agent)) as agent:
        names = agent.execute("SELECT name, role, money_limit FROM users WHERE name = 'maria'").fetchall()

    assert names == [("maria", "operations_manager", None)]


@pytest.mark.parametrize("state", ["approved", "executed", "rejected"])
def test_no_approval_begins_decided(desk: Desk, state: str) -> None:
    approval = desk.proposed(transfer())
    copied = """
        INSERT INTO approvals (id, proposal_id, plan_hash, approvals_needed, roles, rule, policy_version, state,
                               created_at, expires_at)
        SELECT 'AP-X', 'PR-X', plan_hash, approvals_needed, roles, rule, policy_version, %s, created_at, expires_at
        FROM approvals WHERE id = %s"""

    for url in (desk.urls.agent, desk.urls.app):
        with psycopg.connect(dsn_of(url)) as connection, pytest.raises(RestrictViolation, match="begins pending"):
            connection.execute(copied, [state, approval.id])


@pytest.mark.parametrize("table", sorted(HISTORY - {"scans", "case_options"}))
def test_not_even_the_owner_rewrites_history(desk: Desk, table: LiteralString) -> None:
    desk.executed(transfer(), buy())

    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with psycopg.connect(dsn_of(desk.urls.owner)) as owner, pytest.raises(RestrictViolation, match="append-only"):
            owner.execute(statement)


FORBIDDEN_CHANGES: dict[str, tuple[LiteralString, str]] = {
    "back to pending": ("UPDATE approvals SET state = 'pending'", "is executed, it cannot become pending"),
    "executed again": ("UPDATE approvals SET state = 'approved'", "is executed, it cannot become approved"),
    "another plan": ("UPDATE approvals SET plan_hash = 'h'", "only the state of approval"),
    "fewer people": ("UPDATE approvals SET approvals_needed = 2", "only the state of approval"),
    "more time": ("UPDATE approvals SET expires_at = expires_at + interval '1 day'", "only the state of approval"),
}


@pytest.mark.parametrize(("statement", "why"), FORBIDDEN_CHANGES.values(), ids=FORBIDDEN_CHANGES.keys())
def test_the_application_cannot_bend_an_approval(desk: Desk, statement: LiteralString, why: str) -> None:
    desk.executed(transfer())

    with pytest.raises(RestrictViolation, match=why):
        desk.alter(statement)


def test_the_application_cannot_delete_from_the_books(desk: Desk) -> None:
    for table in tables(desk.urls) - PASSING:
        with psycopg.connect(dsn_of(desk.urls.app)) as app, pytest.raises(InsufficientPrivilege):
            app.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def test_a_pending_approval_forged_by_an_agent_still_needs_people(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    with psycopg.connect(dsn_of(desk.urls.agent)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute("UPDATE approvals SET state = 'approved' WHERE id = %s", [approval.id])

    assert desk.execute(approval).state is ExecutionState.WAITING
    assert desk.decide(approval, MARIA).enough


# Only the owner's functions may book what they insert themselves; their sources are searched, as nobody lists them.
INSERTING = "SELECT proname, prosrc FROM pg_proc WHERE prosrc ILIKE '%INSERT INTO reservations%' ORDER BY proname"


@pytest.mark.breaks_laws("a reservation that no command made has no audit")
def test_the_application_cannot_say_that_it_booked_a_reservation(desk: Desk) -> None:
    reserve = "INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at)"
    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        app.execute("SELECT set_config('expediter.booked', 'yes', true)")
        app.execute(
            f"{reserve} SELECT i.id, l.id, 3, 'hard', 'SLY-1', 'open', now() FROM items i, locations l"
            " WHERE i.code = %s AND l.code = %s",
            [VALVE, RENO],
        )

    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).reserved == 10 + 3


def test_whoever_inserts_reservations_says_whether_it_books_them(worker_role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(worker_role_urls.owner)) as owner:
        found = dict(owner.execute(INSERTING).fetchall())

    assert sorted(found) == ["place_batch", "promise_batch", "reserve_batch", "reserve_plain", "reserve_stock"]
    assert all("set_config('expediter.booked', 'no', true)" in source for source in found.values())

"""The gate by tier and money, and the authority of a person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.approval import (
    Approval,
    ApprovalPolicy,
    ApprovalState,
    DecisionKind,
    DecisionRecord,
    Verdict,
    gate,
    why_not,
)
from core.domain.ids import ApprovalId, CaseId, ProposalId, UserName
from core.domain.users import Role, User
from tests.builders import MARIA, OMAR

POLICY = ApprovalPolicy()
NOW = datetime(2024, 10, 4, tzinfo=UTC)
APPROVAL = Approval(
    id=ApprovalId("AP-1-1A"),
    proposal=ProposalId("PR-1-1A"),
    case=CaseId("CASE-1"),
    plan_hash="h",
    tier=3,
    money=Decimal("100.00"),
    approvals_needed=1,
    roles=POLICY.roles,
    rule="T3",
    policy_version=POLICY.version,
    proposed_by=UserName("exception-desk"),
    state=ApprovalState.PENDING,
    created_at=NOW,
    expires_at=NOW + POLICY.lifetime,
)


def said(user: User, kind: DecisionKind = DecisionKind.APPROVE) -> DecisionRecord:
    return DecisionRecord(
        user=user.name, role=user.role, kind=kind, plan_hash="h", comment="", channel="console", decided_at=NOW
    )


@pytest.mark.parametrize(
    ("tier", "money", "verdict", "people"),
    [
        (0, "0", Verdict.ALLOW, 0),
        (1, "0", Verdict.NEEDS_APPROVAL, 1),
        (2, "0", Verdict.NEEDS_APPROVAL, 1),
        (3, "10000.00", Verdict.NEEDS_APPROVAL, 1),
        (3, "10000.01", Verdict.NEEDS_APPROVAL, 2),
        (4, "0", Verdict.NEEDS_APPROVAL, 2),
        (5, "0", Verdict.DENY, 0),
        (6, "0", Verdict.DENY, 0),
    ],
)
def test_the_gate(tier: int, money: str, verdict: Verdict, people: int) -> None:
    answer = gate(tier=tier, money=Decimal(money), policy=POLICY)

    assert (answer.verdict, answer.approvals_needed) == (verdict, people)
    assert bool(answer.roles) == (people > 0)


@given(tier=st.integers(1, 4), money=st.decimals(min_value=0, max_value=10**9, places=2))
def test_more_money_or_more_risk_never_needs_fewer_people(tier: int, money: Decimal) -> None:
    people = gate(tier=tier, money=money, policy=POLICY).approvals_needed

    assert gate(tier=tier, money=money + 1, policy=POLICY).approvals_needed >= people
    assert gate(tier=min(tier + 1, 4), money=money, policy=POLICY).approvals_needed >= people


@pytest.mark.parametrize("role", Role)
def test_only_the_roles_of_the_policy_decide(role: Role) -> None:
    user = User(name=UserName("somebody"), role=role, limit=None)

    assert (why_not(user, APPROVAL) is None) == (role in POLICY.roles)


@pytest.mark.parametrize(("limit", "allowed"), [("99.99", False), ("100.00", True), (None, True), ("0", False)])
def test_a_limit_binds(limit: str | None, allowed: bool) -> None:
    user = replace(MARIA, limit=None if limit is None else Decimal(limit))

    assert (why_not(user, APPROVAL) is None) == allowed


def test_the_proposer_and_those_who_left_do_not_decide() -> None:
    assert why_not(MARIA, replace(APPROVAL, proposed_by=MARIA.name)) == (
        "'maria' proposed this plan and may not approve it"
    )
    assert why_not(replace(MARIA, active=False), APPROVAL) == "'maria' is no longer active"


def test_people_are_counted_once_and_only_when_they_said_yes() -> None:
    two = replace(APPROVAL, approvals_needed=2)

    assert not replace(two, decisions=(said(MARIA), said(MARIA))).enough
    assert not replace(two, decisions=(said(MARIA), said(OMAR, DecisionKind.REJECT))).enough
    assert replace(two, decisions=(said(MARIA), said(OMAR))).enough
    assert replace(two, decisions=(said(MARIA), said(OMAR))).approvers == {"maria", "omar"}


def test_a_proposal_waits_a_day() -> None:
    assert POLICY.lifetime == timedelta(hours=24)

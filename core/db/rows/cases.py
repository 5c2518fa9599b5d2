"""Rows of scans, cases, their options, proposals, approvals and decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Row


class ScanRow(Row):
    """One scan: its rules, when it ran and what it counted."""

    __tablename__ = "scans"

    id: Mapped[Key]
    as_of: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CaseRow(Row):
    """A case; `key` is its identity over scans, `detected` what the last scan said."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'triaged', 'snoozed', 'proposed', 'approved', 'executing', 'resolved', 'accepted', "
            "'auto-closed')",
            name="state_known",
        ),
        CheckConstraint("(state = 'snoozed') = (snoozed_until IS NOT NULL)", name="snoozed_until_a_day"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    exposure: Mapped[Amount]
    deadline: Mapped[date | None]
    planning_round: Mapped[int] = mapped_column(Integer)
    opened_on: Mapped[date]
    owner: Mapped[str | None]
    snoozed_until: Mapped[date | None]
    digest: Mapped[str]
    detected: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CaseTriageRow(Row):
    """What to do first about a case, by rules or by a person's word."""

    __tablename__ = "case_triages"
    __table_args__ = (
        CheckConstraint("verdict IN ('act now', 'watch', 'merge', 'ignore')", name="verdict_known"),
        CheckConstraint("(verdict = 'merge') = (into_id IS NOT NULL)", name="merged_into_one"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    verdict: Mapped[str]
    reasons: Mapped[list[Any]] = mapped_column(JSONB)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    said_by: Mapped[str | None]
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CaseCommentRow(Row):
    """What somebody said about a case; append-only."""

    __tablename__ = "case_comments"
    __table_args__ = (
        CheckConstraint("length(text) BETWEEN 1 AND 2000", name="something_said"),
        Index("ix_case_comments_case_id", "case_id"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    author: Mapped[str] = mapped_column(ForeignKey("users.name"))
    text: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CaseOptionRow(Row):
    """An option of a case in one planning round."""

    __tablename__ = "case_options"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    planning_round: Mapped[int] = mapped_column(Integer)
    option: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CasePlanRow(Row):
    """What planning a case rested on: the evidence gathered and the ideas that turned out impossible."""

    __tablename__ = "case_plans"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSONB)
    rejected: Mapped[list[Any]] = mapped_column(JSONB)


class ProposalRow(Row):
    """A plan, a letter to a supplier or a mandate to negotiate, put before people as canonical text with its
    hash; of a plan also what it is predicted to do."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index(None, "case_id"),
        CheckConstraint("num_nonnulls(option_id, inquiry_id, negotiation_id) = 1", name="of_one_thing"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    option_id: Mapped[str | None] = mapped_column(ForeignKey("case_options.id"))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"))
    negotiation_id: Mapped[int | None] = mapped_column(ForeignKey("negotiations.id"))
    plan: Mapped[str]
    plan_hash: Mapped[str]
    tier: Mapped[int] = mapped_column(Integer)
    money: Mapped[Amount]
    advice: Mapped[dict[str, Any]] = mapped_column(JSONB)
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)
    forecast: Mapped[dict[str, Any]] = mapped_column(JSONB)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ApprovalRow(Row):
    """The approval a proposal waits for; decided by compare-and-set on `state`."""

    __tablename__ = "approvals"
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending', 'approved', 'rejected', 'expired', 'superseded', 'stale', 'executed', 'undone')",
            name="state_known",
        ),
        CheckConstraint("approvals_needed BETWEEN 1 AND 2", name="one_or_two_people"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), unique=True)
    plan_hash: Mapped[str]
    approvals_needed: Mapped[int] = mapped_column(Integer)
    roles: Mapped[list[str]] = mapped_column(JSONB)
    rule: Mapped[str]
    policy_version: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by_rule: Mapped[str]


class DecisionRow(Row):
    """One person's word on an approval; at most one a person."""

    __tablename__ = "approval_decisions"

    approval_id: Mapped[str] = mapped_column(ForeignKey("approvals.id"), primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), primary_key=True)
    role: Mapped[str]
    kind: Mapped[str]
    plan_hash: Mapped[str]
    comment: Mapped[str]
    channel: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reason_code: Mapped[str]
    on_behalf_of: Mapped[str | None] = mapped_column(ForeignKey("users.name"))

"""Rows of the policy: its versions, what its rules decided, demotions, delegations and suggestions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Row


class PolicyRow(Row):
    """A version of the policy; append-only."""

    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("version"),
        CheckConstraint("number = 1 OR author <> agreed_by", name="by_another"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[str]
    content: Mapped[Any] = mapped_column(JSONB)
    reason: Mapped[str]
    author: Mapped[str]
    agreed_by: Mapped[str]
    effective_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DemotionRow(Row):
    """A rule that acts no longer under a version of the policy; append-only."""

    __tablename__ = "autonomy_demotions"
    __table_args__ = (UniqueConstraint("rule", "policy_number"),)

    id: Mapped[Key]
    rule: Mapped[str]
    policy_number: Mapped[int] = mapped_column(ForeignKey("policies.number"))
    approval_id: Mapped[str] = mapped_column(ForeignKey("approvals.id"))
    why: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RuleDecisionRow(Row):
    """The yes of the policy itself to a plan of T2 at most; append-only."""

    __tablename__ = "rule_decisions"
    __table_args__ = (Index(None, "day"),)

    approval_id: Mapped[str] = mapped_column(ForeignKey("approvals.id"), primary_key=True)
    rule: Mapped[str]
    policy_version: Mapped[str] = mapped_column(ForeignKey("policies.version"))
    plan_hash: Mapped[str]
    money: Mapped[Amount]
    day: Mapped[date]
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RuleDecisionScopeRow(Row):
    """A customer or supplier whose sums of the day a decision of a rule counts for; append-only."""

    __tablename__ = "rule_decision_scopes"

    approval_id: Mapped[str] = mapped_column(ForeignKey("rule_decisions.approval_id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)


class DelegationRow(Row):
    """Somebody decides in another's stead, from a day to a day, unless it is ended before."""

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint("first <= last", name="days_in_order"),
        CheckConstraint("delegator <> delegate", name="to_another"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_whole"),
    )

    id: Mapped[Key]
    delegator: Mapped[str] = mapped_column(ForeignKey("users.name"))
    delegate: Mapped[str] = mapped_column(ForeignKey("users.name"))
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str]
    given_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("users.name"))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SuggestionRow(Row):
    """A change of the policy that what people decided suggests; a person accepts or dismisses it."""

    __tablename__ = "suggestions"
    __table_args__ = (
        CheckConstraint("kind IN ('promotion', 'observe', 'reluctance')", name="kind_known"),
        CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="state_known"),
        CheckConstraint(
            "num_nulls(settled_by, settled_at) = CASE state WHEN 'open' THEN 2 ELSE 0 END", name="settled_whole"
        ),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    content: Mapped[Any] = mapped_column(JSONB)
    because: Mapped[str]
    state: Mapped[str]
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("users.name"))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str]

"""Rows of changes of master data: what was asked for, where changes come from, and each of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class MasterDataRequestRow(Row):
    """A change of master data somebody asked for; another person agrees to it or refuses, once."""

    __tablename__ = "master_data_requests"
    __table_args__ = (
        CheckConstraint("kind IN ('prices', 'people', 'policy')", name="kind_known"),
        CheckConstraint("state IN ('pending', 'agreed', 'refused')", name="state_known"),
        CheckConstraint(
            "num_nulls(decided_by, decided_role, decided_at) = CASE state WHEN 'pending' THEN 3 ELSE 0 END",
            name="decided_whole",
        ),
        CheckConstraint("decided_by <> asked_by", name="by_another"),
        Index("uq_master_data_requests_pending", "kind", "subject", unique=True, postgresql_where="state = 'pending'"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    command: Mapped[str]
    asked: Mapped[Any] = mapped_column(JSONB)
    digest: Mapped[str]
    asked_by: Mapped[str]
    asked_role: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    state: Mapped[str]
    decided_by: Mapped[str | None]
    decided_role: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str]


class MasterDataOriginRow(Row):
    """Where changes of a transaction come from, with its link in the audit log; role and transaction are stamped."""

    __tablename__ = "master_data_origins"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('pack', 'prices', 'people', 'quotas', 'feeds', 'policy', 'migration')",
            name="kind_known",
        ),
        CheckConstraint("num_nulls(scope, sequence) = CASE kind WHEN 'migration' THEN 2 ELSE 0 END", name="in_the_log"),
        CheckConstraint("kind NOT IN ('prices', 'policy') OR request IS NOT NULL", name="prices_agreed"),
        ForeignKeyConstraint(["scope", "sequence"], ["audit_log.scope", "audit_log.sequence"]),
        Index(None, "transaction"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str | None]
    scope: Mapped[str | None]
    sequence: Mapped[int | None]
    request: Mapped[str | None] = mapped_column(ForeignKey("master_data_requests.code"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    began: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    transaction: Mapped[int]


class MasterDataChangeRow(Row):
    """A row of master data as it was and became, and the digests of both; written by triggers only, append-only."""

    __tablename__ = "master_data_changes"
    __table_args__ = (
        CheckConstraint("operation IN ('insert', 'update', 'delete', 'baseline')", name="operation_known"),
        Index(None, "table_name", "key"),
    )

    id: Mapped[Key]
    origin_id: Mapped[int] = mapped_column(ForeignKey("master_data_origins.id"))
    table_name: Mapped[str]
    key: Mapped[str]
    operation: Mapped[str]
    before: Mapped[Any] = mapped_column(JSONB, nullable=True)
    after: Mapped[Any] = mapped_column(JSONB, nullable=True)
    was: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)

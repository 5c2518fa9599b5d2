"""Rows of who is at the doors: sessions, API keys, logins of the company, status links, and answers given before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row


class SessionRow(Row):
    """A signed-in person, by the hash of the token."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("started_at <= seen_at AND started_at < expires_at", name="times_in_order"),
        Index(None, "user_name"),
        Index(None, "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiKeyRow(Row):
    """A machine's key, by its public part; NULL in `sites` or `customers` is all that the owner sees."""

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("created_at < expires_at", name="times_in_order"),
        CheckConstraint("per_minute > 0 AND per_day > 0", name="limits_positive"),
        Index(None, "owner"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str] = mapped_column(ForeignKey("users.name"))
    name: Mapped[str]
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    sites: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    customers: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    per_minute: Mapped[int] = mapped_column(Integer)
    per_day: Mapped[int] = mapped_column(Integer)
    created_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class KeyUseRow(Row):
    """What a key was used for in the minute and on the day it was used last."""

    __tablename__ = "key_use"
    __table_args__ = (CheckConstraint("calls >= 0 AND spent >= 0", name="counted"),)

    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    minute: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    calls: Mapped[int] = mapped_column(Integer)
    day: Mapped[date] = mapped_column(Date)
    spent: Mapped[int] = mapped_column(BigInteger)


class KeyThreadRow(Row):
    """The conversation that a client goes on with under a name, with this key."""

    __tablename__ = "key_threads"
    __table_args__ = (Index(None, "conversation_id"),)

    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    thread: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("conversations.id"))


class IdentityRow(Row):
    """Somebody as a company's login knows them, and who that is here."""

    __tablename__ = "identities"
    __table_args__ = (Index(None, "user_name"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"))
    linked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class StatusLinkRow(Row):
    """A link that shows one order, by the hash of what it carries."""

    __tablename__ = "status_links"
    __table_args__ = (CheckConstraint("created_at < expires_at", name="times_in_order"), Index(None, "order_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    created_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiReplyRow(Row):
    """What was asked under an idempotency key, as a hash, and what was answered; NULL while it is being worked on."""

    __tablename__ = "api_replies"
    __table_args__ = (
        CheckConstraint("(status IS NULL) = (headers IS NULL)", name="answered_whole"),
        Index(None, "claimed_at"),
    )

    owner: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    claimed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)

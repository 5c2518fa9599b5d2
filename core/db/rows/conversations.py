"""Rows of conversations with the chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class ConversationRow(Row):
    """One person's conversation and what it is about now."""

    __tablename__ = "conversations"

    id: Mapped[Key]
    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), index=True)
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    memory: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ConversationTurnRow(Row):
    """Something said in a conversation, with what it rests on; append-only."""

    __tablename__ = "conversation_turns"
    __table_args__ = (CheckConstraint("speaker IN ('person', 'assistant')", name="speaker_known"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    speaker: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]
    tool: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    cites: Mapped[list[str]] = mapped_column(JSONB)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ChatPreferenceRow(Row):
    """Something a person wants remembered in every conversation."""

    __tablename__ = "chat_preferences"

    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SavedViewRow(Row):
    """A view of a list that a person keeps under a name."""

    __tablename__ = "saved_views"
    __table_args__ = (CheckConstraint("page IN ('inbox', 'orders', 'stock')", name="page_known"),)

    user_name: Mapped[str] = mapped_column(ForeignKey("users.name"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str]


class ChatEventRow(Row):
    """What an answer said as it came, for whoever follows the conversation; forgotten after a while."""

    __tablename__ = "chat_events"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("kind IN ('asked', 'words', 'answered', 'failed')", name="kind_known"),
    )

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

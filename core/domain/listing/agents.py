"""Lists of what agents read and do: runs, drafts of orders, mails, conversations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.conversations import ConversationId
from core.domain.ids import CustomerCode, UserName
from core.domain.intake.drafts import DraftState


class RunSort(StrEnum):
    """Runs come in the order they began."""

    STARTED = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFilter:
    """Which runs are wanted; `under_way` True those that have not ended."""

    graph: str | None = None
    subject: str | None = None
    under_way: bool | None = None
    outcome: str | None = None
    started_since: datetime | None = None


class DraftSort(StrEnum):
    """What drafts of orders may be sorted by: their number, when they last changed."""

    NUMBER = "number"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFilter:
    """Which drafts of orders are wanted."""

    state: DraftState | None = None
    open: bool | None = None
    customer: CustomerCode | None = None
    changed_since: datetime | None = None


class MailSort(StrEnum):
    """Mails come in the order they were kept."""

    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFilter:
    """Which mails are wanted."""

    message_id: str | None = None
    kept_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMail:
    """A mail as it came, without what is in it; `size` in bytes."""

    content_hash: str
    message_id: str
    size: int
    kept_at: datetime


class ConversationSort(StrEnum):
    """Conversations come in the order they began."""

    BEGUN = "begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationFilter:
    """Which conversations are wanted: one person's."""

    user: UserName


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConversation:
    """A conversation, how much was said in it and when last."""

    id: ConversationId
    user: UserName
    begun_at: datetime
    turns: int
    last_at: datetime | None

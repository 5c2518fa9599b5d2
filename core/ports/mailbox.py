"""What the core needs of a mailbox: what nobody has read yet, word for word, and a mark on what was kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import ClassVar, Protocol

from core.domain.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail nobody has read, by the number the mailbox gave it, and its size in bytes."""

    number: str
    size: int


class MailboxError(DomainError):
    """The mailbox did not answer, refused the login, or answered what cannot be read; nothing was marked as read."""

    code: ClassVar[str] = "mailbox_unavailable"

    def __init__(self, *, mailbox: str, reason: str) -> None:
        super().__init__(f"mailbox {mailbox!r} cannot be read: {reason}", mailbox=mailbox, reason=reason)


class MailboxSession(Protocol):
    """The mailbox while it is open. Fetching marks nothing as read."""

    def unseen(self, *, limit: int) -> tuple[Waiting, ...]: ...
    def fetch(self, number: str) -> bytes: ...
    def mark_seen(self, numbers: Sequence[str]) -> None: ...


class MailboxPort(Protocol):
    """A mailbox; MailboxError where it cannot be opened, and from whatever is done in it."""

    def open(self) -> AbstractContextManager[MailboxSession]: ...


class MailStore(Protocol):
    """Mails as they came, each kept once; never changed."""

    def keep(self, raw: bytes, *, message_id: str) -> str | None: ...
    def raw(self, content_hash: str) -> bytes: ...

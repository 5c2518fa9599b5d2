"""What the core needs of the channels people are told things on: mail, Slack, Teams, webhooks."""

from typing import ClassVar, Protocol

from core.domain.errors import DomainError


class NoticeError(DomainError):
    """A channel did not take a notice over, as far as is known; it may have been shown all the same."""

    code: ClassVar[str] = "notice_failed"

    def __init__(self, *, channel: str, reason: str) -> None:
        super().__init__(f"channel {channel!r} did not take the notice over: {reason}", channel=channel, reason=reason)


class NoticePort(Protocol):
    """The channels. None of them knows idempotency keys: what may have been sent is not sent again."""

    @property
    def channels(self) -> frozenset[str]: ...
    def send(self, channel: str, *, subject: str, body: str) -> None: ...

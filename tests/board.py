"""Channels of a company that keep what they are shown."""

from dataclasses import dataclass, field

from core.ports.notices import NoticeError


@dataclass(slots=True)
class Board:
    """Channels that keep what they are shown, or break."""

    broken: frozenset[str] = frozenset()
    shown: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    channels: frozenset[str] = frozenset({"ops", "buyers"})

    def send(self, channel: str, *, subject: str, body: str) -> None:
        if channel in self.broken:
            raise NoticeError(channel=channel, reason="it hung up")
        self.shown.append((channel, subject, body))

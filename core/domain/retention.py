"""What is kept for a time only: its kinds, and for how long each is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Passing(StrEnum):
    """A kind of rows that go when their time is over; of messages the words go, the hash and what was read stay."""

    MAILS = "mails"
    LETTERS = "letters"
    INBOUND_EVENTS = "inbound_events"
    CHECKPOINTS = "checkpoints"
    SPANS = "spans"
    CHAT_EVENTS = "chat_events"
    SESSIONS = "sessions"
    STATUS_LINKS = "status_links"
    API_REPLIES = "api_replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For how long each kind is kept; a message is counted from when it came, all else from when it ended."""

    messages: timedelta = timedelta(days=365)
    traces: timedelta = timedelta(days=90)
    checkpoints: timedelta = timedelta(days=7)
    sessions: timedelta = timedelta(days=30)
    answers: timedelta = timedelta(days=1)

    def before(self, now: datetime) -> Mapping[Passing, datetime]:
        """The moment before which each kind is over."""
        return {
            Passing.MAILS: now - self.messages,
            Passing.LETTERS: now - self.messages,
            Passing.INBOUND_EVENTS: now - self.messages,
            Passing.CHECKPOINTS: now - self.checkpoints,
            Passing.SPANS: now - self.traces,
            Passing.CHAT_EVENTS: now - self.answers,
            Passing.SESSIONS: now - self.sessions,
            Passing.STATUS_LINKS: now - self.sessions,
            Passing.API_REPLIES: now - self.answers,
        }

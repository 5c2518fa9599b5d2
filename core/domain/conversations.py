"""Conversations with the chat: who talks, what was said, what it rested on, and what a person wants remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import UserName

ConversationId = NewType("ConversationId", str)
LONGEST_SAID = 20_000
PREFERENCES = ("site", "language")
"""What a person may have remembered: the site meant where none is said, and the language of answers."""


class Speaker(StrEnum):
    """Who said something."""

    PERSON = "person"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Something to be kept. `data` holds tables and charts as JSON values, `cites` the ids a text names; `source` says
    where an answer's words come from (`rules`, `model`), `tool` and `arguments` what it rests on."""

    speaker: Speaker
    text: str
    source: str = ""
    tool: str = ""
    arguments: Mapping[str, object]
    cites: tuple[str, ...] = ()
    data: Mapping[str, object]

    def __post_init__(self) -> None:
        checked(self)
        if len(self.text) > LONGEST_SAID:
            raise InvalidValueError(
                f"a saying of {len(self.text):,} characters is too long; accepted: up to {LONGEST_SAID:,}", field="text"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that was said, the `number`th thing of its conversation."""

    number: int
    saying: Saying
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One person's conversation. `memory` is what it is about now, in JSON values; only what that person said and what
    the core answered ever gets into it."""

    id: ConversationId
    user: UserName
    begun_at: datetime
    memory: Mapping[str, object]


class Heard(StrEnum):
    """What can be heard of a conversation as it goes on."""

    ASKED = "asked"
    WORDS = "words"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEvent:
    """The `number`th thing heard of a conversation; an answer ends with `answered` or `failed`."""

    number: int
    kind: Heard
    data: Mapping[str, object]

"""Storage of conversations with the chat."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.conversations import ChatEvent, Conversation, ConversationId, Heard, Saying, Turn
from core.domain.ids import UserName


class ConversationStore(Protocol):
    """Conversations: what was said is never changed, what they are about is; preferences belong to a person."""

    def begin(self, user: UserName) -> Conversation: ...
    def get(self, conversation: ConversationId) -> Conversation: ...
    def of_user(self, user: UserName, *, limit: int) -> tuple[Conversation, ...]: ...
    def add(self, conversation: ConversationId, saying: Saying) -> Turn: ...
    def turns(self, conversation: ConversationId, *, limit: int) -> tuple[Turn, ...]: ...
    def remember(self, conversation: ConversationId, memory: Mapping[str, object]) -> None: ...
    def prefer(self, user: UserName, name: str, value: str) -> None: ...
    def preferences(self, user: UserName) -> Mapping[str, str]: ...


class ChatEventStore(Protocol):
    """What conversations say as they go on, kept for a while."""

    def add(self, conversation: ConversationId, told: Sequence[tuple[Heard, Mapping[str, object]]]) -> None:
        """The next things heard, in this order."""
        ...

    def after(self, conversation: ConversationId, number: int, *, limit: int) -> tuple[ChatEvent, ...]:
        """What was heard after the `number`th thing."""
        ...

    def last(self, conversation: ConversationId) -> int:
        """The number of the last thing heard, 0 for none."""
        ...

    def forget(self, *, before: datetime) -> int:
        """Forget what was heard before a moment; how much that was."""
        ...

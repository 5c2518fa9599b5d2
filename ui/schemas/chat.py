"""What travels between the API and its clients in conversations, and of the runs of agents."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from ui.schemas import PRINTABLE, Reply, Request
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.values import Moment

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=PRINTABLE)]


class ConversationReply(Reply):
    """A conversation: whose it is, when it began."""

    id: str
    begun_at: datetime


class ConversationHead(Told):
    """A conversation, how many turns it has and when the last one was."""

    id: str
    begun_at: datetime
    turns: int
    last_at: datetime | None


class ConversationList(ListReply):
    """One's conversations."""

    items: tuple[ConversationHead, ...]


class MessageRequest(Request):
    """What somebody says or asks, in plain words. With `plan` nothing is proposed."""

    text: Question = Field(examples=["Which orders for Harbor Supply are late, and why?"])
    plan: bool = Field(default=False, strict=True)


class MessageTaken(Reply):
    """The question was taken. Its answer comes as events of the conversation after the number `after`."""

    conversation: str
    after: int


class TurnReply(Reply):
    """Something that was said. `cites` are ids of what the words rest on, `data` tables and charts."""

    number: int
    speaker: str
    text: str
    source: str
    tool: str
    cites: tuple[str, ...]
    data: dict[str, Any]
    at: datetime


class ConversationDetail(ConversationReply):
    """A conversation with its newest turns, the oldest of them first."""

    turns: tuple[TurnReply, ...]


class RunReply(Reply):
    """A run of an agent over one subject: a case, a letter, a conversation. `outcome` is empty until it has ended."""

    id: str
    graph: str
    subject: str
    started_at: datetime
    deadline: datetime
    ended_at: datetime | None
    outcome: str


class RunQuery(Filters):
    """Which runs are wanted."""

    graph: Code | None = Field(default=None, description="What the agent was.", examples=["exception_desk"])
    subject: Code | None = Field(default=None, description="What it was about.", examples=["CASE-17"])
    under_way: bool | None = Field(default=None, description="Those that have not ended, or the others.")
    outcome: Code | None = None
    started_since: Moment | None = None


class RunList(ListReply):
    """Runs."""

    items: tuple[RunReply, ...]


class SpanReply(Reply):
    """A step of a run; `parent` is the number of the step it is part of, 0 for the run itself."""

    number: int
    parent: int
    name: str
    started_at: datetime
    ended_at: datetime
    status: str


class RunDetail(RunReply):
    """A run with its steps, and what its model calls cost: calls, tokens, millionths of the currency of the prices."""

    steps: tuple[SpanReply, ...]
    calls: int
    tokens: int
    micros: int

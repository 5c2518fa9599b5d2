"""What one answer of the chat is made of, in JSON values."""

from typing import Any

from typing_extensions import TypedDict


class Spoken(TypedDict):
    """Something said earlier in the conversation, by the `person` or the `assistant`."""

    speaker: str
    text: str


class Call(TypedDict):
    """A call of a tool that is to be made; `id` is the model's name for it."""

    id: str
    tool: str
    arguments: dict[str, Any]


class Step(TypedDict):
    """A call that was made, or refused before it was; `code` is that of the refusal."""

    call: Call
    output: dict[str, Any]
    code: str


class Round(TypedDict):
    """What the model asked for at once, and what came of each: every call has its answer."""

    steps: list[Step]


class Reply(TypedDict):
    """The answer. `source` is `rules` or `model`; `proposal` is what now waits for people, empty for nothing; `code`
    says why there is no answer."""

    text: str
    source: str
    tool: str
    arguments: dict[str, Any]
    cites: list[str]
    tables: list[dict[str, Any]]
    charts: list[dict[str, Any]]
    proposal: str
    code: str
    listed: list[str]
    named: list[str]
    preference: dict[str, str]


class ChatState(TypedDict):
    """The state of one answer; a key is there once its node has run. `given` are values that tools gave earlier in this
    conversation, `earlier` what was said in it, the oldest first."""

    run: str
    question: str
    plan: bool
    memory: dict[str, Any]
    preferences: dict[str, str]
    earlier: list[Spoken]
    given: list[str]
    by: str
    asked: int
    faults: list[str]
    todo: list[Call]
    rounds: list[Round]
    note: str
    reply: Reply

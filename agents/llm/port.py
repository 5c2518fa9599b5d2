"""The one port to a language model: three verbs, each answer with its usage, its model and a hash of what was asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

from agents.llm.prompt_fields import PromptField

Value = TypeVar("Value")
Schema = TypeVar("Schema", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What answers have cost; usages of several answers are added up."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Tokens in and out; cached and reasoning tokens are among them."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """A call the model wants: the name of a tool that was offered, and arguments that fit its input model. `said` is
    their JSON text where another one than theirs is to be sent."""

    id: str
    name: str
    arguments: BaseModel
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation: `content` are words of ours or of the model, `told` the facts that go with them.
    `answers` names the call a tool message answers."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str = ""
    told: tuple[PromptField, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    answers: str | None = None

    @property
    def text(self) -> str:
        """All of it, as a model reads it."""
        return "\n\n".join(part for part in (self.content, *(field.text for field in self.told)) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolOffer:
    """A tool as a model sees it."""

    name: str
    description: str
    arguments: type[BaseModel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[Value]):
    """A model's answer, read and checked. `text` is what it said, word for word."""

    value: Value
    text: str
    usage: Usage
    model: str
    prompt_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """The next words of a streamed answer."""

    text: str


class ModelPort(Protocol):
    """A language model. Every verb ends within its deadline, retries included, in an answer or in a ModelError.

    `purpose` is a short name (letters, digits, `_`) for logs and budgets.
    """

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """One object of the schema."""
        ...

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """Calls of the tools offered, none when the model answers in words. With `must_call` words are no answer."""
        ...

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Words as they come; the last thing given is the whole answer with its usage."""
        ...


ModelFor: TypeAlias = Callable[[str], ModelPort | None]
"""The port for a run, given the run's id: what is asked over it counts for that run. None where there is no model."""


def no_model(run: str) -> None:
    """The ModelFor of a company without a model."""

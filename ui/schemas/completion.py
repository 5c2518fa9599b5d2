"""What is read of a Chat Completions request: what has a meaning here; what would change the answer is refused."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_MESSAGES = 400
LONGEST_TEXT = 100_000
LONGEST_NAME = 200


class Part(BaseModel):
    """A part of a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str = Field(max_length=LONGEST_NAME)
    text: str = Field("", max_length=LONGEST_TEXT)


class Message(BaseModel):
    """A message. Of those of other roles than user and assistant nothing is read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(BaseModel):
    """How a stream ends."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    include_usage: bool = False


class CompletionRequest(BaseModel):
    """A request. What is not among these fields is unknown; UNSUPPORTED has those that are known and not served."""

    model_config = ConfigDict(extra="allow", frozen=True)

    model: str = Field(max_length=LONGEST_NAME)
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    user: str | None = Field(None, max_length=LONGEST_NAME)
    metadata: dict[str, str] | None = Field(None, max_length=16)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)

    @property
    def others(self) -> dict[str, Any]:
        """Everything else that was sent, where it says something."""
        return {name: value for name, value in (self.model_extra or {}).items() if value not in (None, False, [], {})}


WITHOUT_EFFECT = frozenset(
    {
        "frequency_penalty", "presence_penalty", "temperature", "top_p", "top_k", "min_p", "repeat_penalty", "seed",
        "parallel_tool_calls", "prompt_cache_key", "prompt_cache_retention", "reasoning_effort", "safety_identifier",
        "service_tier", "verbosity", "store",
    }
)  # fmt: skip
"""What only says how a model should choose words: it is taken and changes nothing."""
UNSUPPORTED = frozenset(
    {
        "audio", "function_call", "functions", "logit_bias", "logprobs", "modalities", "moderation", "prediction",
        "response_format", "stop", "tool_choice", "tools", "top_logprobs", "web_search_options",
    }
)  # fmt: skip
"""What would make another answer than the one given here."""
MEANS_NOTHING: dict[str, tuple[Any, ...]] = {
    "modalities": (["text"],),
    "response_format": ({"type": "text"},),
    "tool_choice": ("none", "auto"),
    "function_call": ("none", "auto"),
}
"""Values of those that ask for what is done anyhow."""

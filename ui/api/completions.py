"""Answers in the form of Chat Completions: whole, as a stream, and as errors that the client's library knows."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Literal

from fastapi.responses import JSONResponse

from agents.llm.completion_types import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionMessage,
    Choice,
    ChoiceDelta,
    ChunkChoice,
    CompletionUsage,
    Model,
)
from agents.ops_chat.state import Reply
from ui.api.plain_words import markdown_tables

MODEL = "expediter-ops"
MODEL_SINCE = 1_767_225_600
CHARACTERS_A_TOKEN = 4
DONE = "data: [DONE]\n\n"
Finish = Literal["stop", "length"]
_TYPES: Mapping[int, str] = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}


def model_card() -> Model:
    """The one model there is."""
    return Model(id=MODEL, created=MODEL_SINCE, object="model", owned_by="expediter")


def tokens(text: str) -> int:
    """How long a text is, in pieces of about four characters: nobody knows which model counts."""
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)


def usage_of(asked: Sequence[str], answered: str) -> CompletionUsage:
    """What was read and what was said."""
    prompt, completion = sum(map(tokens, asked)), tokens(answered)
    return CompletionUsage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def beside(reply: Reply) -> str:
    """What stands below the words of an answer: its tables, and what now waits for people."""
    proposal = f"\n\nWaits for people: {reply['proposal']}" if reply["proposal"] else ""
    return markdown_tables(reply["tables"]) + proposal


class Measured:
    """Lets words through until so many tokens are said, then ends between two words; no number is cut."""

    def __init__(self, limit: int | None) -> None:
        self._left = None if limit is None else limit * CHARACTERS_A_TOKEN
        self.full = False

    def __call__(self, text: str) -> str:
        """As much of the text as is still allowed."""
        if self.full:
            return ""
        if self._left is None or len(text) <= self._left:
            self._left = None if self._left is None else self._left - len(text)
            return text
        self.full = True
        kept, _, _ = text[: self._left + 1].rpartition(" ")
        return kept

    @property
    def finish(self) -> Finish:
        """Why the words ended."""
        return "length" if self.full else "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What all parts of one answer have in common."""

    id: str
    created: int

    def whole(self, text: str, finish: Finish, usage: CompletionUsage) -> ChatCompletion:
        """The answer in one piece."""
        message = ChatCompletionMessage(role="assistant", content=text)
        return ChatCompletion(
            id=self.id,
            created=self.created,
            model=MODEL,
            object="chat.completion",
            choices=[Choice(index=0, finish_reason=finish, message=message)],
            usage=usage,
        )

    def opening(self) -> str:
        """The first event of a stream: who speaks."""
        return self._event([ChunkChoice(index=0, delta=ChoiceDelta(role="assistant", content=""))])

    def words(self, text: str) -> str:
        """An event with words."""
        return self._event([ChunkChoice(index=0, delta=ChoiceDelta(content=text))])

    def closing(self, finish: Finish) -> str:
        """The event that says why the words ended."""
        return self._event([ChunkChoice(index=0, delta=ChoiceDelta(), finish_reason=finish)])

    def counted(self, usage: CompletionUsage) -> str:
        """The event after it with the usage, and nothing said."""
        return self._event([], usage)

    def _event(self, choices: list[ChunkChoice], usage: CompletionUsage | None = None) -> str:
        chunk = ChatCompletionChunk(
            id=self.id,
            created=self.created,
            model=MODEL,
            object="chat.completion.chunk",
            choices=choices,
        )
        if usage is not None:
            chunk.usage = usage
        return f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n"


def new_envelope(clock: Callable[[], float]) -> Envelope:
    """For the next answer."""
    return Envelope(id=f"chatcmpl-{token_hex(12)}", created=int(clock()))


def error_body(status: int, code: str, message: str, *, param: str | None = None) -> dict[str, object]:
    """An error as the client's library reads it."""
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def error_event(code: str, message: str) -> str:
    """An error after a stream has begun."""
    return f"data: {json.dumps(error_body(500, code, message))}\n\n"


def error_reply(
    status: int, code: str, message: str, *, param: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """An error before anything was said."""
    sent = dict(headers or {})
    if status == 401:
        sent["WWW-Authenticate"] = "Bearer"
    return JSONResponse(error_body(status, code, message, param=param), status, headers=sent)

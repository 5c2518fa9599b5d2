"""A model behind an OpenAI-compatible server, over Chat Completions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any, Literal, TypeVar

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, DefaultHttpx2Client, OpenAI, OpenAIError

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError
from agents.llm.patience import Deadline, Patience, try_within
from agents.llm.port import Answer, Message, Schema, TextPiece, ToolCall, ToolOffer, Usage
from agents.llm.purposes import PURPOSES
from agents.llm.sse import read_stream
from agents.llm.wire import (
    ReceivedReply,
    hash_of,
    read_calls,
    read_choice,
    read_reply,
    read_value,
    sent_message,
    sent_tool,
    strict_schema,
)

LARGEST_BODY = 2_000_000
LongestAnswer = Literal["max_tokens", "max_completion_tokens"]
Read = TypeVar("Read")


class OpenAIChat:
    """The model port over HTTP. The SDK's own retries are off: `patience` is the only layer of them.

    `answer_limit` names the field that limits an answer: OpenAI's own newer models refuse `max_tokens`, other servers
    know nothing else. `models` are asked in place of `model` for single purposes; a declared purpose may set an answer
    closer limits in tokens and seconds than `most_tokens` and `patience`.
    """

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | None,
        model: str,
        models: Mapping[str, str] | None = None,
        answer_limit: LongestAnswer = "max_tokens",
        most_tokens: int = 4_000,
        patience: Patience = Patience(),
    ) -> None:
        self._client = OpenAI(
            api_key=api_key,
            base_url=base_url,
            max_retries=0,
            timeout=patience.call_seconds,
            http_client=DefaultHttpx2Client(follow_redirects=False),
        )
        self._model, self._models = model, models or {}
        self._answer_limit, self._most_tokens = answer_limit, most_tokens
        self._patience = patience

    def model_for(self, purpose: str) -> str:
        """The name of the model that is asked for a purpose."""
        return self._models.get(purpose, self._model)

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """One object of the schema; the server is asked to enforce it, and the answer is checked here."""
        shape = {"name": purpose, "strict": True, "schema": strict_schema(schema)}
        request = self._request(messages, purpose) | {"response_format": {"type": "json_schema", "json_schema": shape}}

        def read(reply: ReceivedReply) -> tuple[Schema, str]:
            message = read_choice(reply)
            if message.tool_calls:
                raise ModelInvalidError(
                    ModelFailure.UNEXPECTED_CALL,
                    "the model called a tool though none was offered",
                    usage=reply.counted(),
                )
            text = message.content or ""
            return read_value(text, schema, reply.counted()), text

        return self._asked(request, read, purpose)

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str
    ) -> Answer[tuple[ToolCall, ...]]:
        """Calls of the tools offered, one at a time on servers that can be told so."""
        request = self._request(messages, purpose) | {"tools": [sent_tool(tool) for tool in tools]}

        def read(reply: ReceivedReply) -> tuple[tuple[ToolCall, ...], str]:
            message = read_choice(reply)
            text = message.content or ""
            if not message.tool_calls and not text.strip():
                raise ModelInvalidError(ModelFailure.EMPTY, "the model answered nothing", usage=reply.counted())
            return read_calls(message.tool_calls or (), tools, reply.counted()), text

        return self._asked(request, read, purpose)

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Words as they come, all within the total deadline. Tried again only while nothing has come."""
        request = self._request(messages, purpose)
        streamed = request | {"stream": True, "stream_options": {"include_usage": True}}
        patience = self._patient(purpose)
        total = Deadline(patience.total_seconds, patience.monotonic)

        def begin(_: Deadline) -> Iterator[TextPiece | ReceivedReply]:
            pieces = read_stream(self._chunks(streamed, total))
            return _put_back(next(pieces), pieces)

        for piece in try_within(patience, begin):
            if isinstance(piece, TextPiece):
                yield piece
            else:
                text = read_choice(piece).content or ""
                yield Answer(value=None, text=text, **self._about(request, piece))

    def _request(self, messages: Sequence[Message], purpose: str) -> dict[str, Any]:
        declared = PURPOSES.get(purpose)
        most = min(self._most_tokens, declared.most_tokens) if declared else self._most_tokens
        return {
            "model": self.model_for(purpose),
            "messages": [sent_message(message) for message in messages],
            self._answer_limit: most,
        }

    def _patient(self, purpose: str) -> Patience:
        declared = PURPOSES.get(purpose)
        seconds = min(self._patience.total_seconds, declared.seconds) if declared else self._patience.total_seconds
        return replace(self._patience, total_seconds=seconds)

    def _asked(
        self, request: Mapping[str, Any], read: Callable[[ReceivedReply], tuple[Read, str]], purpose: str
    ) -> Answer[Read]:
        reply = try_within(self._patient(purpose), lambda deadline: read_reply(self._body(request, deadline)))
        value, text = read(reply)
        return Answer(value=value, text=text, **self._about(request, reply))

    def _about(self, request: Mapping[str, Any], reply: ReceivedReply) -> dict[str, Any]:
        model = reply.model or request["model"]
        return {"usage": reply.counted(), "model": model, "prompt_hash": hash_of(request)}

    def _body(self, request: Mapping[str, Any], deadline: Deadline) -> bytes:
        body = bytearray()
        for chunk in self._chunks(request, deadline):
            body += chunk
        return bytes(body)

    def _chunks(self, request: Mapping[str, Any], deadline: Deadline) -> Iterator[bytes]:
        """The body as it arrives, within the deadline and the largest size: no drip of bytes outlasts them."""
        size = 0
        with _failures_named():
            completions = self._client.with_options(timeout=deadline.remaining).chat.completions
            with completions.with_streaming_response.create(**request) as response:
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > LARGEST_BODY:
                        message = f"the model's answer is longer than {LARGEST_BODY:,} bytes"
                        raise ModelInvalidError(ModelFailure.TOO_LONG, message, usage=Usage(calls=1))
                    if not deadline.remaining:
                        raise ModelUnavailableError(ModelFailure.TIMEOUT, "the model's answer came too slowly")
                    yield chunk


@contextmanager
def _failures_named() -> Iterator[None]:
    """Every way the SDK and its HTTP client fail, as one of our two errors."""
    try:
        yield
    except (APITimeoutError, httpx2.TimeoutException) as error:
        raise ModelUnavailableError(ModelFailure.TIMEOUT, "the model did not answer in time") from error
    except APIStatusError as error:
        raise _status_named(error) from error
    except (APIConnectionError, httpx2.HTTPError) as error:
        raise ModelUnavailableError(ModelFailure.CONNECTION, "the connection to the model failed") from error
    except OpenAIError as error:
        message = f"the model could not be asked: {type(error).__name__}"
        raise ModelUnavailableError(ModelFailure.REQUEST_REFUSED, message) from error


def _status_named(error: APIStatusError) -> ModelUnavailableError:
    status = error.status_code
    if status in {408, 409, 429}:
        failure = ModelFailure.RATE_LIMITED if status == 429 else ModelFailure.SERVER_ERROR
    elif status >= 500:
        failure = ModelFailure.SERVER_ERROR
    else:
        failure = ModelFailure.ACCESS_REFUSED if status in {401, 403} else ModelFailure.REQUEST_REFUSED
    # The server's own words are left out: they can quote the key.
    message = f"the model's server answered with status {status}"
    return ModelUnavailableError(failure, message, retry_after=_asked_to_wait(error.response))


def _asked_to_wait(response: httpx2.Response) -> float | None:
    """The seconds of Retry-After; a date in it is taken from the server's own Date, not from our clock."""
    text = response.headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(response.headers["date"])
    except (ValueError, TypeError, KeyError):
        return None
    return max(0.0, wait.total_seconds())


def _put_back(first: Read, rest: Iterator[Read]) -> Iterator[Read]:
    yield first
    yield from rest

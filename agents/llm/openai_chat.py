"""A model behind an OpenAI-compatible server, over Chat Completions, asked in the style its server honours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Literal, TypeVar

from agents.llm.errors import ModelFailure, ModelInvalidError
from agents.llm.patience import Deadline, Patience, try_within
from agents.llm.port import Answer, Message, Schema, TextPiece, ToolCall, ToolOffer, Usage
from agents.llm.purposes import PURPOSES
from agents.llm.sse import read_stream
from agents.llm.styles import (
    IN_WORDS,
    argument_words,
    choice_shape,
    choice_words,
    object_in,
    shape_fields,
    shape_words,
    tool_fields,
    without_tools,
)
from agents.llm.transport import ChatTransport
from agents.llm.wire import (
    ReceivedMessage,
    ReceivedReply,
    hash_of,
    read_calls,
    read_choice,
    read_reply,
    read_value,
    sent_message,
)
from core.domain.capabilities import Capabilities

LongestAnswer = Literal["max_tokens", "max_completion_tokens"]
Read = TypeVar("Read")
_ALL = Capabilities()


class OpenAIChat:
    """The model port over HTTP.

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
        honours: Mapping[str, Capabilities] | None = None,
    ) -> None:
        self._transport = ChatTransport(api_key=api_key, base_url=base_url, call_seconds=patience.call_seconds)
        self._model, self._models = model, models or {}
        self._answer_limit, self._most_tokens = answer_limit, most_tokens
        self._patience, self._honours = patience, honours or {}

    @property
    def transport(self) -> ChatTransport:
        """The way to the server."""
        return self._transport

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all models it asks, sorted."""
        return tuple(sorted({self._model, *self._models.values()}))

    def honouring(self, found: Mapping[str, Capabilities]) -> "OpenAIChat":
        """The same, asking each model in the style its server was found to honour."""
        other = copy(self)
        other._honours = found
        return other

    def model_for(self, purpose: str) -> str:
        """The name of the model that is asked for a purpose."""
        return self._models.get(purpose, self._model)

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """One object of the schema; the server is asked to enforce it if it can, and the answer is checked here."""
        honours = self._found(purpose)
        request = self._request(shape_words(messages, schema, honours), purpose)

        def read(reply: ReceivedReply) -> tuple[Schema, str]:
            text = _words_of(reply).content or ""
            return read_value(object_in(text, honours), schema, reply.counted()), text

        return self._asked(request | shape_fields(schema, purpose, honours), read, purpose)

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """Calls of the tools offered. A server that knows no tools, or does not call one though it must, is asked once
        more which tool and which arguments, as shapes."""
        honours = self._found(purpose)
        if not honours.tools:
            return self._chosen_by_shape(messages, tools, purpose, must_call=must_call)
        required = must_call and honours.required
        request = self._request(messages, purpose) | tool_fields(tools, must_call=required)
        answer = self._asked(request, lambda reply: _calls_of(reply, tools), purpose)
        if answer.value or not must_call:
            return answer
        again = self._chosen_by_shape(messages, tools, purpose, must_call=True)
        return replace(again, usage=answer.usage + again.usage)

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Words as they come, all within the total deadline. Tried again only while nothing has come."""
        request = self._request(messages, purpose)
        counted = {"stream_options": {"include_usage": True}} if self._found(purpose).streaming_usage else {}
        patience = self._patient(purpose)
        total = Deadline(patience.total_seconds, patience.monotonic)

        def begin(_: Deadline) -> Iterator[TextPiece | ReceivedReply]:
            pieces = read_stream(self._transport.chunks(request | {"stream": True} | counted, total))
            return _put_back(next(pieces), pieces)

        for piece in try_within(patience, begin):
            if isinstance(piece, TextPiece):
                yield piece
            else:
                text = _words_of(piece).content or ""
                yield Answer(value=None, text=text, **self._about(request, piece))

    def _chosen_by_shape(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool
    ) -> Answer[tuple[ToolCall, ...]]:
        """Which tool as one choice among names, then its arguments as one object."""
        messages, usage = without_tools(messages), Usage()
        name = tools[0].name
        if len(tools) > 1 or not must_call:
            shape = choice_shape(tools, must_call=must_call)
            choice = self.complete(choice_words(messages, tools, must_call=must_call), shape, purpose)
            usage, name = choice.usage, str(choice.value.model_dump()["tool"])
        if name == IN_WORDS:
            words = self._asked(self._request(messages, purpose), lambda reply: (None, _said(reply)), purpose)
            return _called((), words, usage + words.usage)
        (tool,) = (tool for tool in tools if tool.name == name)
        found = self.complete(argument_words(messages, tool), tool.arguments, purpose)
        call = ToolCall(id=f"call-{found.prompt_hash[:12]}", name=name, arguments=found.value)
        return _called((call,), found, usage + found.usage)

    def _found(self, purpose: str) -> Capabilities:
        return self._honours.get(self.model_for(purpose), _ALL)

    def _request(self, messages: Sequence[Message], purpose: str) -> dict[str, Any]:
        declared = PURPOSES.get(purpose)
        most = min(self._most_tokens, declared.most_tokens) if declared else self._most_tokens
        return {
            "model": self.model_for(purpose),
            "messages": [sent_message(message) for message in messages],
            self._found(purpose).answer_limit or self._answer_limit: most,
        }

    def _patient(self, purpose: str) -> Patience:
        declared = PURPOSES.get(purpose)
        seconds = min(self._patience.total_seconds, declared.seconds) if declared else self._patience.total_seconds
        return replace(self._patience, total_seconds=seconds)

    def _asked(
        self, request: Mapping[str, Any], read: Callable[[ReceivedReply], tuple[Read, str]], purpose: str
    ) -> Answer[Read]:
        def ask(deadline: Deadline) -> ReceivedReply:
            return read_reply(self._transport.body(request, deadline))

        reply = try_within(self._patient(purpose), ask)
        value, text = read(reply)
        return Answer(value=value, text=text, **self._about(request, reply))

    def _about(self, request: Mapping[str, Any], reply: ReceivedReply) -> dict[str, Any]:
        model = reply.model or request["model"]
        return {"usage": reply.counted(), "model": model, "prompt_hash": hash_of(request)}


def _calls_of(reply: ReceivedReply, tools: Sequence[ToolOffer]) -> tuple[tuple[ToolCall, ...], str]:
    message = read_choice(reply)
    text = message.content or ""
    if not message.tool_calls and not text.strip():
        raise ModelInvalidError(ModelFailure.EMPTY, "the model answered nothing", usage=reply.counted())
    return read_calls(message.tool_calls or (), tools, reply.counted()), text


def _called(calls: tuple[ToolCall, ...], last: Answer[Any], usage: Usage) -> Answer[tuple[ToolCall, ...]]:
    text = "" if calls else last.text
    return Answer(value=calls, text=text, usage=usage, model=last.model, prompt_hash=last.prompt_hash)


def _words_of(reply: ReceivedReply) -> ReceivedMessage:
    message = read_choice(reply)
    if message.tool_calls:
        raise ModelInvalidError(
            ModelFailure.UNEXPECTED_CALL, "the model called a tool though none was offered", usage=reply.counted()
        )
    return message


def _said(reply: ReceivedReply) -> str:
    text = _words_of(reply).content or ""
    if not text.strip():
        raise ModelInvalidError(ModelFailure.EMPTY, "the model answered nothing", usage=reply.counted())
    return text


def _put_back(first: Read, rest: Iterator[Read]) -> Iterator[Read]:
    yield first
    yield from rest

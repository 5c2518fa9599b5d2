"""Asking a server what it honours: small questions whose answers show it; nothing is believed that is not seen."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import BaseModel

from agents.llm.errors import ModelError, ModelFailure, ModelUnavailableError
from agents.llm.patience import Deadline, Patience
from agents.llm.port import Message, ToolOffer, Usage
from agents.llm.sse import read_stream
from agents.llm.styles import shape_fields, tool_fields
from agents.llm.transport import ChatTransport
from agents.llm.wire import ReceivedReply, read_calls, read_choice, read_reply, read_value, sent_message
from core.domain.capabilities import Capabilities

WORD = "quay-731"
SHORT, ENOUGH = 5, 40
LIMIT_FIELDS = ("max_tokens", "max_completion_tokens")
_CONTEXT_NAMES = ("n_ctx", "max_model_len", "context_length", "context_window", "n_ctx_train")
_NO_ANSWER = frozenset({ModelFailure.ACCESS_REFUSED, ModelFailure.CONNECTION, ModelFailure.TIMEOUT})


class _Report(BaseModel):
    """A word nobody would say unasked."""

    word: Literal["quay-731"]


class _Any(BaseModel):
    """Any object."""


_TOOL = ToolOffer(name="report", description="Reports a word.", arguments=_Report)
_HELLO = (Message(role="system", content="You are brief."), Message(role="user", content="Say hello."))
_CALL = (Message(role="system", content="You call tools."), Message(role="user", content="Report the word quay-731."))
_OBJECT = (
    Message(role="system", content="You answer in JSON."),
    Message(role="user", content='Answer with the JSON object {"word": "quay-731"}.'),
)


def probe(transport: ChatTransport, model: str, *, patience: Patience) -> Capabilities:
    """What the server honours with a model; ModelUnavailableError where it does not answer at all or refuses the key.

    It takes about seven short answers of a model.
    """
    return _Probe(transport, model, patience).found()


class _Probe:
    """The questions to one server."""

    def __init__(self, transport: ChatTransport, model: str, patience: Patience) -> None:
        self._transport, self._model, self._patience = transport, model, patience
        self._limit = LIMIT_FIELDS[0]

    def found(self) -> Capabilities:
        context = self._context()
        self._limit = self._limit_field()
        every = Capabilities()
        schema = shape_fields(_Report, "report", every)
        forced = tool_fields([_TOOL], must_call=True)
        return Capabilities(
            json_schema=self._seen(_HELLO, schema, _shaped),
            json_object=self._seen(_OBJECT, {"response_format": {"type": "json_object"}}, _object),
            tools=self._seen(_CALL, tool_fields([_TOOL], must_call=False), _called),
            required=self._seen(_HELLO, forced, _called),
            streaming_usage=self._streams_usage(),
            answer_limit=self._limit,
            context=context,
        )

    def _context(self) -> int | None:
        """The tokens the server says the model takes, if it says so."""
        models = self._transport.models(self._deadline())
        (entry,) = [model for model in models if model.get("id") == self._model][:1] or [{}]
        nested = entry.get("meta")
        told: Mapping[str, Any] = {**entry, **(nested if isinstance(nested, dict) else {})}
        numbers = [told[name] for name in _CONTEXT_NAMES if isinstance(told.get(name), int)]
        return min(numbers, default=None)

    def _limit_field(self) -> str:
        """The name under which an answer is limited: one the server takes and keeps to."""
        for name in LIMIT_FIELDS:
            try:
                reply = self._reply(_HELLO, {name: SHORT})
            except ModelUnavailableError as error:
                if error.failure is not ModelFailure.REQUEST_REFUSED:
                    raise
                continue
            if reply.counted().completion_tokens <= SHORT:
                return name
        return LIMIT_FIELDS[0]

    def _streams_usage(self) -> bool:
        fields = {"stream": True, "stream_options": {"include_usage": True}, self._limit: SHORT}
        try:
            *_, last = read_stream(self._transport.chunks(self._request(_HELLO, fields), self._deadline()))
        except ModelError as error:
            return self._no(error)
        return isinstance(last, ReceivedReply) and last.usage is not None

    def _seen(
        self, messages: tuple[Message, ...], fields: Mapping[str, Any], read: Callable[[ReceivedReply], object]
    ) -> bool:
        try:
            read(self._reply(messages, {self._limit: ENOUGH, **fields}))
        except ModelError as error:
            return self._no(error)
        return True

    def _no(self, error: ModelError) -> bool:
        """A refusal or a useless answer shows what is not honoured; no answer at all shows nothing."""
        if error.failure in _NO_ANSWER:
            raise error
        return False

    def _reply(self, messages: tuple[Message, ...], fields: Mapping[str, Any]) -> ReceivedReply:
        return read_reply(self._transport.body(self._request(messages, fields), self._deadline()))

    def _request(self, messages: tuple[Message, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"model": self._model, "messages": [sent_message(message) for message in messages], **fields}

    def _deadline(self) -> Deadline:
        return Deadline(self._patience.call_seconds, self._patience.monotonic)


def _shaped(reply: ReceivedReply) -> object:
    return read_value(read_choice(reply).content or "", _Report, Usage())


def _object(reply: ReceivedReply) -> object:
    """Any object will do, but nothing beside it."""
    return read_value(read_choice(reply).content or "", _Any, Usage())


def _called(reply: ReceivedReply) -> object:
    (call,) = read_calls(read_choice(reply).tool_calls or (), [_TOOL], Usage())[:1] or (None,)
    if call is None:
        return read_value("", _Report, Usage())
    return call

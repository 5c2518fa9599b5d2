"""A streamed Chat Completion: server-sent events read into words, and into the whole reply at the end."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from agents.llm.errors import ModelFailure, ModelInvalidError
from agents.llm.port import TextPiece, Usage
from agents.llm.wire import (
    ReceivedCall,
    ReceivedChoice,
    ReceivedFunction,
    ReceivedMessage,
    ReceivedReply,
    ReceivedUsage,
    first_fault,
    parse_json,
    shown,
)


class _FunctionDelta(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str | None = None
    arguments: str | None = None


class _CallDelta(BaseModel):
    model_config = ConfigDict(extra="ignore")
    index: int = 0
    id: str | None = None
    function: _FunctionDelta = _FunctionDelta()


class _Delta(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_CallDelta] | None = None


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")
    delta: _Delta = _Delta()
    finish_reason: str | None = None


class _Event(BaseModel):
    model_config = ConfigDict(extra="ignore")
    model: str = ""
    choices: list[_Part] = []
    usage: ReceivedUsage | None = None


def read_stream(chunks: Iterable[bytes]) -> Iterator[TextPiece | ReceivedReply]:
    """Words as they come, then the reply; a stream that just stops has no finish_reason and is a ModelInvalidError."""
    words: list[str] = []
    calls: dict[int, ReceivedCall] = {}
    refusal, finish, model, usage = "", None, "", None
    for event in _events(chunks):
        model, usage = event.model or model, event.usage or usage
        for part in event.choices[:1]:
            finish = part.finish_reason or finish
            refusal += part.delta.refusal or ""
            for delta in part.delta.tool_calls or ():
                calls[delta.index] = _joined(calls.get(delta.index), delta)
            if part.delta.content:
                words.append(part.delta.content)
                yield TextPiece(text=part.delta.content)
    if finish is None:
        message = "the model's answer stopped before its end"
        raise ModelInvalidError(ModelFailure.TRUNCATED, message, usage=Usage(calls=1), said="".join(words))
    message = ReceivedMessage(
        content="".join(words), refusal=refusal or None, tool_calls=[calls[n] for n in sorted(calls)]
    )
    yield ReceivedReply(model=model, choices=[ReceivedChoice(message=message, finish_reason=finish)], usage=usage)


def _joined(call: ReceivedCall | None, delta: _CallDelta) -> ReceivedCall:
    """A call with its next part: name and id come once, arguments piece by piece."""
    before = call or ReceivedCall(id="", function=ReceivedFunction(name="", arguments=""))
    function = ReceivedFunction(
        name=before.function.name + (delta.function.name or ""),
        arguments=before.function.arguments + (delta.function.arguments or ""),
    )
    return ReceivedCall(id=before.id or delta.id or "", function=function)


def _events(chunks: Iterable[bytes]) -> Iterator[_Event]:
    for line in _lines(chunks):
        field, _, data = line.partition(b":")
        data = data.strip()
        if field != b"data" or data == b"[DONE]":
            if line and field not in {b"data", b"event", b"id", b"retry", b""}:
                raise _unreadable(line)
            continue
        try:
            yield _Event.model_validate(parse_json(data.decode("utf-8")))
        except ValidationError as error:
            raise ModelInvalidError(ModelFailure.WRONG_SHAPE, first_fault(error), usage=Usage(calls=1)) from error
        except (ValueError, RecursionError) as error:
            raise _unreadable(data) from error


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)
    yield rest


def _unreadable(data: bytes) -> ModelInvalidError:
    message = f"the model's server streamed {shown(data)}; accepted are events of a chat completion"
    return ModelInvalidError(ModelFailure.NOT_JSON, message, usage=Usage(calls=1))

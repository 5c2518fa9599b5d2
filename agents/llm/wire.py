"""Chat Completions on the wire: what is sent, and the strict reading of what comes back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from agents.llm.errors import ModelFailure, ModelInvalidError
from agents.llm.port import Message, Schema, ToolCall, ToolOffer, Usage

# Not every server accepts these in a strict schema; the answer is checked against the model all the same.
_NOT_ON_THE_WIRE = frozenset(
    {"title", "default", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern", "format"}
)


class _Received(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ReceivedFunction(_Received):
    """The function of a received call; `arguments` is JSON text the model wrote."""

    name: str
    arguments: str


class ReceivedCall(_Received):
    """A tool call as received."""

    id: str
    function: ReceivedFunction


class ReceivedMessage(_Received):
    """The assistant's message as received."""

    content: str | None = None
    refusal: str | None = None
    tool_calls: list[ReceivedCall] | None = None


class ReceivedChoice(_Received):
    """A choice as received."""

    message: ReceivedMessage
    finish_reason: str | None = None


class _Details(_Received):
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None


class ReceivedUsage(_Received):
    """The usage as received; servers leave out what they do not count."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Details | None = None
    completion_tokens_details: _Details | None = None

    def counted(self) -> Usage:
        """The same in our terms, as one call."""
        return Usage(
            calls=1,
            prompt_tokens=self.prompt_tokens,
            cached_tokens=(self.prompt_tokens_details or _Details()).cached_tokens or 0,
            completion_tokens=self.completion_tokens,
            reasoning_tokens=(self.completion_tokens_details or _Details()).reasoning_tokens or 0,
        )


class ReceivedReply(_Received):
    """A whole answer as received."""

    model: str = ""
    choices: list[ReceivedChoice] = []
    usage: ReceivedUsage | None = None

    def counted(self) -> Usage:
        """Its usage; a server that does not count still answered once."""
        return (self.usage or ReceivedUsage()).counted()


def read_reply(body: bytes) -> ReceivedReply:
    """The reply in a body; HTML, half a JSON text or another shape is a ModelInvalidError."""
    try:
        return ReceivedReply.model_validate(parse_json(body.decode("utf-8")))
    except ValidationError as error:
        message = f"the model's server answered JSON that is not a chat completion: {first_fault(error)}"
        raise ModelInvalidError(ModelFailure.WRONG_SHAPE, message, usage=Usage(calls=1)) from error
    except (ValueError, RecursionError) as error:
        message = f"the model's server answered {shown(body)}; accepted is a chat completion in JSON"
        raise ModelInvalidError(ModelFailure.NOT_JSON, message, usage=Usage(calls=1)) from error


def read_choice(reply: ReceivedReply) -> ReceivedMessage:
    """The message of the only choice, complete; whatever cut it short is a ModelInvalidError."""
    usage = reply.counted()
    if not reply.choices:
        raise ModelInvalidError(ModelFailure.NO_CHOICES, "the model's answer has no choices", usage=usage)
    choice = reply.choices[0]
    said = choice.message.content or ""
    if choice.message.refusal:
        raise ModelInvalidError(
            ModelFailure.REFUSED, f"the model refused: {shown(choice.message.refusal)}", usage=usage
        )
    cut = {"length": ModelFailure.TRUNCATED, "content_filter": ModelFailure.CONTENT_FILTERED}
    if failure := cut.get(choice.finish_reason or ""):
        message = f"the model's answer ended with finish_reason {choice.finish_reason!r}; accepted is 'stop'"
        raise ModelInvalidError(failure, message, usage=usage, said=said)
    return choice.message


def read_value(text: str, schema: type[Schema], usage: Usage) -> Schema:
    """The object in a text; anything else is a ModelInvalidError that says what is wrong."""
    if not text.strip():
        raise ModelInvalidError(ModelFailure.EMPTY, "the model answered nothing", usage=usage)
    try:
        return schema.model_validate(parse_json(text))
    except ValidationError as error:
        raise ModelInvalidError(ModelFailure.WRONG_SHAPE, first_fault(error), usage=usage, said=text) from error
    except (ValueError, RecursionError) as error:
        message = f"the model answered {shown(text)}, which is not JSON: {error}"
        raise ModelInvalidError(ModelFailure.NOT_JSON, message, usage=usage, said=text) from error


def read_calls(calls: Sequence[ReceivedCall], tools: Sequence[ToolOffer], usage: Usage) -> tuple[ToolCall, ...]:
    """The calls, each of a tool that was offered and with arguments that fit it."""
    offered = {tool.name: tool for tool in tools}
    found: list[ToolCall] = []
    for call in calls:
        tool = offered.get(call.function.name)
        if tool is None:
            message = f"the model called {shown(call.function.name)}; offered were {sorted(offered)}"
            raise ModelInvalidError(ModelFailure.UNKNOWN_TOOL, message, usage=usage)
        arguments = read_value(call.function.arguments, tool.arguments, usage)
        found.append(ToolCall(id=call.id, name=tool.name, arguments=arguments))
    return tuple(found)


def parse_json(text: str) -> object:
    """The value of a JSON text; a key given twice is a ValueError, since two readers would read two things."""
    return json.loads(text, object_pairs_hook=_unrepeated)


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def first_fault(error: ValidationError) -> str:
    """The first fault pydantic found, in a sentence a model can act on."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the answer"
    value = "nothing" if first["type"] == "missing" else shown(first["input"])
    return f"{field} = {value}: {first['msg']}"


def shown(value: object) -> str:
    """A value as a message may quote it: escaped and short."""
    text = ascii(value)
    return text if len(text) <= 80 else text[:77] + "..."


def sent_message(message: Message) -> dict[str, Any]:
    """A message as sent."""
    sent: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        sent["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.said or call.arguments.model_dump_json()},
            }
            for call in message.calls
        ]
    if message.answers is not None:
        sent["tool_call_id"] = message.answers
    return sent


def sent_tool(tool: ToolOffer) -> dict[str, Any]:
    """A tool as sent."""
    parameters = strict_schema(tool.arguments)
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": parameters},
    }


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON schema in the subset that servers agree on: every field required, nothing extra, no limits."""
    strict = _strict(model.model_json_schema())
    assert isinstance(strict, dict)
    return strict


def _strict(schema: object) -> object:
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {key: _strict(part) for key, part in schema.items() if key not in _NOT_ON_THE_WIRE}
    outer = {key: part for key, part in schema.items() if key != "properties"}
    fields = {name: _strict(part) for name, part in properties.items()}
    kept = {key: _strict(part) for key, part in outer.items() if key not in _NOT_ON_THE_WIRE}
    return kept | {"properties": fields, "required": list(fields), "additionalProperties": False}


def hash_of(request: Mapping[str, object]) -> str:
    """SHA-256 of a request: the same words to the same model give the same hash."""
    text = json.dumps(request, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
